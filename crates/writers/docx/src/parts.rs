//! The parts of the package around the body.

use std::collections::BTreeMap;
use std::io;

use tabulary_ir::{
    Align, Block, Code, Diagnostics, Document, Error, Furniture, FurnitureKind, Outcome,
    WriteOptions,
};

use crate::contents::title_length;
use crate::record;
use crate::reference::{kind_of, with_names};
use crate::theme;
use crate::writing::{MAIN, Place, Setting, Writing};
use crate::xml::{DECLARATION, Xml};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// Parts of headers and footers by the pages that they stand on.
const PARTS: [(&str, &str, &str); 3] = [
    ("default", "word/header1.xml", "word/footer1.xml"),
    ("first", "word/header2.xml", "word/footer2.xml"),
    ("even", "word/header3.xml", "word/footer3.xml"),
];

/// What stands for the references to headers and footers until these are written.
const REFERENCES: &str = "<w:headerReference/>";

/// The grid of 22 lines (GB/T 9704 5.2.2): 225 mm by 22 are 579 twentieths of a point. That 28 characters
/// stand on a line is said by the style of the text, since programs lay out a grid of characters each in
/// its own way.
const GRID: &str = r#"<w:docGrid w:type="lines" w:linePitch="579"/>"#;

/// Writes a document as a package.
pub(crate) fn write(
    document: &Document,
    output: &mut dyn io::Write,
    options: &WriteOptions,
) -> Result<Outcome<()>, Error> {
    let mut writing = Writing::new(document, options)?;
    writing.property_parts();
    let mut body = Xml::default();
    let setting = Setting {
        place: Place::Body,
        style: None,
        align: None,
        size: None,
        width: writing.text_width(),
    };
    writing.front(setting, &mut body);
    let contents = writing.contents.take();
    let (title, text) = document.body.split_at(match contents {
        Some(_) => title_length(&document.body),
        None => 0,
    });
    writing.blocks(title, setting, &mut body)?;
    writing.contents = contents;
    let mut rest = Xml::default();
    writing.blocks(text, setting, &mut rest)?;
    if writing.contents.is_some() {
        let contents = writing.contents();
        body.raw(contents.as_str());
    }
    body.raw(rest.as_str());
    writing.refer_to_the_rest(&mut body);
    if matches!(
        document.body.last(),
        None | Some(Block::Table(_) | Block::Section(_))
    ) {
        writing.separator(&mut body);
    }
    writing.note_parts()?;
    let references = writing.furniture(setting)?;
    if document.page.is_none() && writing.reference.is_none() {
        let sizes: Vec<_> = writing.page().iter().map(i64::to_string).collect();
        writing.record.chosen_page = Some(sizes.join(" "));
    }
    let page = writing.last_page.unwrap_or_else(|| writing.page());
    let section = writing.section_properties(page);
    let mut main = Xml::part("w:document");
    main.open("w:body", &[]);
    for xml in [body.finish(), section] {
        main.raw(&xml.replace(REFERENCES, references.as_str()));
    }
    main.close("w:body");
    let main = main.finish_part("w:document");
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    writing.package.relate("", kind, MAIN, false);
    writing
        .package
        .part(MAIN, &format!("{WORD}document.main+xml"), main);
    writing.definition_parts();
    writing.tell_unused_resources();
    writing.reference_parts();
    writing.package.finish(output)?;
    let diagnostics = std::mem::replace(&mut writing.diagnostics, Diagnostics::new());
    Ok(Outcome {
        value: (),
        diagnostics: diagnostics.into_vec(),
    })
}

