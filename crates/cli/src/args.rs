//! What can be typed.

use std::path::PathBuf;

use crate::archive_args::{ARCHIVE_EXAMPLES, Archive, VERIFY_EXAMPLES, Verify};
use crate::form_args::{
    CHECK_EXAMPLES, Check, DIFF_EXAMPLES, Diff, EXTRACT_EXAMPLES, Extract, FormCommand,
    ROLLUP_EXAMPLES, RollUp,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use tabulary::ir::{Code, HeadingsFrom, Limits, Severity, SheetAs, TrackedChanges};
use tabulary::{Deny, Options};
use tabulary_bulk::Shard;

use crate::ledger::{EXAMPLES as LEDGER_EXAMPLES, SumUp};
use crate::many::{Running, Selection};
use crate::publishing::{Fonts, Publishing};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  findings, or losses that --deny names
  2  the command was not understood
  3  an input could not be read, or an output could not be written
  4  a limit was passed
130  stopped by Ctrl-C";

/// Converts reports between Excel, Word, PDF, HTML, text and canonical JSON.
#[derive(Parser)]
#[command(name = "tabulary", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Convert documents from one format into another.
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(Convert),
    /// Show what is in a document, and what each target format would lose.
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(Inspect),
    /// Show which fonts there are, what stands in for what, and which characters have none.
    #[command(after_help = FONTS_EXAMPLES)]
    Fonts(ShowFonts),
    /// The forms that are known: list them, show one, make its blank workbook, fill it in, draft a new one.
    #[command(subcommand)]
    Form(FormCommand),
    /// Take the data of a form out of a document of any format, as JSON.
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// Hold reports against the rules of their form, and say every broken rule with its cells.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Make one report of many.
    #[command(name = "rollup", after_help = ROLLUP_EXAMPLES)]
    RollUp(RollUp),
    /// Compare two reports field by field, whatever their formats.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Sum up the ledgers of runs of many files, and put those of parts together.
    #[command(after_help = LEDGER_EXAMPLES)]
    Ledger(SumUp),
    /// Make a deposit for an archive: originals, data, publications, checks and metadata in one BagIt bag.
    #[command(after_help = ARCHIVE_EXAMPLES)]
    Archive(Archive),
    /// Prove that deposits are whole, and name every file that is not.
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Print the JSON Schema of the canonical JSON.
    #[command(after_help = "Examples:\n  tabulary schema > document.schema.json")]
    Schema,
}

const CONVERT_EXAMPLES: &str = "\
Examples:
  tabulary convert report.xlsx -o report.pdf
  tabulary convert report.docx -t json -o -
  tabulary convert inbox/ -t docx -o outbox/ -j 4
  tabulary convert 'old/**/*.xls' -t json -o new/ --diagnostics losses.json
  tabulary convert archive.zip -t json -o new/ --ledger run.jsonl --summary run.xlsx
  tabulary convert archive.zip -t json -o new/ --ledger run.jsonl --resume
  tabulary convert report.xlsx -o report.csv --deny loss
  tabulary convert report.docx -o report.pdf --style gongwen --pdf-standard a-2a,ua-1
  curl -s https://example.org/report.html | tabulary convert - -f html -o report.docx

Formats: read  xlsx xlsm xlsb xls ods fods docx docm pdf html json md csv tsv txt
         write xlsx docx pdf html json md csv tsv txt";

const INSPECT_EXAMPLES: &str = "\
Examples:
  tabulary inspect report.xlsx
  tabulary inspect report.docx --format json
  tabulary inspect --pages report.pdf -o view.html";

#[derive(Args)]
pub(crate) struct Convert {
    /// Files, folders, archives (zip, tar, tar.gz), patterns such as 'old/**/*.xls', or - for standard input.
    #[arg(required_unless_present = "files_from", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,

    /// A file, a folder, or - for standard output. Without it, results go to the current folder.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// The format to write; by the extension of OUT where it is left out.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// Overwrite files that are there.
    #[arg(long)]
    pub(crate) force: bool,

    /// Write all diagnostics as JSON into this file, or - for standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) diagnostics: Option<PathBuf>,

    /// Fail on a diagnostic: its code, `loss`, `repair`, `guess`, `warning` or `all`. May be repeated.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,

    /// Publish what is hidden too: sheets, rows and columns, and text. Without it, formats that cannot
    /// mark it leave it out.
    #[arg(long)]
    pub(crate) hidden: bool,

    #[command(flatten)]
    pub(crate) publishing: Publishing,

    /// Say nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) running: Running,

    /// Go on with the run whose ledger it is: what is done and unchanged stays as it is.
    #[arg(long, requires = "ledger", help_heading = "Many inputs")]
    pub(crate) resume: bool,

    /// Write the books of the run into a file: txt, json, xlsx, or any other format that is written.
    #[arg(long, value_name = "FILE", help_heading = "Many inputs")]
    pub(crate) summary: Option<PathBuf>,

    /// Of the inputs only the I-th of N parts, by the digest of their bytes, such as 2/8. The ledgers of all parts make
    /// up that of the whole: see `tabulary ledger`.
    #[arg(long, value_name = "I/N", help_heading = "Many inputs", value_parser = shard)]
    pub(crate) shard: Option<Shard>,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((number, of)) if number >= 1 && number <= of => Ok(Shard { number, of }),
        _ => Err("I/N was expected, with I from 1 to N".to_owned()),
    }
}

