//! `tabulary inspect`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Serialize;
use tabulary::ir::{Block, Document, Found as FoundOnPage, Metadata, Origin, inline_text};
use tabulary::{Options, formats, read_bytes, view_pages, write_bytes, write_file};

use crate::args::{AnswerFormat, Inspect};
use tabulary_bulk::Told;

use crate::convert::bytes_of;
use crate::messages::{Exit, name_of, print, say_error, usage};

pub(crate) fn run(arguments: &Inspect) -> Exit {
    let options = match arguments.reading.options() {
        Ok(options) => options,
        Err(message) => return usage(&message),
    };
    let name = name_of(&arguments.input);
    if arguments.pages {
        return draw(arguments, &name, &options);
    }
    let read = bytes_of(&arguments.input, &options).and_then(|(bytes, file)| {
        let row = match &options.from {
            Some(from) => tabulary::readable(from)?,
            None => {
                tabulary::detect(tabulary::ir::Input {
                    bytes: &bytes,
                    name: file.as_deref(),
                })?
                .row
            }
        };
        Ok((
            row.format.name,
            read_bytes(&bytes, file.as_deref(), &options)?,
        ))
    });
    let (format, outcome) = match read {
        Ok(read) => read,
        Err(error) => {
            say_error(&name, &error);
            return Exit::of(&error);
        }
    };
    let found = Found {
        name: &name,
        format,
        metadata: &outcome.value.meta,
        outline: outline(&outcome.value),
        diagnostics: outcome.diagnostics.iter().map(Told::from).collect(),
        targets: targets(&outcome.value, &options),
    };
    match arguments.format {
        AnswerFormat::Json => {
            let json =
                serde_json::to_string_pretty(&found).expect("what was found has only text keys");
            print(&(json + "\n"))
        }
        AnswerFormat::Text => print(&found.text(&outcome.diagnostics)),
    }
}

/// Draws the pages, and what was found on them.
fn draw(arguments: &Inspect, name: &str, options: &Options) -> Exit {
    let drawn = bytes_of(&arguments.input, options)
        .and_then(|(bytes, file)| view_pages(&bytes, file.as_deref(), options));
    let view = match drawn {
        Ok(view) => view,
        Err(error) => {
            say_error(name, &error);
            return Exit::of(&error);
        }
    };
    match arguments
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"))
    {
        None => print(&view),
        Some(path) => match write_file(path, view.as_bytes(), arguments.force) {
            Ok(()) => Exit::Done,
            Err(error) => {
                say_error(name, &error);
                Exit::of(&error)
            }
        },
    }
}

#[derive(Serialize)]
struct Found<'a> {
    name: &'a str,
    format: &'a str,
    metadata: &'a Metadata,
    outline: Vec<Entry>,
    diagnostics: Vec<Told>,
    targets: Vec<Target>,
}

/// A line of the outline.
#[derive(Serialize)]
struct Entry {
    depth: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FoundOnPage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

/// What a target format would lose.
#[derive(Serialize)]
struct Target {
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    losses: BTreeMap<&'static str, usize>,
}

fn outline(document: &Document) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut depth, mut prose) = (0, 0);
    list(&document.body, &mut depth, &mut prose, &mut entries);
    tell_prose(&mut prose, depth, &mut entries);
    entries
}

fn list(blocks: &[Block], depth: &mut usize, prose: &mut usize, entries: &mut Vec<Entry>) {
    for block in blocks {
        let text = match block {
            Block::Section(section) => {
                tell_prose(prose, *depth, entries);
                let hidden = if section.hidden { " (hidden)" } else { "" };
                entries.push(Entry {
                    depth: 0,
                    text: format!("section {:?}{hidden}", section.name),
                    found: None,
                    origin: None,
                });
                *depth = 1;
                list(&section.body, depth, prose, entries);
                continue;
            }
            Block::Heading(heading) => {
                tell_prose(prose, *depth, entries);
                *depth = usize::from(heading.level);
                let label = heading
                    .label
                    .as_ref()
                    .map(|label| format!("{label} "))
                    .unwrap_or_default();
                entries.push(Entry {
                    depth: *depth - 1,
                    text: format!("{label}{}", inline_text(&heading.content)),
                    found: None,
                    origin: heading.origin.as_ref().map(ToString::to_string),
                });
                continue;
            }
            Block::Table(table) => {
                let merged = table.cells().iter().filter(|cell| cell.is_merged()).count();
                let caption = inline_text(&table.caption);
                let caption = if caption.is_empty() {
                    caption
                } else {
                    format!(" {caption:?}")
                };
                let how = found(block)
                    .map(|found| format!(", found {found}"))
                    .unwrap_or_default();
                format!(
                    "table{caption}: {} rows, {} columns, {} header rows, {merged} merged cells{how}",
                    table.rows(),
                    table.width(),
                    table.header_rows
                )
            }
            Block::Figure(_) => "figure".to_owned(),
            Block::List(items) => format!("list of {} items", items.items.len()),
            _ => {
                *prose += 1;
                continue;
            }
        };
        tell_prose(prose, *depth, entries);
        let origin = block.origin().map(ToString::to_string);
        entries.push(Entry {
            depth: *depth,
            text,
            found: found(block),
            origin,
        });
    }
}

