//! The laws of the model, for any document.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tabulary_ir::civil::{Date, SignedDuration, Time};
use tabulary_ir::{
    Align, Block, Borders, Cell, CellError, CellStyle, CodeBlock, Column, Condition, Decimal,
    DefinedName, Diagnostics, Document, Entry, EntryCheck, EntryKind, Figure, Found, FoundBy,
    Furniture, FurnitureKind, Heading, Image, Inline, InlineMath, Link, List, ListItem, Mark,
    Marks, Metadata, Note, NoteKind, NoteRef, NumberFormat, Origin, PageSetup, Paragraph,
    ParagraphStyle, Points, Quote, ReadOptions, Resources, Rgb, RowSetting, Rule, Section,
    SectionKind, SheetSettings, Slot, Stroke, Sureness, Table, TableBuilder, TextColumns,
    Validation, Value, json, push_text,
};

fn text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[ -~]{0,12}",
        3 => "[一-龥（）、。“”０-９]{1,8}",
        1 => any::<String>().prop_map(|text| text.chars().take(8).collect()),
        1 => Just("\u{0}\u{1}\u{b}\"\\/\u{7f}\u{2028}\u{1F600}".to_owned()),
    ]
    .boxed()
}

fn marks() -> BoxedStrategy<Marks> {
    vec(prop::sample::select(Mark::ALL.to_vec()), 0..3)
        .prop_map(|marks| marks.into_iter().collect())
        .boxed()
}

fn points() -> impl Strategy<Value = Points> {
    (-500_000_i64..2_000_000).prop_map(Points::from_thousandths)
}

fn origin() -> BoxedStrategy<Option<Origin>> {
    option::of(prop_oneof![
        (text(), text()).prop_map(|(sheet, range)| Origin::cells(sheet, range)),
        (
            option::of([points(), points(), points(), points()]),
            option::of(
                (0..=100_u32, any::<bool>()).prop_map(|(share, is_ruled)| Found {
                    by: if is_ruled {
                        FoundBy::Lines
                    } else {
                        FoundBy::LinesAndText
                    },
                    sure: Sureness::new(f64::from(share) / 100.0),
                })
            ),
            1..99_u32,
            vec(1..99_u32, 0..3)
        )
            .prop_map(|(bbox, found, page, pages)| Origin::Page {
                bbox,
                found,
                page,
                pages
            }),
        (text(), text()).prop_map(|(part, path)| Origin::part(part, path)),
        (option::of(1..99_u32), 1..9999_u32)
            .prop_map(|(column, line)| Origin::Line { column, line }),
        text().prop_map(|pointer| Origin::Pointer { pointer }),
    ])
    .boxed()
}

fn line() -> BoxedStrategy<Vec<Inline>> {
    let leaf = prop_oneof![
        6 => (text(), marks()).prop_map(|(text, marks)| vec![Inline::text(text, marks)]),
        1 => (text(), text()).prop_map(|(href, text)| {
            let mut content = Vec::new();
            push_text(&mut content, &text, Marks::NONE);
            vec![Inline::Link(Link { content, href })]
        }),
        1 => (text(), option::of([points(), points()])).prop_map(|(alt, size)| vec![Inline::Image(Image { alt, size, ..Image::default() })]),
        1 => text().prop_map(|note| vec![Inline::NoteRef(NoteRef { note })]),
        1 => (text(), option::of(text())).prop_map(|(text, mathml)| vec![Inline::Math(InlineMath { mathml, text })]),
        1 => Just(vec![Inline::Tab, Inline::LineBreak]),
    ];
    vec(leaf, 0..4)
        .prop_map(|pieces| {
            // Runs are joined as every reader joins them.
            let mut content = Vec::new();
            for inline in pieces.into_iter().flatten() {
                match inline {
                    Inline::Text(run) => push_text(&mut content, &run.text, run.marks),
                    other => content.push(other),
                }
            }
            content
        })
        .boxed()
}

fn value() -> BoxedStrategy<Value> {
    let decimal = "-?[0-9]{1,20}(\\.[0-9]{1,10})?"
        .prop_map(|text| text.parse::<Decimal>().expect("a number"));
    let date = (1..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::constant(y, m, d));
    let time = (0..24_i8, 0..60_i8, 0..60_i8).prop_map(|(h, m, s)| Time::constant(h, m, s, 0));
    prop_oneof![
        decimal.prop_map(Value::Number),
        any::<bool>().prop_map(Value::Bool),
        date.clone().prop_map(Value::Date),
        time.clone().prop_map(Value::Time),
        (date, time).prop_map(|(date, time)| Value::DateTime(date.to_datetime(time))),
        (-1_000_000_i64..1_000_000)
            .prop_map(|seconds| Value::Duration(SignedDuration::from_secs(seconds))),
        "#[A-Z]{1,4}[!?/]".prop_map(|text| Value::Error(CellError(text.into()))),
    ]
    .boxed()
}

