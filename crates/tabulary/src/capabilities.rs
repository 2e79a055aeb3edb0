//! `CAPABILITIES.md`, made from what readers and writers declare.

use std::fmt::Write;

use tabulary_ir::{Capabilities, Code, Feature, Support};

use crate::registry::formats;

/// The text of `CAPABILITIES.md`.
pub fn capabilities() -> String {
    let mut text = String::from(
        "# What each format holds\n\n\
         Made from the code; a test says when it is out of date. `full`: all of it survives. `part`: some of it does,\n\
         and what does not is a diagnostic. `-`: none of it does. A loss of anything that a person reads is a diagnostic;\n\
         formats that only hold texts do not say so of the types and number formats of values, whose texts stand. What a reader and the writer of a format both hold in full survives writing and reading back, which\n\
         `tests/round_trip.rs` checks for every pair.\n",
    );
    section(&mut text, "Reading", |row| {
        row.reader.map(|reader| reader.capabilities())
    });
    section(&mut text, "Writing", |row| {
        row.writer.map(|writer| writer.capabilities())
    });
    text.push_str("\n## Diagnostics\n\nA code keeps its meaning for ever. `--deny` takes a code, a severity, or `all`.\n\n");
    text.push_str("| code | severity | meaning |\n|---|---|---|\n");
    for code in Code::ALL {
        let severity = code.severity().as_str();
        writeln!(text, "| `{code}` | {severity} | {} |", code.meaning())
            .expect("a String takes all writing");
    }
    text
}

fn section(text: &mut String, title: &str, of: impl Fn(&crate::Row) -> Option<Capabilities>) {
    let columns: Vec<_> = formats()
        .iter()
        .filter_map(|row| Some((row.format.id, of(row)?)))
        .collect();
    let names: Vec<_> = columns.iter().map(|(id, _)| *id).collect();
    let rule = "|---".repeat(names.len() + 1);
    write!(
        text,
        "\n## {title}\n\n| | {} |\n{rule}|\n",
        names.join(" | ")
    )
    .expect("a String takes all writing");
    for &feature in Feature::ALL {
        let cells = columns
            .iter()
            .map(|(_, capabilities)| match capabilities.support(feature) {
                Support::Full => "full",
                Support::Partial => "part",
                Support::None => "-",
            });
        let cells: Vec<_> = cells.collect();
        writeln!(text, "| {} | {} |", feature.name(), cells.join(" | "))
            .expect("a String takes all writing");
    }
}
