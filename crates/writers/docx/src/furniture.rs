//! Headers and footers (ECMA-376 17.10): a part each, which the sections of the document refer to.

use tabulary_ir::{Align, Block, Code, Error, Furniture, FurnitureKind, Section};

use crate::writing::{MAIN, Place, Setting, WORD, Writing};
use crate::xml::Xml;

/// What the format calls the pages of each kind.
const KINDS: [&str; 3] = ["default", "first", "even"];
/// The elements, with the style of their paragraphs.
const ELEMENTS: [(&str, &str, &str); 2] =
    [("header", "w:hdr", "Header"), ("footer", "w:ftr", "Footer")];

/// Headers, then footers, of all kinds, each by the identifier under which the document refers to it.
pub(crate) type Lines = [[Option<String>; 3]; 2];

/// What is known of all headers and footers.
#[derive(Debug, Default)]
pub(crate) struct Furnishing {
    /// How many parts there are, of headers and of footers.
    count: [usize; 2],
    /// The parts that say nothing.
    blank: [Option<String>; 2],
    /// Whether any section has headers, and footers.
    used: [bool; 2],
    /// Whether even pages have any of their own.
    pub(crate) has_even: bool,
    /// Those that no page shows, which the first section names that shows none of their kind.
    hidden: Lines,
}