/// How a table on a page was told.
fn found(block: &Block) -> Option<FoundOnPage> {
    match block.origin() {
        Some(Origin::Page { found, .. }) => *found,
        _ => None,
    }
}

fn tell_prose(prose: &mut usize, depth: usize, entries: &mut Vec<Entry>) {
    let text = match std::mem::take(prose) {
        0 => return,
        1 => "1 paragraph".to_owned(),
        count => format!("{count} paragraphs"),
    };
    entries.push(Entry {
        depth,
        text,
        found: None,
        origin: None,
    });
}

/// Writes the document in every format, and counts what each could not hold.
fn targets(document: &Document, options: &Options) -> Vec<Target> {
    let writable = formats().iter().filter(|row| row.writer.is_some());
    let targets = writable.map(|row| {
        let mut losses = BTreeMap::new();
        let error = match write_bytes(document, row.format.id, &options.write) {
            Ok(outcome) => {
                for diagnostic in outcome.diagnostics {
                    *losses.entry(diagnostic.code.as_str()).or_default() += 1;
                }
                None
            }
            Err(error) => Some(error.to_string()),
        };
        Target {
            format: row.format.id,
            error,
            losses,
        }
    });
    targets.collect()
}

impl Found<'_> {
    fn text(&self, diagnostics: &[tabulary::ir::Diagnostic]) -> String {
        let mut text = String::new();
        let out = &mut text;
        let mut line =
            |words: String| writeln!(out, "{words}").expect("a String takes all writing");
        line(format!("{}: {}", self.name, self.format));
        let meta = self.metadata;
        let mut known: Vec<(&str, String)> = Vec::new();
        let mut note = |name, text: &Option<String>| {
            if let Some(text) = text {
                known.push((name, text.clone()));
            }
        };
        note("title", &meta.title);
        note("publisher", &meta.publisher);
        note("issued", &meta.issued);
        note("language", &meta.language);
        note("description", &meta.description);
        known.extend(
            meta.creators
                .iter()
                .map(|creator| ("creator", creator.clone())),
        );
        known.extend(
            meta.fields
                .iter()
                .map(|(name, text)| (name, text.to_owned())),
        );
        if !known.is_empty() {
            line("\nmetadata".to_owned());
            for (name, text) in known {
                line(format!("  {name}: {text}"));
            }
        }
        line("\noutline".to_owned());
        for entry in &self.outline {
            let origin = entry
                .origin
                .as_ref()
                .map(|origin| format!("  [{origin}]"))
                .unwrap_or_default();
            line(format!(
                "  {}{}{origin}",
                "  ".repeat(entry.depth),
                entry.text
            ));
        }
        if !diagnostics.is_empty() {
            line("\nread with".to_owned());
            for diagnostic in diagnostics {
                line(format!("  {diagnostic}"));
            }
        }
        line("\nwhat each format would lose or change".to_owned());
        for target in &self.targets {
            let losses: Vec<_> = target
                .losses
                .iter()
                .map(|(code, count)| format!("{code} ({count})"))
                .collect();
            let told = match &target.error {
                Some(error) => format!("cannot be written: {error}"),
                None if losses.is_empty() => "nothing".to_owned(),
                None => losses.join(", "),
            };
            line(format!("  {:5} {told}", target.format));
        }
        text
    }
}
