//! `tabulary fonts`.

use std::fmt::Write;

use tabulary::{Survey, read_bytes, survey_fonts};

use crate::args::{AnswerFormat, ShowFonts};
use crate::convert::bytes_of;
use crate::messages::{Exit, name_of, print, say_error, usage};

pub(crate) fn run(arguments: &ShowFonts) -> Exit {
    let mut options = match arguments.reading.options() {
        Ok(options) => options,
        Err(message) => return usage(&message),
    };
    if let Err(message) = arguments.fonts.apply(&mut options) {
        return usage(&message);
    }
    let mut document = None;
    if let Some(input) = &arguments.input {
        let read = bytes_of(input, &options)
            .and_then(|(bytes, name)| read_bytes(&bytes, name.as_deref(), &options));
        match read {
            Ok(outcome) => document = Some(outcome.value),
            Err(error) => {
                say_error(&name_of(input), &error);
                return Exit::of(&error);
            }
        }
    }
    let survey = survey_fonts(document.as_ref(), &options.write);
    match arguments.format {
        AnswerFormat::Json => {
            let json = serde_json::to_string_pretty(&survey).expect("all keys are texts");
            print(&(json + "\n"))
        }
        AnswerFormat::Text => print(&text(&survey, document.is_some())),
    }
}

fn text(survey: &Survey, with_document: bool) -> String {
    let mut text =
        String::from("What text is set in, the first that has a character being taken:\n");
    for role in &survey.roles {
        let families = role.families.join(", ");
        let asked = match (role.asked, role.found) {
            (Some(asked), false) => format!("  ({asked} is not there)"),
            _ => String::new(),
        };
        let _ = writeln!(text, "  {:<11} {families}{asked}", role.role);
    }
    text.push_str("\nFonts:\n");
    for font in &survey.fonts {
        let slanted = if font.italic { " italic" } else { "" };
        let file = font.file.as_deref().unwrap_or("built in");
        let _ = writeln!(
            text,
            "  {} {}{slanted}, {} characters, {file}",
            font.family, font.weight, font.characters
        );
    }
    for message in &survey.messages {
        let _ = writeln!(text, "note: {message}");
    }
    if with_document && survey.missing.is_empty() {
        text.push_str("\nEvery character of the document has a glyph.\n");
    }
    if !survey.missing.is_empty() {
        text.push_str("\nCharacters of the document that no font has:\n");
        for missing in &survey.missing {
            let _ = writeln!(
                text,
                "  {} {}, {} times",
                missing.character, missing.code, missing.count
            );
        }
    }
    text
}
