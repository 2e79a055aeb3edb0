//! The part in which the writer notes what a Word document has no place for (see the crate's page).

use tabulary_ir::{Cell, Value};

use crate::xml::{DECLARATION, Xml};

/// The notes of the writer.
#[derive(Default)]
pub(crate) struct Record {
    cells: Xml,
    count: u32,
    /// The page that the writer chose.
    pub(crate) chosen_page: Option<String>,
    /// How many sections of the document stand before the first whose pages are those of the document.
    pub(crate) usual: Option<usize>,
    /// Whether title and fields stand on no page.
    pub(crate) unseen: bool,
}

impl Record {
    /// Notes a cell, and gives the name of the bookmark that must stand around its text.
    pub(crate) fn cell(&mut self, cell: &Cell, text: &str) -> String {
        self.count += 1;
        let bookmark = format!("_Cell{}", self.count);
        let mut attributes = vec![("bookmark", bookmark.clone()), ("text", text.to_owned())];
        if let Some(value) = &cell.value {
            attributes.push(match value {
                Value::Number(number) => ("number", number.to_string()),
                Value::Bool(truth) => ("bool", truth.to_string()),
                Value::Date(date) => ("date", date.to_string()),
                Value::Time(time) => ("time", time.to_string()),
                Value::DateTime(moment) => ("datetime", moment.to_string()),
                Value::Duration(duration) => ("duration", duration.to_string()),
                Value::Error(error) => ("error", error.to_string()),
            });
        }
        if let Some(format) = &cell.format {
            attributes.push(("format", format.as_str().to_owned()));
        }
        if let Some(formula) = &cell.formula {
            attributes.push(("formula", formula.to_string()));
        }
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.cells.empty("cell", &attributes);
        bookmark
    }

    /// The part.
    pub(crate) fn part(self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        let mut attributes = vec![("xmlns", "urn:tabulary:docx:1")];
        if self.unseen {
            attributes.push(("unseen", "1"));
        }
        xml.open("record", &attributes);
        let usual = self.usual.map(|usual| usual.to_string());
        let chosen = self.chosen_page.as_deref().map(|page| ("chosen", page));
        let usual = usual.as_deref().map(|usual| ("usual", usual));
        let said: Vec<_> = chosen.into_iter().chain(usual).collect();
        if !said.is_empty() {
            xml.empty("page", &said);
        }
        xml.raw(&self.cells.finish());
        xml.finish_part("record")
    }
}

/// The properties of the part (ECMA-376 22.5): an identifier that never changes.
pub(crate) fn properties() -> String {
    format!(
        concat!(
            "{}",
            r#"<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" "#,
            r#"ds:itemID="{{7AB01A27-0001-4D0C-8A00-746162756C61}}">"#,
            r#"<ds:schemaRefs><ds:schemaRef ds:uri="urn:tabulary:docx:1"/></ds:schemaRefs></ds:datastoreItem>"#
        ),
        DECLARATION
    )
}
