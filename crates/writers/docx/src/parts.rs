//! The parts of the package around the body.

use std::io;

use tabulary_ir::{
    Block, Code, Diagnostics, Document, Error, Furniture, FurnitureKind, Outcome, WriteOptions,
};

use crate::block::{ParagraphSetting, open_paragraph};
use crate::record;
use crate::writing::{MAIN, Place, Setting, Writing};
use crate::xml::{DECLARATION, Xml};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// Parts of headers and footers by the pages that they stand on.
const PARTS: [(&str, &str, &str); 3] = [
    ("default", "word/header1.xml", "word/footer1.xml"),
    ("first", "word/header2.xml", "word/footer2.xml"),
    ("even", "word/header3.xml", "word/footer3.xml"),
];

/// Writes a document as a package.
pub(crate) fn write(
    document: &Document,
    output: &mut dyn io::Write,
    options: &WriteOptions,
) -> Result<Outcome<()>, Error> {
    let mut writing = Writing::new(document, options);
    writing.property_parts();
    let mut body = Xml::default();
    let setting = Setting {
        place: Place::Body,
        style: None,
        align: None,
        size: None,
        width: writing.text_width(),
    };
    writing.blocks(&document.body, setting, &mut body)?;
    writing.refer_to_the_rest(&mut body);
    if matches!(
        document.body.last(),
        None | Some(Block::Table(_) | Block::Section(_))
    ) {
        writing.separator(&mut body);
    }
    writing.note_parts()?;
    let references = writing.furniture(setting)?;
    let section = writing.section_properties(&references);
    let mut main = Xml::part("w:document");
    main.open("w:body", &[]);
    main.raw(&body.finish());
    main.raw(&section);
    main.close("w:body");
    let main = main.finish_part("w:document");
    writing.definition_parts();
    writing.tell_unused_resources();

    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let mut package = writing.package;
    package.relate("", kind, MAIN, false);
    package.part(MAIN, &format!("{WORD}document.main+xml"), main);
    package.finish(output)?;
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
            let part = PARTS[0].2;
            self.page_number_part(part);
            self.refer_to_furniture("footer", "default", part, &mut references);
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

    /// The number of the page between dashes, below a document without a footer of its own.
    fn page_number_part(&mut self, part: &'static str) {
        self.part = part;
        let mut out = Xml::part("w:ftr");
        let styled = ParagraphSetting {
            style: Some("PageNumberLine"),
            ..ParagraphSetting::default()
        };
        open_paragraph(styled, &mut out);
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
    fn section_properties(&mut self, references: &Xml) -> String {
        let page = self.page();
        if self.document.page.is_none() {
            let sizes: Vec<_> = page.iter().map(i64::to_string).collect();
            self.record.chosen_page = Some(sizes.join(" "));
        }
        let [width, height, top, right, bottom, left] = page.map(|side| side.to_string());
        let mut out = Xml::default();
        out.open("w:sectPr", &[]);
        out.raw(references.as_str());
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if page[0] > page[1] {
            size.push(("w:orient", "landscape"));
        }
        out.empty("w:pgSz", &size);
        let (head, foot) = self.look.head_and_foot(page);
        out.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &head.to_string()),
                ("w:footer", &foot.to_string()),
                ("w:gutter", "0"),
            ],
        );
        if self.has_furniture(FurnitureKind::First) {
            out.empty("w:titlePg", &[]);
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
        let styles = self.look.styles();
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
        if self.has_furniture(FurnitureKind::Even) {
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
