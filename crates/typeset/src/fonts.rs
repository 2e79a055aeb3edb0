//! Which fonts there are, and which stands in for which.

use std::sync::{Arc, LazyLock};

use serde::Serialize;
use tabulary_ir::{Code, Diagnostics, FontFile};
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook};
use typst::utils::LazyHash;

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../fonts/", $file)).as_slice()),*]
    };
}

/// The fonts in the program. The first of a family that has a character is taken, and where no
/// family of a list has it, the first font here that has it.
static EMBEDDED: &[&[u8]] = embedded![
    "NotoSerifSC-Regular.otf",
    "NotoSerifSC-Bold.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Bold.otf",
    "TabularyKai-Regular.ttf",
    "NotoSansMono-Regular.ttf",
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSerif-BoldItalic.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
];

/// Fonts, and the book in which the engine looks for them.
pub(crate) struct LoadedFonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

impl LoadedFonts {
    fn new(fonts: Vec<Font>) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }
}

static BUILT_IN: LazyLock<Arc<LoadedFonts>> = LazyLock::new(|| {
    let fonts = EMBEDDED
        .iter()
        .flat_map(|data| Font::iter(Bytes::new(*data)));
    Arc::new(LoadedFonts::new(fonts.collect()))
});

/// What a font is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading,
    Subheading,
    Body,
    Table,
    Code,
}

/// A role's families: those that official documents ask for, by any of their names, and the embedded
/// family that stands in for them (GB/T 9704-2012 7.3 for the choice of face).
struct Choice {
    role: Role,
    /// The usual name, for messages; empty where nothing in particular is asked for.
    asked: &'static str,
    names: &'static [&'static str],
    stand_in: &'static str,
    latin: &'static str,
}

static CHOICES: &[Choice] = &[
    Choice {
        role: Role::Title,
        asked: "方正小标宋",
        names: &[
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "小标宋",
        ],
        stand_in: "Noto Serif SC",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Heading,
        asked: "黑体",
        names: &[
            "SimHei",
            "黑体",
            "STHeiti",
            "Heiti SC",
            "FZHei-B01",
            "方正黑体简体",
        ],
        stand_in: "Noto Sans SC",
        latin: "Noto Sans",
    },
    Choice {
        role: Role::Subheading,
        asked: "楷体",
        names: &[
            "KaiTi_GB2312",
            "楷体_GB2312",
            "KaiTi",
            "楷体",
            "STKaiti",
            "Kaiti SC",
            "FZKai-Z03",
            "方正楷体简体",
        ],
        stand_in: "Tabulary Kai",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Body,
        asked: "仿宋",
        names: &[
            "FangSong_GB2312",
            "仿宋_GB2312",
            "FangSong",
            "仿宋",
            "STFangsong",
            "FZFangSong-Z02",
            "方正仿宋简体",
            "FandolFang R",
        ],
        stand_in: "Tabulary Kai",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Table,
        asked: "宋体",
        names: &[
            "SimSun",
            "宋体",
            "STSong",
            "Songti SC",
            "FZShuSong-Z01",
            "方正书宋简体",
        ],
        stand_in: "Noto Serif SC",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Code,
        asked: "",
        names: &["Noto Sans Mono CJK SC"],
        stand_in: "Noto Sans Mono",
        latin: "Noto Sans Mono",
    },
];

/// An entry of a font list, as the template hands it to the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Family {
    Named(String),
    Covering { name: String, covers: &'static str },
}

/// The fonts of one document: those that the user gave before those in the program.
pub struct Fonts {
    pub(crate) book: Arc<LoadedFonts>,
}