fn borders() -> BoxedStrategy<Borders> {
    let stroke = || option::of(prop_oneof![Just(Stroke::Thin), Just(Stroke::Double)]);
    (stroke(), stroke(), stroke(), stroke())
        .prop_map(|(bottom, left, right, top)| Borders {
            bottom,
            left,
            right,
            top,
        })
        .boxed()
}

fn cell_style() -> BoxedStrategy<CellStyle> {
    (
        option::of(Just(Align::Center)),
        option::of(any::<[u8; 3]>()),
        marks(),
        any::<bool>(),
        option::of(borders()),
        (-90..=90_i8, 0..15_u8, option::of(points())),
    )
        .prop_map(
            |(align, fill, marks, flag, borders, (rotation, indent, font_size))| CellStyle {
                align,
                borders,
                fill: fill.map(Rgb),
                font_size,
                indent,
                marks,
                rotation,
                vertical_align: None,
                vertical_text: flag,
                wrap: flag,
            },
        )
        .boxed()
}

fn cell(block: BoxedStrategy<Block>) -> BoxedStrategy<Cell> {
    let content = prop_oneof![
        4 => text().prop_map(Cell::text),
        1 => vec(block, 0..3).prop_map(Cell::blocks),
    ];
    let span = prop_oneof![5 => Just(1_u32), 3 => 1..4_u32, 1 => 4..40_u32];
    (
        content,
        0..6_u32,
        0..6_u32,
        span.clone(),
        span,
        option::of(value()),
        option::of(text()),
        cell_style(),
        origin(),
    )
        .prop_map(
            |(mut cell, row, col, rows, columns, value, formula, style, origin)| {
                cell.value = value;
                cell.format = formula.as_deref().map(NumberFormat::new);
                cell.computed = formula.is_some() && row % 2 == 0;
                cell.formula = formula.map(Into::into);
                cell.style = (style != CellStyle::default()).then(|| Arc::new(style));
                cell.origin = origin.map(Box::new);
                cell.at(row, col).spanning(rows, columns)
            },
        )
        .boxed()
}

fn row_setting() -> BoxedStrategy<RowSetting> {
    (any::<bool>(), option::of(points()), 0..6_u32)
        .prop_map(|(hidden, height, row)| RowSetting {
            height,
            hidden,
            row,
        })
        .boxed()
}

fn sheet_settings() -> BoxedStrategy<SheetSettings> {
    (0..3_u32, vec(text(), 0..2), option::of(text()))
        .prop_map(|(frozen_rows, texts, title_rows)| SheetSettings {
            entry: (frozen_rows == 1).then(|| {
                Box::new(Entry {
                    checks: vec![EntryCheck {
                        choices: texts.clone(),
                        kind: EntryKind::Choice,
                        least: Some(frozen_rows.into()),
                        ..EntryCheck::default()
                    }],
                    conditions: vec![Condition {
                        fill: Rgb([1, 2, 3]),
                        formula: "A1>0".into(),
                        ranges: texts.clone(),
                    }],
                    unlocked: texts.clone(),
                })
            }),
            frozen_rows,
            print_areas: texts.clone(),
            title_rows,
            validations: vec![Validation {
                formula: None,
                ranges: texts.clone(),
                values: texts,
            }],
            ..SheetSettings::default()
        })
        .boxed()
}

fn table(block: BoxedStrategy<Block>) -> BoxedStrategy<Table> {
    let columns = vec(
        (any::<bool>(), option::of(points())).prop_map(|(hidden, width)| Column { hidden, width }),
        0..5,
    );
    (
        vec(cell(block), 0..12),
        0..6_u32,
        columns,
        0..3_u32,
        line(),
        origin(),
        (option::of(text()), vec(row_setting(), 0..3), any::<bool>()),
    )
        .prop_map(
            |(cells, rows, columns, header_rows, caption, origin, (name, settings, rtl))| {
                let mut builder = TableBuilder::new()
                    .size(rows, 1)
                    .columns(columns)
                    .headers(header_rows, 0)
                    .caption(caption)
                    .name(name)
                    .row_settings(settings)
                    .rtl(rtl)
                    .origin(origin);
                cells.into_iter().for_each(|cell| builder.place(cell));
                builder.finish(&mut Diagnostics::new())
            },
        )
        .boxed()
}

