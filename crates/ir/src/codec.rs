//! What a reader and a writer are.

use std::sync::Arc;
use std::{fmt, io};

use crate::{
    Budget, Cancel, Capabilities, Diagnostic, Document, Error, Format, Limits, PageStandard,
    PublicationStyle, Setting, SourceFile, StyleFile,
};

/// The bytes of a source, and its name where it has one.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// All bytes.
    pub bytes: &'a [u8],
    /// The file name; it only helps where the bytes leave a doubt.
    pub name: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// Bytes without a name.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, name: None }
    }

    /// Bytes with a file name.
    pub fn named(bytes: &'a [u8], name: &'a str) -> Self {
        Self {
            bytes,
            name: Some(name),
        }
    }

    /// What stands behind the last dot of the name, in lower case; empty without one.
    pub fn extension(&self) -> String {
        let name = self.name.unwrap_or_default();
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        match base.rsplit_once('.') {
            Some((_, extension)) => extension.to_ascii_lowercase(),
            None => String::new(),
        }
    }
}

/// How sure a reader is that an input is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// Its content looks like it.
    Likely,
    /// Its content says so.
    Certain,
}

/// A result, and what was lost, repaired or guessed on the way.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The result.
    pub value: T,
    /// What to know about it, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

/// How a sheet of a workbook is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetAs {
    /// Cut into its headings, tables and notes.
    #[default]
    Blocks,
    /// Its used range as one table.
    Table,
}

/// Which view of a document with tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackedChanges {
    /// Insertions and no deletions.
    #[default]
    Accept,
    /// Deletions and no insertions.
    Reject,
    /// Both: insertions underlined, deletions struck.
    All,
}

/// What makes a paragraph a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadingsFrom {
    /// Its style or outline level; in a document without these its number, length and look.
    #[default]
    Look,
    /// Its style or outline level alone.
    Styles,
}

/// How to read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The bounds to stay within.
    pub limits: Limits,
    /// The flag that stops the work.
    pub cancel: Cancel,
    /// How a sheet of a workbook is read.
    pub sheet_as: SheetAs,
    /// Which view of a document with tracked changes is read.
    pub tracked_changes: TrackedChanges,
    /// What makes a paragraph a heading.
    pub headings: HeadingsFrom,
    /// What opens an encrypted document, where it takes more than the empty password.
    pub password: Option<String>,
    /// Whether a file of pages that carries the document it was made from is read as that document,
    /// where its pages still show it. Default: true.
    pub embedded: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            cancel: Cancel::default(),
            sheet_as: SheetAs::default(),
            tracked_changes: TrackedChanges::default(),
            headings: HeadingsFrom::default(),
            password: None,
            embedded: true,
        }
    }
}

impl ReadOptions {
    /// The budget of one document.
    pub fn budget(&self) -> Budget {
        Budget::new(&self.limits, &self.cancel)
    }
}

/// A font file that the user gave.
#[derive(Clone)]
pub struct FontFile {
    /// Its path or name, for messages.
    pub name: String,
    /// Its bytes: a TrueType or OpenType font, or a collection.
    pub data: Arc<[u8]>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({}, {} bytes)", self.name, self.data.len())
    }
}

/// How to write.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// The bounds to stay within.
    pub limits: Limits,
    /// The flag that stops the work.
    pub cancel: Cancel,
    /// Fonts that come before the embedded ones where text is laid out.
    pub fonts: Arc<Vec<FontFile>>,
    /// Whether hidden sheets, rows, columns and texts are written as if they were not hidden. Formats
    /// that cannot mark them leave them out otherwise.
    pub hidden: bool,
    /// Whether comments are printed, in formats of pages; they are left out otherwise.
    pub comments: bool,
    /// How a document is set that is published.
    pub style: PublicationStyle,
    /// Whether a table of contents stands below the title, in formats of pages.
    pub contents: bool,
    /// A document of the format that is written, whose styles, page, headers and footers are taken.
    pub reference: Option<Arc<[u8]>>,
    /// Whether a file of pages carries the document that it was made from, so that it is read back
    /// exactly. Default: true.
    pub embed: bool,
    /// The file that the document was read from, to be attached to the pages.
    pub source: Option<SourceFile>,
    /// A style of the user's own, instead of `style`, for what is laid out on pages.
    pub style_file: Option<Arc<StyleFile>>,
    /// Paper and type where they are not those of the style.
    pub setting: Setting,
    /// The standards that the pages must keep; where none is named, the strictest that the document allows.
    pub standards: Vec<PageStandard>,
    /// The day of the pages, as `2020-01-20`, where the document says none.
    pub day: Option<String>,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            cancel: Cancel::default(),
            fonts: Arc::default(),
            hidden: false,
            comments: false,
            style: PublicationStyle::default(),
            contents: false,
            reference: None,
            embed: true,
            source: None,
            style_file: None,
            setting: Setting::default(),
            standards: Vec::new(),
            day: None,
        }
    }
}

impl WriteOptions {
    /// The budget of one document.
    pub fn budget(&self) -> Budget {
        Budget::new(&self.limits, &self.cancel)
    }
}

/// Reads one format.
pub trait Reader: Send + Sync {
    /// The format.
    fn format(&self) -> &'static Format;

    /// What of the model it fills.
    fn capabilities(&self) -> Capabilities;

    /// How sure it is that `input` is of its format, told by the content, and by the name only
    /// where the content leaves a doubt.
    fn sniff(&self, input: Input<'_>) -> Confidence;

    /// Reads all that can be made out of the input.
    ///
    /// # Errors
    /// Only where there is no document to give: the input is damaged beyond use, is not of this
    /// format, or passes a limit.
    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error>;
}

/// Writes one format.
pub trait Writer: Send + Sync {
    /// The format.
    fn format(&self) -> &'static Format;

    /// What of the model it can express.
    fn capabilities(&self) -> Capabilities;

    /// Writes a document. The same document and options give the same bytes.
    ///
    /// # Errors
    /// Where the format cannot hold the document, a limit is passed, or `output` fails. What was
    /// written to `output` before is of no use then.
    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error>;
}
