//! What format a file is of, in the terms of PREMIS: a name, a version, a media type, a key of PRONOM.

use tabulary::Row;
use tabulary::ir::PageStandard;

/// A format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileFormat {
    /// Its name (PREMIS 3.0 1.5.4.1, `formatDesignation`).
    pub(crate) name: &'static str,
    /// Its version.
    pub(crate) version: Option<&'static str>,
    /// Its media type (IANA).
    pub(crate) media_type: &'static str,
    /// Its key in the register PRONOM of the National Archives (PREMIS 3.0 1.5.4.2, `formatRegistry`).
    pub(crate) pronom: Option<&'static str>,
}

const fn format(
    name: &'static str,
    version: Option<&'static str>,
    media_type: &'static str,
    pronom: Option<&'static str>,
) -> FileFormat {
    FileFormat {
        name,
        version,
        media_type,
        pronom,
    }
}

/// JSON (RFC 8259), canonical by RFC 8785 where Tabulary writes it.
pub(crate) const JSON: FileFormat = format("JSON", None, "application/json", Some("fmt/817"));
/// A JSON text in each line.
pub(crate) const JSON_LINES: FileFormat = format("JSON Lines", None, "application/jsonl", None);
/// XML 1.0.
pub(crate) const XML: FileFormat = format("XML", Some("1.0"), "text/xml", Some("fmt/101"));
/// Text in UTF-8.
pub(crate) const TEXT: FileFormat = format("Plain text", None, "text/plain", Some("x-fmt/111"));
/// A file of which nothing is known.
pub(crate) const UNKNOWN: FileFormat = format("unknown", None, "application/octet-stream", None);

const DOCX: FileFormat = format(
    "Office Open XML document",
    Some("ISO/IEC 29500 transitional"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Some("fmt/412"),
);
const XLSX: FileFormat = format(
    "Office Open XML workbook",
    Some("ISO/IEC 29500 transitional"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Some("fmt/214"),
);
const HTML: FileFormat = format("HTML", Some("5"), "text/html", Some("fmt/471"));
const PDF: FileFormat = format("PDF", None, "application/pdf", None);
const PDF_A3A: FileFormat = format("PDF/A", Some("3a"), "application/pdf", Some("fmt/479"));
const PDF_A3B: FileFormat = format("PDF/A", Some("3b"), "application/pdf", Some("fmt/480"));

/// The format of a file that was published.
pub(crate) fn published(id: &str, standard: Option<PageStandard>) -> FileFormat {
    match (id, standard) {
        ("pdf", Some(PageStandard::A3a)) => PDF_A3A,
        ("pdf", Some(PageStandard::A3b)) => PDF_A3B,
        ("pdf", _) => PDF,
        ("docx", _) => DOCX,
        ("xlsx", _) => XLSX,
        ("html", _) => HTML,
        _ => UNKNOWN,
    }
}

/// The format of an input of which the format that read it is known. One reader may read several formats; of workbooks
/// the first bytes tell which.
pub(crate) fn of_input(row: &Row, bytes: &[u8]) -> FileFormat {
    const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let found = |needle: &[u8], within: usize| {
        let head = &bytes[..bytes.len().min(within)];
        head.windows(needle.len()).any(|part| part == needle)
    };
    let of_row = format(row.format.name, None, row.format.media_type, None);
    if row.format.id != "xlsx" {
        return of_row;
    }
    if bytes.starts_with(COMPOUND) {
        return format(
            "Excel binary workbook (BIFF)",
            None,
            "application/vnd.ms-excel",
            None,
        );
    }
    if !bytes.starts_with(b"PK") {
        return format("XML workbook", None, "text/xml", None);
    }
    // The first entry of OpenDocument packages is its media type, as it is (ODF 1.3, part 2, 3.3).
    if found(
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        256,
    ) {
        let media_type = "application/vnd.oasis.opendocument.spreadsheet";
        return format("OpenDocument workbook", None, media_type, None);
    }
    if found(b"xl/workbook.bin", bytes.len()) {
        let media_type = "application/vnd.ms-excel.sheet.binary.macroEnabled.12";
        return format("Excel binary workbook", None, media_type, None);
    }
    of_row
}
