//! The parts of the package around the body.

use std::collections::BTreeMap;
use std::io;

use tabulary_ir::{Block, Code, Diagnostics, Document, Error, Outcome, WriteOptions};

use crate::contents::title_length;
use crate::record;
use crate::reference::{kind_of, with_names};
use crate::theme;
use crate::writing::{MAIN, Place, Setting, WORD, Writing};
use crate::xml::{DECLARATION, Xml};

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
    writing.furnish(setting)?;
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
    if document.page.is_none() && writing.reference.is_none() {
        let sizes: Vec<_> = writing.page().iter().map(i64::to_string).collect();
        writing.record.chosen_page = Some(sizes.join(" "));
    }
    let (pages, is_usual) = match writing.last_pages.take() {
        Some(pages) => (pages, false),
        None => (writing.usual_pages(), true),
    };
    let section = writing.section_properties(&pages, is_usual);
    let mut main = Xml::part("w:document");
    main.open("w:body", &[]);
    main.raw(&body.finish());
    main.raw(&section);
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
            _ => self.furnishing.has_even,
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
