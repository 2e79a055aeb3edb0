//! Which fonts there are, and which stands in for which.

mod choices;
mod survey;

use std::sync::{Arc, LazyLock};

use serde::Serialize;
use tabulary_ir::{Code, Diagnostics, FontFile, FontRole as Role};
use ttf_parser::{Face, Permissions};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontVariant};
use typst::utils::LazyHash;

use choices::{CHINESE, Choice, FROM_RIGHT_TO_LEFT, SIGNS};
pub use survey::{FoundFont, MissingGlyphs, RoleFonts, Survey, survey};

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../../fonts/", $file)).as_slice()),*]
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
    "TabularyMath-Regular.otf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifHebrew-Regular.ttf",
    "NotoSerifHebrew-Bold.ttf",
];

/// Fonts, and the book in which the engine looks for them.
pub(crate) struct LoadedFonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
    /// The file of each; empty for those in the program.
    files: Vec<String>,
    covered: Covered,
}

impl LoadedFonts {
    fn new(fonts: Vec<Font>, files: Vec<String>) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            covered: Covered::by(&fonts),
            fonts,
            files,
        }
    }
}

/// The characters that any of some fonts has, a bit each.
struct Covered(Vec<u64>);

impl Covered {
    fn by(fonts: &[Font]) -> Self {
        let mut words = Vec::new();
        for code in fonts.iter().flat_map(|font| font.info().coverage.iter()) {
            let word = code as usize / 64;
            if word >= words.len() {
                words.resize(word + 1, 0);
            }
            words[word] |= 1 << (code % 64);
        }
        Self(words)
    }

    fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        let word = self.0.get(code as usize / 64);
        word.is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

static BUILT_IN: LazyLock<Arc<LoadedFonts>> = LazyLock::new(|| {
    let fonts = EMBEDDED
        .iter()
        .flat_map(|data| Font::iter(Bytes::new(*data)));
    let fonts: Vec<_> = fonts.collect();
    let files = vec![String::new(); fonts.len()];
    Arc::new(LoadedFonts::new(fonts, files))
});

/// An entry of a font list, as the template hands it to the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Family {
    Named(String),
    Covering { name: String, covers: &'static str },
}

/// The fonts of one document: those that the user gave before those in the program.
pub(crate) struct Fonts {
    pub(crate) loaded: Arc<LoadedFonts>,
    /// Families that the user wants for a role.
    wanted: Vec<(Role, String)>,
}

impl Fonts {
    /// Loads the user's fonts beside those in the program. A file that is no font is told, and so is a font that
    /// does not permit to be embedded in part (OpenType, `OS/2` fsType).
    pub(crate) fn new(
        files: &[FontFile],
        wanted: &[(Role, String)],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let wanted = wanted.to_vec();
        if files.is_empty() {
            let loaded = Arc::clone(&BUILT_IN);
            return Self { loaded, wanted };
        }
        let mut fonts = Vec::new();
        let mut names = Vec::new();
        for file in files {
            let found: Vec<_> =
                Font::iter(Bytes::new(SharedBytes(Arc::clone(&file.data)))).collect();
            if found.is_empty() {
                let message = format!("{} holds no font and was passed over", file.name);
                diagnostics.add(Code::FontSubstituted, message, None);
            }
            for font in found {
                if let Some(why) = refusal(&font) {
                    let family = &font.info().family;
                    let message = format!("{family} in {} was passed over: {why}", file.name);
                    diagnostics.add(Code::FontSubstituted, message, None);
                    continue;
                }
                fonts.push(font);
                names.push(file.name.clone());
            }
        }
        fonts.extend(BUILT_IN.fonts.iter().cloned());
        names.resize(fonts.len(), String::new());
        let loaded = Arc::new(LoadedFonts::new(fonts, names));
        Self { loaded, wanted }
    }

    /// Whether any font has a glyph for a character.
    pub(crate) fn covers(&self, character: char) -> bool {
        self.loaded.covered.has(character)
    }

    fn has(&self, family: &str) -> bool {
        self.loaded.book.contains_family(&family.to_lowercase())
    }

