//! A scan of plain markup: tags whose names are known, quoted attributes, and text.

use std::borrow::Cow;

use tabulary_package::xml::resolve;

/// Something that is left to the XML parser.
pub(super) struct Unusual;

/// A start tag that was passed.
pub(super) struct Tag {
    pub(super) is_empty: bool,
}

/// A place in a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The prefix of element names, with its colon.
    prefix: &'a str,
}

impl<'a> Scan<'a> {
    /// Begins at the start of a text whose element names have that prefix.
    pub(super) fn new(text: &'a str, prefix: &'a str) -> Self {
        Self {
            text,
            at: 0,
            prefix,
        }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// What is read; none, and nothing passed over, where it is unusual.
    pub(super) fn attempt<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Unusual>,
    ) -> Option<T> {
        let start = self.at;
        let done = read(self);
        if done.is_err() {
            self.at = start;
        }
        done.ok()
    }

    /// The rest of a start tag, the text, and the end tag.
    pub(super) fn content(
        &mut self,
        name: &str,
        attribute: impl FnMut(&'a str, &'a str),
    ) -> Result<Cow<'a, str>, Unusual> {
        if self.attributes(attribute)?.is_empty {
            return Ok(Cow::Borrowed(""));
        }
        let rest = self.text.get(self.at..).ok_or(Unusual)?;
        let mut has_reference = false;
        let mut end = None;
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'<' => {
                    end = Some(at);
                    break;
                }
                b'&' => has_reference = true,
                b'\r' => return Err(Unusual),
                _ => {}
            }
        }
        let text = &rest[..end.ok_or(Unusual)?];
        self.at += text.len();
        if !self.close(name) {
            return Err(Unusual);
        }
        if has_reference {
            resolve(text).ok_or(Unusual)
        } else {
            Ok(Cow::Borrowed(text))
        }
    }

    /// Passes over white space.
    #[inline]
    pub(super) fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte(self.at) {
            self.at += 1;
        }
    }

    /// Passes over `<name`, where that is what comes next.
    pub(super) fn open(&mut self, name: &str) -> Result<(), Unusual> {
        if self.byte(self.at) != Some(b'<') {
            return Err(Unusual);
        }
        let end = self.name(self.at + 1, name).ok_or(Unusual)?;
        match self.byte(end) {
            Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r') => {
                self.at = end;
                Ok(())
            }
            _ => Err(Unusual),
        }
    }

    /// Passes over `</name>`, where that is what comes next.
    pub(super) fn close(&mut self, name: &str) -> bool {
        if self.byte(self.at) != Some(b'<') || self.byte(self.at + 1) != Some(b'/') {
            return false;
        }
        match self.name(self.at + 2, name) {
            Some(end) if self.byte(end) == Some(b'>') => {
                self.at = end + 1;
                true
            }
            _ => false,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where a name with the prefix ends that stands at a place. Names are a few bytes long, for which
    /// a call to compare them costs more than the comparison.
    #[inline]
    fn name(&self, at: usize, name: &str) -> Option<usize> {
        let end = at + self.prefix.len() + name.len();
        let found = self.text.as_bytes().get(at..end)?;
        let wanted = self.prefix.bytes().chain(name.bytes());
        found
            .iter()
            .zip(wanted)
            .all(|(found, wanted)| *found == wanted)
            .then_some(end)
    }

    /// Passes over attributes and the end of the start tag.
    pub(super) fn attributes(
        &mut self,
        mut see: impl FnMut(&'a str, &'a str),
    ) -> Result<Tag, Unusual> {
        let bytes = self.text.as_bytes();
        loop {
            self.blank();
            match bytes.get(self.at) {
                Some(b'>') => {
                    self.at += 1;
                    return Ok(Tag { is_empty: false });
                }
                Some(b'/') if bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(Tag { is_empty: true });
                }
                _ => {}
            }
            let rest = bytes.get(self.at..).ok_or(Unusual)?;
            let length = rest
                .iter()
                .position(|b| matches!(b, b'=' | b'<' | b'>' | b'&') || b.is_ascii_whitespace())
                .filter(|end| rest[*end] == b'=')
                .ok_or(Unusual)?;
            let first = self.at + length + 2;
            let quote = *rest.get(length + 1).ok_or(Unusual)?;
            if quote != b'"' && quote != b'\'' {
                return Err(Unusual);
            }
            let value = bytes.get(first..).ok_or(Unusual)?;
            let end = value.iter().position(|b| *b == quote).ok_or(Unusual)?;
            if value[..end].iter().any(|b| matches!(b, b'&' | b'<')) {
                return Err(Unusual);
            }
            see(
                &self.text[self.at..self.at + length],
                &self.text[first..first + end],
            );
            self.at = first + end + 1;
        }
    }
}