impl Fonts {
    /// Loads the user's fonts beside those in the program. A file that is no font is told.
    pub fn new(files: &[FontFile], diagnostics: &mut Diagnostics) -> Self {
        if files.is_empty() {
            return Self {
                book: Arc::clone(&BUILT_IN),
            };
        }
        let mut fonts = Vec::new();
        for file in files {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(SharedBytes(Arc::clone(&file.data)))));
            if fonts.len() == before {
                let message = format!("{} holds no font and was passed over", file.name);
                diagnostics.add(Code::FontSubstituted, message, None);
            }
        }
        fonts.extend(BUILT_IN.fonts.iter().cloned());
        Self {
            book: Arc::new(LoadedFonts::new(fonts)),
        }
    }

    /// Whether any font has a glyph for a character.
    pub fn covers(&self, character: char) -> bool {
        let has = |coverage: &Coverage| coverage.contains(u32::from(character));
        self.book
            .fonts
            .iter()
            .any(|font| has(&font.info().coverage))
    }

    /// The families of a role, the first that has a character being taken. `cjk` is whether the
    /// document is Chinese, Japanese or Korean; where it is, a stand-in is told once for each role.
    pub(crate) fn families(
        &self,
        role: Role,
        cjk: bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Family> {
        let Some(choice) = CHOICES.iter().find(|choice| choice.role == role) else {
            return Vec::new();
        };
        let has = |name: &str| self.book.book.contains_family(&name.to_lowercase());
        let real = choice.names.iter().find(|name| has(name));
        if cjk && real.is_none() && !choice.asked.is_empty() {
            let message = format!(
                "{} is not among the fonts; {} stands in for it (--font-path gives fonts)",
                choice.asked, choice.stand_in
            );
            diagnostics.add(Code::FontSubstituted, message, None);
        }
        let mut families = Vec::new();
        if has(choice.latin) {
            let name = choice.latin.to_owned();
            families.push(if cjk && role != Role::Code {
                let covers = "latin-in-cjk";
                Family::Covering { name, covers }
            } else {
                Family::Named(name)
            });
        }
        let chinese = [choice.stand_in, "Noto Serif SC"];
        let signs = ["Noto Sans Math", "Noto Sans Symbols 2"];
        let rest: Vec<&str> = if cjk {
            chinese.into_iter().chain(signs).collect()
        } else {
            signs.into_iter().chain(chinese).collect()
        };
        for name in real.copied().into_iter().chain(rest) {
            let family = Family::Named(name.to_owned());
            if has(name) && !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }
}

/// Bytes that the engine keeps as long as it needs them.
struct SharedBytes(Arc<[u8]>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_font_opens_and_may_be_embedded() {
        assert_eq!(BUILT_IN.fonts.len(), EMBEDDED.len());
        let families: Vec<_> = BUILT_IN
            .fonts
            .iter()
            .map(|font| font.info().family.as_str())
            .collect();
        for choice in CHOICES {
            assert!(families.contains(&choice.stand_in), "{}", choice.stand_in);
        }
    }

    #[test]
    fn the_characters_of_gbk_have_glyphs() {
        let fonts = Fonts::new(&[], &mut Diagnostics::new());
        for character in "政府信息公开喆堃镕〇㎡℃①—…“”（）、".chars() {
            assert!(fonts.covers(character), "{character}");
        }
        assert!(!fonts.covers('\u{E000}'));
    }

    #[test]
    fn a_stand_in_is_told_for_chinese_text_only() {
        let fonts = Fonts::new(&[], &mut Diagnostics::new());
        let mut diagnostics = Diagnostics::new();
        fonts.families(Role::Body, false, &mut diagnostics);
        assert!(diagnostics.is_empty());
        fonts.families(Role::Body, true, &mut diagnostics);
        let told = diagnostics.into_vec();
        assert_eq!(
            told[0].to_string(),
            "warning[font-substituted]: 仿宋 is not among the fonts; Tabulary Kai stands in for it (--font-path gives fonts)"
        );
    }

    #[test]
    fn a_file_that_is_no_font_is_told() {
        let file = FontFile {
            name: "a.ttf".into(),
            data: Arc::from(b"no font".as_slice()),
        };
        let mut diagnostics = Diagnostics::new();
        Fonts::new(&[file], &mut diagnostics);
        assert_eq!(diagnostics.count(Code::FontSubstituted), 1);
    }
}
