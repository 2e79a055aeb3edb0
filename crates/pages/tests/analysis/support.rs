//! Pages made by hand, and documents as short texts.

use tabulary_ir::{Block, Content, Diagnostics, Document, Inline, Table, block_text, inline_text};
use tabulary_pages::{Analysis, Analyzer, Face, Fill, Glyph, Hints, Page, Rect, Ruling, Turn};

/// The edges of three columns, and where their texts begin.
pub(crate) const XS: [f32; 4] = [50.0, 150.0, 220.0, 290.0];
pub(crate) const TEXT: [f32; 3] = [55.0, 155.0, 225.0];
/// The paper of the pages that are made here.
pub(crate) const SIZE: (f32, f32) = (400.0, 600.0);

/// A page that is drawn step by step.
pub(crate) struct Sketch(pub(crate) Page);

impl Sketch {
    /// An empty page.
    pub(crate) fn new(number: u32) -> Self {
        let face = |name: &str, bold| Face {
            name: name.to_owned(),
            bold,
            ..Face::default()
        };
        Self(Page {
            number,
            width: SIZE.0,
            height: SIZE.1,
            faces: vec![face("Light", false), face("Bold", true)],
            ..Page::default()
        })
    }

    /// Text on a base line: ideographs are as wide as high, other characters half as wide.
    pub(crate) fn text(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.put(x, y, size, text, 0, None);
        self
    }

    /// The same in bold.
    pub(crate) fn bold(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.put(x, y, size, text, 1, None);
        self
    }

    /// Text that is tied to the structure by a number.
    pub(crate) fn marked(mut self, x: f32, y: f32, mark: u32, text: &str) -> Self {
        self.put(x, y, 10.0, text, 0, Some(mark));
        self
    }

    fn put(&mut self, mut x: f32, y: f32, size: f32, text: &str, face: u16, mark: Option<u32>) {
        for c in text.chars() {
            let width = if u32::from(c) > 0x2e80 {
                size
            } else {
                size * 0.5
            };
            self.0.glyphs.push(Glyph {
                text: c.to_string().into(),
                bbox: Rect::new(x, y - 0.8 * size, x + width, y + 0.2 * size),
                origin: [x, y],
                size,
                face,
                mark,
                ..Glyph::default()
            });
            x += width;
        }
    }

    /// Text that runs upwards from a place.
    pub(crate) fn upwards(mut self, x: f32, mut y: f32, text: &str) -> Self {
        for c in text.chars() {
            self.0.glyphs.push(Glyph {
                text: c.to_string().into(),
                bbox: Rect::new(x - 8.0, y - 5.0, x + 2.0, y),
                origin: [x, y],
                size: 10.0,
                turn: Turn::Up,
                ..Glyph::default()
            });
            y -= 5.0;
        }
        self
    }

    /// A level line.
    pub(crate) fn level(mut self, x0: f32, x1: f32, y: f32) -> Self {
        self.0.rulings.push(Ruling {
            bbox: Rect::new(x0, y - 0.25, x1, y + 0.25),
            upright: false,
            color: [0; 3],
        });
        self
    }

    /// An upright line.
    pub(crate) fn upright(mut self, y0: f32, y1: f32, x: f32) -> Self {
        self.0.rulings.push(Ruling {
            bbox: Rect::new(x - 0.25, y0, x + 0.25, y1),
            upright: true,
            color: [0; 3],
        });
        self
    }

    /// Every line of a grid.
    pub(crate) fn grid(mut self, xs: &[f32], ys: &[f32]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            self = self.level(left, right, *y);
        }
        for x in xs {
            self = self.upright(top, bottom, *x);
        }
        self
    }

    /// A painted box.
    pub(crate) fn ground(mut self, bbox: Rect, color: [u8; 3]) -> Self {
        self.0.fills.push(Fill { bbox, color });
        self
    }

    /// Rows of text, ten points high, with a line below another every 14 points.
    pub(crate) fn rows(mut self, y: f32, xs: &[f32], rows: &[&[&str]]) -> Self {
        for (number, row) in rows.iter().enumerate() {
            for (x, text) in xs.iter().zip(row.iter()) {
                self = self.text(*x, y + 14.0 * number as f32, 10.0, text);
            }
        }
        self
    }

    /// Lines of text below one another.
    pub(crate) fn lines(mut self, x: f32, y: f32, lines: &[&str]) -> Self {
        for (number, line) in lines.iter().enumerate() {
            self = self.text(x, y + 14.0 * number as f32, 10.0, line);
        }
        self
    }
}

