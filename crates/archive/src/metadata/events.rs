//! What happened to the files of a deposit, in the terms of PREMIS 3.0 2 (event entity). The types are those of the
//! vocabulary of preservation events of the Library of Congress.

use tabulary::ir::civil::Date;

use crate::assemble::{About, File};
use crate::ledger::{Role, counts};
use crate::options::DepositOptions;
use crate::prepare::Content;

/// An event.
pub(crate) struct Event {
    /// Its type.
    pub(crate) kind: &'static str,
    /// What was done.
    pub(crate) detail: String,
    /// How it ended: `success`, `warning` or `failure`.
    pub(crate) outcome: &'static str,
    /// What is to be said of the end.
    pub(crate) note: Option<String>,
    /// When it was, in the Extended Date/Time Format (ISO 8601-2).
    pub(crate) when: String,
    /// Paths of what it was done to.
    pub(crate) sources: Vec<String>,
    /// Paths of what came of it.
    pub(crate) results: Vec<String>,
}

/// When the events of a report were. A deposit has the day that it was given. Without one, all that is certain is that a
/// report is deposited on the day on which it was issued or later, which ISO 8601-2 writes as `[2020-01-20..]`; and that a day
/// of which nothing is known is `XXXX-XX-XX`.
pub(crate) fn when(date: Option<Date>, issued: Option<&str>) -> String {
    if let Some(date) = date {
        return date.to_string();
    }
    match issued.and_then(|day| day.parse::<Date>().ok()) {
        Some(day) => format!("[{day}..]"),
        None => "XXXX-XX-XX".to_owned(),
    }
}

/// When the events of the whole deposit were: not before its last report was issued.
pub(crate) fn when_all(about: &[About<'_>], options: &DepositOptions<'_>) -> String {
    let days = about
        .iter()
        .filter_map(|one| one.document()?.meta.issued.as_deref());
    let days = days.filter(|day| day.parse::<Date>().is_ok());
    when(options.date, days.max())
}

/// What happened to a report.
pub(crate) fn of_report(
    about: &About<'_>,
    files: &[&File],
    options: &DepositOptions<'_>,
) -> Vec<Event> {
    let issued = about
        .document()
        .and_then(|document| document.meta.issued.as_deref());
    let when = when(options.date, issued);
    let paths = |wanted: &[Role]| -> Vec<String> {
        let wanted = files.iter().filter(|file| wanted.contains(&file.role));
        wanted.map(|file| file.payload.path.clone()).collect()
    };
    let original = paths(&[Role::Original]);
    let event = |kind, detail: &str| Event {
        kind,
        detail: detail.to_owned(),
        outcome: "success",
        note: None,
        when: when.clone(),
        sources: original.clone(),
        results: Vec::new(),
    };
    let mut events = vec![
        event(
            "ingestion",
            "the bytes were taken into the deposit as they were",
        ),
        event(
            "message digest calculation",
            "SHA-256 and SHA-512 of the bytes",
        ),
    ];
    let mut identified = event(
        "format identification",
        "by the content first, by the name second",
    );
    match about.content {
        Err(error) => {
            identified.outcome = "failure";
            identified.note = Some(error.to_string());
            events.push(identified);
        }
        Ok(content) => {
            identified.note = Some(content.format.name.to_owned());
            events.push(identified);
            events.push(Event {
                note: told(content.diagnostics.iter()),
                outcome: outcome(&content.diagnostics),
                results: paths(&[Role::Canonical, Role::Data]),
                ..event(
                    "normalization",
                    "read into the document model, written as canonical JSON (RFC 8785)",
                )
            });
            events.extend(validation(
                content,
                event("validation", ""),
                paths(&[Role::Data]),
            ));
            publications(content, files, &event("migration", ""), &mut events);
        }
    }
    events
}

/// That the data were held against the rules of their form.
fn validation(content: &Content, event: Event, data: Vec<String>) -> Option<Event> {
    let checked = content.data.as_ref()?;
    let result = &checked.result;
    let note = format!(
        "{} rules hold, {} are broken, {} cannot be decided, {} findings",
        result.holds,
        result.violated,
        result.undecided.len(),
        result.findings.len()
    );
    Some(Event {
        detail: format!("held against the rules of the form {}", checked.form),
        outcome: if result.is_wrong() {
            "failure"
        } else {
            "success"
        },
        note: Some(note),
        sources: data,
        ..event
    })
}

/// That the document was written in each format.
fn publications(content: &Content, files: &[&File], like: &Event, events: &mut Vec<Event>) {
    let path = |role: Role, id: &str| {
        let file = files.iter().find(|file| file.role == role && file.id == id);
        file.map(|file| file.payload.path.clone())
    };
    let sources: Vec<String> = path(Role::Canonical, "json").into_iter().collect();
    let event = |id: &str, outcome, note, results| Event {
        kind: like.kind,
        detail: format!("the document was written as {id}"),
        outcome,
        note,
        when: like.when.clone(),
        sources: sources.clone(),
        results,
    };
    for one in &content.publications {
        let results = path(Role::Published, one.id).into_iter().collect();
        let note = told(one.diagnostics.iter());
        events.push(event(one.id, outcome(&one.diagnostics), note, results));
    }
    for (id, error) in &content.unpublished {
        events.push(event(id, "failure", Some(error.to_string()), Vec::new()));
    }
}

fn outcome(told: &[tabulary::ir::Diagnostic]) -> &'static str {
    if told.is_empty() {
        "success"
    } else {
        "warning"
    }
}

/// How many diagnostics there are of each code, in words; none where there is none.
fn told<'a>(all: impl Iterator<Item = &'a tabulary::ir::Diagnostic>) -> Option<String> {
    let counts = counts(all);
    let words: Vec<String> = counts
        .iter()
        .map(|(code, count)| format!("{code}: {count}"))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_nobody_gave_is_not_made_up() {
        let date = "2026-01-02".parse::<Date>().ok();
        assert_eq!(when(date, Some("2020-01-20")), "2026-01-02");
        assert_eq!(when(None, Some("2020-01-20")), "[2020-01-20..]");
        assert_eq!(when(None, Some("last winter")), "XXXX-XX-XX");
        assert_eq!(when(None, None), "XXXX-XX-XX");
    }
}
