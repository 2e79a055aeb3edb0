//! Images and other bytes that belong to a document.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of a resource: `sha256:` and the 64 hexadecimal digits of its digest.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct ResourceId(#[schemars(regex(pattern = r"^sha256:[0-9a-f]{64}$"))] String);

impl ResourceId {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hexadecimal(&Sha256::digest(bytes))))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bytes as lower-case hexadecimal digits, as digests are written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
    }
    text
}

/// Bytes with their media type.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resource {
    /// The bytes; in JSON as Base64 (RFC 4648 4).
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    #[schemars(with = "String", extend("contentEncoding" = "base64"))]
    pub data: Vec<u8>,
    /// The media type, such as `image/png`.
    pub media_type: String,
    /// The file name that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Resource({}, {} bytes)",
            self.media_type,
            self.data.len()
        )
    }
}

fn to_base64<S: serde::Serializer>(data: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64_STANDARD.encode(data))
}

fn from_base64<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD
        .decode(text)
        .map_err(serde::de::Error::custom)
}

/// The resources of a document by name. Equal bytes are one resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Resources(BTreeMap<ResourceId, Resource>);

impl Resources {
    /// Adds bytes and gives their name.
    pub fn add(&mut self, data: Vec<u8>, media_type: &str, name: Option<String>) -> ResourceId {
        let id = ResourceId::of(&data);
        self.0.entry(id.clone()).or_insert_with(|| Resource {
            data,
            media_type: media_type.to_owned(),
            name,
        });
        id
    }

    /// The resource of that name.
    pub fn get(&self, id: &ResourceId) -> Option<&Resource> {
        self.0.get(id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All resources in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&ResourceId, &Resource)> {
        self.0.iter()
    }

    /// Takes out the resources whose name is not that of their bytes, and gives their names.
    pub(crate) fn remove_misnamed(&mut self) -> Vec<ResourceId> {
        let misnamed: Vec<_> = self
            .0
            .iter()
            .filter(|(id, resource)| **id != ResourceId::of(&resource.data))
            .map(|(id, _)| id.clone())
            .collect();
        for id in &misnamed {
            self.0.remove(id);
        }
        misnamed
    }
}