/// The table that a document begins with.
pub(crate) fn first_table(analysis: &Analysis) -> &Table {
    match analysis.body.first() {
        Some(Block::Table(table)) => table,
        other => panic!("no table: {other:?}"),
    }
}

/// What is found on pages.
pub(crate) fn analysed(pages: impl IntoIterator<Item = Sketch>, hints: Hints) -> Analysis {
    let mut analyzer = Analyzer::new(hints);
    let mut diagnostics = Diagnostics::new();
    for page in pages {
        analyzer.page(page.0, &mut diagnostics);
    }
    analyzer.finish(&mut diagnostics)
}

/// What is found on pages, a line each block; of tables a line each row, with the spans of merged cells.
pub(crate) fn told(pages: impl IntoIterator<Item = Sketch>) -> String {
    tell(&analysed(pages, Hints::default()))
}

/// An analysis as a short text.
pub(crate) fn tell(analysis: &Analysis) -> String {
    let mut text = String::new();
    let document = Document {
        body: analysis.body.clone(),
        ..Document::default()
    };
    for block in &document.body {
        match block {
            Block::Table(table) => {
                let pages = match &table.origin {
                    Some(tabulary_ir::Origin::Page { pages, .. }) if !pages.is_empty() => {
                        format!(" on pages {pages:?}")
                    }
                    _ => String::new(),
                };
                let caption = inline_text(&table.caption);
                text += &format!("table {}x{}{pages} {caption}", table.rows(), table.width());
                text = text.trim_end().to_owned() + "\n";
                for row in 0..table.rows() {
                    let cells = table.cells().iter().filter(|cell| cell.row == row);
                    let cells: Vec<String> = cells
                        .filter(|cell| !cell.is_blank())
                        .map(|cell| {
                            let spans = if cell.is_merged() {
                                format!(" ({}x{})", cell.row_span, cell.col_span)
                            } else {
                                String::new()
                            };
                            let nested = matches!(cell.content, Content::Blocks(_));
                            let mark = if nested { "*" } else { "" };
                            format!("{}:{mark}{}{spans}", cell.col, cell.plain_text())
                        })
                        .collect();
                    text += &format!("  {}\n", cells.join(" | "));
                }
            }
            Block::Heading(heading) => {
                text += &format!(
                    "heading {} {}\n",
                    heading.level,
                    inline_text(&heading.content)
                );
            }
            Block::List(list) => {
                for item in &list.items {
                    let label = item.label.as_deref().unwrap_or("•");
                    let blocks: Vec<String> = item.blocks.iter().map(block_text).collect();
                    text += &format!("item {label} {}\n", blocks.join(" / "));
                }
            }
            Block::Paragraph(paragraph) => {
                let role = paragraph.style.role.map_or("paragraph", |_| "title");
                text += &format!("{role} {}\n", shown(&paragraph.content));
            }
            other => text += &format!("{other:?}\n"),
        }
    }
    for (name, furniture) in [("header", &analysis.headers), ("footer", &analysis.footers)] {
        for furniture in furniture {
            for block in &furniture.blocks {
                text += &format!("{name} {}\n", block_text(block));
            }
        }
    }
    text
}

fn shown(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Link(link) => format!("[{}]({})", inline_text(&link.content), link.href),
            Inline::Text(run) if !run.marks.is_empty() => {
                let marks: Vec<String> = run.marks.iter().map(|mark| format!("{mark:?}")).collect();
                format!("{}<{}>", run.text, marks.join(","))
            }
            other => inline_text(std::slice::from_ref(other)),
        })
        .collect()
}
