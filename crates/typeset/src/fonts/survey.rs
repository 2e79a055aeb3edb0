//! What fonts there are, and what a document would be set in.

use std::collections::BTreeMap;

use serde::Serialize;
use tabulary_ir::{Diagnostics, Document, FontRole, WriteOptions, block_text};

use super::choices::{CHOICES, Choice};
use super::{Family, Fonts};
use crate::clean::is_invisible;

/// What fonts there are, what each role takes, and which characters none has.
#[derive(Clone, Debug, Serialize)]
pub struct Survey {
    /// The fonts, those of the user before those in the program.
    pub fonts: Vec<FoundFont>,
    /// What each role takes.
    pub roles: Vec<RoleFonts>,
    /// Characters of the document that no font has.
    pub missing: Vec<MissingGlyphs>,
    /// What is to be said of the fonts that were given.
    pub messages: Vec<String>,
}

/// A font.
#[derive(Clone, Debug, Serialize)]
pub struct FoundFont {
    /// Its family.
    pub family: String,
    /// Its weight, from 100 to 900.
    pub weight: u16,
    /// Whether it is slanted.
    pub italic: bool,
    /// Its file; none for those in the program.
    pub file: Option<String>,
    /// How many characters it has.
    pub characters: usize,
}

/// What a role takes.
#[derive(Clone, Debug, Serialize)]
pub struct RoleFonts {
    /// The role.
    pub role: &'static str,
    /// The face that official documents ask for here; none where nothing is asked for.
    pub asked: Option<&'static str>,
    /// Whether it is there.
    pub found: bool,
    /// The families, the first that has a character being taken.
    pub families: Vec<String>,
}

/// A character that no font has.
#[derive(Clone, Debug, Serialize)]
pub struct MissingGlyphs {
    /// The character.
    pub character: char,
    /// Its code point, as `U+20BB7`.
    pub code: String,
    /// How often it stands in the document.
    pub count: usize,
}

/// Looks at the fonts of some options, and at a document where there is one.
pub fn survey(document: Option<&Document>, options: &WriteOptions) -> Survey {
    let mut told = Diagnostics::new();
    let fonts = Fonts::new(&options.fonts, &options.setting.families, &mut told);
    let roles = CHOICES
        .iter()
        .map(|choice| fonts.role(choice, &mut told))
        .collect();
    let loaded = &fonts.loaded;
    let found = loaded.fonts.iter().zip(&loaded.files).map(|(font, file)| {
        let info = font.info();
        let variant = info.variant;
        FoundFont {
            family: info.family.clone(),
            weight: variant.weight.to_number(),
            italic: variant.style != typst::text::FontStyle::Normal,
            file: (!file.is_empty()).then(|| file.clone()),
            characters: info.coverage.iter().count(),
        }
    });
    Survey {
        fonts: found.collect(),
        roles,
        missing: document.map_or_else(Vec::new, |document| fonts.missing(document)),
        messages: told
            .into_vec()
            .iter()
            .map(|one| one.message.clone())
            .collect(),
    }
}

impl Fonts {
    fn role(&self, choice: &Choice, told: &mut Diagnostics) -> RoleFonts {
        let mut unheard = Diagnostics::new();
        let families = self.families(choice.role, true, &mut unheard);
        RoleFonts {
            role: FontRole::as_str(choice.role),
            asked: (!choice.asked.is_empty()).then_some(choice.asked),
            found: self.real(choice, told).is_some(),
            families: families
                .iter()
                .map(Family::name)
                .map(str::to_owned)
                .collect(),
        }
    }

    fn missing(&self, document: &Document) -> Vec<MissingGlyphs> {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        let mut count = |text: &str| {
            for character in text.chars() {
                let needs_glyph = !character.is_control() && !is_invisible(character);
                if needs_glyph && !self.covers(character) {
                    *counts.entry(character).or_default() += 1;
                }
            }
        };
        for block in &document.body {
            count(&block_text(block));
        }
        for note in &document.notes {
            note.blocks
                .iter()
                .for_each(|block| count(&block_text(block)));
        }
        let furniture = document.headers.iter().chain(&document.footers);
        for block in furniture.flat_map(|one| &one.blocks) {
            count(&block_text(block));
        }
        counts
            .into_iter()
            .map(|(character, count)| MissingGlyphs {
                character,
                code: format!("U+{:04X}", u32::from(character)),
                count,
            })
            .collect()
    }
}
