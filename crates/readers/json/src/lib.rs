//! Reads the canonical JSON of a document, and JSON of the same shape that a person or a script wrote.

use tabulary_ir::{
    Capabilities, Confidence, Document, Error, Format, Input, Outcome, ReadOptions, Reader, json,
};

/// Canonical JSON.
pub static FORMAT: Format = Format {
    id: "json",
    name: "canonical JSON",
    extensions: &["json"],
    media_type: "application/json",
};

/// Reads canonical JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonReader;

impl Reader for JsonReader {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        let bytes = input
            .bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(input.bytes);
        let bytes = bytes.trim_ascii_start();
        let Some(rest) = bytes.strip_prefix(b"{") else {
            return Confidence::No;
        };
        match rest.trim_ascii_start().first() {
            Some(b'"' | b'}') if FORMAT.has_extension(&input.extension()) => Confidence::Certain,
            Some(b'"' | b'}') => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        json::from_slice(input.bytes, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_json_and_a_list_is_not_a_document() {
        let sniff = |bytes: &[u8]| JsonReader.sniff(Input::new(bytes));
        assert_eq!(sniff(b" {\"tabulary\":1}"), Confidence::Likely);
        assert_eq!(sniff(b"{not json}"), Confidence::No);
        assert_eq!(sniff(b"[1]"), Confidence::No);
    }
}
