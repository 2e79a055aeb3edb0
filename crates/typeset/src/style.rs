//! The styles in the program, and which of them a document takes.
//!
//! A style is a file of the layout engine's language in `styles/`, which imports `/tabulary.typ`. What the program
//! needs to know of it before the layout stands here.

use tabulary_ir::{
    Block, Document, Error, PageSetup, Points, PublicationStyle, SectionKind, Setting, WriteOptions,
};

use crate::data::PageData;

/// A style, as far as the program knows it.
pub(crate) struct Style {
    pub(crate) which: BuiltIn,
    /// Its page, where the document or the user names none.
    page: PageSetup,
    /// Whether its page stands for that of the document.
    is_firm: bool,
    /// Sizes of type for tables, in points, the first that fits being taken.
    pub(crate) table_sizes: &'static [f64],
}

/// The styles in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuiltIn {
    Gongwen,
    Plain,
    Report,
}

/// The widest text and the narrowest that may stand for the 156 mm of official documents, in points.
const OFFICIAL_WIDTHS: std::ops::RangeInclusive<f64> = 397.0..=500.0;

impl Style {
    /// The style that the options ask for. Where they leave it open, official documents are those in East Asian
    /// scripts whose paper has room for 28 characters a line, and which are no workbooks.
    pub(crate) fn of(document: &Document, options: &WriteOptions, cjk: bool) -> Self {
        match options.style {
            _ if options.style_file.is_some() => Self::plain(cjk),
            PublicationStyle::Gongwen => Self {
                is_firm: true,
                ..Self::gongwen()
            },
            PublicationStyle::ByScript if cjk && is_like_an_official_document(document) => {
                Self::gongwen()
            }
            PublicationStyle::Report => Self {
                which: BuiltIn::Report,
                ..Self::plain(cjk)
            },
            PublicationStyle::ByScript | PublicationStyle::Plain => Self::plain(cjk),
        }
    }

    /// A4 with 37 mm above, 28 mm at the left, and a text of 156 × 225 mm (GB/T 9704-2012 5.2.2).
    fn gongwen() -> Self {
        Self {
            which: BuiltIn::Gongwen,
            page: a4([37.0, 26.0, 35.0, 28.0]),
            is_firm: false,
            table_sizes: &[12.0, 10.5, 9.0, 8.0, 7.0, 6.0],
        }
    }

    fn plain(cjk: bool) -> Self {
        Self {
            which: BuiltIn::Plain,
            page: a4(if cjk {
                [37.0, 26.0, 35.0, 28.0]
            } else {
                [25.4, 25.4, 25.4, 25.4]
            }),
            is_firm: false,
            table_sizes: &[10.5, 9.0, 8.0, 7.0, 6.0],
        }
    }

    /// The page of a document in this style.
    ///
    /// # Errors
    /// `Caller` where the paper and the margins that were asked for leave no room for text.
    pub(crate) fn page(&self, document: &Document, setting: &Setting) -> Result<PageData, Error> {
        let own = document.page.filter(|_| !self.is_firm);
        let own = own.filter(|page| PageData::usable(page).is_some());
        let mut page = own.unwrap_or(self.page);
        if let Some([width, height]) = setting.paper {
            (page.width, page.height) = (width, height);
        }
        if let Some(margins) = setting.margins {
            page.margins = margins;
        }
        PageData::usable(&page).ok_or_else(|| {
            let [width, height] = [page.width, page.height].map(Points::to_f64);
            Error::caller(format!(
                "paper of {width} × {height} points with these margins leaves no room for text"
            ))
            .help("take larger paper or smaller margins")
        })
    }
}

impl BuiltIn {
    /// Its file.
    pub(crate) fn source(self) -> &'static str {
        match self {
            Self::Gongwen => include_str!("../styles/gongwen.typ"),
            Self::Plain => include_str!("../styles/plain.typ"),
            Self::Report => include_str!("../styles/report.typ"),
        }
    }
}

/// A4 with margins above, at the right, below and at the left, in millimetres.
fn a4(margins: [f64; 4]) -> PageSetup {
    PageSetup {
        columns: None,
        height: Points::from_mm(297.0),
        margins: margins.map(Points::from_mm),
        width: Points::from_mm(210.0),
    }
}

/// Whether nothing speaks against the type and the grid of official documents: no sheets, no columns of text, and
/// paper that is about as wide as theirs.
fn is_like_an_official_document(document: &Document) -> bool {
    let is_sheet = |block: &Block| matches!(block, Block::Section(section) if section.kind == SectionKind::Sheet);
    let fits = document.page.is_none_or(|page| {
        let [_, right, _, left] = page.margins;
        let width = page.width.to_f64() - left.to_f64() - right.to_f64();
        page.columns.is_none() && OFFICIAL_WIDTHS.contains(&width)
    });
    fits && !document.body.iter().any(is_sheet)
}
