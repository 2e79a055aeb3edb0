//! The language that a document is set in.

use tabulary_ir::{Block, Document};

/// A language and a region, as ISO 639 and ISO 3166 name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    pub(crate) lang: String,
    pub(crate) region: Option<String>,
}

impl Language {
    /// The document's own, else by its text.
    pub(crate) fn of(document: &Document) -> Self {
        if let Some(tag) = &document.meta.language {
            let mut parts = tag.split(['-', '_']);
            let lang = parts.next().unwrap_or_default().to_ascii_lowercase();
            let region = parts
                .find(|part| part.len() == 2)
                .map(str::to_ascii_uppercase);
            if (2..=3).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_lowercase()) {
                return Self { lang, region };
            }
        }
        let (mut han, mut kana, mut hangul, mut letters) = (0_u64, 0_u64, 0_u64, 0_u64);
        document.for_each_block(|block| {
            let text = match block {
                Block::Heading(heading) => tabulary_ir::inline_text(&heading.content),
                Block::Paragraph(paragraph) => tabulary_ir::inline_text(&paragraph.content),
                Block::Table(table) => table
                    .cells()
                    .iter()
                    .take(500)
                    .map(|cell| cell.plain_text())
                    .collect(),
                _ => return,
            };
            for character in text.chars() {
                match character {
                    '\u{3040}'..='\u{30FF}' => kana += 1,
                    '\u{AC00}'..='\u{D7AF}' => hangul += 1,
                    '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => han += 1,
                    c if c.is_alphabetic() => letters += 1,
                    _ => {}
                }
            }
        });
        // A word of Latin text takes some four letters, a word of Chinese one or two characters.
        if (han + kana + hangul) * 4 <= letters || han + kana + hangul == 0 {
            Self::new("en", None)
        } else if kana * 10 > han {
            Self::new("ja", Some("JP"))
        } else if hangul > han {
            Self::new("ko", Some("KR"))
        } else {
            Self::new("zh", Some("CN"))
        }
    }

    fn new(lang: &str, region: Option<&str>) -> Self {
        Self {
            lang: lang.to_owned(),
            region: region.map(str::to_owned),
        }
    }

    /// The heading above comments.
    pub(crate) fn comments(&self) -> &'static str {
        match self.lang.as_str() {
            "zh" => "批注",
            "ja" => "コメント",
            _ => "Comments",
        }
    }

    /// Whether it is Chinese, Japanese or Korean.
    pub(crate) fn is_cjk(&self) -> bool {
        matches!(self.lang.as_str(), "zh" | "ja" | "ko")
    }
}
