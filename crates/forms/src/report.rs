//! The data of a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use tabulary_ir::{Block, Document, Error, Fields, Origin, ReadOptions};

use crate::definition::FieldType;
use crate::form::Form;
use crate::value::{FieldValue, of_text};

/// The value of the key `tabulary` in the JSON of a report.
pub const VERSION: &str = "report/1";

/// The data of a report: what each field of its form holds.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The form.
    pub form: String,
    /// Its edition.
    pub edition: String,
    /// Values by the name of their field. A field that is not here was not found.
    pub fields: BTreeMap<String, FieldValue>,
    /// Text of many paragraphs, by the name of its field.
    pub prose: BTreeMap<String, Vec<Block>>,
    /// What stands above the report on a portal: labels and texts.
    pub meta: Fields,
    /// Where each value stood, by the name of its field.
    pub places: BTreeMap<String, Found>,
}

/// Where a value stood, and how sure it is that it is the one of its field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<Origin>,
    /// How sure it is, in percent.
    pub sure: u8,
    /// What tells that it is the one.
    pub by: String,
    /// What was written, where the value is not written so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub written: Option<String>,
}

impl Report {
    /// An empty report of a form.
    pub fn new(form: &Form) -> Self {
        Self {
            form: form.id().to_owned(),
            edition: form.edition().to_owned(),
            ..Self::default()
        }
    }

    /// Sets a field to the value that a text stands for. Whether the form has such a field.
    pub fn set(&mut self, form: &Form, id: &str, text: &str) -> bool {
        let Some(field) = form.field(id) else {
            return false;
        };
        if field.kind == FieldType::Prose {
            let blocks = text.lines().map(Block::paragraph).collect();
            self.prose.insert(id.to_owned(), blocks);
        } else {
            let value = of_text(text, field.kind, field.unit.as_deref());
            self.fields.insert(id.to_owned(), value);
        }
        self.places.remove(id);
        true
    }

    /// Whether both hold the same data, wherever it stood.
    pub fn same_data(&self, other: &Self) -> bool {
        self.to_json(false) == other.to_json(false)
    }

    /// The report as JSON (RFC 8785), with or without the places of values.
    pub fn to_json(&self, places: bool) -> String {
        let mut object = Map::new();
        object.insert("tabulary".into(), VERSION.into());
        object.insert("form".into(), self.form.as_str().into());
        object.insert("edition".into(), self.edition.as_str().into());
        object.insert("fields".into(), json!(self.fields));
        let prose: Map<String, Json> = self
            .prose
            .iter()
            .map(|(id, blocks)| (id.clone(), blocks_json(blocks, places)))
            .collect();
        if !prose.is_empty() {
            object.insert("prose".into(), prose.into());
        }
        if !self.meta.is_empty() {
            object.insert("meta".into(), json!(self.meta));
        }
        if places && !self.places.is_empty() {
            object.insert("places".into(), json!(self.places));
        }
        serde_json_canonicalizer::to_string(&Json::Object(object))
            .expect("an object of texts is always JSON")
    }

    /// Whether bytes look like the JSON of a report.
    pub fn is_json(bytes: &[u8]) -> bool {
        let head = &bytes[..bytes.len().min(1 << 20)];
        let text = String::from_utf8_lossy(head);
        text.trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{')
            && text.contains("\"report/1\"")
    }

    /// Reads the JSON of a report of a form that is known.
    ///
    /// # Errors
    /// `Input` where it is no JSON of a report, is of another form, or names a field that the form has not.
    pub fn from_json(bytes: &[u8], form: &Form) -> Result<Self, Error> {
        let object = parse(bytes)?;
        if object.form != form.id() {
            let message = format!(
                "it is data of the form {:?}, where {:?} was expected",
                object.form,
                form.id()
            );
            return Err(Error::input(message).help("name its form with --form"));
        }
        Self::of_object(object, form)
    }

    /// The form and edition that the JSON of a report names.
    ///
    /// # Errors
    /// `Input` where it is no JSON of a report.
    pub fn names_of(bytes: &[u8]) -> Result<(String, String), Error> {
        let object = parse(bytes)?;
        Ok((object.form, object.edition))
    }

    fn of_object(object: Object, form: &Form) -> Result<Self, Error> {
        let mut report = Self {
            form: object.form,
            edition: object.edition,
            meta: object.meta,
            places: object.places,
            ..Self::default()
        };
        for (id, value) in object.fields {
            let Some(field) = form.field(&id) else {
                let message = format!("the form {} has no field {id:?}", report.form);
                let place = Origin::Pointer {
                    pointer: format!("/fields/{id}"),
                };
                return Err(Error::input(message)
                    .at(place)
                    .help("`tabulary form show` lists the fields"));
            };
            let value = match value {
                FieldValue::Text(text) if field.kind.is_number() => {
                    of_text(&text, field.kind, field.unit.as_deref())
                }
                FieldValue::Number(number) => of_text(number.as_str(), field.kind, None),
                FieldValue::Text(text) if field.kind == FieldType::Date => {
                    of_text(&text, field.kind, None)
                }
                value => value,
            };
            report.fields.insert(id, value);
        }
        for (id, blocks) in object.prose {
            let document = json!({ "tabulary": tabulary_ir::json::VERSION, "body": blocks });
            let bytes = document.to_string();
            let read = tabulary_ir::json::from_slice(bytes.as_bytes(), &ReadOptions::default())?;
            report.prose.insert(id, read.value.body);
        }
        Ok(report)
    }
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    tabulary: String,
    form: String,
    #[serde(default)]
    edition: String,
    #[serde(default)]
    fields: BTreeMap<String, FieldValue>,
    #[serde(default)]
    prose: BTreeMap<String, Json>,
    #[serde(default)]
    meta: Fields,
    #[serde(default)]
    places: BTreeMap<String, Found>,
}

fn parse(bytes: &[u8]) -> Result<Object, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let object: Object = serde_json::from_slice(bytes).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        Error::input("it is no JSON of a report")
            .at(Origin::line(line))
            .caused_by(error)
            .help("a report is {\"tabulary\":\"report/1\",\"form\":…,\"fields\":{…}}")
    })?;
    if object.tabulary != VERSION {
        let message = format!(
            "the key tabulary says {:?}, where {VERSION:?} was expected",
            object.tabulary
        );
        return Err(Error::input(message).at(Origin::Pointer {
            pointer: "/tabulary".into(),
        }));
    }
    Ok(object)
}

/// Blocks as they stand in the JSON of a document.
fn blocks_json(blocks: &[Block], places: bool) -> Json {
    let mut document = Document {
        body: blocks.to_vec(),
        ..Document::default()
    };
    if !places {
        document.strip_origins();
    }
    let text = tabulary_ir::json::to_string(&document);
    let json: Json = serde_json::from_str(&text).expect("what was written is JSON");
    json.get("body").cloned().unwrap_or_else(|| json!([]))
}
