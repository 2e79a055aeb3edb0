//! Blank workbooks and documents, filled in as people do, and read again.

use std::collections::BTreeMap;

use tabulary_ir::{
    Area, Block, Cell, Content, Document, Inline, NoteKind, Origin, Value, push_text,
};
use tabulary_read_docx::DocxReader;
use tabulary_read_html::HtmlReader;
use tabulary_read_xlsx::XlsxReader;
use tabulary_write_docx::DocxWriter;
use tabulary_write_html::HtmlWriter;
use tabulary_write_xlsx::XlsxWriter;

use super::{annual, lines, numbered, read, write};
use crate::{
    Extraction, FieldValue, FindingKind, Form, Language, Report, annotate, blank, built_in, check,
    detect, extract, fill,
};

/// What is typed: numbers that hold all rules, 0 to 9 where they are free.
fn typed(form: &Form) -> Report {
    let mut report = Report::new(form);
    for (number, field) in (0_u32..).zip(form.fields()) {
        let digit = (number * 7 + 3) % 10;
        if field.kind.is_number() {
            report
                .fields
                .insert(field.id.clone(), FieldValue::Number(digit.into()));
        }
    }
    report.set(form, "year", "2022");
    report.set(form, "org", "某市某局");
    report.set(form, "s1", "第一段。\n第二段。");
    for c in ["nat", "biz", "sci", "pub", "law", "oth"] {
        let of = |row: &str| -> i64 {
            let value = report.fields[&format!("t3.{row}.{c}")].clone();
            value
                .number()
                .and_then(|number| number.as_str().parse().ok())
                .expect("a digit")
        };
        let results: i64 = form
            .fields()
            .iter()
            .filter_map(|field| {
                let row = field
                    .id
                    .strip_prefix("t3.")?
                    .strip_suffix(&format!(".{c}"))?;
                let is_sum = ["new", "carried_in", "total", "carried_out"].contains(&row);
                (!is_sum).then(|| of(row))
            })
            .sum();
        let new = results + of("carried_out") - of("carried_in");
        report.set(form, &format!("t3.new.{c}"), &new.to_string());
        report.set(form, &format!("t3.total.{c}"), &results.to_string());
    }
    // What the formulas of a workbook come to.
    let sums = form
        .fields()
        .iter()
        .filter(|field| field.id.ends_with(".sum"));
    for field in sums {
        let group = field.id.strip_suffix("sum").expect("a sum");
        let sum: i64 = report
            .fields
            .iter()
            .filter(|(id, _)| id.starts_with(group) && *id != &field.id)
            .filter_map(|(_, value)| value.number()?.as_str().parse::<i64>().ok())
            .sum();
        report.set(form, &field.id, &sum.to_string());
    }
    for d in ["reg", "norm"] {
        report.set(form, &format!("t2.{d}.issued"), "0");
    }
    report
}

/// Types a report into a blank workbook: into the cells that are not locked.
fn type_in(document: &mut Document, report: &Report) {
    let places: BTreeMap<String, String> = document
        .names
        .iter()
        .map(|name| (name.refers_to.replace(['\'', '$'], ""), name.name.clone()))
        .collect();
    let mut values: BTreeMap<String, FieldValue> = report
        .fields
        .iter()
        .map(|(id, value)| (crate::extract::defined_name(id), value.clone()))
        .collect();
    for (id, blocks) in &report.prose {
        let text = tabulary_ir::blocks_text(blocks);
        values.insert(crate::extract::defined_name(id), FieldValue::Text(text));
    }
    for block in &mut document.body {
        let Block::Section(section) = block else {
            continue;
        };
        let name = section.name.clone();
        for block in &mut section.body {
            let Block::Table(table) = block else { continue };
            let Some(Origin::Cells { range, .. }) = table.origin.clone() else {
                continue;
            };
            let corner = Area::parse(&range).expect("a range");
            **table = crate::fill::rebuild(table, |cell| {
                let place = Area::new(
                    corner.row + cell.row,
                    corner.col + cell.col,
                    corner.row + cell.row,
                    corner.col + cell.col,
                );
                let value = places
                    .get(&format!("{name}!{place}"))
                    .and_then(|name| values.get(name));
                match value {
                    Some(value) => Cell {
                        value: value.number().cloned().map(Value::Number),
                        content: Content::Text(value.shown().into()),
                        ..cell.clone()
                    },
                    _ => cell.clone(),
                }
            });
        }
    }
}

fn submit(form: &Form, report: &Report) -> Extraction {
    let mut document = blank(form, true);
    type_in(&mut document, report);
    let bytes = write(&XlsxWriter, &document);
    let outcome = read(&XlsxReader, &bytes);
    assert!(detect(&built_in(), &outcome.value)[0].named);
    extract(form, &outcome.value, &outcome.diagnostics)
}

#[test]
fn a_workbook_that_was_filled_in_is_read_by_names() {
    let form = annual("2021");
    let report = typed(form);
    let found = submit(form, &report);
    assert_eq!(lines(&found), Vec::<String>::new());
    let result = check(form, &found.report, None);
    assert_eq!(
        (result.holds, result.findings.len(), result.undecided.len()),
        (44, 0, 0)
    );
    for (id, value) in &report.fields {
        assert_eq!(found.report.fields.get(id), Some(value), "{id}");
        assert_eq!(found.report.places[id].sure, 100, "{id}");
    }
    assert_eq!(found.report.prose["s1"].len(), 2);
}