fn style() -> BoxedStrategy<ParagraphStyle> {
    (
        option::of(Just(Align::Right)),
        option::of(points()),
        option::of(points()),
        any::<bool>(),
    )
        .prop_map(|(align, first_line, indent, rtl)| ParagraphStyle {
            align,
            first_line,
            indent,
            role: None,
            rtl,
        })
        .boxed()
}

fn block() -> BoxedStrategy<Block> {
    let leaf = prop_oneof![
        (line(), option::of(text()), origin(), style()).prop_map(
            |(content, label, origin, style)| Block::Paragraph(Paragraph {
                content,
                label,
                origin,
                style
            })
        ),
        (line(), option::of(text()), 1..=9_u8, origin(), style()).prop_map(
            |(content, label, level, origin, style)| Block::Heading(Heading {
                content,
                label,
                level,
                origin,
                style
            })
        ),
        (option::of(text()), text()).prop_map(|(language, text)| Block::Code(CodeBlock {
            language,
            origin: None,
            text
        })),
        (line(), line()).prop_map(|(caption, content)| Block::Figure(Figure {
            caption,
            content,
            data: None,
            origin: None
        })),
        origin().prop_map(|origin| Block::Rule(Rule { origin })),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            3 => table(inner.clone()).prop_map(|table| Block::Table(Box::new(table))),
            1 => vec(inner.clone(), 0..3).prop_map(|blocks| Block::Quote(Quote { blocks, origin: None })),
            1 => (vec((vec(inner.clone(), 0..3), option::of(text())), 0..3), any::<bool>()).prop_map(|(items, ordered)| {
                let items = items.into_iter().map(|(blocks, label)| ListItem { blocks, label });
                Block::List(List { items: items.collect(), ordered, origin: None })
            }),
            1 => (vec(inner, 0..3), text(), any::<bool>(), option::of(sheet_settings())).prop_map(|(body, name, hidden, sheet)| {
                let kind = SectionKind::Sheet;
                let furniture = Furniture { blocks: vec![Block::paragraph(&name)], kind: FurnitureKind::First, hidden };
                let headers = if hidden { vec![furniture] } else { Vec::new() };
                let footers = headers.iter().chain(&headers).cloned().collect();
                let continuous = !hidden;
                Block::Section(Section { body, continuous, footers, headers, hidden, kind, name, sheet: sheet.map(Box::new), ..Section::default() })
            }),
        ]
    }).boxed()
}

fn metadata() -> BoxedStrategy<Metadata> {
    (
        vec((text(), text()), 0..4),
        option::of(text()),
        vec(text(), 0..2),
    )
        .prop_map(|(fields, title, creators)| Metadata {
            fields: fields.into_iter().collect(),
            title,
            creators,
            ..Metadata::default()
        })
        .boxed()
}

fn document() -> BoxedStrategy<Document> {
    let note = (vec(block(), 0..2), text()).prop_map(|(blocks, id)| Note {
        blocks,
        id,
        kind: NoteKind::Endnote,
        label: None,
    });
    let columns = (2_u8.., points(), any::<bool>());
    let columns = columns.prop_map(|(count, gap, ruled)| TextColumns { count, gap, ruled });
    let margins = [points(), points(), points(), points()];
    let page = (points(), points(), margins, option::of(columns)).prop_map(
        |(width, height, margins, columns)| PageSetup {
            columns,
            height,
            margins,
            width,
        },
    );
    let furniture = vec(block(), 0..2).prop_map(|blocks| Furniture {
        hidden: blocks.len() == 1,
        blocks,
        kind: FurnitureKind::First,
    });
    (
        vec(block(), 0..5),
        metadata(),
        vec(note, 0..2),
        option::of(page),
        vec(furniture, 0..2),
        vec(any::<u8>(), 0..9),
        vec((text(), text(), option::of(text())), 0..2),
    )
        .prop_map(|(body, meta, notes, page, headers, bytes, names)| {
            let name = |(name, refers_to, sheet)| DefinedName {
                name,
                refers_to,
                sheet,
            };
            let mut resources = Resources::default();
            resources.add(bytes, "image/png", None);
            Document {
                body,
                meta,
                names: names.into_iter().map(name).collect(),
                notes,
                page,
                headers,
                resources,
                ..Document::default()
            }
        })
        .boxed()
}

