//! Characters that pages cannot show.

use std::collections::BTreeMap;

use tabulary_ir::{Block, Code, Diagnostics};

use crate::fonts::Fonts;
use crate::standard::Obstacle;

/// Runs of Latin letters and digits longer than this get places to break.
const UNBROKEN: usize = 24;

/// Takes out characters that have no shape, and counts those that no font has.
pub(crate) struct Cleaner<'a> {
    fonts: &'a Fonts,
    dropped: BTreeMap<char, usize>,
    missing: BTreeMap<char, usize>,
    /// Where the first character stands that no font has, and the first for private use.
    first_missing: Option<(char, Option<&'a Block>)>,
    first_private: Option<(char, Option<&'a Block>)>,
    /// Where the text stands that is cleaned.
    pub(crate) place: Option<&'a Block>,
}

impl<'a> Cleaner<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            dropped: BTreeMap::new(),
            missing: BTreeMap::new(),
            first_missing: None,
            first_private: None,
            place: None,
        }
    }

    /// The text without control characters, and with a zero-width space in long unbroken runs.
    pub(crate) fn clean(&mut self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut unbroken = 0;
        for character in text.chars() {
            let separator = matches!(character, '\u{2028}' | '\u{2029}');
            if separator || character.is_control() && character != '\n' && character != '\t' {
                *self.dropped.entry(character).or_default() += 1;
                continue;
            }
            if !self.fonts.covers(character) && !is_invisible(character) {
                *self.missing.entry(character).or_default() += 1;
                self.first_missing.get_or_insert((character, self.place));
            }
            if is_private(character) {
                self.first_private.get_or_insert((character, self.place));
            }
            let breaks = character.is_whitespace() || character == '-' || character >= '\u{2E80}';
            unbroken = if breaks { 0 } else { unbroken + 1 };
            if unbroken > UNBROKEN {
                clean.push('\u{200B}');
                unbroken = 1;
            }
            clean.push(character);
        }
        clean
    }

    /// What stands in the way of standards, and the block that it stands in.
    pub(crate) fn obstacles(&self) -> impl Iterator<Item = (Obstacle, Option<&'a Block>)> {
        let missing = self.first_missing;
        let private = self.first_private;
        let missing = missing.map(|(character, place)| (Obstacle::Glyph(character), place));
        let private = private.map(|(character, place)| (Obstacle::PrivateUse(character), place));
        missing.into_iter().chain(private)
    }

    /// Tells what was found.
    pub(crate) fn tell(self, diagnostics: &mut Diagnostics) {
        if !self.dropped.is_empty() {
            let message = format!(
                "characters without a shape were left out: {}",
                list(&self.dropped)
            );
            diagnostics.add(Code::CharacterDropped, message, None);
        }
        if !self.missing.is_empty() {
            let message = format!(
                "no font has a glyph for {}; give a font that has them with --font-path",
                list(&self.missing)
            );
            diagnostics.add(Code::GlyphMissing, message, None);
        }
    }
}

/// Joiners, marks of direction, variation selectors and the like, which need no glyph.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\n' | '\t' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters that mean what two parties agree on (Unicode 23.5), so that no text can be told from them.
fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Characters with their code points and how often they stand in the document, at most twenty.
fn list(characters: &BTreeMap<char, usize>) -> String {
    let mut texts: Vec<_> = characters
        .iter()
        .take(20)
        .map(|(character, count)| {
            let unseen = character.is_control() || character.is_whitespace();
            let shown = if unseen {
                String::new()
            } else {
                format!("{character} ")
            };
            let times = if *count > 1 {
                format!(" ({count} times)")
            } else {
                String::new()
            };
            format!("{shown}U+{:04X}{times}", u32::from(*character))
        })
        .collect();
    if characters.len() > texts.len() {
        texts.push(format!("and {} more", characters.len() - texts.len()));
    }
    texts.join(", ")
}