#[test]
fn a_wrong_cell_is_found_where_it_stands() {
    let form = annual("2021");
    let mut report = typed(form);
    report.set(form, "t2.norm.issued", "999");
    report.set(form, "t4.direct.other", "abc");
    let found = submit(form, &report);
    let result = check(form, &found.report, None);
    let told: Vec<_> = result
        .findings
        .iter()
        .map(|finding| {
            let place = finding.place().map(ToString::to_string);
            (
                finding.kind,
                finding.rule.clone(),
                place.unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                FindingKind::Value,
                None,
                "四、政府信息公开行政复议、行政诉讼情况!H6".to_owned()
            ),
            (
                FindingKind::Rule,
                Some("T2.stock.norm".to_owned()),
                "二、主动公开政府信息情况!D6".to_owned()
            ),
        ]
    );
}

#[test]
fn every_blank_form_reads_as_blank() {
    for form in built_in() {
        let bytes = write(&XlsxWriter, &blank(form, true));
        let outcome = read(&XlsxReader, &bytes);
        let found = extract(form, &outcome.value, &outcome.diagnostics);
        assert_eq!(lines(&found), Vec::<String>::new());
        let filled = found
            .report
            .fields
            .values()
            .filter(|value| **value != FieldValue::Blank);
        assert_eq!(filled.count(), 0, "{}", form.id());
        assert_eq!(check(form, &found.report, None).violated, 0);
        let bytes = write(&DocxWriter, &blank(form, false));
        let outcome = read(&DocxReader, &bytes);
        let found = extract(form, &outcome.value, &outcome.diagnostics);
        let filled = found
            .report
            .fields
            .values()
            .filter(|value| **value != FieldValue::Blank);
        assert_eq!(filled.count(), 0, "{}", form.id());
    }
}

#[test]
fn controls_of_a_document_are_read_by_their_tags() {
    fn answer(blocks: &mut [Block], report: &Report) {
        let fill_line = |content: &mut Vec<Inline>| {
            for inline in content {
                let Inline::Field(field) = inline else {
                    continue;
                };
                let tag = field
                    .control
                    .as_ref()
                    .and_then(|control| control.tag.clone());
                let value = tag.and_then(|tag| report.fields.get(&tag));
                if let Some(value) = value {
                    push_text(&mut field.content, value.shown(), tabulary_ir::Marks::NONE);
                }
            }
        };
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => fill_line(&mut paragraph.content),
                Block::Heading(heading) => fill_line(&mut heading.content),
                Block::Table(table) => {
                    for (content, _) in table.contents_mut() {
                        if let Content::Blocks(blocks) = content {
                            answer(blocks, report);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let form = annual("2019");
    let report = numbered(form);
    let mut document = blank(form, false);
    answer(&mut document.body, &report);
    for (writer, reader) in [
        (
            &DocxWriter as &dyn tabulary_ir::Writer,
            &DocxReader as &dyn tabulary_ir::Reader,
        ),
        (&HtmlWriter, &HtmlReader),
    ] {
        let outcome = read(reader, &write(writer, &document));
        let found = extract(form, &outcome.value, &outcome.diagnostics);
        let cells = form.fields().iter().filter(|field| field.id.contains('.'));
        for field in cells {
            assert_eq!(
                found.report.fields.get(&field.id),
                report.fields.get(&field.id),
                "{}",
                field.id
            );
        }
    }
}

#[test]
fn findings_stand_at_their_cells_as_comments() {
    let form = annual("2021");
    let mut report = typed(form);
    report.set(form, "t2.norm.issued", "999");
    let mut document = blank(form, true);
    type_in(&mut document, &report);
    let outcome = read(&XlsxReader, &write(&XlsxWriter, &document));
    let found = extract(form, &outcome.value, &outcome.diagnostics);
    let result = check(form, &found.report, None);
    let marked = annotate(&outcome.value, &result.findings, Language::Chinese);
    let again = read(&XlsxReader, &write(&XlsxWriter, &marked)).value;
    let comments: Vec<String> = again
        .notes
        .iter()
        .filter(|note| note.kind == NoteKind::Comment)
        .map(|note| tabulary_ir::blocks_text(&note.blocks))
        .collect();
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert!(
        comments[0].starts_with("警告[T2.stock.norm]: 现行有效件数"),
        "{comments:?}"
    );
    // A Word document has them too.
    let published = fill(form, &report);
    let outcome = read(&DocxReader, &write(&DocxWriter, &published));
    let found = extract(form, &outcome.value, &outcome.diagnostics);
    let result = check(form, &found.report, None);
    let marked = annotate(&outcome.value, &result.findings, Language::English);
    let again = read(&DocxReader, &write(&DocxWriter, &marked)).value;
    assert!(
        again
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Comment)
    );
    // The values stand as they stood.
    let again = extract(form, &again, &[]);
    assert_eq!(again.report.fields, found.report.fields);
}

#[test]
fn the_workbook_says_what_its_cells_take() {
    let document = blank(annual("2021"), true);
    let Block::Section(section) = &document.body[1] else {
        panic!("a sheet was expected");
    };
    let entry = section
        .sheet
        .as_ref()
        .and_then(|sheet| sheet.entry.as_ref())
        .expect("an entry");
    assert_eq!(entry.unlocked.len(), 10);
    let check = &entry.checks[0];
    assert_eq!(
        (check.title.as_str(), check.ranges[0].as_str()),
        ("规章 · 本年制发件数", "B5")
    );
    assert_eq!(
        check.prompt,
        "请填写非负整数，单位：件。没有的填0，空白表示未填报。"
    );
    assert_eq!(entry.conditions.len(), 2);
    assert_eq!(
        entry.conditions[0].formula,
        "AND(COUNT($D$5,$C$5,$B$5)=3,NOT(ROUND($D$5+$C$5-($B$5),6)>=0))"
    );
}
