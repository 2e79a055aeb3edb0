//! What can be typed about deposits.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tabulary::ir::civil::{Date, SignedDuration};
use tabulary_archive::Container;

use crate::form_args::{FormReading, Telling};
use crate::many::{Running, Selection};
use crate::publishing::Fonts;

pub(crate) const ARCHIVE_EXAMPLES: &str = "\
Examples:
  tabulary archive report.docx -o deposit --date 2020-01-20
  tabulary archive inbox/ -o 2019-reports.zip --organization 某县档案馆
  tabulary archive inbox/ -o deposits/ --each --as zip --ledger deposits.jsonl
  tabulary archive report.docx -o deposit-2 --update deposit
  tabulary archive report.docx -o deposit.tar --deny standard-lowered

In a deposit:
  data/original/   the bytes that came in        data/canonical/  documents and data as JSON
  data/published/  PDF/A, Word, Excel, web page  data/checks/     findings, diagnostics, ledger.jsonl
  data/metadata/   Dublin Core, DA/T 46, PREMIS 3, METS
  README.txt       what is where, and how to check it without Tabulary";

pub(crate) const VERIFY_EXAMPLES: &str = "\
Examples:
  tabulary verify deposit
  tabulary verify deposits/*.zip --format json
  tabulary verify deposit-2 --previous deposit
  tabulary verify deposit-3 --previous deposit-2 --previous deposit

Findings: changed missing added renamed unsafe declaration manifest size record canonical published chain";

#[derive(Args)]
pub(crate) struct Archive {
    /// Files, folders, or patterns such as 'old/*.xls'; with --each also archives (zip, tar, tar.gz).
    #[arg(required_unless_present = "files_from", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where the deposit goes: a folder, or a .zip or .tar. With --each, the folder for all deposits.
    #[arg(short, long, value_name = "DEPOSIT")]
    pub(crate) output: PathBuf,

    /// Make a deposit of each input. Without it, several inputs go into one, each in a folder of its own.
    #[arg(long, conflicts_with = "update")]
    pub(crate) each: bool,

    /// What deposits are with --each.
    #[arg(long = "as", value_enum, value_name = "KIND", default_value_t = Kind::Folder, requires = "each")]
    pub(crate) kind: Kind,

    /// The day of the deposit, as 2020-01-20; else that of SOURCE_DATE_EPOCH. Without either, nothing in the deposit says
    /// when it was made.
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,

    /// Whom the deposit comes from; else the office that its reports name.
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<String>,

    /// What the deposit is known by; else the 索引号 of its one report.
    #[arg(long, value_name = "NAME", conflicts_with = "each")]
    pub(crate) identifier: Option<String>,

    /// The deposit that this one corrects. It stays as it is, and the new one names it.
    #[arg(long, value_name = "OLD")]
    pub(crate) update: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) how: FormReading,

    #[command(flatten)]
    pub(crate) fonts: Fonts,

    /// Fail on a diagnostic: its code, `loss`, `repair`, `guess`, `warning` or `all`. May be repeated.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,

    /// Overwrite a .zip or .tar that is there. A folder is never replaced.
    #[arg(long)]
    pub(crate) force: bool,

    /// Say nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) running: Running,

    /// Go on with the run whose ledger it is: deposits that are there and whole stay as they are.
    #[arg(
        long,
        requires = "ledger",
        requires = "each",
        help_heading = "Many inputs"
    )]
    pub(crate) resume: bool,
}

impl Archive {
    /// All that shapes deposits, in words.
    pub(crate) fn settings(&self) -> String {
        let (how, fonts, deny) = (&self.how, &self.fonts, &self.deny);
        let (date, organization, kind) = (self.day(), &self.organization, self.kind.container());
        format!("archive {how:?} {fonts:?} {deny:?} {date:?} {organization:?} {kind:?}")
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Folder,
    Zip,
    Tar,
}

impl Kind {
    pub(crate) fn container(self) -> Container {
        match self {
            Self::Folder => Container::Folder,
            Self::Zip => Container::Zip,
            Self::Tar => Container::Tar,
        }
    }
}

#[derive(Args)]
pub(crate) struct Verify {
    /// Deposits: folders, .zip or .tar.
    #[arg(required = true, value_name = "DEPOSIT")]
    pub(crate) deposits: Vec<PathBuf>,

    /// The version before, which DEPOSIT must follow. May be repeated, each before the last.
    #[arg(long, value_name = "OLD")]
    pub(crate) previous: Vec<PathBuf>,

    /// Set a limit, such as entry_bytes=5000000000 or time=0 for none. May be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,

    /// How many deposits are verified at a time; 0 for one a core.
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,

    #[command(flatten)]
    pub(crate) telling: Telling,
}

impl Archive {
    /// The day of the deposit; why not, where a word is not understood.
    pub(crate) fn day(&self) -> Result<Option<Date>, String> {
        if let Some(day) = &self.date {
            let parsed = day.parse::<Date>();
            return parsed
                .map(Some)
                .map_err(|_| format!("--date {day}: a day such as 2020-01-20 was expected"));
        }
        match source_date_epoch() {
            Some(seconds) => day_of(&seconds).map(Some).ok_or_else(|| {
                format!(
                    "SOURCE_DATE_EPOCH is {seconds:?}, where the seconds since 1970 were expected"
                )
            }),
            None => Ok(None),
        }
    }
}

/// The day in UTC of seconds since the beginning of 1970.
fn day_of(seconds: &str) -> Option<Date> {
    const HOURS: i64 = 24;
    let seconds: i64 = seconds.parse().ok()?;
    let days = seconds.div_euclid(HOURS * 3600);
    let first = Date::new(1970, 1, 1).ok()?;
    first
        .checked_add(SignedDuration::from_secs(days.checked_mul(HOURS * 3600)?))
        .ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is what reads the environment"
)]
fn source_date_epoch() -> Option<String> {
    std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_days() {
        let day = |text: &str| day_of(text).map(|day| day.to_string());
        assert_eq!(day("0").as_deref(), Some("1970-01-01"));
        assert_eq!(day("1579478400").as_deref(), Some("2020-01-20"));
        assert_eq!(day("1579564799").as_deref(), Some("2020-01-20"));
        assert_eq!(day("-1").as_deref(), Some("1969-12-31"));
        assert_eq!(day("soon"), None);
        assert_eq!(day("9223372036854775807"), None);
    }
}