const FONTS_EXAMPLES: &str = "\
Examples:
  tabulary fonts
  tabulary fonts report.docx --font-path system
  tabulary fonts --font-path /usr/share/fonts/truetype --format json";

#[derive(Args)]
pub(crate) struct ShowFonts {
    /// A document whose characters are looked for.
    #[arg(value_name = "IN")]
    pub(crate) input: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) fonts: Fonts,

    /// How the answer is given.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,
}

#[derive(Args)]
pub(crate) struct Inspect {
    /// A file, or - for standard input.
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// How the answer is given.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,

    /// Draw the pages of a PDF as a web page, with every table, cell, heading and paragraph that was found on them.
    #[arg(long)]
    pub(crate) pages: bool,

    /// Where the web page is written; without it, or with -, to standard output.
    #[arg(short, long, value_name = "OUT", requires = "pages")]
    pub(crate) output: Option<PathBuf>,

    /// Overwrite OUT where it is there.
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// How inputs are read, the same for every command that reads.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// The format of the inputs; by their content where it is left out.
    #[arg(short, long, value_name = "FORMAT")]
    from: Option<String>,

    /// A sheet cut into its headings, tables and notes, or its used range as one table.
    #[arg(long, value_enum, value_name = "SHAPE", default_value_t = Shape::Blocks)]
    sheet_as: Shape,

    /// The view of tracked changes: insertions and no deletions, the other way round, or both.
    #[arg(long, value_enum, value_name = "VIEW", default_value_t = Changes::Accept)]
    track_changes: Changes,

    /// Take paragraphs for headings by their number and look where no style says so, or by styles
    /// alone.
    #[arg(long, value_enum, value_name = "BY", default_value_t = Headings::Look)]
    headings: Headings,

    /// The password of a PDF that needs one to be opened.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,

    /// Read the pages of a PDF that carries its document, as those that Tabulary writes do, and not
    /// what it carries.
    #[arg(long)]
    no_embedded: bool,

    /// Leave out where things stood in the source, so that one document from two sources is equal.
    #[arg(long)]
    no_origin: bool,

    /// Set a limit, such as cells=50000000 or time=0 for none. May be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    limit: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Blocks,
    Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Changes {
    Accept,
    Reject,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Headings {
    Look,
    Styles,
}

/// The limits that are set as NAME=VALUE; why not, where a word is not understood.
pub(crate) fn limits(all: &[String]) -> Result<Limits, String> {
    let mut limits = Limits::default();
    for given in all {
        let (name, value) = given
            .split_once('=')
            .ok_or_else(|| format!("--limit {given}: NAME=VALUE was expected"))?;
        let value = value
            .parse()
            .map_err(|_| format!("--limit {given}: {value:?} is not a whole number"))?;
        limits
            .set(name, value)
            .map_err(|error| format!("--limit {given}: {error}"))?;
    }
    Ok(limits)
}

impl Reading {
    /// The options of the library; why not, where a word is not understood.
    pub(crate) fn options(&self) -> Result<Options, String> {
        let limits = limits(&self.limit)?;
        if let Some(from) = &self.from {
            tabulary::readable(from).map_err(|error| format!("--from: {error}"))?;
        }
        let mut options = Options {
            from: self.from.clone(),
            no_origins: self.no_origin,
            ..Options::default()
        };
        options.read.limits = limits.clone();
        options.read.sheet_as = match self.sheet_as {
            Shape::Blocks => SheetAs::Blocks,
            Shape::Table => SheetAs::Table,
        };
        options.read.tracked_changes = match self.track_changes {
            Changes::Accept => TrackedChanges::Accept,
            Changes::Reject => TrackedChanges::Reject,
            Changes::All => TrackedChanges::All,
        };
        options.read.headings = match self.headings {
            Headings::Look => HeadingsFrom::Look,
            Headings::Styles => HeadingsFrom::Styles,
        };
        options.read.password.clone_from(&self.password);
        options.read.embedded = !self.no_embedded;
        options.write.limits = limits;
        Ok(options)
    }
}

impl Convert {
    /// The options of the library; why not, where a word is not understood.
    pub(crate) fn options(&self) -> Result<Options, String> {
        let mut options = self.reading.options()?;
        options.overwrite = self.force;
        options.deny = denied(&self.deny)?;
        options.write.hidden = self.hidden;
        self.publishing.apply(&mut options)?;
        options.to = self.to.clone();
        if let Some(to) = &self.to {
            tabulary::writable(to).map_err(|error| format!("--to: {error}"))?;
        }
        Ok(options)
    }

    /// All that shapes results, in words.
    pub(crate) fn settings(&self, to: &str) -> String {
        let (reading, publishing) = (&self.reading, &self.publishing);
        let (deny, hidden) = (&self.deny, self.hidden);
        format!("convert {to} {reading:?} {publishing:?} {deny:?} {hidden}")
    }
}

/// Which diagnostics are failures; why not, where a word is not understood.
pub(crate) fn denied(words: &[String]) -> Result<Deny, String> {
    let mut deny = Deny::default();
    for word in words {
        match word.as_str() {
                "all" => deny.all = true,
                "loss" => deny.severities.push(Severity::Loss),
                "repair" => deny.severities.push(Severity::Repair),
                "guess" => deny.severities.push(Severity::Guess),
                "warning" => deny.severities.push(Severity::Warning),
                code => deny.codes.push(Code::from_name(code).ok_or_else(|| {
                    format!("--deny {code}: there is no such code; CAPABILITIES.md lists them, and loss, repair, guess, warning and all stand for many")
                })?),
            }
    }
    Ok(deny)
}
