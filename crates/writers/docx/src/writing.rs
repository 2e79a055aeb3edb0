//! A document while it is written.

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Budget, Code, Diagnostics, Document, Error, Origin, PageSetup, Points, PublicationStyle,
    ResourceId, WriteOptions,
};
use tabulary_package::PackageWriter;
use tabulary_package::xml::is_xml_char;

use crate::contents::ContentsEntry;
use crate::furniture::{Furnishing, Lines};
use crate::notes::NoteBook;
use crate::numbering::Numbering;
use crate::record::Record;
use crate::reference::Reference;
use crate::sections::Pages;
use crate::styles::Look;

/// The start of the types of relationships (ECMA-376 Part 1, 15).
pub(crate) const RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// The start of the types of parts (ECMA-376 Part 1, 11.3).
pub(crate) const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The main part.
pub(crate) const MAIN: &str = "word/document.xml";

/// All that is known while a document is written.
pub(crate) struct Writing<'d> {
    pub(crate) document: &'d Document,
    pub(crate) budget: Budget,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) package: PackageWriter,
    pub(crate) numbering: Numbering,
    pub(crate) record: Record,
    pub(crate) notes: NoteBook,
    pub(crate) look: Look,
    /// The document whose look is taken.
    pub(crate) reference: Option<Reference>,
    /// Whether page numbers stand at the outer side of each page.
    pub(crate) has_sides: bool,
    /// Whether something stands before in the section of the document that is open.
    pub(crate) has_begun: bool,
    /// The pages of the section that is written, and of the last one, where they are not the usual.
    pub(crate) open_pages: Option<Pages>,
    pub(crate) last_pages: Option<Pages>,
    /// Whether the section of the document that is open goes on where the one before ends.
    pub(crate) runs_on: bool,
    /// How many sections of the document were written.
    pub(crate) sections: usize,
    /// The headers and footers of the document, and what is known of all.
    pub(crate) lines: Lines,
    pub(crate) furnishing: Furnishing,
    /// The references to those of the reference document.
    pub(crate) reference_lines: Option<String>,
    /// The headings that were written, for the table of contents.
    pub(crate) contents: Option<Vec<ContentsEntry>>,
    /// The part that is written.
    pub(crate) part: String,
    /// Image parts by their resource, relative to the folder of the main part.
    pub(crate) images: BTreeMap<ResourceId, String>,
    pub(crate) drawings: u32,
    pub(crate) bookmarks: u32,
    pub(crate) controls: u32,
    /// How many blocks stand around the place that is written.
    pub(crate) depth: u32,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the body.
    Body,
    /// In a cell.
    Cell,
    /// In a note.
    Note,
    /// In a header or footer.
    Furniture,
}

/// How paragraphs at a place are set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) place: Place,
    /// The style of paragraphs that nothing else is said of.
    pub(crate) style: Option<&'static str>,
    /// Their alignment where they name none.
    pub(crate) align: Option<Align>,
    /// The size of letters in half points, where it is not that of the style.
    pub(crate) size: Option<i64>,
    /// The room between left and right in twentieths of a point.
    pub(crate) width: i64,
}

impl<'d> Writing<'d> {
    pub(crate) fn new(document: &'d Document, options: &WriteOptions) -> Result<Self, Error> {
        let budget = options.budget();
        let reference = match &options.reference {
            Some(bytes) => Some(Reference::read(bytes, &budget)?),
            None => None,
        };
        let style = match (&reference, options.style) {
            (Some(_), PublicationStyle::ByScript) => PublicationStyle::Plain,
            (_, style) => style,
        };
        let look = Look::of(document, style);
        Ok(Self {
            has_sides: look.is_gongwen
                && reference.is_none()
                && document.footers.is_empty()
                && document.headers.is_empty(),
            has_begun: false,
            open_pages: None,
            last_pages: None,
            runs_on: false,
            sections: 0,
            lines: Lines::default(),
            furnishing: Furnishing::default(),
            reference_lines: None,
            contents: options.contents.then(Vec::new),
            document,
            budget,
            reference,
            diagnostics: Diagnostics::new(),
            package: PackageWriter::new(),
            numbering: Numbering::default(),
            record: Record::default(),
            notes: NoteBook::new(&document.notes),
            look,
            part: MAIN.to_owned(),
            images: BTreeMap::new(),
            drawings: 0,
            bookmarks: 0,
            controls: 0,
            depth: 0,
        })
    }

    /// Refers from the part that is written to another one, or to an address.
    pub(crate) fn relate(&mut self, kind: &str, target: &str, external: bool) -> String {
        let kind = format!("{RELATIONSHIPS}{kind}");
        self.package.relate(&self.part, &kind, target, external)
    }

    /// Refers from the main part to another one beside it.
    pub(crate) fn relate_main(&mut self, kind: &str, target: &str) -> String {
        let kind = format!("{RELATIONSHIPS}{kind}");
        self.package.relate(MAIN, &kind, target, false)
    }

    /// Adds a diagnostic.
    pub(crate) fn tell(&mut self, code: Code, message: impl Into<String>, origin: Option<&Origin>) {
        self.diagnostics.add(code, message, origin.cloned());
    }

    /// Tells of characters that XML cannot hold; they are left out where text is escaped.
    pub(crate) fn check_text(&mut self, text: &str) {
        if let Some(character) = text.chars().find(|&c| !is_xml_char(c)) {
            let code = u32::from(character);
            let message =
                format!("the character U+{code:04X} cannot stand in XML and was left out");
            self.tell(Code::CharacterDropped, message, None);
        }
    }

    /// Goes one level deeper.
    ///
    /// # Errors
    /// Of kind `Limit` where blocks stand deeper in one another than the limit.
    pub(crate) fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        let bound = self.budget.limits().block_depth;
        if self.depth > bound + 1 {
            return Err(Error::limit(format!(
                "blocks stand more than {bound} deep in one another"
            ))
            .raise("block_depth"));
        }
        Ok(())
    }

    /// The page: that of the document, else A4 with the margins of the look.
    pub(crate) fn page(&self) -> [i64; 6] {
        if let Some(page) = self.reference.as_ref().and_then(|reference| reference.page) {
            return page;
        }
        match self.document.page {
            Some(page) => twips(page),
            None => self.look.page(),
        }
    }

    /// The room between the margins, or in a column of text, in twentieths of a point.
    pub(crate) fn text_width(&self) -> i64 {
        let pages = self.open_pages.clone();
        let pages = pages.unwrap_or_else(|| self.usual_pages());
        let [width, _, _, right, _, left] = pages.paper;
        let width = width - left - right;
        let width = pages.columns.map_or(width, |columns| {
            let count = i64::from(columns.count.max(1));
            (width - columns.gap.to_twips() * (count - 1)) / count
        });
        width.max(1440)
    }
}

/// Width, height, top, right, bottom and left margin in twentieths of a point.
pub(crate) fn twips(page: PageSetup) -> [i64; 6] {
    let [top, right, bottom, left] = page.margins;
    [page.width, page.height, top, right, bottom, left].map(Points::to_twips)
}

/// The word for an alignment (ECMA-376 17.18.44). In text that runs from right to left, `left` is the side
/// where lines begin.
pub(crate) fn alignment(align: Align, rtl: bool) -> &'static str {
    match align {
        Align::Left if rtl => "right",
        Align::Right if rtl => "left",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    }
}
