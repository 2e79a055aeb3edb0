//! Books and sheets that formulas refer to ([MS-XLS] 2.4.271, 2.4.105, 2.4.106).

use super::strings::Codec;
use crate::biff::{Book, Bytes, Links, Target};

/// A book that formulas refer to. One that is not understood keeps its number.
pub(super) fn book(data: &mut Bytes<'_>, codec: &Codec) -> Book {
    let other = |name: String, sheets: Vec<String>| Book::Other {
        name,
        sheets,
        names: Vec::new(),
    };
    let mut read = || {
        let count = data.u16()?;
        let kind = data.u16()?;
        match kind {
            0x0401 => return Some(Book::Own),
            0x3A01 => return Some(Book::AddIn { names: Vec::new() }),
            _ => {}
        }
        let path = codec.sized(data, kind.into())?;
        // What a program gives is named by the program and its topic.
        if let Some((program, topic)) = path
            .split_once('\u{3}')
            .filter(|(p, _)| count == 0 && !p.is_empty())
        {
            return Some(other(format!("{program}|{topic}"), Vec::new()));
        }
        // Folders stand between control characters ([MS-XLS] 2.5.277).
        let name = path.rsplit(|c: char| c.is_control() || matches!(c, '/' | '\\' | ':'));
        let name = name.into_iter().next().unwrap_or_default();
        let name = name.trim_matches(['[', ']']).to_owned();
        let mut sheets = Vec::new();
        for _ in 0..count {
            match codec.long(data) {
                Some(sheet) => sheets.push(sheet),
                None => break,
            }
        }
        Some(other(name, sheets))
    };
    read().unwrap_or_else(|| other(String::new(), Vec::new()))
}

/// The sheets that references name.
pub(super) fn targets(data: &mut Bytes<'_>, links: &mut Links) -> Option<()> {
    for _ in 0..data.u16()? {
        links.targets.push(Target {
            book: data.u16()?.into(),
            first: data.i16()?.into(),
            last: data.i16()?.into(),
        });
    }
    Some(())
}

/// A name that the last book gives.
pub(super) fn name(data: &mut Bytes<'_>, codec: &Codec, links: &mut Links) -> Option<()> {
    let names = links.books.last_mut()?.names_mut()?;
    let read = |data: &mut Bytes<'_>| {
        data.skip(6)?;
        codec.short(data)
    };
    names.push(read(data).unwrap_or_default());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xls::version::Biff;

    #[test]
    fn books_are_told_apart() {
        let codec = Codec {
            biff: Biff::Biff8,
            encoding: encoding_rs::WINDOWS_1252,
        };
        let read = |data: &[u8]| book(&mut Bytes::new(data), &codec);
        assert!(matches!(read(&[2, 0, 1, 4]), Book::Own));
        assert!(matches!(read(&[1, 0, 1, 0x3A]), Book::AddIn { .. }));
        let data = [
            &[1, 0, 8, 0, 0, 1, b'a', 3, b'b', b'.', b'x', b'l', b's'][..],
            &[2, 0, 0, b'S', b'1'],
        ]
        .concat();
        let Book::Other { name, sheets, .. } = read(&data) else {
            panic!("another book")
        };
        assert_eq!(
            (name.as_str(), sheets.as_slice()),
            ("b.xls", &["S1".to_owned()][..])
        );
    }
}
