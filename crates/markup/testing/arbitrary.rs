//! Documents out of a number, for round trips: every kind of block and inline, nested, with texts that
//! are hard to write. Included by the tests of the writers.

use tabulary_ir::{
    Align, Anchor, Block, Cell, CellStyle, CodeBlock, Column, Control, ControlKind, Decimal,
    Diagnostics, Document, Field, Figure, Furniture, Heading, Image, Inline, InlineMath, Link,
    List, ListItem, Mark, Marks, Math, Metadata, Note, NoteKind, NoteRef, NumberFormat, PageBreak,
    PageSetup, Paragraph, ParagraphRole, ParagraphStyle, Points, Quote, Rgb, Rule, Section,
    SectionKind, TableBuilder, Value, VerticalAlign, push_text,
};

const TEXTS: &[&str] = &[
    "plain",
    "  two  ",
    "a|b",
    "*x*",
    "_y_",
    "`z`",
    "<b>",
    "&amp;",
    "\\",
    "[l](h)",
    "# h",
    "1. i",
    "- i",
    "> q",
    "+",
    "=",
    "7",
    "-1",
    "0.50",
    "007",
    "一、甲",
    "（一）",
    "全角　空",
    "tab\tt",
    "l\nl",
    " ",
    "!",
    "![",
    "~~s~~",
    "$5 $6",
    "a\u{a0}b",
    "\u{3000}\u{3000}缩进",
    "“引”",
    "http://a.b/c",
    "---",
    "***",
    "[ ] x",
    "a_b_c",
    "\"",
    "'",
    ":",
    ": a",
    "x#",
    "&#65;",
    "\n",
    "\t",
    "end ",
    "。）",
    "🙂",
];

/// What a format can hold; the rest is not made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Can {
    /// Labels and styles of paragraphs, MathML, kinds of notes, headers, page.
    pub(crate) all: bool,
}

/// A small generator (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound.max(1)
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }

    fn text(&mut self) -> String {
        let count = self.below(3) + 1;
        (0..count).map(|_| *self.pick(TEXTS)).collect()
    }

    fn word(&mut self) -> String {
        self.text().replace(['\n', '\t'], "").trim().to_owned()
    }

    fn marks(&mut self) -> Marks {
        if self.one_in(3) {
            let count = self.below(3);
            (0..count).map(|_| *self.pick(&Mark::ALL)).collect()
        } else {
            Marks::NONE
        }
    }
}

struct Making<'r> {
    random: &'r mut Random,
    can: Can,
    document: Document,
}

/// The document of a number.
pub(crate) fn document(seed: u64, can: Can) -> Document {
    let random = &mut Random::new(seed);
    let mut making = Making {
        random,
        can,
        document: Document::default(),
    };
    let body = making.blocks(3);
    making.document.body = body;
    making.metadata();
    making.document
}

