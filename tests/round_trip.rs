//! What a writer and the reader of its format both hold in full survives writing and reading back.
//!
//! A format needs no line here: the pairs come from the registry, what must survive from what reader
//! and writer declare, and the documents from the fixtures.

#[path = "round_trip/traces.rs"]
mod traces;

mod support;

use std::fmt::Write;

use support::{all_fixtures, read_as, read_file};
use tabulary::ir::{Block, Diagnostics, Document, Feature, Support};
use tabulary::{Options, formats, write_bytes};
use traces::traces;

#[test]
fn what_both_hold_survives() {
    let mut faults = String::new();
    let mut pairs = 0;
    for row in formats() {
        let (Some(reader), Some(writer)) = (row.reader, row.writer) else {
            continue;
        };
        let (reads, writes) = (reader.capabilities(), writer.capabilities());
        let full = |feature: &Feature| {
            reads.support(*feature).min(writes.support(*feature)) == Support::Full
        };
        let held: Vec<Feature> = Feature::ALL.iter().copied().filter(full).collect();
        for (_, path) in all_fixtures() {
            let mut document = read_file(&path).value;
            if !held.contains(&Feature::Hidden) {
                // What is hidden is no part of what is published.
                document.leave_out_hidden(&mut Diagnostics::new());
            }
            if !held.contains(&Feature::HiddenText) {
                document.leave_out_hidden_text(&mut Diagnostics::new());
            }
            if !held.contains(&Feature::SheetSettings) {
                leave_out_pages(&mut document);
            }
            if !held.contains(&Feature::Charts) {
                document.charts_as_tables();
            }
            let Ok(written) = write_bytes(&document, row.format.id, &Options::default().write)
            else {
                continue;
            };
            pairs += 1;
            let again = read_as(&written.value, row.format.id).value;
            for &feature in &held {
                let (before, after) = (
                    traces(feature, &document, &held),
                    traces(feature, &again, &held),
                );
                // What a format does not hold may become a paragraph; those that were there must stay.
                let survives = match feature {
                    Feature::Paragraphs => is_within(&before, &after),
                    _ => before == after,
                };
                if survives {
                    continue;
                }
                let differs = before.iter().zip(&after).position(|(a, b)| a != b);
                let at = differs.unwrap_or(before.len().min(after.len()));
                let (was, is) = (before.get(at), after.get(at));
                let name = path.file_name().unwrap_or_default().display();
                let (id, feature) = (row.format.id, feature.name());
                writeln!(
                    faults,
                    "{name} through {id}: {feature} differ: {was:?} became {is:?}"
                )
                .expect("a String");
            }
        }
    }
    assert!(pairs > 50, "only {pairs} pairs were tried");
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn canonical_json_survives_whole() {
    for (_, path) in all_fixtures() {
        let document = read_file(&path).value;
        let written = write_bytes(&document, "json", &Options::default().write).expect("JSON");
        let again = read_as(&written.value, "json");
        assert_eq!(again.value, document, "{}", path.display());
        assert!(
            again.diagnostics.is_empty(),
            "{}: {:?}",
            path.display(),
            again.diagnostics
        );
    }
}

/// Takes the running lines and pages of sheets away, which become those of the document where there
/// are no sheets.
fn leave_out_pages(document: &mut Document) {
    for block in &mut document.body {
        if let Block::Section(section) = block {
            section.headers.clear();
            section.footers.clear();
            section.page = None;
        }
    }
}

/// Whether the texts of `inner` stand in `outer` in the same order.
fn is_within(inner: &[String], outer: &[String]) -> bool {
    let mut rest = outer.iter();
    inner.iter().all(|text| rest.any(|other| other == text))
}
