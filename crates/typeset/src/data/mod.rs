//! The document as a style reads it: CBOR, with everything decided that needs a program.

mod anchors;
mod blocks;
mod comments;
mod fit;
mod groups;
mod image;
mod language;
mod line;
mod math;
mod pages;
mod place;
mod table;

use std::collections::BTreeSet;

use serde::Serialize;
use tabulary_ir::{
    Block, Budget, Code, Diagnostics, Document, Error, FontRole as Role, PageSetup, PageStandard,
    ParagraphRole, Points, SectionKind, WriteOptions,
};

use crate::clean::Cleaner;
use crate::fonts::{Family, Fonts};
use crate::standard::Obstacles;
use crate::style::Style;
use blocks::{BlockData, Builder};
pub(crate) use language::Language;

/// The narrowest text, in points, that a page set-up may leave.
const NARROWEST_TEXT: f64 = 100.0;

#[derive(Serialize)]
struct Data {
    /// The places that links may lead to.
    anchors: BTreeSet<String>,
    authors: Vec<String>,
    blocks: Vec<BlockData>,
    cjk: bool,
    contents: bool,
    description: Option<String>,
    fonts: FontLists,
    footer: Option<Running>,
    front: Option<Front>,
    /// Title and subtitle, where the text begins with them.
    head: Vec<BlockData>,
    header: Option<Running>,
    issued: Option<String>,
    keywords: Vec<String>,
    lang: String,
    page: PageData,
    publisher: Option<String>,
    region: Option<String>,
    title: Option<String>,
}

/// What a portal prints above a report.
#[derive(Serialize)]
struct Front {
    fields: Vec<(String, String)>,
    title: Option<String>,
}

/// Headers or footers, by the pages that they stand on.
#[derive(Serialize)]
struct Running {
    default: Option<Vec<BlockData>>,
    even: Option<Vec<BlockData>>,
    first: Option<Vec<BlockData>>,
}

#[derive(Serialize)]
struct FontLists {
    body: Vec<Family>,
    code: Vec<Family>,
    heading: Vec<Family>,
    subheading: Vec<Family>,
    table: Vec<Family>,
    title: Vec<Family>,
}

/// Lengths in points.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct PageData {
    height: f64,
    margins: [f64; 4],
    width: f64,
}

/// The data of a document, and what stands in the way of standards.
pub(crate) struct Built {
    pub(crate) data: Vec<u8>,
    pub(crate) obstacles: Obstacles,
}

