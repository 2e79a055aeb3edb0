//! File formats, as the registry and the codecs name them.

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// The short name that a user types: `docx`.
    pub id: &'static str,
    /// The name in prose: `Word document`.
    pub name: &'static str,
    /// Extensions of file names, lower case, the usual one first.
    pub extensions: &'static [&'static str],
    /// The media type (IANA).
    pub media_type: &'static str,
}

impl Format {
    /// Whether `extension` is one of its extensions; case does not count.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.extensions
            .iter()
            .any(|e| e.eq_ignore_ascii_case(extension))
    }
}
