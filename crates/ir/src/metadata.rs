//! What is known about a document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

/// What is known about a document, in the terms of Dublin Core (ISO 15836-1), and the labelled
/// fields that stand above a published report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// When it was made, as its source says it.
    pub created: Option<String>,
    /// Who made it.
    pub creators: Vec<String>,
    /// What it is about, in a sentence or more.
    pub description: Option<String>,
    /// Labelled fields, such as 索引号 and 发文机关.
    pub fields: Fields,
    /// Numbers and names that it is known by.
    pub identifiers: Vec<String>,
    /// The day of publication, as `2020-01-20`.
    pub issued: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// When it was last changed, as its source says it.
    pub modified: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its subjects or key words.
    pub subjects: Vec<String>,
    /// Its title.
    pub title: Option<String>,
    /// Whether title and fields are properties of a file that nobody sees on its pages. Others stand
    /// above the text, as a portal prints them.
    pub unseen: bool,
}

impl Metadata {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Metadata as they stand in JSON, whose keys are sorted: the order of the fields is a key of its own.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
struct MetadataObject {
    /// When it was made, as its source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creators: Vec<String>,
    /// What it is about, in a sentence or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The order of `fields`, where it is not that of their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    field_order: Vec<String>,
    /// Labelled fields, such as 索引号 and 发文机关.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    fields: Fields,
    /// Numbers and names that it is known by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifiers: Vec<String>,
    /// The day of publication, as `2020-01-20`.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<String>,
    /// The language, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// When it was last changed, as its source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    /// Its subjects or key words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subjects: Vec<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Whether title and fields are properties of a file that nobody sees on its pages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unseen: bool,
}

impl From<Metadata> for MetadataObject {
    fn from(meta: Metadata) -> Self {
        let names = || meta.fields.iter().map(|(name, _)| name);
        let field_order = if names().is_sorted_by(|a, b| a.encode_utf16().lt(b.encode_utf16())) {
            Vec::new()
        } else {
            names().map(str::to_owned).collect()
        };
        Self {
            field_order,
            created: meta.created,
            creators: meta.creators,
            description: meta.description,
            fields: meta.fields,
            identifiers: meta.identifiers,
            issued: meta.issued,
            language: meta.language,
            modified: meta.modified,
            publisher: meta.publisher,
            subjects: meta.subjects,
            title: meta.title,
            unseen: meta.unseen,
        }
    }
}

impl From<MetadataObject> for Metadata {
    fn from(mut object: MetadataObject) -> Self {
        let order: BTreeMap<&str, usize> = object
            .field_order
            .iter()
            .map(String::as_str)
            .zip(0..)
            .collect();
        let place = |name: &str| order.get(name).copied().unwrap_or(order.len());
        object.fields.0.sort_by_key(|(name, _)| place(name));
        Self {
            created: object.created,
            creators: object.creators,
            description: object.description,
            fields: object.fields,
            identifiers: object.identifiers,
            issued: object.issued,
            language: object.language,
            modified: object.modified,
            publisher: object.publisher,
            subjects: object.subjects,
            title: object.title,
            unseen: object.unseen,
        }
    }
}

impl Serialize for Metadata {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MetadataObject::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        MetadataObject::deserialize(deserializer).map(Self::from)
    }
}

impl JsonSchema for Metadata {
    fn schema_name() -> Cow<'static, str> {
        "Metadata".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        MetadataObject::json_schema(generator)
    }
}

/// Labelled fields in the order in which they stood; each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(with = "std::collections::BTreeMap<String, String>")]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of the field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(n, _)| n == name)?;
        Some(&field.1)
    }

    /// Sets a field; a name that is there keeps its place.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        let (name, text) = (name.into(), text.into());
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some(field) => field.1 = text,
            None => self.0.push((name, text)),
        }
    }

    /// Names and texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(fields: I) -> Self {
        let mut all: Vec<(String, String)> = Vec::new();
        let mut places = BTreeMap::new();
        for (name, text) in fields {
            let (name, text) = (name.into(), text.into());
            match places.get(&name) {
                Some(&place) => all[place] = (name, text),
                None => {
                    places.insert(name.clone(), all.len());
                    all.push((name, text));
                }
            }
        }
        Self(all)
    }
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<_> = self.0.iter().collect();
        // The order of RFC 8785 3.2.3: by UTF-16 code units.
        sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
        let mut map = serializer.serialize_map(Some(sorted.len()))?;
        for (name, text) in sorted {
            map.serialize_entry(name, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<String, String>()? {
                    fields.push(field);
                }
                Ok(fields.into_iter().collect())
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
