//! `tabulary form`.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;
use tabulary::forms::{
    Form, Forms, Gravity, Language, blank, draft, fill, name_of as form_name, schema,
};
use tabulary::ir::Error;
use tabulary::{Options, format_for, load, read_bytes, write, write_file};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one, set_fields};
use crate::form_args::{Fill, FormCommand, asked, known_forms};
use crate::messages::{Exit, name_of, print, say, say_diagnostics, usage};

pub(crate) fn run(command: &FormCommand) -> Exit {
    match command {
        FormCommand::List { format } => list(*format),
        FormCommand::Show { form, format } => with_form(form, |form| show(form, *format)),
        FormCommand::Blank {
            form,
            output,
            force,
        } => with_form(form, |form| write_blank(form, output, *force)),
        FormCommand::Fill(arguments) => fill_in(arguments),
        FormCommand::New { input, output } => new(input, output),
        FormCommand::Schema => print(&format!("{:#}\n", schema())),
    }
}

/// Does something with the form of a name; of several editions with the last.
fn with_form(name: &str, work: impl FnOnce(&Form) -> Exit) -> Exit {
    let found = known_forms(Some(name)).and_then(|forms| {
        let count = asked(&forms, Some(name))?.len();
        Ok((forms, count))
    });
    match found {
        Ok((forms, _)) => match asked(&forms, Some(name)) {
            Ok(all) => all.last().map_or(Exit::Usage, |form| work(form)),
            Err(error) => fail("form", &error),
        },
        Err(error) => fail("form", &error),
    }
}

fn list(format: AnswerFormat) -> Exit {
    let forms = Forms::new();
    let all = forms.all();
    match format {
        AnswerFormat::Json => {
            let entries: Vec<_> = all
                .iter()
                .map(|form| {
                    json!({
                        "id": form.id(),
                        "edition": form.edition(),
                        "title": form.title(),
                        "fields": form.fields().len(),
                        "rules": form.rules().len(),
                    })
                })
                .collect();
            print(&format!("{:#}\n", json!(entries)))
        }
        AnswerFormat::Text => {
            let width = all.iter().map(|form| form_name(form).len()).max();
            let width = width.unwrap_or_default();
            let mut text = String::new();
            for form in &all {
                let _ = writeln!(
                    text,
                    "{:width$}  {}  ({} fields, {} rules)",
                    form_name(form),
                    form.title(),
                    form.fields().len(),
                    form.rules().len()
                );
            }
            print(&text)
        }
    }
}

fn show(form: &Form, format: AnswerFormat) -> Exit {
    let about = form.about();
    if format == AnswerFormat::Json {
        let fields: Vec<_> = form
            .fields()
            .iter()
            .map(|field| {
                json!({
                    "id": field.id, "type": format!("{:?}", field.kind).to_lowercase(),
                    "unit": field.unit, "label": field.label,
                })
            })
            .collect();
        let rules: Vec<_> = form
            .rules()
            .iter()
            .map(|rule| json!({"id": rule.id, "rule": rule.rule, "zh": rule.zh, "en": rule.en}))
            .collect();
        let all = json!({"id": form.id(), "edition": form.edition(), "title": form.title(), "fields": fields, "rules": rules});
        return print(&format!("{all:#}\n"));
    }
    let mut text = format!("{}  {}\n", form_name(form), form.title());
    if let Some(basis) = &about.basis {
        let _ = writeln!(text, "{basis}");
    }
    text.push_str("\nfields\n");
    for field in form.fields() {
        let kind = format!("{:?}", field.kind).to_lowercase();
        let unit = field.unit.as_deref().map(|unit| format!(" in {unit}"));
        let _ = writeln!(
            text,
            "  {:22} {}{}  {}",
            field.id,
            kind,
            unit.unwrap_or_default(),
            field.label
        );
    }
    text.push_str("\nrules\n");
    for rule in form.rules() {
        let says = rule.en.unwrap_or(rule.rule);
        let _ = writeln!(text, "  {:22} {says}", rule.id);
    }
    print(&text)
}

fn write_blank(form: &Form, output: &Path, force: bool) -> Exit {
    let options = Options {
        overwrite: force,
        ..Options::default()
    };
    let written = format_for(output, &options).and_then(|format| {
        let document = blank(form, format == "xlsx");
        write(&document, output, &options)
    });
    match written {
        Ok(_) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}

fn fill_in(arguments: &Fill) -> Exit {
    arguments
        .how
        .run(|options, chosen| fill_with(arguments, options, chosen))
}

fn fill_with(arguments: &Fill, mut options: Options, chosen: &[&Form]) -> Exit {
    options.overwrite = arguments.force;
    let mut reading = match read_one(&arguments.input, chosen, &options) {
        Ok(reading) => reading,
        Err(error) => return fail(&name_of(&arguments.input), &error),
    };
    let report = &mut reading.extraction.report;
    if let Err(message) = set_fields(reading.form, report, &arguments.set) {
        return usage(&message);
    }
    let document = fill(reading.form, report);
    let output = name_of(&arguments.output);
    let mut findings = reading.extraction.findings.iter();
    let mut exit = Exit::Done;
    if findings.any(|finding| finding.severity == Gravity::Error) {
        for finding in &reading.extraction.findings {
            say(&format!(
                "{}: {}",
                name_of(&arguments.input),
                finding.line(Language::English)
            ));
        }
        exit = Exit::Findings;
    }
    match write(&document, &arguments.output, &options) {
        Ok(told) => {
            if !arguments.quiet {
                say_diagnostics(&output, &told);
            }
            exit
        }
        Err(error) => fail(&arguments.output.display().to_string(), &error),
    }
}

fn new(input: &Path, folder: &Path) -> Exit {
    let drafted = make_draft(input, folder);
    match drafted {
        Ok(path) => print(&format!(
            "{path}: a first draft; describe its fields and rules there\n"
        )),
        Err(error) => fail(&name_of(input), &error),
    }
}

fn make_draft(input: &Path, folder: &Path) -> Result<String, Error> {
    let options = Options::default();
    let bytes = load(input, &options.read.limits)?;
    let name = input
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let document = read_bytes(&bytes, Some(&name), &options)?.value;
    let extension = Path::new(&name)
        .extension()
        .map(|extension| extension.to_string_lossy());
    let template = format!("template.{}", extension.unwrap_or("html".into()));
    let id = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_else(|| "form".into());
    let toml = draft(&id, &template, &document)?;
    tabulary::make_folder(folder)?;
    write_file(folder.join(&template), &bytes, false)?;
    let path = folder.join("form.toml");
    write_file(&path, toml.as_bytes(), false)?;
    Ok(path.display().to_string())
}