/// Builds the data of a document.
///
/// # Errors
/// `Limit` where the budget ends, `Caller` where the paper that was asked for has no room.
pub(crate) fn build(
    document: &Document,
    style: &Style,
    language: Language,
    fonts: &Fonts,
    options: &WriteOptions,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Built, Error> {
    let cjk = language.is_cjk();
    let is_for_all = options.standards.contains(&PageStandard::Ua1);
    let page = style.page(document, &options.setting)?;
    let lists = font_lists(document, cjk, fonts, diagnostics);

    let mut builder = Builder::new(document, fonts, budget, diagnostics);
    builder.set_tables(style.table_sizes, fonts.advances(&lists.table));
    builder.set_page(&page);
    builder.is_for_all = is_for_all;
    let titles = leading_titles(&document.body);
    let (titles, body) = document.body.split_at(titles);
    let head = builder.inner(titles)?;
    let mut blocks = builder.document_body(body)?;
    builder.all_comments(language.comments(), &mut blocks)?;
    let header = builder.running(&document.headers)?;
    let footer = builder.running(&document.footers)?;
    let anchors = builder.anchors_laid_out();
    let (mut cleaner, alternative) = builder.finish();
    let front = front(document, &mut cleaner);
    let meta = &document.meta;
    let issued = meta
        .issued
        .as_deref()
        .map(|day| day_in_words(day, &language));
    let publisher = meta.publisher.as_deref().map(|text| cleaner.clean(text));
    let mut obstacles = Obstacles::default();
    for (obstacle, block) in cleaner.obstacles().chain(alternative) {
        obstacles.note(obstacle, block.and_then(|block| place::of(document, block)));
    }
    cleaner.tell(diagnostics);
    let data = Data {
        anchors,
        authors: meta.creators.clone(),
        blocks,
        cjk,
        contents: options.contents,
        description: meta.description.clone(),
        fonts: lists,
        footer,
        front,
        head,
        header,
        issued,
        keywords: meta.subjects.clone(),
        lang: language.lang,
        page,
        publisher,
        region: language.region,
        title: title(document).or_else(|| first_words(document).filter(|_| is_for_all)),
    };
    let mut bytes = Vec::new();
    ciborium::into_writer(&data, &mut bytes)
        .expect("a Vec takes all writing, and all keys are texts");
    Ok(Built {
        data: bytes,
        obstacles,
    })
}

/// The families of each role. A stand-in is told where something of the document is set in it.
fn font_lists(
    document: &Document,
    cjk: bool,
    fonts: &Fonts,
    diagnostics: &mut Diagnostics,
) -> FontLists {
    let used = Used::of(document);
    let mut list = |role, used: bool| {
        let mut unheard = Diagnostics::new();
        let heard = if used {
            &mut *diagnostics
        } else {
            &mut unheard
        };
        fonts.families(role, cjk, heard)
    };
    FontLists {
        title: list(Role::Title, used.titles),
        heading: list(Role::Heading, used.headings),
        subheading: list(Role::Subheading, used.subheadings),
        body: list(Role::Body, used.prose),
        table: list(Role::Table, used.tables),
        code: list(Role::Code, false),
    }
}

/// What of the roles of fonts a document uses.
#[derive(Default)]
struct Used {
    titles: bool,
    headings: bool,
    subheadings: bool,
    prose: bool,
    tables: bool,
}

impl Used {
    fn of(document: &Document) -> Self {
        let mut used = Self {
            titles: has_front(document) && front_title(document).is_some(),
            ..Self::default()
        };
        document.for_each_block(|block| match block {
            Block::Heading(heading) if heading.level == 2 => used.subheadings = true,
            Block::Heading(_) => used.headings = true,
            Block::Table(_) => used.tables = true,
            Block::Paragraph(paragraph) if paragraph.style.role.is_some() => used.titles = true,
            Block::Paragraph(_) | Block::List(_) | Block::Quote(_) => used.prose = true,
            _ => {}
        });
        used
    }
}

impl PageData {
    /// A page; none where it leaves too little room for text.
    pub(crate) fn usable(page: &PageSetup) -> Option<Self> {
        let page = Self {
            height: page.height.to_f64(),
            margins: page.margins.map(Points::to_f64),
            width: page.width.to_f64(),
        };
        let fits = page.text_width() >= NARROWEST_TEXT
            && page.text_height() >= NARROWEST_TEXT
            && page.margins.iter().all(|margin| *margin >= 0.0)
            && page.width.max(page.height) <= 14_400.0;
        fits.then_some(page)
    }

    /// The room between left and right margin.
    fn text_width(&self) -> f64 {
        let [_, right, _, left] = self.margins;
        self.width - left - right
    }

    /// The room between top and bottom margin.
    fn text_height(&self) -> f64 {
        let [top, _, bottom, _] = self.margins;
        self.height - top - bottom
    }
}

/// How many blocks at the start are title and subtitle.
fn leading_titles(body: &[Block]) -> usize {
    let is_title = |block: &&Block| matches!(block, Block::Paragraph(paragraph) if paragraph.style.role.is_some());
    body.iter().take_while(is_title).count()
}

/// The title for the properties of the file: the document's own, else what stands above its text, else its first
/// heading.
fn title(document: &Document) -> Option<String> {
    let own = document
        .meta
        .title
        .clone()
        .filter(|title| !title.trim().is_empty());
    let of_role = |role: ParagraphRole| {
        let mut texts = document.body.iter().filter_map(move |block| match block {
            Block::Paragraph(paragraph) if paragraph.style.role == Some(role) => {
                Some(tabulary_ir::inline_text(&paragraph.content))
            }
            _ => None,
        });
        texts.next()
    };
    let heading = || {
        let mut found = None;
        document.for_each_block(|block| {
            if let (Block::Heading(heading), None) = (block, &found) {
                found = Some(tabulary_ir::inline_text(&heading.content));
            }
        });
        found
    };
    let title = own
        .or_else(|| of_role(ParagraphRole::Title))
        .or_else(heading)?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

/// The name of the first sheet, else the first words of a document: a title where one must be (ISO 14289-1 7.1) and
/// nothing is one.
fn first_words(document: &Document) -> Option<String> {
    const LONGEST: usize = 60;
    let mut found = None;
    document.for_each_block(|block| {
        let text = match block {
            Block::Section(section) => section.name.clone(),
            block => tabulary_ir::block_text(block),
        };
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if found.is_none() && !words.is_empty() {
            found = Some(words.chars().take(LONGEST).collect());
        }
    });
    found
}

/// A day as people of the language write it: `2020年1月20日` (GB/T 9704-2012 7.3.6), else as it stands.
fn day_in_words(day: &str, language: &Language) -> String {
    let parsed = day.get(..10).and_then(|day| day.parse().ok());
    let Some(date): Option<tabulary_ir::civil::Date> = parsed.filter(|_| language.lang == "zh")
    else {
        return day.to_owned();
    };
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn has_front(document: &Document) -> bool {
    !document.meta.fields.is_empty() && !document.meta.unseen
}

/// The title above the fields of a portal, where the text does not begin with it.
fn front_title(document: &Document) -> Option<&String> {
    let first = document.body.iter().take(3).map(tabulary_ir::block_text);
    let repeated = |title: &String| first.clone().any(|text| text.trim() == title.trim());
    document
        .meta
        .title
        .as_ref()
        .filter(|title| !repeated(title))
}

fn front(document: &Document, cleaner: &mut Cleaner<'_>) -> Option<Front> {
    if !has_front(document) {
        return None;
    }
    let fields = document.meta.fields.iter();
    let fields = fields.filter(|(_, text)| !text.is_empty());
    Some(Front {
        fields: fields
            .map(|(name, text)| (cleaner.clean(name), cleaner.clean(text)))
            .collect(),
        title: front_title(document).map(|title| cleaner.clean(title)),
    })
}

/// Whether sections are sheets, several of them, so that their names must be shown.
fn sheets_are_named(body: &[Block]) -> bool {
    let sheet = |block: &&Block| matches!(block, Block::Section(section) if section.kind == SectionKind::Sheet && !section.hidden);
    body.iter().filter(sheet).count() > 1
}

/// Tells that something has no place on paper.
fn not_on_paper(diagnostics: &mut Diagnostics, code: Code, what: &str) {
    diagnostics.add(
        code,
        format!("{what} has no place on a page and was left out"),
        None,
    );
}
