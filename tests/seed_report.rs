//! The report that the project begins with, through every format.

mod support;

use support::{read_as, read_file, seed_report};
use tabulary::ir::{Block, Code, Document, Table, Value, inline_text};
use tabulary::{Options, formats, write_bytes};

fn report() -> Document {
    read_file(&seed_report()).value
}

/// The texts of a row, from the first column to the last; a merged cell stands on each of its squares.
fn row(table: &Table, row: u32) -> Vec<String> {
    let cell = |col| table.at(row, col).map(|cell| cell.plain_text().to_string());
    (0..table.width())
        .map(|col| cell(col).unwrap_or_default())
        .collect()
}

#[test]
fn the_header_block_becomes_metadata() {
    let meta = report().meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("2019年双牌县政务服务中心信息公开年报")
    );
    assert_eq!(meta.publisher.as_deref(), Some("双牌县政务服务中心"));
    assert_eq!(meta.issued.as_deref(), Some("2020-01-20"));
    assert_eq!(meta.language.as_deref(), Some("zh-CN"));
    let fields: Vec<_> = meta.fields.iter().collect();
    let wanted = [
        ("索引号", "4311230009/2020-00156"),
        ("分类", ""),
        ("发文机关", "双牌县政务服务中心"),
        ("发文日期", "2020-01-20 10:04"),
        ("名称", "2019年双牌县政务服务中心信息公开年报"),
        ("文号", ""),
    ];
    assert_eq!(fields, wanted);
}

#[test]
fn six_sections_and_three_tables_are_found() {
    let report = report();
    let headings = report.body.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some((heading.level, inline_text(&heading.content))),
        _ => None,
    });
    let wanted = [
        (1, "一 、总体情况"),
        (1, "二、主动公开政府信息情况"),
        (1, "三、收到和处理政府信息公开申请情况"),
        (1, "四、政府信息公开行政复议、行政诉讼情况"),
        (1, "五、存在的主要问题及改进情况"),
        (1, "六、其他需要报告的事项"),
    ];
    assert_eq!(
        headings.collect::<Vec<_>>(),
        wanted.map(|(level, text)| (level, text.to_owned()))
    );
    let sizes: Vec<_> = report
        .tables()
        .iter()
        .map(|table| (table.rows(), table.width()))
        .collect();
    assert_eq!(sizes, [(18, 5), (26, 10), (4, 15)]);
}

#[test]
fn spans_that_the_text_lost_are_told_from_what_it_has() {
    let outcome = read_file(&seed_report());
    assert!(
        outcome
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code == Code::SpanGuessed)
    );
    let tables = outcome.value.tables();
    let requests = tables[1];
    let whole = |row, col| {
        requests
            .at(row, col)
            .map(|cell| (cell.row, cell.col, cell.row_span, cell.col_span))
    };
    assert_eq!(whole(2, 2), Some((0, 0, 3, 3)), "the corner of the header");
    assert_eq!(whole(0, 9), Some((0, 3, 1, 7)), "the people who ask");
    assert_eq!(whole(2, 3), Some((1, 3, 2, 1)), "natural persons");
    assert_eq!(whole(24, 0), Some((5, 0, 20, 1)), "the results of the year");
    assert_eq!(whole(14, 1), Some((7, 1, 8, 1)), "what was not disclosed");
    assert_eq!(whole(25, 1), Some((25, 0, 1, 3)), "what is carried over");
    assert_eq!(
        row(requests, 7)[..4],
        ["三、本年度办理结果", "(三)不予公开", "1.属于国家秘密", "0"]
    );
    let appeals = tables[2];
    assert_eq!(row(appeals, 0)[4..6], ["行政复议", "行政诉讼"]);
    assert_eq!(appeals.header_rows, 3);
}

#[test]
fn every_number_stands_in_its_column() {
    let report = report();
    let tables = report.tables();
    let numbers = |table: &Table, columns: std::ops::Range<u32>| {
        let cells = table
            .cells()
            .iter()
            .filter(|cell| columns.contains(&cell.col));
        cells
            .filter(|cell| matches!(cell.value, Some(Value::Number(_))))
            .count()
    };
    assert_eq!(numbers(tables[0], 0..5), 22);
    assert_eq!(numbers(tables[1], 3..10), 161);
    assert_eq!(numbers(tables[1], 0..3), 0);
    assert_eq!(numbers(tables[2], 0..15), 15);
}

#[test]
fn it_survives_every_format_that_holds_tables() {
    let report = report();
    let texts = |document: &Document| {
        let mut all = Vec::new();
        document.for_each_block(|block| match block {
            Block::Heading(heading) => all.push(format!(
                "{} {}",
                heading.level,
                inline_text(&heading.content)
            )),
            Block::Paragraph(paragraph) => all.push(inline_text(&paragraph.content)),
            _ => {}
        });
        all
    };
    for id in ["json", "xlsx", "docx", "html", "md"] {
        assert!(formats().iter().any(|row| row.format.id == id));
        let written =
            write_bytes(&report, id, &Options::default().write).expect("the report can be written");
        let mut again = read_as(&written.value, id).value;
        let mut wanted = report.clone();
        again.strip_origins();
        wanted.strip_origins();
        assert_eq!(again.meta, wanted.meta, "{id}");
        assert_eq!(texts(&again), texts(&wanted), "{id}");
        let (found, given) = (again.tables(), wanted.tables());
        assert_eq!(found.len(), given.len(), "{id}");
        for (found, given) in found.iter().zip(given) {
            assert_eq!(
                (found.rows(), found.width(), found.header_rows),
                (given.rows(), given.width(), given.header_rows),
                "{id}"
            );
            assert_eq!(found.cells(), given.cells(), "{id}");
        }
    }
}
