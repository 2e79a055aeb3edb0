//! `tabulary ledger`, and the summaries of runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use tabulary::ir::Error;
use tabulary::{Options, write, write_file};
use tabulary_bulk::{Line, Totals, read_ledger, summary};

use crate::args::AnswerFormat;
use crate::messages::{Exit, is_stdin, print, say, say_error};

pub(crate) const EXAMPLES: &str = "\
Examples:
  tabulary ledger run.jsonl
  tabulary ledger part-1.jsonl part-2.jsonl -o whole.jsonl --summary summary.xlsx
  tabulary ledger run.jsonl --format json";

#[derive(Args)]
pub(crate) struct SumUp {
    /// Ledgers of runs, or of the parts of one.
    #[arg(required = true, value_name = "LEDGER")]
    ledgers: Vec<PathBuf>,

    /// Write the lines of all of them into one ledger, in the order of the inputs' paths; - for standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Write the books into a file: txt, json, xlsx, or any other format that is written.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// Overwrite files that are there.
    #[arg(long)]
    force: bool,

    /// How the answer is given.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    format: AnswerFormat,
}

pub(crate) fn run(arguments: &SumUp) -> Exit {
    match sum_up(arguments) {
        Ok(exit) => exit,
        Err(error) => {
            say_error("ledger", &error);
            Exit::of(&error)
        }
    }
}

fn sum_up(arguments: &SumUp) -> Result<Exit, Error> {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    let mut replaced = 0;
    for path in &arguments.ledgers {
        read_ledger(path, |line| {
            let earlier = lines.insert(line.key().to_owned(), line);
            replaced += usize::from(earlier.is_some());
            Ok(())
        })?;
    }
    if replaced > 0 {
        say(&format!(
            "{replaced} lines are about inputs that have a later one, which was taken"
        ));
    }
    let mut totals = Totals::default();
    lines.values().for_each(|line| totals.add(line));
    if let Some(output) = &arguments.output {
        let mut text = String::new();
        for line in lines.values() {
            let line = serde_json::to_string(line).expect("a line has only text keys");
            text.push_str(&line);
            text.push('\n');
        }
        if is_stdin(output) {
            return Ok(print(&text));
        }
        write_file(output, text.as_bytes(), arguments.force)?;
    }
    if let Some(path) = &arguments.summary {
        save(&totals, path, arguments.force)?;
    }
    Ok(match arguments.format {
        AnswerFormat::Text => print(&totals.text()),
        AnswerFormat::Json => print(&json(&totals)),
    })
}

fn json(totals: &Totals) -> String {
    serde_json::to_string_pretty(totals).expect("the books have only text keys") + "\n"
}

/// Writes the books into a file of the format that its extension names.
pub(crate) fn save(totals: &Totals, path: &Path, overwrite: bool) -> Result<(), Error> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    match extension.to_lowercase().as_str() {
        "json" => write_file(path, json(totals).as_bytes(), overwrite),
        "txt" => write_file(path, totals.text().as_bytes(), overwrite),
        _ => {
            let options = Options {
                overwrite,
                ..Options::default()
            };
            write(&summary(totals), path, &options).map(drop)
        }
    }
}