impl Writing<'_> {
    /// Writes the headers and footers of the document, or takes those of the reference document.
    pub(crate) fn furnish(&mut self, setting: Setting) -> Result<(), Error> {
        let document = self.document;
        if self.has_reference_furniture() {
            self.tell_reference_furniture();
            return Ok(());
        }
        let sections = || {
            document.body.iter().filter_map(|block| match block {
                Block::Section(section) => Some(section),
                _ => None,
            })
        };
        let of_sections = [
            sections().any(|section| !section.headers.is_empty()),
            sections().any(|section| !section.footers.is_empty()),
        ];
        self.furnishing.used = [
            of_sections[0] || !document.headers.is_empty(),
            // A document without a footer of its own gets the number of the page.
            true,
        ];
        let all = document.headers.iter().chain(&document.footers);
        let all = all.chain(sections().flat_map(|one| one.headers.iter().chain(&one.footers)));
        let mut shown = all.filter(|one| !one.hidden);
        let has_even = shown.any(|furniture| furniture.kind == FurnitureKind::Even);
        self.furnishing.has_even = has_even || self.has_sides;
        self.lines = [
            self.furniture_list(&document.headers, 0, setting)?,
            self.furniture_list(&document.footers, 1, setting)?,
        ];
        if document.footers.is_empty() {
            let sides: &[_] = match self.has_sides {
                true => &[(0, Some(Align::Right)), (2, Some(Align::Left))],
                false => &[(0, None)],
            };
            for (kind, side) in sides {
                let id = self.page_number_part(*side);
                self.lines[1][*kind] = Some(id);
            }
        }
        Ok(())
    }

    /// The headers and footers of a section: its own, else those of the document.
    pub(crate) fn lines_of(&mut self, section: &Section, setting: Setting) -> Result<Lines, Error> {
        let mut lines = self.lines.clone();
        if self.has_reference_furniture() {
            return Ok(lines);
        }
        for (index, own) in [&section.headers, &section.footers].into_iter().enumerate() {
            if !own.is_empty() {
                lines[index] = self.furniture_list(own, index, setting)?;
            }
        }
        Ok(lines)
    }

    /// Writes a list of headers or footers.
    fn furniture_list(
        &mut self,
        all: &[Furniture],
        index: usize,
        setting: Setting,
    ) -> Result<[Option<String>; 3], Error> {
        let name = ELEMENTS[index].0;
        let mut list: [Option<String>; 3] = Default::default();
        for furniture in all {
            let place = kind_index(furniture.kind);
            let kind = KINDS[place];
            let is_hidden = furniture.hidden;
            let known = match is_hidden {
                true => &self.furnishing.hidden[index][place],
                false => &list[place],
            };
            if known.is_some()
                || is_hidden && (place == 0 || place == 2 && self.furnishing.has_even)
            {
                let message = match is_hidden {
                    true => format!("a {kind} {name} that no page shows was left out"),
                    false => format!("a section has one {kind} {name}; another was left out"),
                };
                self.tell(Code::HeaderFooterDropped, message, None);
                continue;
            }
            let id = match furniture.blocks.is_empty() {
                true => self.blank_part(index),
                false => self.furniture_part(furniture, index, setting)?,
            };
            match is_hidden {
                true => self.furnishing.hidden[index][place] = Some(id),
                false => list[place] = Some(id),
            }
        }
        Ok(list)
    }

    /// Refers to headers and footers, and says whether the first page has its own. A section that names none
    /// has those of the section before (17.10.5), so that all name all.
    pub(crate) fn references(&mut self, lines: &Lines, out: &mut Xml) -> bool {
        if let Some(reference) = self.reference.as_ref().filter(|r| !r.furniture.is_empty()) {
            let has_first = reference.has_first;
            self.reference_furniture(out);
            return has_first;
        }
        let has_first = lines.iter().any(|list| list[1].is_some());
        for (index, list) in lines.iter().enumerate() {
            if !self.furnishing.used[index] {
                continue;
            }
            let usual = match list[0].clone() {
                Some(usual) => usual,
                None => self.blank_part(index),
            };
            let element = format!("w:{}Reference", ELEMENTS[index].0);
            let on = [true, has_first, self.furnishing.has_even];
            for (place, kind) in KINDS.into_iter().enumerate() {
                let id = match on[place] {
                    true => Some(list[place].clone().unwrap_or_else(|| usual.clone())),
                    false => self.furnishing.hidden[index][place].take(),
                };
                if let Some(id) = id {
                    out.empty(&element, &[("w:type", kind), ("r:id", &id)]);
                }
            }
        }
        has_first
    }

    /// The name of the next part, which becomes the one that is written.
    fn next_part(&mut self, index: usize) -> String {
        self.furnishing.count[index] += 1;
        let part = format!(
            "word/{}{}.xml",
            ELEMENTS[index].0, self.furnishing.count[index]
        );
        self.part.clone_from(&part);
        part
    }

    fn finish_part(&mut self, part: &str, index: usize, out: Xml) -> String {
        let (name, root, _) = ELEMENTS[index];
        let content_type = format!("{WORD}{name}+xml");
        self.package
            .part(part, &content_type, out.finish_part(root));
        MAIN.clone_into(&mut self.part);
        self.relate_main(name, part.trim_start_matches("word/"))
    }

    fn furniture_part(
        &mut self,
        furniture: &Furniture,
        index: usize,
        setting: Setting,
    ) -> Result<String, Error> {
        let (_, root, style) = ELEMENTS[index];
        let part = self.next_part(index);
        let mut out = Xml::part(root);
        let setting = Setting {
            place: Place::Furniture,
            style: Some(style),
            ..setting
        };
        // It stands beside the blocks around its section, and not in them.
        let outside = (std::mem::take(&mut self.depth), self.has_begun);
        self.blocks(&furniture.blocks, setting, &mut out)?;
        (self.depth, self.has_begun) = outside;
        if !matches!(furniture.blocks.last(), Some(Block::Paragraph(_))) {
            self.separator(&mut out);
        }
        Ok(self.finish_part(&part, index, out))
    }

    fn blank_part(&mut self, index: usize) -> String {
        if let Some(id) = &self.furnishing.blank[index] {
            return id.clone();
        }
        let part = self.next_part(index);
        let mut out = Xml::part(ELEMENTS[index].1);
        self.separator(&mut out);
        let id = self.finish_part(&part, index, out);
        self.furnishing.blank[index] = Some(id.clone());
        id
    }

    /// The number of the page between dashes, below a document without a footer of its own. At a side it
    /// stands in by one character (GB/T 9704 7.5).
    fn page_number_part(&mut self, side: Option<Align>) -> String {
        let part = self.next_part(1);
        let mut out = Xml::part("w:ftr");
        out.raw(match side {
            Some(Align::Right) => concat!(
                r#"<w:p><w:pPr><w:pStyle w:val="PageNumberLine"/><w:ind w:right="280"/>"#,
                r#"<w:jc w:val="right"/></w:pPr>"#,
            ),
            Some(_) => concat!(
                r#"<w:p><w:pPr><w:pStyle w:val="PageNumberLine"/><w:ind w:left="280"/>"#,
                r#"<w:jc w:val="left"/></w:pPr>"#,
            ),
            None => r#"<w:p><w:pPr><w:pStyle w:val="PageNumberLine"/></w:pPr>"#,
        });
        out.raw(concat!(
            r#"<w:r><w:t xml:space="preserve">— </w:t></w:r>"#,
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#,
            r#"<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>"#,
            r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>"#,
            r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
            r#"<w:r><w:t xml:space="preserve"> —</w:t></w:r>"#,
        ));
        out.close("w:p");
        self.finish_part(&part, 1, out)
    }

    pub(crate) fn has_reference_furniture(&self) -> bool {
        let reference = self.reference.as_ref();
        reference.is_some_and(|reference| !reference.furniture.is_empty())
    }

    /// Refers to the headers and footers of the reference document.
    fn reference_furniture(&mut self, out: &mut Xml) {
        let Some(reference) = &self.reference else {
            return;
        };
        if self.reference_lines.is_none() {
            let mut references = Xml::default();
            for (element, pages, part) in reference.furniture.clone() {
                let kind = match element {
                    "w:headerReference" => "header",
                    _ => "footer",
                };
                let id = self.relate_main(kind, part.trim_start_matches("word/"));
                references.empty(element, &[("w:type", &pages), ("r:id", &id)]);
            }
            self.reference_lines = Some(references.finish());
        }
        out.raw(self.reference_lines.as_deref().unwrap_or_default());
    }

    fn tell_reference_furniture(&mut self) {
        let document = self.document;
        let has_own = |block: &Block| match block {
            Block::Section(one) => !one.headers.is_empty() || !one.footers.is_empty(),
            _ => false,
        };
        let has_own = document.body.iter().any(has_own);
        if has_own || !document.headers.is_empty() || !document.footers.is_empty() {
            let message = "the headers and footers of the reference document stand in the place of \
                           those of the document";
            self.tell(Code::HeaderFooterDropped, message, None);
        }
    }
}

fn kind_index(kind: FurnitureKind) -> usize {
    match kind {
        FurnitureKind::Default => 0,
        FurnitureKind::First => 1,
        FurnitureKind::Even => 2,
    }
}
