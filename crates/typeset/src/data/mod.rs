//! The document as the template reads it: CBOR, with everything decided that needs a program.

mod blocks;
mod image;
mod pages;
mod table;

use serde::Serialize;
use tabulary_ir::{
    Block, Budget, Code, Diagnostics, Document, Error, FurnitureKind, PageSetup, Points,
    SectionKind,
};

use crate::clean::Cleaner;
use crate::fonts::{Family, Fonts, Role};
use blocks::{BlockData, Builder};

/// A4 with the margins of GB/T 9704-2012 6: 37 mm above, 28 mm at the left, a text of 156 × 225 mm.
fn a4() -> PageSetup {
    let mm = Points::from_mm;
    PageSetup {
        columns: None,
        height: mm(297.0),
        margins: [mm(37.0), mm(26.0), mm(35.0), mm(28.0)],
        width: mm(210.0),
    }
}

/// The narrowest text, in points, that a page set-up may leave.
const NARROWEST_TEXT: f64 = 100.0;

#[derive(Serialize)]
struct Data {
    authors: Vec<String>,
    blocks: Vec<BlockData>,
    cjk: bool,
    description: Option<String>,
    fonts: FontLists,
    footer: Vec<BlockData>,
    front: Option<Front>,
    header: Vec<BlockData>,
    keywords: Vec<String>,
    lang: String,
    page: PageData,
    region: Option<String>,
    title: Option<String>,
}

/// What a portal prints above a report.
#[derive(Serialize)]
struct Front {
    fields: Vec<(String, String)>,
    title: Option<String>,
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
#[derive(Serialize)]
struct PageData {
    height: f64,
    margins: [f64; 4],
    width: f64,
}

/// Builds the data of a document.
pub(crate) fn build(
    document: &Document,
    fonts: &Fonts,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>, Error> {
    let (lang, region) = language(document);
    let cjk = matches!(lang.as_str(), "zh" | "ja" | "ko");
    let page = page(document);
    let text_width = page.text_width();

    let mut builder = Builder::new(document, fonts, budget, diagnostics, text_width);
    let blocks = builder.document_body(&document.body)?;
    let header = builder.furniture(&document.headers, FurnitureKind::Default)?;
    let footer = builder.furniture(&document.footers, FurnitureKind::Default)?;
    let mut cleaner = builder.finish();
    let front = front(document, &mut cleaner);
    cleaner.tell(diagnostics);

    let used = Used::of(document);
    let mut list = |role, used: bool| {
        let mut unheard = Diagnostics::new();
        fonts.families(
            role,
            cjk,
            if used {
                &mut *diagnostics
            } else {
                &mut unheard
            },
        )
    };
    let fonts = FontLists {
        title: list(
            Role::Title,
            front.as_ref().is_some_and(|front| front.title.is_some()),
        ),
        heading: list(Role::Heading, used.headings),
        subheading: list(Role::Subheading, used.subheadings),
        body: list(Role::Body, used.prose),
        table: list(Role::Table, used.tables),
        code: list(Role::Code, false),
    };
    let meta = &document.meta;
    let data = Data {
        authors: meta.creators.clone(),
        blocks,
        cjk,
        description: meta.description.clone(),
        fonts,
        footer,
        front,
        header,
        keywords: meta.subjects.clone(),
        lang,
        page,
        region,
        title: meta.title.clone(),
    };
    let mut bytes = Vec::new();
    ciborium::into_writer(&data, &mut bytes)
        .expect("a Vec takes all writing, and all keys are texts");
    Ok(bytes)
}

/// What of the roles of fonts a document uses.
#[derive(Default)]
struct Used {
    headings: bool,
    subheadings: bool,
    prose: bool,
    tables: bool,
}

impl Used {
    fn of(document: &Document) -> Self {
        let mut used = Self::default();
        document.for_each_block(|block| match block {
            Block::Heading(heading) if heading.level == 2 => used.subheadings = true,
            Block::Heading(_) => used.headings = true,
            Block::Table(_) => used.tables = true,
            Block::Paragraph(_) | Block::List(_) | Block::Quote(_) => used.prose = true,
            _ => {}
        });
        used
    }
}

impl PageData {
    fn of(page: &PageSetup) -> Self {
        Self {
            height: page.height.to_f64(),
            margins: page.margins.map(Points::to_f64),
            width: page.width.to_f64(),
        }
    }

    /// The room between left and right margin.
    fn text_width(&self) -> f64 {
        let [_, right, _, left] = self.margins;
        self.width - left - right
    }
}

/// A page; none where it leaves too little room for text.
fn page_data(page: &PageSetup) -> Option<PageData> {
    let page = PageData::of(page);
    let [top, _, bottom, _] = page.margins;
    let fits = page.text_width() >= NARROWEST_TEXT
        && page.height - top - bottom >= NARROWEST_TEXT
        && page.margins.iter().all(|margin| *margin >= 0.0)
        && page.width.max(page.height) <= 14_400.0;
    fits.then_some(page)
}

fn page(document: &Document) -> PageData {
    let own = document.page.as_ref().and_then(page_data);
    own.unwrap_or_else(|| PageData::of(&a4()))
}

/// The language and region, as ISO 639 and ISO 3166 name them: the document's own, else by its text.
fn language(document: &Document) -> (String, Option<String>) {
    if let Some(tag) = &document.meta.language {
        let mut parts = tag.split(['-', '_']);
        let lang = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts
            .find(|part| part.len() == 2)
            .map(str::to_ascii_uppercase);
        if (2..=3).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_lowercase()) {
            return (lang, region);
        }
    }
    let (mut han, mut kana, mut hangul, mut letters) = (0_u64, 0_u64, 0_u64, 0_u64);
    document.for_each_block(|block| {
        let text = match block {
            Block::Heading(heading) => tabulary_ir::inline_text(&heading.content),
            Block::Paragraph(paragraph) => tabulary_ir::inline_text(&paragraph.content),
            Block::Table(table) => table
                .cells()
                .iter()
                .take(500)
                .map(|cell| cell.plain_text())
                .collect(),
            _ => return,
        };
        for character in text.chars() {
            match character {
                '\u{3040}'..='\u{30FF}' => kana += 1,
                '\u{AC00}'..='\u{D7AF}' => hangul += 1,
                '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => han += 1,
                c if c.is_alphabetic() => letters += 1,
                _ => {}
            }
        }
    });
    // A word of Latin text takes some four letters, a word of Chinese one or two characters.
    if (han + kana + hangul) * 4 <= letters || han + kana + hangul == 0 {
        ("en".into(), None)
    } else if kana * 10 > han {
        ("ja".into(), Some("JP".into()))
    } else if hangul > han {
        ("ko".into(), Some("KR".into()))
    } else {
        ("zh".into(), Some("CN".into()))
    }
}

fn front(document: &Document, cleaner: &mut Cleaner<'_>) -> Option<Front> {
    let meta = &document.meta;
    if meta.fields.is_empty() || meta.unseen {
        return None;
    }
    let first = document.body.iter().take(3).map(tabulary_ir::block_text);
    let repeated = |title: &String| first.clone().any(|text| text.trim() == title.trim());
    let title = meta.title.as_ref().filter(|title| !repeated(title));
    let fields = meta.fields.iter().filter(|(_, text)| !text.is_empty());
    Some(Front {
        fields: fields
            .map(|(name, text)| (cleaner.clean(name), cleaner.clean(text)))
            .collect(),
        title: title.map(|title| cleaner.clean(title)),
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
