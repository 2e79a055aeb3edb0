//! The one list of formats.

use tabulary_ir::{Format, Reader, Writer};

/// A format with what reads and writes it.
pub struct Row {
    /// The format.
    pub format: &'static Format,
    /// What reads it.
    pub reader: Option<&'static dyn Reader>,
    /// What writes it.
    pub writer: Option<&'static dyn Writer>,
    /// The crates of the reader and the writer.
    pub crates: &'static [&'static str],
    /// The folder below `fixtures` with files of the format.
    pub fixtures: &'static str,
}

/// Every format that is built in, in the order in which they are tried and listed.
pub fn formats() -> &'static [Row] {
    FORMATS
}

/// The format of that name, or with that extension; case does not count.
pub fn by_name(name: &str) -> Option<&'static Row> {
    let name = name.trim_start_matches('.');
    let by_id = FORMATS
        .iter()
        .find(|row| row.format.id.eq_ignore_ascii_case(name));
    by_id.or_else(|| FORMATS.iter().find(|row| row.format.has_extension(name)))
}

static FORMATS: &[Row] = &[
    #[cfg(feature = "xlsx")]
    Row {
        format: &tabulary_read_xlsx::FORMAT,
        reader: Some(&tabulary_read_xlsx::XlsxReader),
        writer: Some(&tabulary_write_xlsx::XlsxWriter),
        crates: &["tabulary-read-xlsx", "tabulary-write-xlsx"],
        fixtures: "xlsx",
    },
    #[cfg(feature = "docx")]
    Row {
        format: &tabulary_read_docx::FORMAT,
        reader: Some(&tabulary_read_docx::DocxReader),
        writer: Some(&tabulary_write_docx::DocxWriter),
        crates: &["tabulary-read-docx", "tabulary-write-docx"],
        fixtures: "docx",
    },
    #[cfg(feature = "pdf")]
    Row {
        format: &tabulary_read_pdf::FORMAT,
        reader: Some(&tabulary_read_pdf::PdfReader),
        writer: Some(&tabulary_write_pdf::PdfWriter),
        crates: &["tabulary-read-pdf", "tabulary-write-pdf"],
        fixtures: "pdf",
    },
    #[cfg(feature = "html")]
    Row {
        format: &tabulary_read_html::FORMAT,
        reader: Some(&tabulary_read_html::HtmlReader),
        writer: Some(&tabulary_write_html::HtmlWriter),
        crates: &["tabulary-read-html", "tabulary-write-html"],
        fixtures: "html",
    },
    #[cfg(feature = "json")]
    Row {
        format: &tabulary_read_json::FORMAT,
        reader: Some(&tabulary_read_json::JsonReader),
        writer: Some(&tabulary_write_json::JsonWriter),
        crates: &["tabulary-read-json", "tabulary-write-json"],
        fixtures: "json",
    },
    #[cfg(feature = "md")]
    Row {
        format: &tabulary_read_text::MARKDOWN,
        reader: Some(&tabulary_read_text::MarkdownReader),
        writer: Some(&tabulary_write_text::MarkdownWriter),
        crates: &["tabulary-read-text", "tabulary-write-text"],
        fixtures: "md",
    },
    #[cfg(feature = "csv")]
    Row {
        format: &tabulary_read_text::CSV,
        reader: Some(&tabulary_read_text::CsvReader),
        writer: Some(&tabulary_write_text::CsvWriter),
        crates: &["tabulary-read-text", "tabulary-write-text"],
        fixtures: "csv",
    },
    #[cfg(feature = "tsv")]
    Row {
        format: &tabulary_read_text::TSV,
        reader: Some(&tabulary_read_text::TsvReader),
        writer: Some(&tabulary_write_text::TsvWriter),
        crates: &["tabulary-read-text", "tabulary-write-text"],
        fixtures: "csv",
    },
    #[cfg(feature = "txt")]
    Row {
        format: &tabulary_read_text::PLAIN_TEXT,
        reader: Some(&tabulary_read_text::PlainTextReader),
        writer: Some(&tabulary_write_text::PlainTextWriter),
        crates: &["tabulary-read-text", "tabulary-write-text"],
        fixtures: "txt",
    },
];
