//! Sections of the model: their names, and those of the document (ECMA-376 17.6) where they stand on pages
//! of their own.

use tabulary_ir::{Block, Code, Error, Marks, Section, SectionKind, TextColumns};

use crate::block::{ParagraphSetting, SEPARATOR, open_paragraph};
use crate::furniture::Lines;
use crate::writing::{Place, Setting, Writing, twips};
use crate::xml::Xml;

/// The grid of 22 lines (GB/T 9704 5.2.2): 225 mm by 22 are 579 twentieths of a point. That 28 characters
/// stand on a line is said by the style of the text, since programs lay out a grid of characters each in
/// its own way.
const GRID: &str = r#"<w:docGrid w:type="lines" w:linePitch="579"/>"#;

/// The pages of a section of the document.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    /// Width, height, top, right, bottom and left margin in twentieths of a point.
    pub(crate) paper: [i64; 6],
    pub(crate) columns: Option<TextColumns>,
    lines: Lines,
}

impl Writing<'_> {
    /// The pages of the document.
    pub(crate) fn usual_pages(&self) -> Pages {
        Pages {
            paper: self.page(),
            columns: self.document.page.and_then(|page| page.columns),
            lines: self.lines.clone(),
        }
    }

    /// A section of the body begins with its name in a style of its own, and ends before the next one,
    /// or at a paragraph that says so.
    pub(crate) fn section(
        &mut self,
        section: &Section,
        setting: Setting,
        next: Option<&Block>,
        out: &mut Xml,
    ) -> Result<(), Error> {
        if section.hidden {
            let message = format!("the hidden section {:?} was left out", section.name);
            self.tell(Code::BlockDropped, message, section.origin.as_ref());
            return Ok(());
        }
        // The body is at depth 1.
        if setting.place != Place::Body || self.depth > 1 {
            let message = format!(
                "the section {:?} stands inside of another; its name was left out",
                section.name
            );
            self.tell(Code::BlockDropped, message, section.origin.as_ref());
            return self.blocks(&section.body, setting, out);
        }
        let usual = self.usual_pages();
        let paper = section.page.map_or(usual.paper, twips);
        let columns = match section.page {
            Some(page) => page.columns,
            None => usual.columns,
        };
        let has_lines = !section.headers.is_empty() || !section.footers.is_empty();
        if has_lines || paper != usual.paper || columns != usual.columns {
            let lines = self.lines_of(section, setting)?;
            let pages = Pages {
                paper,
                columns,
                lines,
            };
            return self.on_pages(section, pages, setting, next, out);
        }
        self.named(section, setting, out)?;
        if !matches!(next, None | Some(Block::Section(_))) {
            self.open_and_close("SectionEnd", out);
        }
        Ok(())
    }

    /// A section on pages of its own: it stands between the ends of sections of the document.
    fn on_pages(
        &mut self,
        section: &Section,
        pages: Pages,
        setting: Setting,
        next: Option<&Block>,
        out: &mut Xml,
    ) -> Result<(), Error> {
        if self.has_begun {
            let usual = self.usual_pages();
            self.section_end(&usual, true, out);
        }
        self.runs_on = section.continuous;
        let outer = self.open_pages.replace(pages.clone());
        let setting = Setting {
            width: self.text_width(),
            ..setting
        };
        if section.name.is_empty() {
            self.blocks(&section.body, setting, out)?;
        } else {
            self.named(section, setting, out)?;
        }
        self.open_pages = outer;
        match next {
            Some(_) => {
                self.section_end(&pages, false, out);
                // What follows goes on below, unless it stands on other paper.
                self.runs_on = pages.paper == self.page();
            }
            None => self.last_pages = Some(pages),
        }
        self.has_begun = false;
        Ok(())
    }

    /// Ends a section of the document with its pages: in its last paragraph, so that none more takes room in
    /// columns of text that are balanced, else in a blank one.
    fn section_end(&mut self, pages: &Pages, is_usual: bool, out: &mut Xml) {
        let properties = self.section_properties(pages, is_usual);
        if out.close_last_paragraph_with(&properties) {
            return;
        }
        out.raw(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{SEPARATOR}"/>"#));
        out.raw(&properties);
        out.raw("</w:pPr></w:p>");
    }

    /// A section with its name above it.
    fn named(&mut self, section: &Section, setting: Setting, out: &mut Xml) -> Result<(), Error> {
        let style = match section.kind {
            SectionKind::Sheet => "SheetTitle",
            SectionKind::Page => "PageTitle",
            SectionKind::Part => "PartTitle",
        };
        let styled = ParagraphSetting {
            style: Some(style),
            ..ParagraphSetting::default()
        };
        open_paragraph(styled, out);
        self.run(&section.name, Marks::NONE, setting.into(), out);
        out.close("w:p");
        self.blocks(&section.body, setting, out)
    }

    /// The section (ECMA-376 17.6.17): headers and footers, the page and its margins. `is_usual` says that
    /// its pages are those of the document.
    pub(crate) fn section_properties(&mut self, pages: &Pages, is_usual: bool) -> String {
        if is_usual && self.record.usual.is_none() {
            self.record.usual = Some(self.sections);
        }
        self.sections += 1;
        let [width, height, top, right, bottom, left] = pages.paper.map(|side| side.to_string());
        let mut out = Xml::default();
        out.open("w:sectPr", &[]);
        let has_first = self.references(&pages.lines, &mut out);
        if std::mem::take(&mut self.runs_on) {
            out.val("w:type", "continuous");
        }
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if pages.paper[0] > pages.paper[1] {
            size.push(("w:orient", "landscape"));
        }
        out.empty("w:pgSz", &size);
        let reference = self.reference.as_ref();
        let (head, foot) = self.look.head_and_foot(pages.paper);
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
        if let Some(columns) = pages.columns {
            let (count, space) = (
                columns.count.to_string(),
                columns.gap.to_twips().to_string(),
            );
            let mut attributes = vec![("w:num", count.as_str()), ("w:space", space.as_str())];
            if columns.ruled {
                attributes.push(("w:sep", "1"));
            }
            out.empty("w:cols", &attributes);
        }
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
}