    /// The family that a role asks for and that is there: the user's, else the first of the usual names.
    fn real(&self, choice: &Choice, diagnostics: &mut Diagnostics) -> Option<String> {
        for (_, family) in self.wanted.iter().filter(|(role, _)| *role == choice.role) {
            if self.has(family) {
                return Some(family.clone());
            }
            let message = format!(
                "{family:?} is not among the fonts (--font-path gives fonts, `tabulary fonts` lists them)"
            );
            diagnostics.once(Code::FontSubstituted, message, None);
        }
        let usual = choice.names.iter().find(|name| self.has(name));
        usual.map(|name| (*name).to_owned())
    }

    /// The families of a role, the first that has a character being taken. `cjk` is whether the
    /// document is Chinese, Japanese or Korean; where it is, a stand-in is told once for each role.
    pub(crate) fn families(
        &self,
        role: Role,
        cjk: bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Family> {
        let choice = Choice::of(role);
        let real = self.real(choice, diagnostics);
        if cjk && real.is_none() && !choice.asked.is_empty() {
            let message = format!(
                "{} is not among the fonts; {} stands in for it (--font-path gives fonts)",
                choice.asked, choice.stand_in
            );
            diagnostics.add(Code::FontSubstituted, message, None);
        }
        let mut families = Vec::new();
        let asked_by_user = self
            .wanted
            .iter()
            .any(|(wanted, name)| *wanted == role && real.as_ref() == Some(name));
        if asked_by_user {
            // Who names a family wants its Latin letters too.
            families.extend(real.clone().map(Family::Named));
        }
        if self.has(choice.latin) {
            let name = choice.latin.to_owned();
            families.push(if cjk && role != Role::Code {
                let covers = "latin-in-cjk";
                Family::Covering { name, covers }
            } else {
                Family::Named(name)
            });
        }
        let chinese = [choice.stand_in, CHINESE];
        let rest: Vec<&str> = if cjk {
            chinese.into_iter().chain(SIGNS).collect()
        } else {
            SIGNS.into_iter().chain(chinese).collect()
        };
        let rest = rest.into_iter().chain(FROM_RIGHT_TO_LEFT);
        for name in real.as_deref().into_iter().chain(rest) {
            let family = Family::Named(name.to_owned());
            if self.has(name) && !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// How far the characters of ASCII reach in the fonts of a role, in ems.
    pub(crate) fn advances(&self, families: &[Family]) -> Advances {
        let faces: Vec<_> = families
            .iter()
            .filter_map(|family| {
                let index = self
                    .loaded
                    .book
                    .select(&family.name().to_lowercase(), FontVariant::default())?;
                let font = self.loaded.fonts.get(index)?;
                Face::parse(font.data(), font.index()).ok()
            })
            .collect();
        let mut advances = [0.5_f32; 128];
        for (code, advance) in (0_u8..).zip(advances.iter_mut()) {
            let found = faces.iter().find_map(|face| {
                let glyph = face.glyph_index(char::from(code))?;
                Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
            });
            *advance = found.unwrap_or(*advance);
        }
        advances
    }
}

/// How far each character of ASCII reaches, in ems.
pub(crate) type Advances = [f32; 128];

/// Why a font may not go into a file, where it may not.
fn refusal(font: &Font) -> Option<&'static str> {
    let face = Face::parse(font.data(), font.index()).ok()?;
    if face.permissions() == Some(Permissions::Restricted) {
        return Some("its licence does not permit to embed it (OS/2 fsType)");
    }
    (!face.is_subsetting_allowed())
        .then_some("its licence does not permit to embed parts of it (OS/2 fsType)")
}

impl Family {
    fn name(&self) -> &str {
        match self {
            Self::Named(name) | Self::Covering { name, .. } => name,
        }
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
    use super::choices::CHOICES;
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
        let fonts = Fonts::new(&[], &[], &mut Diagnostics::new());
        for character in "政府信息公开喆堃镕〇㎡℃①—…“”（）、".chars() {
            assert!(fonts.covers(character), "{character}");
        }
        assert!(!fonts.covers('\u{E000}'));
    }

    #[test]
    fn a_stand_in_is_told_for_chinese_text_only() {
        let fonts = Fonts::new(&[], &[], &mut Diagnostics::new());
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
        Fonts::new(&[file], &[], &mut diagnostics);
        assert_eq!(diagnostics.count(Code::FontSubstituted), 1);
    }
}