impl Making<'_> {
    fn metadata(&mut self) {
        if self.random.one_in(2) {
            return;
        }
        let mut meta = Metadata {
            title: Some(self.random.text().trim().to_owned()).filter(|t| !t.is_empty()),
            language: Some("zh-CN".to_owned()),
            ..Metadata::default()
        };
        meta.creators = vec![self.random.word()];
        meta.subjects = vec![self.random.word(), self.random.word()];
        meta.fields.set("索引号", self.random.text());
        meta.fields.set("分类", "");
        self.document.meta = meta;
        if self.can.all {
            let points = Points::new(100.5);
            self.document.page = Some(PageSetup {
                columns: None,
                height: points,
                margins: [points; 4],
                width: points,
            });
            let blocks = vec![Block::paragraph("running")];
            self.document.headers.push(Furniture {
                blocks,
                ..Furniture::default()
            });
        }
    }

    fn blocks(&mut self, depth: u32) -> Vec<Block> {
        let count = self.random.below(4);
        (0..count).map(|_| self.block(depth)).collect()
    }

    fn style(&mut self) -> ParagraphStyle {
        if !self.can.all || !self.random.one_in(4) {
            return ParagraphStyle::default();
        }
        let align = self.align();
        ParagraphStyle {
            align,
            first_line: self.random.one_in(2).then(|| Points::new(24.0)),
            indent: self.random.one_in(2).then(|| Points::new(-7.5)),
            role: self.random.one_in(4).then_some(ParagraphRole::Title),
            rtl: align == Some(Align::Right),
        }
    }

    fn align(&mut self) -> Option<Align> {
        let all = [Align::Left, Align::Center, Align::Right, Align::Justify];
        self.random.one_in(2).then(|| *self.random.pick(&all))
    }

    fn label(&mut self) -> Option<String> {
        let labels = ["1.", "（一）", "一、", "•"];
        (self.can.all && self.random.one_in(4)).then(|| (*self.random.pick(&labels)).to_owned())
    }

    fn block(&mut self, depth: u32) -> Block {
        let kinds = if depth == 0 { 8 } else { 13 };
        match self.random.below(kinds) {
            0 => Block::Heading(Heading {
                content: self.line(),
                label: self.label(),
                level: self.random.below(9) as u8 + 1,
                style: self.style(),
                ..Heading::default()
            }),
            1..=3 => Block::Paragraph(Paragraph {
                content: self.line(),
                label: self.label(),
                style: self.style(),
                ..Paragraph::default()
            }),
            4 => Block::Code(CodeBlock {
                language: self.random.one_in(2).then(|| "rust".to_owned()),
                text: "if a < b:\n\n  ```x``` & \t|".to_owned(),
                ..CodeBlock::default()
            }),
            5 => Block::Rule(Rule::default()),
            6 => Block::PageBreak(PageBreak {
                column: depth == 1,
                ..PageBreak::default()
            }),
            7 => self.math_or_figure(),
            8 => Block::Quote(Quote {
                blocks: self.blocks(depth - 1),
                ..Quote::default()
            }),
            9 => Block::List(self.list(depth - 1)),
            10 => Block::Section(Section {
                body: self.blocks(depth - 1),
                hidden: self.random.one_in(3),
                kind: *self.random.pick(&[
                    SectionKind::Sheet,
                    SectionKind::Page,
                    SectionKind::Part,
                ]),
                name: self.random.text(),
                ..Section::default()
            }),
            _ => self.table(depth - 1),
        }
    }

    fn math_or_figure(&mut self) -> Block {
        if self.random.one_in(2) {
            return Block::Math(Math {
                text: "\\frac{a}{b} < c".to_owned(),
                mathml: self.mathml(),
                ..Math::default()
            });
        }
        Block::Figure(Figure {
            caption: self.line(),
            content: vec![self.image()],
            ..Figure::default()
        })
    }

    fn mathml(&mut self) -> Option<String> {
        let given = self.can.all && self.random.one_in(2);
        given.then(|| "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>".to_owned())
    }

    fn image(&mut self) -> Inline {
        let data = self.random.text().into_bytes();
        let name = self.random.one_in(2).then(|| "图.png".to_owned());
        let resources = &mut self.document.resources;
        let known = resources.get(&tabulary_ir::ResourceId::of(&data)).is_some();
        let id = resources.add(data, "image/png", if known { None } else { name });
        Inline::Image(Image {
            alt: self.random.word(),
            resource: Some(id),
            size: self
                .random
                .one_in(2)
                .then(|| [Points::new(72.0), Points::new(36.5)]),
            ..Image::default()
        })
    }

    fn list(&mut self, depth: u32) -> List {
        let ordered = self.random.one_in(2);
        let count = self.random.below(3) + 1;
        let style = self.random.below(5);
        let items = (0..count).map(|index| ListItem {
            blocks: self.blocks(depth),
            label: match (ordered, style) {
                (true, 0) => Some(format!("{}.", index + 3)),
                (true, 1) => Some(format!("（{}）", index + 1)),
                (true, 2) => Some(["i.", "ii.", "iii."][index as usize].to_owned()),
                (true, 3) => None,
                (true, _) => Some(format!("{}.", index * index + 1)),
                (false, 0) => Some("◆".to_owned()),
                _ => None,
            },
        });
        List {
            items: items.collect(),
            ordered,
            origin: None,
        }
    }

    fn table(&mut self, depth: u32) -> Block {
        let (rows, width) = (
            self.random.below(4) as u32 + 1,
            self.random.below(4) as u32 + 1,
        );
        let mut columns = vec![Column::default(); width as usize];
        if self.random.one_in(4) {
            columns[0].width = Some(Points::new(33.25));
            columns[width as usize - 1].hidden = true;
        }
        let headers = (self.random.below(3) as u32, self.random.below(2) as u32);
        let simple = self.random.one_in(2);
        let mut builder = TableBuilder::new()
            .size(rows, width)
            .columns(columns)
            .headers(
                if simple { 1 } else { headers.0 },
                if simple { 0 } else { headers.1 },
            )
            .rtl(rows > width)
            .caption(if self.random.one_in(4) {
                self.line()
            } else {
                Vec::new()
            });
        for row in 0..rows {
            for col in 0..width {
                if self.random.one_in(5) {
                    continue;
                }
                let mut cell = self.cell(depth, simple).at(row, col);
                if !simple && self.random.one_in(5) {
                    let down = self.random.below(u64::from(rows - row)) as u32 + 1;
                    let right = self.random.below(u64::from(width - col)) as u32 + 1;
                    cell = cell.spanning(down, right);
                }
                builder.place(cell);
            }
        }
        Block::Table(Box::new(builder.finish(&mut Diagnostics::new())))
    }

    fn cell(&mut self, depth: u32, simple: bool) -> Cell {
        let mut cell = if !simple && depth > 0 && self.random.one_in(4) {
            Cell::blocks(self.blocks(depth - 1))
        } else if self.random.one_in(4) {
            Cell::blocks(vec![Block::Paragraph(Paragraph {
                content: self.line(),
                ..Paragraph::default()
            })])
        } else {
            Cell::text(self.random.text())
        };
        if simple {
            return cell;
        }
        if self.random.one_in(4) {
            let number: Decimal = "0.075".parse().expect("a number");
            let values = [
                Value::Number(number),
                Value::Bool(true),
                Value::Date("2020-01-20".parse().expect("a date")),
                Value::DateTime("2020-01-20T08:30:00".parse().expect("a moment")),
                Value::Time("08:30:00".parse().expect("a time")),
                Value::Duration("PT36H5M".parse().expect("a duration")),
            ];
            cell.value = Some(self.random.pick(&values).clone());
            cell.format = Some(NumberFormat::new("0.0%;\"<&>\""));
            cell.formula = self.random.one_in(2).then(|| "SUM(A1:B2)&\"x\"".into());
        }
        if self.random.one_in(4) {
            let style = CellStyle {
                align: self.align(),
                fill: self.random.one_in(2).then_some(Rgb([1, 200, 30])),
                vertical_align: self.random.one_in(2).then_some(VerticalAlign::Middle),
                vertical_text: self.random.one_in(3),
                marks: self.random.marks(),
                ..CellStyle::default()
            };
            cell.restyle(|old| {
                let marks = old.marks.union(style.marks);
                *old = CellStyle { marks, ..style };
            });
        }
        cell
    }

    fn line(&mut self) -> Vec<Inline> {
        self.inlines(2)
    }

    fn inlines(&mut self, depth: u32) -> Vec<Inline> {
        let count = self.random.below(4);
        let mut content = Vec::new();
        for _ in 0..count {
            match self.random.below(if depth > 0 { 16 } else { 9 }) {
                0..=8 => {
                    let (text, marks) = (self.random.text(), self.random.marks());
                    push_text(&mut content, &text, marks);
                }
                9 => content.push(Inline::Link(Link {
                    content: {
                        let mut inner = Vec::new();
                        let (text, marks) = (self.random.text(), self.random.marks());
                        push_text(&mut inner, &text, marks);
                        inner
                    },
                    href: "https://例子.cn/?a=1&b=(2)".to_owned(),
                })),
                10 => {
                    let image = self.image();
                    content.push(image);
                }
                11 => {
                    let note = self.note();
                    content.push(Inline::NoteRef(NoteRef { note }));
                }
                12 => content.push(Inline::Math(InlineMath {
                    mathml: self.mathml(),
                    text: "x_1^2".to_owned(),
                })),
                13 => content.push(Inline::Anchor(Anchor {
                    name: "_Toc1".to_owned(),
                })),
                14 => content.push(Inline::Field(Field {
                    content: Vec::new(),
                    control: Some(Box::new(Control {
                        checked: self.random.below(2) > 0,
                        kind: ControlKind::Checkbox,
                        tag: Some("agree & sign".to_owned()),
                        ..Control::default()
                    })),
                    instruction: String::new(),
                })),
                _ => content.push(Inline::Field(Field {
                    control: None,
                    content: {
                        let mut inner = Vec::new();
                        push_text(&mut inner, &self.random.word(), Marks::NONE);
                        inner
                    },
                    instruction: "REF \"x\"".to_owned(),
                })),
            }
        }
        content
    }

    fn note(&mut self) -> String {
        let id = format!("n{}", self.document.notes.len() + 1);
        let kind = if self.can.all {
            *self
                .random
                .pick(&[NoteKind::Footnote, NoteKind::Endnote, NoteKind::Comment])
        } else {
            NoteKind::Footnote
        };
        let text = self.random.word();
        self.document.notes.push(Note {
            blocks: vec![Block::paragraph(if text.is_empty() {
                "note"
            } else {
                &text
            })],
            id: id.clone(),
            kind,
            label: (self.can.all && self.random.one_in(2)).then(|| "*".to_owned()),
        });
        id
    }
}
