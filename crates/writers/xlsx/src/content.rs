//! Lines as the text of one cell, with runs where their marks differ.

use rust_xlsxwriter::{Format, Worksheet};
use tabulary_ir::{Code, Diagnostics, Error, Inline, Mark, Marks, Points, inline_text};

use crate::attach::{tell_inner_links, whole_link, write_link};
use crate::look::{Look, TEXT_SIZE};
use crate::refused;
use crate::shared::Shared;

/// What a cell can hold, in UTF-16 code units.
pub(crate) const LONGEST: usize = 32_767;

/// A run of a cell.
struct Run {
    text: String,
    marks: Marks,
}

/// Writes a line into a cell.
pub(crate) fn write_line(
    worksheet: &mut Worksheet,
    place: (u32, u16),
    content: &[Inline],
    look: Look,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let mut runs = Vec::new();
    collect(content, Marks::NONE, &mut runs, &mut shared.diagnostics);
    if let Some(href) = whole_link(content) {
        write_link(worksheet, place, href, look.clone(), shared)?;
    }
    tell_inner_links(content, shared);
    let Shared {
        formats,
        diagnostics,
        ..
    } = shared;
    runs.retain(|run| !run.text.is_empty());
    let length: usize = runs.iter().map(|run| run.text.encode_utf16().count()).sum();
    let (row, col) = place;
    let even = runs.windows(2).all(|pair| pair[0].marks == pair[1].marks);
    if even || length > LONGEST {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        let own = runs.first().map_or(Marks::NONE, |run| run.marks);
        let marks: Marks = Mark::ALL
            .into_iter()
            .filter(|mark| own.has(*mark) || look.marks.contains(&(*mark as u8)))
            .collect();
        let format = formats.get(look.marked(marks));
        return write_text(worksheet, place, &text, &format, diagnostics);
    }
    let size = if look.size == Points::default() {
        Points::new(TEXT_SIZE)
    } else {
        look.size
    };
    let pieces: Vec<(Format, &str)> = runs
        .iter()
        .map(|run| {
            let run_look = Look {
                size,
                ..Look::default()
            }
            .marked(run.marks);
            (formats.get(run_look), run.text.as_str())
        })
        .collect();
    let pieces: Vec<(&Format, &str)> = pieces
        .iter()
        .map(|(format, text)| (format, *text))
        .collect();
    let format = formats.get(look);
    worksheet
        .write_rich_string_with_format(row, col, &pieces, &format)
        .map_err(refused)?;
    Ok(())
}

/// Writes plain text into a cell, cut at the longest that a cell can hold.
pub(crate) fn write_text(
    worksheet: &mut Worksheet,
    place: (u32, u16),
    text: &str,
    format: &Format,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let (row, col) = place;
    if text.is_empty() {
        worksheet.write_blank(row, col, format).map_err(refused)?;
        return Ok(());
    }
    let text = fit(text, diagnostics);
    worksheet
        .write_string_with_format(row, col, text, format)
        .map_err(refused)?;
    Ok(())
}

/// The text without what a workbook cannot hold.
pub(crate) fn fit(text: &str, diagnostics: &mut Diagnostics) -> String {
    fit_in(text, LONGEST, "a text", "a cell", diagnostics)
}

/// A text that is cut, and told, where it is longer than a place holds, in UTF-16 code units.
pub(crate) fn fit_in(
    text: &str,
    longest: usize,
    what: &str,
    place: &str,
    diagnostics: &mut Diagnostics,
) -> String {
    let units = text.encode_utf16().count();
    if units > longest {
        let message =
            format!("{what} of {units} characters was cut at the {longest} that {place} can hold");
        diagnostics.add(Code::TextCut, message, None);
    }
    cut(text, longest)
}

/// The start of a text that has at most so many UTF-16 code units.
pub(crate) fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    text.chars().take_while(fits).collect()
}

fn collect(content: &[Inline], outer: Marks, runs: &mut Vec<Run>, diagnostics: &mut Diagnostics) {
    for inline in content {
        let mut push = |text: &str, marks: Marks| {
            let kept = marks
                .without(Mark::Hidden)
                .without(Mark::Highlight)
                .without(Mark::Smallcaps);
            if kept != marks {
                let message =
                    "hidden, highlighted and small capital text was written without these marks";
                diagnostics.once(Code::MarkDropped, message, None);
            }
            let marks = kept;
            match runs.last_mut() {
                Some(run) if run.marks == marks => run.text.push_str(text),
                _ => runs.push(Run {
                    text: text.to_owned(),
                    marks,
                }),
            }
        };
        match inline {
            Inline::Text(run) => push(&run.text, outer.union(run.marks)),
            Inline::Tab => push("\t", outer),
            Inline::LineBreak => push("\n", outer),
            Inline::Math(math) => {
                push(&math.text, outer);
                diagnostics.once(
                    Code::MathAsText,
                    "formulas of mathematics were written as text",
                    None,
                );
            }
            Inline::Link(link) => collect(&link.content, outer, runs, diagnostics),
            Inline::Field(field) => collect(field.shown(), outer, runs, diagnostics),
            Inline::Image(_) | Inline::NoteRef(_) | Inline::Anchor(_) => {}
        }
    }
}

/// The lines that a text takes in a column of `width` characters.
pub(crate) fn lines(content: &[Inline], width: f64) -> f64 {
    let text = inline_text(content);
    text.lines()
        .map(|line| {
            (unicode_width::UnicodeWidthStr::width(line) as f64 / width)
                .ceil()
                .max(1.0)
        })
        .sum::<f64>()
        .max(1.0)
}
