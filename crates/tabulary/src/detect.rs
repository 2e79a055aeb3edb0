//! Which format an input is of: by its content first, by its name second.

use tabulary_ir::{Code, Confidence, Diagnostic, Error, Input};

use crate::registry::{Row, by_name, formats};

/// A format that is told by its first bytes and is not read.
const KNOWN: &[(&[u8], &str, &str)] = &[
    (
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "a compound file of Office 97 to 2003, or an encrypted document",
        "remove the password, or save it as docx or xlsx",
    ),
    (b"{\\rtf", "a rich text document", "save it as docx"),
    (
        b"Rar!",
        "a RAR archive",
        "unpack it and give the files in it",
    ),
    (
        b"7z\xBC\xAF",
        "a 7z archive",
        "unpack it and give the files in it",
    ),
    (
        b"\x1F\x8B",
        "a gzip archive",
        "unpack it and give the file in it",
    ),
    (b"\x89PNG", "a PNG image", "only text can be converted"),
    (
        b"\xFF\xD8\xFF",
        "a JPEG image",
        "only text can be converted",
    ),
    (b"GIF8", "a GIF image", "only text can be converted"),
    (b"II*\0", "a TIFF image", "only text can be converted"),
    (b"\x7FELF", "a program", "give a document"),
    (b"MZ", "a program", "give a document"),
];

/// What detection found.
pub struct Detected {
    /// The format.
    pub row: &'static Row,
    /// A warning where the name says something else than the content.
    pub warning: Option<Diagnostic>,
}

/// Finds the format of an input.
///
/// # Errors
/// `Input` where it is empty; `Unsupported` where it is of no format that is read, with the name of
/// what it is where that can be told.
pub fn detect(input: Input<'_>) -> Result<Detected, Error> {
    if input.bytes.is_empty() {
        return Err(Error::input("the file is empty").help("give a file that holds a document"));
    }
    let extension = input.extension();
    let named = by_name(&extension).filter(|_| !extension.is_empty());
    let is_named = |row: &Row| named.is_some_and(|named| named.format.id == row.format.id);
    let mut best: Option<(Confidence, bool, &'static Row)> = None;
    for row in formats() {
        let Some(reader) = row.reader else {
            continue;
        };
        let confidence = reader.sniff(input);
        let rank = (confidence, is_named(row));
        if confidence > Confidence::No && best.is_none_or(|(c, n, _)| rank > (c, n)) {
            best = Some((confidence, rank.1, row));
        }
    }
    // A name decides where the content leaves a doubt, but never against what the content says.
    if let Some((confidence, false, _)) = best
        && confidence < Confidence::Certain
        && let Some(row) = named
        && row
            .reader
            .is_some_and(|reader| reader.sniff(input) > Confidence::No)
    {
        best = Some((confidence, true, row));
    }
    // Any text is possible as plain text: that is no answer for a file that says to be something else.
    let doubtful = |confidence| {
        let says_else = !extension.is_empty() && !named.is_some_and(is_named_text);
        confidence == Confidence::Possible && (says_else || magic(input.bytes).is_some())
    };
    let best = best.filter(|(confidence, ..)| !doubtful(*confidence));
    let Some((confidence, _, row)) = best else {
        return Err(unknown(input, &extension, named));
    };
    let contradicts = named.is_some() && !is_named(row) && confidence >= Confidence::Likely;
    let warning = contradicts.then(|| {
        let message = format!(
            "the name says {extension}, the content is {}: read as {}",
            row.format.name, row.format.id
        );
        Diagnostic::new(Code::NameMismatch, message)
    });
    Ok(Detected { row, warning })
}

/// Whether a format is one of those that are text, which their content does not tell apart for certain.
fn is_named_text(row: &Row) -> bool {
    row.format.media_type.starts_with("text/")
}

/// What a file is that is told by its first bytes and is not read, and what to do about it.
fn magic(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known = KNOWN.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    Some((known.1, known.2))
}

fn unknown(input: Input<'_>, extension: &str, named: Option<&Row>) -> Error {
    let head = input.bytes;
    if let Some((what, help)) = magic(head) {
        return Error::unsupported(format!("the file is {what}, which is not read")).help(help);
    }
    let readers = formats().iter().filter_map(|row| row.reader);
    let readable: Vec<_> = readers
        .flat_map(|reader| reader.format().extensions)
        .copied()
        .collect();
    let readable = readable.join(", ");
    if head.starts_with(b"PK") {
        return Error::input(
            "the file is a zip archive that is damaged, cut short, or of no office format",
        )
        .help(format!("get the file again; what is read: {readable}"));
    }
    match named {
        Some(_) => Error::input(format!(
            "the content is not that of a file named .{extension}"
        ))
        .help(format!(
            "look at where the file comes from; what is read: {readable}"
        )),
        None if extension.is_empty() => {
            Error::unsupported("the content is of no format that is read").help(format!(
                "name its format with --from; what is read: {readable}"
            ))
        }
        None => Error::unsupported(format!(
            "files of the kind {extension:?} are not read, and the content is of no format that is"
        ))
        .help(format!(
            "name its format with --from; what is read: {readable}"
        )),
    }
}