impl Writing<'_> {
    /// Writes headers and footers, and gives the references to them.
    fn furniture(&mut self, setting: Setting) -> Result<Xml, Error> {
        let document = self.document;
        let mut references = Xml::default();
        if self.has_reference_furniture() {
            self.reference_furniture(&mut references);
            return Ok(references);
        }
        for (is_header, all) in [(true, &document.headers), (false, &document.footers)] {
            let name = if is_header { "header" } else { "footer" };
            for (index, (kind, header, footer)) in PARTS.into_iter().enumerate() {
                let part = if is_header { header } else { footer };
                let mut of_kind = all.iter().filter(|one| kind_index(one.kind) == index);
                let Some(first) = of_kind.next() else {
                    continue;
                };
                let more = of_kind.count();
                if more > 0 {
                    let message =
                        format!("a document has one {kind} {name}; {more} more were left out");
                    self.tell(Code::HeaderFooterDropped, message, None);
                }
                self.furniture_part(first, part, is_header, setting)?;
                self.refer_to_furniture(name, kind, part, &mut references);
            }
        }
        if document.footers.is_empty() {
            let sides: &[_] = match self.has_sides {
                true => &[(0, Some(Align::Right)), (2, Some(Align::Left))],
                false => &[(0, None)],
            };
            for (kind, side) in sides {
                let (name, _, part) = PARTS[*kind];
                self.page_number_part(part, *side);
                self.refer_to_furniture("footer", name, part, &mut references);
            }
        }
        Ok(references)
    }

    fn refer_to_furniture(&mut self, name: &str, kind: &str, part: &str, references: &mut Xml) {
        let target = part.trim_start_matches("word/");
        let id = self.relate_main(name, target);
        references.empty(
            &format!("w:{name}Reference"),
            &[("w:type", kind), ("r:id", &id)],
        );
    }

    fn furniture_part(
        &mut self,
        furniture: &Furniture,
        part: &'static str,
        is_header: bool,
        setting: Setting,
    ) -> Result<(), Error> {
        let (root, style) = if is_header {
            ("w:hdr", "Header")
        } else {
            ("w:ftr", "Footer")
        };
        self.part = part;
        let mut out = Xml::part(root);
        let setting = Setting {
            place: Place::Furniture,
            style: Some(style),
            ..setting
        };
        self.blocks(&furniture.blocks, setting, &mut out)?;
        if !matches!(furniture.blocks.last(), Some(Block::Paragraph(_))) {
            self.separator(&mut out);
        }
        let name = if is_header { "header" } else { "footer" };
        let content_type = format!("{WORD}{name}+xml");
        self.package
            .part(part, &content_type, out.finish_part(root));
        Ok(())
    }

    /// The number of the page between dashes, below a document without a footer of its own. At a side it
    /// stands in by one character (GB/T 9704 7.5).
    fn page_number_part(&mut self, part: &'static str, side: Option<Align>) {
        self.part = part;
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
        let content_type = format!("{WORD}footer+xml");
        self.package
            .part(part, &content_type, out.finish_part("w:ftr"));
    }

    /// The section (ECMA-376 17.6.17): headers and footers, the page and its margins.
    pub(crate) fn section_properties(&self, page: [i64; 6]) -> String {
        let [width, height, top, right, bottom, left] = page.map(|side| side.to_string());
        let mut out = Xml::default();
        out.open("w:sectPr", &[]);
        out.raw(REFERENCES);
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if page[0] > page[1] {
            size.push(("w:orient", "landscape"));
        }
        out.empty("w:pgSz", &size);
        let reference = self.reference.as_ref();
        let (head, foot) = self.look.head_and_foot(page);
        let usual = (head.to_string(), foot.to_string());
        let edges = reference.and_then(|reference| reference.edges.clone());
        let (head, foot) = edges.unwrap_or(usual);
        out.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &head),
                ("w:footer", &foot),
                ("w:gutter", "0"),
            ],
        );
        let is_theirs = self.has_reference_furniture();
        let has_first = match reference.filter(|_| is_theirs) {
            Some(reference) => reference.has_first,
            None => self.has_furniture(FurnitureKind::First),
        };
        if has_first {
            out.empty("w:titlePg", &[]);
        }
        match reference {
            Some(reference) if !reference.grid.is_empty() => {
                let grid: Vec<_> = reference
                    .grid
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                out.empty("w:docGrid", &grid);
            }
            None if self.look.is_gongwen => out.raw(GRID),
            _ => {}
        }
        out.close("w:sectPr");
        out.finish()
    }

    fn has_furniture(&self, kind: FurnitureKind) -> bool {
        let mut all = self.document.headers.iter().chain(&self.document.footers);
        all.any(|furniture| furniture.kind == kind)
    }

    /// Styles, numbering, settings, fonts and the notes of the writer.
    fn definition_parts(&mut self) {
        let mut styles = self.look.styles();
        if let Some(reference) = &self.reference {
            let (merged, changed) = reference.styles(&styles);
            styles = merged;
            self.rename_styles(&changed);
        }
        self.package
            .part("word/styles.xml", &format!("{WORD}styles+xml"), styles);
        self.relate_main("styles", "styles.xml");
        if !self.numbering.is_empty() {
            let numbering = self.numbering.part(&self.look);
            let kind = format!("{WORD}numbering+xml");
            self.package.part("word/numbering.xml", &kind, numbering);
            self.relate_main("numbering", "numbering.xml");
        }
        let settings = self.settings();
        self.package.part(
            "word/settings.xml",
            &format!("{WORD}settings+xml"),
            settings,
        );
        self.relate_main("settings", "settings.xml");
        let fonts = self.look.fonts();
        self.package
            .part("word/fontTable.xml", &format!("{WORD}fontTable+xml"), fonts);
        self.relate_main("fontTable", "fontTable.xml");

        let has_theme = self
            .reference
            .as_ref()
            .is_some_and(|one| one.theme.is_some());
        if !has_theme {
            let (heading, body) = self.look.theme_fonts();
            let kind = "application/vnd.openxmlformats-officedocument.theme+xml";
            self.package
                .part("word/theme/theme1.xml", kind, theme::part(heading, body));
            self.relate_main("theme", "theme/theme1.xml");
        }

        let record = std::mem::take(&mut self.record);
        self.package
            .part("customXml/item1.xml", "application/xml", record.part());
        self.relate_main("customXml", "../customXml/item1.xml");
        let kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
        self.package
            .part("customXml/itemProps1.xml", kind, record::properties());
        let relationship =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps";
        self.package
            .relate("customXml/item1.xml", relationship, "itemProps1.xml", false);
    }

    /// The settings of the document (ECMA-376 17.15.1.78), in the order of their schema.
    fn settings(&self) -> String {
        let mut out = Xml::default();
        out.raw(DECLARATION);
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        out.open("w:settings", &[("xmlns:w", main)]);
        out.empty("w:zoom", &[("w:percent", "100")]);
        out.val("w:defaultTabStop", "420");
        let has_even = match &self.reference {
            Some(reference) if !reference.furniture.is_empty() => reference.has_even,
            _ => self.has_furniture(FurnitureKind::Even) || self.has_sides,
        };
        if has_even {
            out.empty("w:evenAndOddHeaders", &[]);
        }
        out.val("w:characterSpacingControl", "compressPunctuation");
        for (index, (name, note)) in [("w:footnotePr", "w:footnote"), ("w:endnotePr", "w:endnote")]
            .into_iter()
            .enumerate()
        {
            if !self.notes.has(index) {
                continue;
            }
            out.open(name, &[]);
            if let Some(counting) = self.notes.counting[index] {
                out.val("w:numFmt", counting.name());
            }
            out.empty(note, &[("w:id", "-1")]);
            out.empty(note, &[("w:id", "0")]);
            out.close(name);
        }
        out.open("w:compat", &[]);
        out.empty(
            "w:compatSetting",
            &[
                ("w:name", "compatibilityMode"),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", "15"),
            ],
        );
        out.close("w:compat");
        out.finish_part("w:settings")
    }

    fn has_reference_furniture(&self) -> bool {
        let reference = self.reference.as_ref();
        reference.is_some_and(|reference| !reference.furniture.is_empty())
    }

    /// Takes over the headers and footers of the reference document.
    fn reference_furniture(&mut self, references: &mut Xml) {
        let Some(reference) = &self.reference else {
            return;
        };
        for (element, pages, part) in reference.furniture.clone() {
            let kind = match element {
                "w:headerReference" => "header",
                _ => "footer",
            };
            let id = self.relate_main(kind, part.trim_start_matches("word/"));
            references.empty(element, &[("w:type", &pages), ("r:id", &id)]);
        }
        if !self.document.headers.is_empty() || !self.document.footers.is_empty() {
            let message = "the headers and footers of the reference document stand in the place of \
                           those of the document";
            self.tell(Code::HeaderFooterDropped, message, None);
        }
    }

    /// Calls the styles of the parts that were written by the names that the reference document has.
    fn rename_styles(&mut self, changed: &BTreeMap<String, String>) {
        self.package.rewrite(|name, bytes| {
            if name.starts_with("word/")
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                *bytes = with_names(text, changed).into_bytes();
            }
        });
    }

    /// Adds the parts of the reference document.
    fn reference_parts(&mut self) {
        let Some(reference) = &mut self.reference else {
            return;
        };
        let parts = std::mem::take(&mut reference.parts);
        if let Some(theme) = reference.theme.clone() {
            self.relate_main("theme", &theme);
        }
        for part in parts {
            for one in &part.relationships {
                let kind = kind_of(one);
                self.package
                    .relate_as(&one.id, &part.name, &kind, &one.target, one.external);
            }
            self.package
                .part(&part.name, &part.content_type, part.bytes);
        }
    }

    fn tell_unused_resources(&mut self) {
        let document = self.document;
        for (id, resource) in document.resources.iter() {
            if !self.images.contains_key(id) {
                let name = resource.name.as_deref().unwrap_or(id.as_str());
                let message = format!(
                    "the resource {name} of the type {} is not shown and was left out",
                    resource.media_type
                );
                self.tell(Code::ContentSkipped, message, None);
            }
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
