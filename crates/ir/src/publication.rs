//! How a document is set on pages that are published.

use std::fmt;
use std::sync::Arc;

use crate::{Error, Points};

/// How a document is set that is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicationStyle {
    /// As official documents where its text is East Asian for the most part, else plain.
    #[default]
    ByScript,
    /// As official documents of China (GB/T 9704-2012).
    Gongwen,
    /// Without the look of an office.
    Plain,
    /// With a cover, a table of contents and running headers.
    Report,
}

/// A style of the user's own, in the language of the layout engine.
#[derive(Clone, PartialEq, Eq)]
pub struct StyleFile {
    /// Its path or name, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl fmt::Debug for StyleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StyleFile({}, {} bytes)", self.name, self.text.len())
    }
}

/// A file that goes along with the pages that were made from it.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without folders.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub data: Arc<[u8]>,
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({}, {} bytes)", self.name, self.data.len())
    }
}

/// What a family of fonts is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FontRole {
    /// The title of the document.
    Title,
    /// Headings of the first level.
    Heading,
    /// Headings of the second level.
    Subheading,
    /// Text.
    Body,
    /// Tables, and bold words of the text.
    Table,
    /// Code.
    Code,
}

impl FontRole {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Heading,
        Self::Subheading,
        Self::Body,
        Self::Table,
        Self::Code,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Subheading => "subheading",
            Self::Body => "body",
            Self::Table => "table",
            Self::Code => "code",
        }
    }
}

/// Paper and type, where the user asks for others than those of the style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Families of fonts that come before those of the style.
    pub families: Vec<(FontRole, String)>,
    /// Top, right, bottom and left margin.
    pub margins: Option<[Points; 4]>,
    /// Width and height of the paper.
    pub paper: Option<[Points; 2]>,
}

/// A standard that a file of pages keeps: ISO 19005 (PDF/A) for archives, ISO 14289 (PDF/UA) for
/// readers who cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the standards")]
pub enum PageStandard {
    A1a,
    A1b,
    A2a,
    A2b,
    A2u,
    A3a,
    A3b,
    A3u,
    A4,
    A4e,
    A4f,
    Ua1,
}

impl PageStandard {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::A1a,
        Self::A1b,
        Self::A2a,
        Self::A2b,
        Self::A2u,
        Self::A3a,
        Self::A3b,
        Self::A3u,
        Self::A4,
        Self::A4e,
        Self::A4f,
        Self::Ua1,
    ];

    /// Its name on the command line, such as `a-2b`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A1a => "a-1a",
            Self::A1b => "a-1b",
            Self::A2a => "a-2a",
            Self::A2b => "a-2b",
            Self::A2u => "a-2u",
            Self::A3a => "a-3a",
            Self::A3b => "a-3b",
            Self::A3u => "a-3u",
            Self::A4 => "a-4",
            Self::A4e => "a-4e",
            Self::A4f => "a-4f",
            Self::Ua1 => "ua-1",
        }
    }

    /// Finds a standard by its name.
    ///
    /// # Errors
    /// `Caller` where there is none of that name.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        let found = Self::ALL.iter().find(|one| one.as_str() == lower);
        found.copied().ok_or_else(|| {
            let all: Vec<_> = Self::ALL.iter().map(|one| one.as_str()).collect();
            Error::caller(format!("{name:?} is no standard that is offered"))
                .help(format!("those offered are {}", all.join(", ")))
        })
    }

    /// Whether files may be attached that keep no standard themselves (ISO 19005-1 6.1.11, 19005-2 6.8,
    /// 19005-3 6.8, 19005-4 6.9).
    pub fn may_attach(self) -> bool {
        matches!(
            self,
            Self::A3a | Self::A3b | Self::A3u | Self::A4e | Self::A4f | Self::Ua1
        )
    }

    /// Whether everything that is not text must have a text in its place: the levels of PDF/A for
    /// accessibility, and PDF/UA (ISO 19005-2 6.7.3, ISO 14289-1 7.3).
    pub fn wants_alternatives(self) -> bool {
        matches!(self, Self::A1a | Self::A2a | Self::A3a | Self::Ua1)
    }

    /// Whether it is one of PDF/A.
    pub fn is_archival(self) -> bool {
        self != Self::Ua1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_is_found_by_its_name() {
        for standard in PageStandard::ALL {
            assert_eq!(
                PageStandard::from_name(standard.as_str()).ok(),
                Some(standard)
            );
        }
        assert_eq!(
            PageStandard::from_name("A-2B").ok(),
            Some(PageStandard::A2b)
        );
        let error = PageStandard::from_name("a-9z").expect_err("no such standard");
        assert!(error.to_string().contains("a-9z"), "{error}");
    }
}
