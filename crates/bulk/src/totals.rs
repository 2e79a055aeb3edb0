//! The books of a run: what came in, and what became of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::answer::{Failure, FailureKind};
use crate::ledger::{Line, Outcome};

/// How many of the slowest inputs are named.
const SLOWEST: usize = 10;
/// How many failures are named in words; the ledger has them all.
const NAMED: usize = 20;

/// Counts over the lines of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Inputs that are accounted for.
    pub inputs: u64,
    /// Those with a result.
    pub done: u64,
    /// Those without one.
    pub failed: u64,
    /// Those that the run is not about.
    pub skipped: u64,
    /// Of those that are done, the ones that an earlier run did.
    pub kept: u64,
    /// Of those that are done, the ones that took the result of an equal input.
    pub duplicates: u64,
    /// Those whose results have another name than usual, since several inputs would have it.
    pub renamed: u64,
    /// Inputs that the run did not come to, since it was stopped.
    pub left: u64,
    /// Bytes of all inputs.
    pub bytes: u64,
    /// Time of all inputs in milliseconds, which several workers shared.
    pub milliseconds: u64,
    /// The most memory that one input took, in bytes, where that is known.
    pub peak_memory: u64,
    /// Outcomes by format; those of inputs whose format is not known stand under `unknown`.
    pub formats: BTreeMap<String, Outcomes>,
    /// Failures by kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Diagnostics by code: how many, and in how many inputs.
    pub codes: BTreeMap<String, CodeCount>,
    /// The inputs that took longest, the slowest first.
    pub slowest: Vec<Slow>,
    /// Inputs without a result, and those that were skipped.
    pub problems: Vec<Problem>,
}

/// Outcomes of a format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcomes {
    /// Inputs with a result.
    pub done: u64,
    /// Those without one.
    pub failed: u64,
    /// Those that the run is not about.
    pub skipped: u64,
}

/// Diagnostics of a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeCount {
    /// How many there are.
    pub diagnostics: u64,
    /// In how many inputs.
    pub inputs: u64,
}

/// An input that took long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slow {
    /// How long, in milliseconds.
    pub milliseconds: u64,
    /// Its path.
    pub path: String,
}

/// An input without a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its path.
    pub path: String,
    /// Whether it failed or was skipped.
    pub outcome: &'static str,
    /// Why.
    pub failure: Failure,
}

impl Totals {
    /// Takes a line into the books.
    pub fn add(&mut self, line: &Line) {
        self.inputs += 1;
        let format = line.format.clone().unwrap_or_else(|| "unknown".to_owned());
        let of_format = self.formats.entry(format).or_default();
        let (count, of_format) = match line.outcome {
            Outcome::Done => (&mut self.done, &mut of_format.done),
            Outcome::Failed => (&mut self.failed, &mut of_format.failed),
            Outcome::Skipped => (&mut self.skipped, &mut of_format.skipped),
        };
        *count += 1;
        *of_format += 1;
        self.duplicates += u64::from(line.duplicate_of.is_some());
        self.renamed += u64::from(line.renamed_from.is_some());
        self.bytes += line.size.unwrap_or_default();
        self.milliseconds += line.milliseconds;
        self.peak_memory = self.peak_memory.max(line.peak_memory.unwrap_or_default());
        for (code, count) in &line.diagnostics {
            let of_code = self.codes.entry(code.clone()).or_default();
            of_code.diagnostics += count;
            of_code.inputs += 1;
        }
        if let Some(failure) = &line.failure {
            if line.outcome == Outcome::Failed {
                *self.kinds.entry(failure.kind.as_str()).or_default() += 1;
            }
            self.problems.push(Problem {
                path: line.path.clone(),
                outcome: line.outcome.as_str(),
                failure: failure.clone(),
            });
        }
        let rank = |slow: &Slow| std::cmp::Reverse(slow.milliseconds);
        let slow = Slow {
            milliseconds: line.milliseconds,
            path: line.path.clone(),
        };
        let at = self
            .slowest
            .partition_point(|other| rank(other) <= rank(&slow));
        if at < SLOWEST {
            self.slowest.insert(at, slow);
            self.slowest.truncate(SLOWEST);
        }
    }

    /// Whether every input is done, failed or skipped, so that none was lost.
    pub const fn balances(&self) -> bool {
        self.inputs == self.done + self.failed + self.skipped
    }

    /// The kinds of failures that there are.
    pub fn failures(&self) -> impl Iterator<Item = FailureKind> {
        let failed = |problem: &&Problem| problem.outcome == Outcome::Failed.as_str();
        self.problems
            .iter()
            .filter(failed)
            .map(|problem| problem.failure.kind)
    }

    /// The books in one line.
    pub fn line(&self) -> String {
        let mut text = format!(
            "{} files: {} done, {} failed, {} skipped",
            self.inputs, self.done, self.failed, self.skipped
        );
        for (count, what) in [
            (self.kept, "done before"),
            (self.duplicates, "duplicates"),
            (self.renamed, "renamed"),
            (self.left, "not reached"),
        ] {
            if count > 0 {
                write!(text, "; {count} {what}").expect("text takes all that is written");
            }
        }
        text
    }

    /// The books in words, for a person.
    pub fn text(&self) -> String {
        let mut text = self.line() + "\n";
        let mut add = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        if !self.formats.is_empty() {
            add("\nby format".to_owned());
        }
        for (format, of) in &self.formats {
            let Outcomes {
                done,
                failed,
                skipped,
            } = of;
            add(format!(
                "  {format:<8} {done:>8} done {failed:>8} failed {skipped:>8} skipped"
            ));
        }
        if !self.codes.is_empty() {
            add("\ndiagnostics by code".to_owned());
        }
        for (code, count) in &self.codes {
            let CodeCount {
                diagnostics,
                inputs,
            } = count;
            add(format!("  {code:<28} {diagnostics:>8} in {inputs} files"));
        }
        if !self.slowest.is_empty() {
            add("\nslowest".to_owned());
        }
        for Slow { milliseconds, path } in &self.slowest {
            add(format!("  {milliseconds:>8} ms  {path}"));
        }
        if !self.problems.is_empty() {
            add("\nwithout a result".to_owned());
        }
        for problem in self.problems.iter().take(NAMED) {
            let Problem {
                path,
                outcome,
                failure,
            } = problem;
            add(format!("  {path}: {outcome}: {}", failure.message));
        }
        if self.problems.len() > NAMED {
            let more = self.problems.len() - NAMED;
            add(format!("  and {more} more"));
        }
        text
    }
}
