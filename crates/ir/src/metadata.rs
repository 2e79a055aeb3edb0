//! What is known about a document.

use schemars::JsonSchema;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

/// What is known about a document, in the terms of Dublin Core (ISO 15836-1), and the labelled
/// fields that stand above a published report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// When it was made, as its source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creators: Vec<String>,
    /// What it is about, in a sentence or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The order of `fields`, where it is not that of their names.
    #[serde(rename = "field_order", skip_serializing_if = "Vec::is_empty")]
    pub(crate) field_order: Vec<String>,
    /// Labelled fields, such as 索引号 and 发文机关.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// Numbers and names that it is known by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<String>,
    /// The day of publication, as `2020-01-20`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
    /// The language, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When it was last changed, as its source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its subjects or key words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Metadata {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Puts what canonical JSON says about the order of the fields into it, before writing.
    pub(crate) fn with_field_order(&self) -> Self {
        let mut copy = self.clone();
        let names: Vec<&str> = self
            .fields
            .0
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        copy.field_order = if names.is_sorted_by(|a, b| utf16_less(a, b)) {
            Vec::new()
        } else {
            names.into_iter().map(str::to_owned).collect()
        };
        copy
    }

    /// Puts the fields into the order that `field_order` tells, after reading.
    pub(crate) fn restore_field_order(&mut self) {
        let order = std::mem::take(&mut self.field_order);
        let place = |name: &str| order.iter().position(|n| n == name).unwrap_or(order.len());
        self.fields.0.sort_by_key(|(name, _)| place(name));
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
        let mut all = Self::default();
        for (name, text) in fields {
            all.set(name, text);
        }
        all
    }
}

/// The order of RFC 8785 3.2.3: by UTF-16 code units.
fn utf16_less(a: &str, b: &str) -> bool {
    a.encode_utf16().lt(b.encode_utf16())
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<_> = self.0.iter().collect();
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
                let mut fields = Fields::default();
                while let Some((name, text)) = map.next_entry::<String, String>()? {
                    fields.set(name, text);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
