//! Writes the canonical JSON of a document (RFC 8785). Everything of the model is in it.

use std::io;

use tabulary_ir::{Capabilities, Document, Error, Format, Outcome, WriteOptions, Writer, json};

/// Canonical JSON.
pub static FORMAT: Format = Format {
    id: "json",
    name: "canonical JSON",
    extensions: &["json"],
    media_type: "application/json",
};

/// Writes canonical JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonWriter;

impl Writer for JsonWriter {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        _: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        json::to_writer(document, output)
            .map_err(|error| Error::io("the output cannot be written", error))?;
        Ok(Outcome {
            value: (),
            diagnostics: Vec::new(),
        })
    }
}
