//! OpenDocument spreadsheets (OpenDocument 1.3), as packages and as one XML text.

mod address;
pub(crate) mod blanks;
mod book;
mod cell;
mod digits;
mod formats;
mod formula;
mod length;
mod lines;
mod locale;
mod meta;
mod names;
mod note;
mod page;
mod pictures;
mod properties;
mod settings;
mod styles;
mod table;
mod text;

use tabulary_ir::{Budget, Code, Diagnostics, Error, ErrorKind, Origin};
use tabulary_package::xml::{Event, Ns, Pull, decode};
use tabulary_package::{Package, is_zip};

use crate::sheet::Workbook;
use crate::xml2003;
use book::{Book, Text};

/// Whether bytes are a spreadsheet as one XML text: its root element says so (3.1.2).
pub(crate) fn is_flat(bytes: &[u8]) -> bool {
    xml2003::root(bytes).is_some_and(|(name, tag)| {
        name == "document"
            && tag.contains("urn:oasis:names:tc:opendocument:xmlns:office:1.0")
            && tag.contains("application/vnd.oasis.opendocument.spreadsheet")
    })
}

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let mut book = Book::new(budget, diagnostics);
    if is_zip(bytes) {
        package(bytes, &mut book)?;
    } else {
        let text = decode(bytes);
        book.read(&text, Text::Flat, "")?;
        pictures::give(None, &mut book)?;
    }
    if book.workbook.sheets.is_empty() {
        return Err(Error::input("the workbook holds no sheet")
            .help("open and save it in the program that made it"));
    }
    for sheet in &mut book.workbook.sheets {
        sheet.frozen = book.frozen.get(&sheet.name).copied().unwrap_or_default();
    }
    book.at = (String::new(), 0, 0);
    std::mem::take(&mut book.names).give(&mut book.workbook);
    book.tell();
    Ok(book.workbook)
}

fn package(bytes: &[u8], book: &mut Book<'_>) -> Result<(), Error> {
    let mut package = Package::open(bytes, book.budget)?;
    if is_encrypted(&mut package)? {
        return Err(Error::unsupported("the workbook is encrypted")
            .help("open it in the program that made it and save it without a password"));
    }
    for part in ["meta.xml", "settings.xml", "styles.xml"] {
        if !package.has(part) {
            continue;
        }
        let result = package.read(part);
        let result = result.and_then(|bytes| book.read(&decode(&bytes), Text::Styles, part));
        match result {
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                let place = Origin::part(part, "");
                book.diagnostics
                    .add(Code::PackageDamaged, error.to_string(), place);
            }
            Ok(()) => {}
        }
    }
    let content = package.read("content.xml")?;
    book.read(&decode(&content), Text::Content, "content.xml")?;
    drop(content);
    pictures::give(Some(&mut package), book)
}

/// Whether the manifest says that the content is encrypted (OpenDocument 1.3 part 2, 4.4).
fn is_encrypted(package: &mut Package<'_>) -> Result<bool, Error> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !package.has(MANIFEST) {
        return Ok(false);
    }
    let bytes = match package.read(MANIFEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
        Err(_) => return Ok(false),
    };
    let text = decode(&bytes);
    let mut pull = Pull::new(&text, package.budget());
    let mut entry = String::new();
    while let Ok(event) = pull.next_event() {
        match event {
            Event::Start(start) if start.is(Ns::OdfManifest, "file-entry") => {
                let path = start.attribute(Ns::OdfManifest, "full-path");
                path.unwrap_or_default().clone_into(&mut entry);
            }
            Event::Start(start) if start.is(Ns::OdfManifest, "encryption-data") => {
                // A package that is encrypted as a whole has one encrypted entry of its own name.
                if matches!(entry.as_str(), "content.xml" | "encrypted-package") {
                    return Ok(true);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
