//! Lays a document out on pages.
//!
//! The layout engine is Typst: line breaking by the rules of Chinese and Latin text, spans over page
//! breaks, repeated header rows, tagged PDF. It stands behind the interface of this module, so that
//! another may take its place: [`lay_out`] makes [`Pages`], and these become a PDF.
//!
//! The document reaches the engine as data (`data`), which a style reads: a file of the engine's language, one of
//! those in `styles/` or a user's own. Text is never markup.

mod clean;
mod data;
mod fonts;
mod memory;
mod standard;
mod style;
mod world;

use std::sync::Arc;

use tabulary_ir::{
    Budget, Code, Diagnostics, Document, Error, ErrorKind, Outcome, PageStandard, WriteOptions,
    json,
};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use data::Language;
use fonts::Fonts;
pub use fonts::{FoundFont, MissingGlyphs, RoleFonts, Survey, survey};
use memory::Memory;
use standard::Obstacles;
use style::Style;
use world::DataWorld;

/// The day of pages whose document says none, where a standard asks for one: the first of the calendar that
/// reproducible files count from.
const NO_DAY: &str = "1970-01-01";

/// A document that is laid out.
pub struct Pages {
    document: PagedDocument,
    day: Option<Datetime>,
    obstacles: Obstacles,
    _memory: Memory,
}

/// Lays a document out in the style, on the paper and with the fonts that the options ask for.
///
/// # Errors
/// `Limit` where its tables have more squares, or it takes more pages, than the budget allows; `Caller` where the
/// paper has no room, or the style of the user is at fault; `NotRepresentable` where the engine refuses the document.
pub fn lay_out(
    document: &Document,
    options: &WriteOptions,
    budget: &Budget,
) -> Result<Outcome<Pages>, Error> {
    let mut diagnostics = Diagnostics::new();
    let fonts = Fonts::new(&options.fonts, &options.setting.families, &mut diagnostics);
    let language = Language::of(document);
    let style = Style::of(document, options, language.is_cjk());
    let built = data::build(
        document,
        &style,
        language,
        &fonts,
        options,
        budget,
        &mut diagnostics,
    )?;
    budget.tick()?;

    let memory = Memory::of(built.data.len());
    let loaded = Arc::clone(&fonts.loaded);
    let world = match &options.style_file {
        None => DataWorld::new(loaded, style.which, built.data),
        Some(file) => DataWorld::styled(loaded, file, built.data, json::to_string(document)),
    };
    let warned = typst::compile::<PagedDocument>(&world);
    let own = options.style_file.as_deref().map(|file| file.name.as_str());
    for warning in &warned.warnings {
        let text = place(own, &world, warning);
        diagnostics.add(Code::StyleDropped, format!("layout: {text}"), None);
    }
    let laid_out = warned.output.map_err(|errors| match own {
        Some(_) => refused_style(own, &world, &errors),
        None => refused(&errors),
    })?;
    let pages = laid_out.pages().len() as u64;
    let bound = budget.limits().pages;
    if pages > bound {
        return Err(Error::limit(format!(
            "the document takes {pages} pages, more than {bound}"
        ))
        .raise("pages"));
    }
    Ok(Outcome {
        value: Pages {
            document: laid_out,
            day: day(document, options),
            obstacles: built.obstacles,
            _memory: memory,
        },
        diagnostics: diagnostics.into_vec(),
    })
}

impl Pages {
    /// Whether a character of the text has no glyph, which [`lay_out`] told.
    pub fn lacks_glyphs(&self) -> bool {
        self.obstacles.has_missing_glyph()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// The pages as a tagged PDF that keeps some standards: PDF 1.7 where it is left to choose. Dates come from the
    /// document, never from the clock.
    ///
    /// # Errors
    /// `NotRepresentable` where the pages do not allow a standard, with what is in its way and where;
    /// `Caller` where the standards exclude one another.
    pub fn to_pdf(&self, standards: &[PageStandard]) -> Result<Vec<u8>, Error> {
        for &standard in standards {
            self.obstacles.allow(standard)?;
        }
        let wanted = standards.iter().any(|standard| standard.is_archival());
        let day = self.day.or_else(|| parse_day(NO_DAY).filter(|_| wanted));
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some(
                concat!("Tabulary ", env!("CARGO_PKG_VERSION")).to_owned(),
            )),
            timestamp: day.map(Timestamp::new_utc),
            standards: standard::of_engine(standards)?,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| match standards.first() {
            Some(&standard) => standard::unmet(standard, &sentences(&errors)),
            None => refused(&errors),
        })
    }
}

/// The day that the document says of itself, else the one of the options.
fn day(document: &Document, options: &WriteOptions) -> Option<Datetime> {
    let meta = &document.meta;
    let known = [&meta.issued, &meta.modified, &meta.created, &options.day];
    known.into_iter().flatten().find_map(|text| parse_day(text))
}

fn parse_day(text: &str) -> Option<Datetime> {
    let date: tabulary_ir::civil::Date = text.get(..10)?.parse().ok()?;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0)
}

fn refused(errors: &[SourceDiagnostic]) -> Error {
    let message = format!("the pages cannot be laid out: {}", sentences(errors));
    Error::new(ErrorKind::NotRepresentable, message)
        .help("convert to docx or html, and report the document as a fault of Tabulary")
}

/// A fault in the style of a user.
fn refused_style(own: Option<&str>, world: &DataWorld, errors: &[SourceDiagnostic]) -> Error {
    let texts: Vec<_> = errors
        .iter()
        .map(|error| place(own, world, error))
        .collect();
    Error::caller(format!("the style cannot be used: {}", texts.join("; ")))
        .help("mend the style; docs/styles.md says what it is given")
}

/// What the engine says, with the line of the user's style that it says it of.
fn place(own: Option<&str>, world: &DataWorld, diagnostic: &SourceDiagnostic) -> String {
    let text = sentence(diagnostic);
    match (own, world.line(diagnostic)) {
        (Some(name), Some(line)) => format!("{name}:{line}: {text}"),
        (Some(name), None) => format!("{name}: {text}"),
        (None, _) => text,
    }
}

fn sentences(errors: &[SourceDiagnostic]) -> String {
    let texts: Vec<_> = errors.iter().map(sentence).collect();
    texts.join("; ")
}

fn sentence(diagnostic: &SourceDiagnostic) -> String {
    diagnostic
        .message
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
