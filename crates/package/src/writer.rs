//! Writing packages whose bytes depend on nothing but their parts.

use std::io::{Cursor, Write};

use tabulary_ir::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::relationships::part_of;
use crate::xml::escape;

/// Collects parts and relationships, and writes them as a package (ECMA-376-2). Times in the
/// container are 1980-01-01, the earliest that it can hold.
#[derive(Default)]
pub struct PackageWriter {
    parts: Vec<Part>,
    relationships: Vec<(String, Vec<Reference>)>,
}

struct Part {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
}

struct Reference {
    id: String,
    kind: String,
    target: String,
    external: bool,
}

const RELATIONSHIP_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

impl PackageWriter {
    /// An empty package.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. Its name has no leading slash.
    pub fn part(&mut self, name: &str, content_type: &str, bytes: impl Into<Vec<u8>>) {
        self.parts.push(Part {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            bytes: bytes.into(),
        });
    }

    /// Adds a relationship from a part (from the package where `part` is empty) to a target, as
    /// relative to the part, and gives its identifier.
    pub fn relate(&mut self, part: &str, kind: &str, target: &str, external: bool) -> String {
        let references = self.references(part);
        let same = |r: &&Reference| r.kind == kind && r.target == target && r.external == external;
        if let Some(known) = references.iter().find(same) {
            return known.id.clone();
        }
        let id = format!("rId{}", references.len() + 1);
        self.relate_as(&id, part, kind, target, external);
        id
    }

    /// Adds a relationship with an identifier that the part already uses.
    pub fn relate_as(&mut self, id: &str, part: &str, kind: &str, target: &str, external: bool) {
        self.references(part).push(Reference {
            id: id.to_owned(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            external,
        });
    }

    fn references(&mut self, part: &str) -> &mut Vec<Reference> {
        let index = self.relationships.iter().position(|(name, _)| name == part);
        let index = index.unwrap_or_else(|| {
            self.relationships.push((part.to_owned(), Vec::new()));
            self.relationships.len() - 1
        });
        &mut self.relationships[index].1
    }

    /// Changes the parts that were added so far.
    pub fn rewrite(&mut self, mut change: impl FnMut(&str, &mut Vec<u8>)) {
        for part in &mut self.parts {
            change(&part.name, &mut part.bytes);
        }
    }

    /// Writes the package.
    ///
    /// # Errors
    /// `Io` where the output fails.
    pub fn finish(self, output: &mut dyn Write) -> Result<(), Error> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let failed = |error: zip::result::ZipError| {
            Error::new(tabulary_ir::ErrorKind::Io, "the package cannot be written").caused_by(error)
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut entries = vec![(
            "[Content_Types].xml".to_owned(),
            self.content_types().into_bytes(),
        )];
        for (part, references) in &self.relationships {
            entries.push((part_of(part), relationship_list(references).into_bytes()));
        }
        entries.extend(self.parts.into_iter().map(|part| (part.name, part.bytes)));
        for (name, bytes) in entries {
            zip.start_file(name.as_str(), options).map_err(failed)?;
            zip.write_all(&bytes)
                .map_err(|error| Error::io("the package cannot be written", error))?;
        }
        let bytes = zip.finish().map_err(failed)?.into_inner();
        output
            .write_all(&bytes)
            .map_err(|error| Error::io("the output cannot be written", error))
    }

    fn content_types(&self) -> String {
        let mut xml = String::from(concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        ));
        xml.push_str(&format!(
            r#"<Default Extension="rels" ContentType="{RELATIONSHIP_TYPE}"/><Default Extension="xml" ContentType="application/xml"/>"#
        ));
        for part in &self.parts {
            xml.push_str(&format!(
                r#"<Override PartName="/{}" ContentType="{}"/>"#,
                escape(&part.name),
                escape(&part.content_type)
            ));
        }
        xml.push_str("</Types>");
        xml
    }
}

fn relationship_list(references: &[Reference]) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    ));
    for reference in references {
        let mode = if reference.external {
            r#" TargetMode="External""#
        } else {
            ""
        };
        xml.push_str(&format!(
            r#"<Relationship Id="{}" Type="{}" Target="{}"{mode}/>"#,
            escape(&reference.id),
            escape(&reference.kind),
            escape(&reference.target),
        ));
    }
    xml.push_str("</Relationships>");
    xml
}
