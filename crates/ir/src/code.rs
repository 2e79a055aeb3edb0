//! The stable codes of diagnostics.

use serde::Serialize;

/// What kind of thing a diagnostic tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something of the source is not in the result.
    Loss,
    /// Something of the source was broken and was set right.
    Repair,
    /// Something was concluded that the source does not say.
    Guess,
    /// Something that a person may want to know.
    Warning,
}

impl Severity {
    /// The word that stands for it in messages and in `--deny`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Repair => "repair",
            Self::Guess => "guess",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)*) => {
        /// What a diagnostic is about. Codes are stable: a code keeps its meaning for ever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as it stands in messages, in JSON and in `--deny`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What kind of thing it tells.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it means, in one sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)* }
            }
        }
    };
}

codes! {
    /// Blocks inside a cell (paragraphs, lists, tables) were written as plain text.
    CellBlocksFlattened = "cell-blocks-flattened", Loss;
    /// A character that the target cannot hold (a control character, half of a surrogate pair) was left out.
    CharacterDropped = "character-dropped", Loss;
    /// Something that is not built or not known was passed over; the message names it.
    ContentSkipped = "content-skipped", Loss;
    /// A block that the target has no place for was left out.
    BlockDropped = "block-dropped", Loss;
    /// A formula was left out; its value stands.
    FormulaDropped = "formula-dropped", Loss;
    /// No font has a glyph for a character.
    GlyphMissing = "glyph-missing", Loss;
    /// A running header or footer was left out.
    HeaderFooterDropped = "header-footer-dropped", Loss;
    /// A hidden sheet, row or column was left out of a published output.
    HiddenDropped = "hidden-dropped", Loss;
    /// An image was left out; its description stands where it has one.
    ImageDropped = "image-dropped", Loss;
    /// The address of a link was left out; its text stands.
    LinkDropped = "link-dropped", Loss;
    /// A character mark was left out; its text stands.
    MarkDropped = "mark-dropped", Loss;
    /// A formula was written as text.
    MathAsText = "math-as-text", Loss;
    /// What is known about the document was left out in part.
    MetadataDropped = "metadata-dropped", Loss;
    /// A footnote, endnote or comment was left out or moved.
    NoteMoved = "note-moved", Loss;
    /// A number was written as text, since the target cannot hold its digits.
    NumberAsText = "number-as-text", Loss;
    /// A merged cell was written as single cells.
    SpanDropped = "span-dropped", Loss;
    /// Formatting of a cell, a column or a paragraph was left out.
    StyleDropped = "style-dropped", Loss;
    /// A page shows images and no text; what they say is not read.
    NoTextLayer = "no-text-layer", Loss;
    /// Characters were left out, since the font does not tell what its signs say.
    TextUnknown = "text-unknown", Loss;
    /// A text was cut at the longest that the target can hold.
    TextCut = "text-cut", Loss;

    /// Bytes that are no text in the encoding of the source were replaced.
    EncodingError = "encoding-error", Repair;
    /// A heading level outside of what the target can hold was brought to the nearest one.
    HeadingLevelChanged = "heading-level-changed", Repair;
    /// A merged range that is no range, or that leaves the sheet, was left out or cut.
    MergeInvalid = "merge-invalid", Repair;
    /// A name that the target does not allow was changed.
    NameChanged = "name-changed", Repair;
    /// A package or one of its parts is damaged; what could be read was read.
    PackageDamaged = "package-damaged", Repair;
    /// A part, style, note or resource that something refers to is not there.
    ReferenceMissing = "reference-missing", Repair;
    /// Cells of a table that were given for one place; the later one was moved or cut.
    TableOverlap = "table-overlap", Repair;
    /// Rows of a table that have fewer cells than its columns; the missing squares are blank.
    TableRagged = "table-ragged", Repair;
    /// A span that leaves its table was cut at the edge.
    TableSpanClipped = "table-span-clipped", Repair;
    /// A value that does not say what its type asks for was read as text.
    ValueInvalid = "value-invalid", Repair;
    /// A package part holds broken XML; what stands before the fault was read.
    XmlDamaged = "xml-damaged", Repair;

    /// The encoding of a text was told from its bytes.
    EncodingGuessed = "encoding-guessed", Guess;
    /// The value of a formula was worked out, since the source stores none.
    FormulaComputed = "formula-computed", Guess;
    /// Header rows of a table were told from its content.
    HeaderRowGuessed = "header-row-guessed", Guess;
    /// A heading was told from the wording and place of a line.
    HeadingGuessed = "heading-guessed", Guess;
    /// Metadata were told from labelled lines of the text.
    MetadataGuessed = "metadata-guessed", Guess;
    /// A merged cell was told from blank cells beside or below a label.
    SpanGuessed = "span-guessed", Guess;
    /// A sheet was cut into headings, tables and notes by its content.
    SheetSplit = "sheet-split", Guess;
    /// A table was told from where text stands on a page.
    TableGuessed = "table-guessed", Guess;

    /// A PDF does not carry the document that it was made from, since a standard forbids it.
    DocumentNotCarried = "document-not-carried", Warning;
    /// The document that a PDF carries is not what its pages show; the pages were read.
    EmbeddedMismatch = "embedded-mismatch", Warning;
    /// A resource outside of the document was not fetched.
    ExternalResource = "external-resource", Warning;
    /// A font that was asked for is not there; another stands in for it.
    FontSubstituted = "font-substituted", Warning;
    /// A table with formulas stands at another place than in its source, so that they may mean other cells.
    FormulaMoved = "formula-moved", Warning;
    /// A formula has no value stored, so that its cell is blank.
    FormulaWithoutValue = "formula-without-value", Warning;
    /// Frozen panes, printed ranges, lists of values, names and the looks of cells that only workbooks have were left out.
    SheetSettingsDropped = "sheet-settings-dropped", Warning;
    /// Colours, capitals and the like, with which letters and lines are decorated, were left out.
    LooksDropped = "looks-dropped", Warning;
    /// The pages keep no standard for archives; the message says why.
    StandardLowered = "standard-lowered", Warning;
    /// A table was set in smaller type, on turned pages or in several parts, so that it fits on the page.
    TableFitted = "table-fitted", Warning;
    /// The content of a file is of another format than its name says.
    NameMismatch = "name-mismatch", Warning;
    /// A key or element that is not known was passed over.
    UnknownKey = "unknown-key", Warning;
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_a_name_of_its_own_and_a_meaning() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for &code in Code::ALL {
            assert!(code.meaning().ends_with('.'), "{code}");
            assert_eq!(Code::from_name(code.as_str()), Some(code));
        }
    }
}
