//! Standards of pages, and what of a document stands in their way.

use tabulary_ir::{Error, ErrorKind, Origin, PageStandard};
use typst_pdf::{PdfStandard, PdfStandards};

/// Something that a standard does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// A character that no font has (ISO 19005-2 6.2.11.8, ISO 14289-1 7.21.8).
    Glyph(char),
    /// A character for private use (ISO 19005-2 6.2.11.7.3).
    PrivateUse(char),
    /// An image without a text in its place (ISO 19005-2 6.7.3, ISO 14289-1 7.3).
    Alternative,
}

impl Obstacle {
    /// Whether a standard forbids it.
    fn is_forbidden_by(self, standard: PageStandard) -> bool {
        use PageStandard as S;
        match self {
            Self::Glyph(_) => standard != S::A1b,
            Self::PrivateUse(_) => {
                matches!(standard, S::A2a | S::A3a | S::A4 | S::A4e | S::A4f)
            }
            Self::Alternative => standard.wants_alternatives(),
        }
    }

    fn what(self) -> String {
        let code = |character| format!("U+{:04X}", u32::from(character));
        match self {
            Self::Glyph(character) => format!(
                "no font has a glyph for {character} {}; give a font that has it with --font-path",
                code(character)
            ),
            Self::PrivateUse(character) => format!(
                "the character {} is for private use, so that its meaning is not known",
                code(character)
            ),
            Self::Alternative => "an image has no text in its place (alternative text)".to_owned(),
        }
    }
}

/// What stands in the way of standards: of each kind the first, and where it is.
#[derive(Debug, Default)]
pub(crate) struct Obstacles(Vec<(Obstacle, Option<Origin>)>);

impl Obstacles {
    /// Notes an obstacle; only the first of its kind counts.
    pub(crate) fn note(&mut self, obstacle: Obstacle, place: Option<Origin>) {
        let kind = std::mem::discriminant(&obstacle);
        if self
            .0
            .iter()
            .all(|(known, _)| std::mem::discriminant(known) != kind)
        {
            self.0.push((obstacle, place));
        }
    }

    /// Whether a character has no glyph.
    pub(crate) fn has_missing_glyph(&self) -> bool {
        let found = |(obstacle, _): &(Obstacle, _)| matches!(obstacle, Obstacle::Glyph(_));
        self.0.iter().any(found)
    }

    /// Whether nothing stands in the way of a standard.
    ///
    /// # Errors
    /// `NotRepresentable`, with what it is and where.
    pub(crate) fn allow(&self, standard: PageStandard) -> Result<(), Error> {
        let found = self
            .0
            .iter()
            .find(|(obstacle, _)| obstacle.is_forbidden_by(standard));
        found.map_or(Ok(()), |(obstacle, place)| {
            Err(unmet(standard, &obstacle.what()).at(place.clone()))
        })
    }
}

/// That a standard cannot be kept.
pub(crate) fn unmet(standard: PageStandard, why: &str) -> Error {
    let message = format!("the pages cannot keep {}: {why}", name(standard));
    Error::new(ErrorKind::NotRepresentable, message)
        .help("mend the document, or ask for another standard with --pdf-standard")
}

/// The name of a standard as people write it.
pub(crate) fn name(standard: PageStandard) -> String {
    let (kind, level) = standard.as_str().split_at(1);
    match kind {
        "a" => format!("PDF/A{level}"),
        _ => format!("PDF/U{}", level.to_ascii_uppercase()),
    }
}

/// What the engine calls some standards.
///
/// # Errors
/// `Caller` where they exclude one another.
pub(crate) fn of_engine(standards: &[PageStandard]) -> Result<PdfStandards, Error> {
    let engine: Vec<_> = standards
        .iter()
        .map(|&standard| engine_name(standard))
        .collect();
    PdfStandards::new(&engine).map_err(|error| {
        Error::caller(format!(
            "these standards exclude one another: {}",
            error.message()
        ))
        .help("ask for one of PDF/A, and PDF/UA-1 beside it")
    })
}

fn engine_name(standard: PageStandard) -> PdfStandard {
    match standard {
        PageStandard::A1a => PdfStandard::A_1a,
        PageStandard::A1b => PdfStandard::A_1b,
        PageStandard::A2a => PdfStandard::A_2a,
        PageStandard::A2b => PdfStandard::A_2b,
        PageStandard::A2u => PdfStandard::A_2u,
        PageStandard::A3a => PdfStandard::A_3a,
        PageStandard::A3b => PdfStandard::A_3b,
        PageStandard::A3u => PdfStandard::A_3u,
        PageStandard::A4 => PdfStandard::A_4,
        PageStandard::A4e => PdfStandard::A_4e,
        PageStandard::A4f => PdfStandard::A_4f,
        PageStandard::Ua1 => PdfStandard::Ua_1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_standards() {
        assert_eq!(name(PageStandard::A2b), "PDF/A-2b");
        assert_eq!(name(PageStandard::A4), "PDF/A-4");
        assert_eq!(name(PageStandard::Ua1), "PDF/UA-1");
    }

    #[test]
    fn one_of_each_family_goes_together() {
        assert!(of_engine(&[PageStandard::A2a, PageStandard::Ua1]).is_ok());
        let error = of_engine(&[PageStandard::A2a, PageStandard::A3b]).expect_err("two of PDF/A");
        assert_eq!(error.kind(), ErrorKind::Caller);
    }

    #[test]
    fn the_first_obstacle_of_a_kind_is_named_with_its_place() {
        let mut obstacles = Obstacles::default();
        obstacles.note(Obstacle::Alternative, Some(Origin::line(3)));
        obstacles.note(Obstacle::Alternative, Some(Origin::line(9)));
        assert!(obstacles.allow(PageStandard::A3b).is_ok());
        let error = obstacles
            .allow(PageStandard::Ua1)
            .expect_err("an image without a text");
        assert!(error.to_string().contains("line 3"), "{error}");
    }
}