static SCHEMA: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&json::schema()).expect("the schema is a schema"));

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_document_survives_its_json(document in document()) {
        let text = json::to_string(&document);
        let outcome = json::from_slice(text.as_bytes(), &ReadOptions::default()).expect("a document");
        prop_assert_eq!(&outcome.value, &document);
        prop_assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        prop_assert_eq!(json::to_string(&outcome.value), text);
    }

    #[test]
    fn the_json_is_canonical_and_valid(document in document()) {
        let text = json::to_string(&document);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let canonical = serde_json_canonicalizer::to_string(&value).expect("canonical JSON");
        prop_assert_eq!(&text, &canonical);
        let faults: Vec<_> = SCHEMA.iter_errors(&value).map(|fault| fault.to_string()).collect();
        prop_assert!(faults.is_empty(), "{:?}", faults);
    }

    #[test]
    fn a_document_without_origins_says_the_same(mut document in document()) {
        let before: Vec<_> = document.body.iter().map(tabulary_ir::block_text).collect();
        document.strip_origins();
        let after: Vec<_> = document.body.iter().map(tabulary_ir::block_text).collect();
        prop_assert_eq!(before, after);
        prop_assert!(!json::to_string(&document).contains("\"origin\":"));
    }

    #[test]
    fn cells_tile_their_grid(table in table(block())) {
        // Each square is covered by exactly one cell or is blank, and three ways to look agree.
        let mut owner: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
        for cell in table.cells() {
            prop_assert!(cell.row + cell.row_span <= table.rows() && cell.col + cell.col_span <= table.width());
            for row in cell.row..cell.row + cell.row_span {
                for col in cell.col..cell.col + cell.col_span {
                    prop_assert!(owner.insert((row, col), (cell.row, cell.col)).is_none(), "two cells at {row},{col}");
                }
            }
        }
        for row in 0..table.rows() {
            for col in 0..table.width() {
                let found = table.at(row, col).map(|cell| (cell.row, cell.col));
                prop_assert_eq!(found, owner.get(&(row, col)).copied());
            }
        }
        for (row, slots) in (0..).zip(table.row_slots()) {
            let mut col = 0;
            for slot in slots {
                prop_assert_eq!(slot.col(), col);
                let expected = owner.get(&(row, col)).copied();
                match slot {
                    Slot::Anchor(cell) => prop_assert_eq!(expected, Some((row, cell.col))),
                    Slot::Covered(cell) => prop_assert_eq!(expected, Some((cell.row, cell.col))),
                    Slot::Blank(_) => prop_assert_eq!(expected, None),
                }
                col += slot.width();
            }
            prop_assert_eq!(col, table.width());
        }
        prop_assert_eq!(&table.clone().into_builder().finish(&mut Diagnostics::new()), &table);
    }

    #[test]
    fn rows_of_cells_tile_their_grid(rows in vec(vec((1..4_u32, 1..4_u32, text()), 0..5), 1..6)) {
        let mut builder = TableBuilder::new();
        let count = rows.len();
        for row in &rows {
            builder.row();
            for (row_span, col_span, text) in row {
                builder.push(Cell::text(text.as_str()).spanning(*row_span, *col_span));
            }
        }
        let table = builder.finish(&mut Diagnostics::new());
        prop_assert_eq!(table.rows() as usize, count);
        let written: usize = rows.iter().flatten().map(|(.., text)| text.len()).sum();
        let kept: usize = table.cells().iter().map(|cell| cell.plain_text().len()).sum();
        prop_assert_eq!(written, kept);
    }

    #[test]
    fn a_decimal_is_its_text(text in "-?[0-9]{0,30}\\.?[0-9]{0,30}(e-?[0-9]{1,2})?") {
        if let Ok(number) = text.parse::<Decimal>() {
            let again: Decimal = number.as_str().parse().expect("its own text");
            prop_assert_eq!(&again, &number);
            if let Ok(double) = text.parse::<f64>() {
                prop_assert_eq!(number.to_f64().to_bits(), (double + 0.0).to_bits());
            }
        }
    }

    #[test]
    fn any_bytes_end_in_a_document_or_an_error(bytes in vec(any::<u8>(), 0..200)) {
        let _ = json::from_slice(&bytes, &ReadOptions::default());
    }
}
