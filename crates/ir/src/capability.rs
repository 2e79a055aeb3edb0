//! What a format's reader fills and its writer expresses.

use std::collections::BTreeMap;

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)*) => {
        /// A part of the model that a format may or may not be able to hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Feature {
            /// Every feature.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in prose.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

features! {
    /// The texts of paragraphs, in order.
    Paragraphs = "paragraphs";
    /// Headings with their level.
    Headings = "headings";
    /// Bold, italic and the other character marks.
    Marks = "character marks";
    /// Lists with their items, nested.
    Lists = "lists";
    /// The labels of list items and headings.
    Labels = "numbering labels";
    /// Tables: rows, columns and the text of cells.
    Tables = "tables";
    /// Cells over several rows or columns.
    Spans = "row and column spans";
    /// Header rows.
    HeaderRows = "header rows";
    /// Paragraphs, lists and tables inside a cell.
    CellBlocks = "blocks in cells";
    /// Numbers, dates and other typed values of cells.
    Values = "typed values";
    /// Number formats of cells.
    NumberFormats = "number formats";
    /// Formulas of cells.
    Formulas = "formulas";
    /// Alignment, fill and marks of cells.
    CellStyles = "cell styles";
    /// Borders, font sizes, indents, wrapping and rotation of cells.
    CellLooks = "borders, sizes, indents and rotation of cells";
    /// Alignment and indents of paragraphs.
    ParagraphStyles = "paragraph alignment";
    /// Hidden sheets, rows and columns, marked as such.
    Hidden = "hidden sheets, rows and columns";
    /// Hidden text, marked as such.
    HiddenText = "hidden text";
    /// Links with their address.
    Links = "links";
    /// Images with their bytes.
    Images = "images";
    /// Charts with what they show.
    Charts = "data of charts";
    /// Footnotes, endnotes and comments.
    Notes = "notes";
    /// Quotes.
    Quotes = "quotes";
    /// Code with its line ends and blanks.
    Code = "code";
    /// Formulas of mathematics.
    Math = "mathematics";
    /// Rules and page breaks.
    Rules = "rules and page breaks";
    /// Sections with their name, such as sheets.
    Sections = "named sections";
    /// Frozen panes, printed ranges, lists of values and names of a workbook, and pages of its sheets.
    SheetSettings = "print ranges, frozen panes, value lists and names of workbooks";
    /// Title, creators, publisher and the like.
    Metadata = "metadata";
    /// Labelled fields, in order.
    Fields = "labelled fields";
    /// Pages of sections: their size, margins and columns of text, and headers and footers of their own.
    SectionPages = "pages, columns of text, headers and footers of sections";
    /// Text and tables that run from right to left.
    Rtl = "right to left";
    /// Running headers and footers.
    Furniture = "running headers and footers";
}

/// How much of a feature is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// Nothing of it.
    #[default]
    None,
    /// A part; what is not is a diagnostic.
    Partial,
    /// All of it.
    Full,
}

/// What of the model a reader fills or a writer expresses; what is not named is not held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities(BTreeMap<Feature, Support>);

impl Capabilities {
    /// The features held in full, and those held in part.
    pub fn new(full: &[Feature], partial: &[Feature]) -> Self {
        let full = full.iter().map(|&feature| (feature, Support::Full));
        let partial = partial.iter().map(|&feature| (feature, Support::Partial));
        Self(full.chain(partial).collect())
    }

    /// Everything, in full.
    pub fn all() -> Self {
        Self::new(Feature::ALL, &[])
    }

    /// Everything, in full, but for what only workbooks have, what must be drawn, and pages of which each
    /// has its own paper: what a page of text can show.
    pub fn of_pages() -> Self {
        let mut all = Self::all();
        for feature in [
            Feature::Hidden,
            Feature::CellLooks,
            Feature::SheetSettings,
            Feature::Charts,
            Feature::SectionPages,
        ] {
            all.0.remove(&feature);
        }
        all
    }

    /// How much of a feature is held.
    pub fn support(&self, feature: Feature) -> Support {
        self.0.get(&feature).copied().unwrap_or_default()
    }
}
