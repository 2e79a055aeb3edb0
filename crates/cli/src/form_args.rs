//! What can be typed about forms.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use tabulary::Options;
use tabulary::forms::{Form, Forms, Language, load_form};

use crate::args::{AnswerFormat, Reading};
use crate::extract::fail;
use crate::many::{Running, Selection};
use crate::messages::{Exit, usage};

pub(crate) const EXTRACT_EXAMPLES: &str = "\
Examples:
  tabulary extract report.pdf
  tabulary extract report.docx --form cn.xxgk.annual-report/2021 -o data.json
  tabulary extract report.txt --explain";

pub(crate) const CHECK_EXAMPLES: &str = "\
Examples:
  tabulary check report.xlsx
  tabulary check inbox/ --summary summary.xlsx
  tabulary check submitted.zip --ledger checks.jsonl
  tabulary check report-2024.docx --previous report-2023.pdf
  tabulary check report.xlsx --annotate marked.xlsx --lang zh
  tabulary check report.html --format json";

pub(crate) const ROLLUP_EXAMPLES: &str = "\
Examples:
  tabulary rollup inbox/ -o county.xlsx
  tabulary rollup inbox/*.xlsx own.xlsx -o county.docx --set org=某县人民政府
  tabulary rollup inbox/ own.xlsx -o sum.json --against county-report.pdf";

pub(crate) const DIFF_EXAMPLES: &str = "\
Examples:
  tabulary diff submitted.xlsx published.pdf
  tabulary diff report-2020.docx report-2021.docx --format json";

/// How a report is read: which form it is of, and how its file is read.
#[derive(Debug, Args)]
pub(crate) struct FormReading {
    /// The form: its name, its name and edition (as `form list` gives them), or a folder with a
    /// form.toml. Without it, the one whose labels fit best.
    #[arg(long, value_name = "FORM")]
    pub(crate) form: Option<String>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

impl FormReading {
    /// Runs a command with the options of the library and the forms that are asked for; says why not, where they
    /// cannot be had.
    pub(crate) fn run(&self, command: impl FnOnce(Options, &[&Form]) -> Exit) -> Exit {
        let options = match self.reading.options() {
            Ok(options) => options,
            Err(message) => return usage(&message),
        };
        let named = self.form.as_deref();
        let forms = match known_forms(named) {
            Ok(forms) => forms,
            Err(error) => return fail("--form", &error),
        };
        match asked(&forms, named) {
            Ok(chosen) => command(options, &chosen),
            Err(error) => fail("--form", &error),
        }
    }
}

/// How findings are told.
#[derive(Args)]
pub(crate) struct Telling {
    /// The language of messages; by the locale where it is left out.
    #[arg(long, value_enum, value_name = "LANG")]
    lang: Option<Lang>,

    /// How the answer is given.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    En,
    Zh,
}

impl Telling {
    pub(crate) fn language(&self) -> Language {
        match self.lang {
            Some(Lang::En) => Language::English,
            Some(Lang::Zh) => Language::Chinese,
            None => locale_language(),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is what reads the environment"
)]
fn locale_language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

#[derive(Subcommand)]
pub(crate) enum FormCommand {
    /// List the forms that are known.
    #[command(after_help = "Examples:\n  tabulary form list\n  tabulary form list --format json")]
    List {
        /// How the answer is given.
        #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
        format: AnswerFormat,
    },
    /// Show the fields and rules of a form.
    #[command(after_help = "Examples:\n  tabulary form show cn.xxgk.annual-report/2021")]
    Show {
        /// The form: its name, its name and edition, or a folder with a form.toml.
        #[arg(value_name = "FORM")]
        form: String,
        /// How the answer is given.
        #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
        format: AnswerFormat,
    },
    /// Make the blank form: the workbook to submit, or a document to fill in.
    #[command(
        after_help = "Examples:\n  tabulary form blank cn.xxgk.annual-report/2021 -o blank.xlsx\n  tabulary form blank cn.xxgk.annual-report -o blank.docx"
    )]
    Blank {
        /// The form: its name, its name and edition, or a folder with a form.toml.
        #[arg(value_name = "FORM")]
        form: String,
        /// Where it is written; its extension says the format.
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Overwrite OUT where it is there.
        #[arg(long)]
        force: bool,
    },
    /// Fill data into a form: the document that is published.
    #[command(
        after_help = "Examples:\n  tabulary form fill data.json -o report.docx\n  tabulary form fill submitted.xlsx -o report.pdf --set org=某市某局"
    )]
    Fill(Fill),
    /// Draft a form from a document in whose cells {{field.id}} stands.
    #[command(after_help = "Examples:\n  tabulary form new drawn.xlsx -o my-form/")]
    New {
        /// A workbook, a Word document or a web page that shows the form.
        #[arg(value_name = "IN")]
        input: PathBuf,
        /// The folder that the draft goes to.
        #[arg(short, long, value_name = "FOLDER")]
        output: PathBuf,
    },
    /// Print the JSON Schema of form.toml.
    Schema,
}

#[derive(Args)]
pub(crate) struct Fill {
    /// The data: JSON as `extract` gives it, or any document of the form.
    #[arg(value_name = "DATA")]
    pub(crate) input: PathBuf,

    /// Where the document is written; its extension says the format.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,

    #[command(flatten)]
    pub(crate) how: FormReading,

    /// Set a field, as FIELD=VALUE. May be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,

    /// Overwrite OUT where it is there.
    #[arg(long)]
    pub(crate) force: bool,

    /// Say nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct Extract {
    /// A file, or - for standard input.
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) how: FormReading,

    /// Where the data is written; without it, or with -, to standard output.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// Overwrite OUT where it is there.
    #[arg(long, requires = "output")]
    pub(crate) force: bool,

    /// Print for every field where it was found, how sure that is, and by what.
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) telling: Telling,
}

#[derive(Args)]
pub(crate) struct Check {
    /// Files, folders, archives (zip, tar, tar.gz), patterns, or - for standard input.
    #[arg(required_unless_present = "files_from", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) how: FormReading,

    /// The report before, for rules across years.
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,

    /// Write the input again with every finding as a comment at its cell, which is made red: a
    /// workbook or a Word document.
    #[arg(long, value_name = "OUT")]
    pub(crate) annotate: Option<PathBuf>,

    /// Write what came of all inputs as a table: a workbook, or any other format.
    #[arg(long, value_name = "OUT")]
    pub(crate) summary: Option<PathBuf>,

    /// Overwrite files that are there.
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) telling: Telling,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) running: Running,
}

impl Check {
    /// All that shapes what is found, in words.
    pub(crate) fn settings(&self) -> String {
        format!("check {:?} {:?}", self.how, self.previous)
    }
}

#[derive(Args)]
pub(crate) struct RollUp {
    /// Files, folders, archives (zip, tar, tar.gz) and patterns.
    #[arg(required_unless_present = "files_from", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where the one report is written: its extension says the format; json is its data.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,

    #[command(flatten)]
    pub(crate) how: FormReading,

    /// A report that should be what the inputs add up to: it is compared with the result.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,

    /// Take reports whose rules are broken too. Those whose cells could not be placed stay out.
    #[arg(long)]
    pub(crate) lenient: bool,

    /// Set a field of the result, as FIELD=VALUE. May be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,

    /// Overwrite OUT where it is there.
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) telling: Telling,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) running: Running,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// The first report.
    #[arg(value_name = "A")]
    pub(crate) a: PathBuf,

    /// The second report.
    #[arg(value_name = "B")]
    pub(crate) b: PathBuf,

    #[command(flatten)]
    pub(crate) how: FormReading,

    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// The forms that are known: those that are built in, and that of a folder where one is named.
pub(crate) fn known_forms(named: Option<&str>) -> Result<Forms, tabulary::ir::Error> {
    let mut forms = Forms::new();
    if let Some(name) = named
        && is_folder(name)
    {
        forms.add(load_form(Path::new(name))?);
    }
    Ok(forms)
}

/// Of known forms those that a name asks for.
pub(crate) fn asked<'a>(
    forms: &'a Forms,
    named: Option<&str>,
) -> Result<Vec<&'a Form>, tabulary::ir::Error> {
    match named {
        None => Ok(forms.all()),
        Some(name) if is_folder(name) => Ok(forms.all().into_iter().take(1).collect()),
        Some(name) => forms.named(name),
    }
}

fn is_folder(name: &str) -> bool {
    Path::new(name).join("form.toml").is_file()
}
