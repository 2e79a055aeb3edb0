//! Tests of the reader, on small files that are built here and on files that people have.

mod beside;
mod hostile;
mod images;
mod marked;
mod text;

use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use tabulary_ir::{
    Code, Diagnostic, Document, Error, Input, Outcome, ReadOptions, Reader, blocks_text,
};
use tabulary_pages::Page;

use crate::{PdfReader, pages};

/// The usual font, for the resources of a page.
const HELVETICA: &str = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";

/// A PDF of objects, whose numbers count from 1; the first is the catalog.
fn build(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    let count = objects.len() + 1;
    file.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let end =
        format!("trailer << /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}

/// A stream with the entries of its dictionary.
fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

fn deflate(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(data).expect("packed");
    packer.finish().expect("packed")
}

/// A page of 200 by 100 points with content. `catalog`, `page` and `resources` are entries to add; `more` are
/// objects from number 6 on.
struct Sheet<'s> {
    catalog: &'s str,
    page: &'s str,
    resources: &'s str,
    info: &'s str,
    content: &'s str,
    more: Vec<Vec<u8>>,
}

impl Default for Sheet<'_> {
    fn default() -> Self {
        Self {
            catalog: "",
            page: "",
            resources: HELVETICA,
            info: "",
            content: "BT /F 10 Tf 10 80 Td (Hello) Tj ET",
            more: Vec::new(),
        }
    }
}

impl Sheet<'_> {
    fn build(&self) -> Vec<u8> {
        let Self {
            catalog,
            page,
            resources,
            info,
            content,
            ..
        } = self;
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << {resources} >> {page} >>").into_bytes(),
            stream("", content.as_bytes()),
            format!("<< {info} >>").into_bytes(),
        ];
        objects.extend(self.more.iter().cloned());
        build(&objects)
    }
}

fn read(bytes: &[u8]) -> Result<Outcome<Document>, Error> {
    PdfReader.read(Input::new(bytes), &ReadOptions::default())
}

fn document(bytes: &[u8]) -> Document {
    read(bytes).expect("a document").value
}

fn told(bytes: &[u8]) -> Vec<Diagnostic> {
    read(bytes).expect("a document").diagnostics
}

fn codes(bytes: &[u8]) -> Vec<Code> {
    told(bytes).iter().map(|told| told.code).collect()
}

/// The text of a document, without blanks.
fn text_of(document: &Document) -> String {
    blocks_text(&document.body).split_whitespace().collect()
}

fn first_page(bytes: &[u8]) -> Page {
    let mut first = None;
    pages(bytes, &ReadOptions::default(), |page| {
        first.get_or_insert(page);
    })
    .expect("pages");
    first.expect("a page")
}

/// What the glyphs of the first page say, in the order of painting.
fn painted(bytes: &[u8]) -> String {
    let page = first_page(bytes);
    page.glyphs
        .iter()
        .map(|glyph| glyph.text.as_str())
        .collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../fixtures/pdf")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
