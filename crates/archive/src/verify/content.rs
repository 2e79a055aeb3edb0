//! What the files of a deposit say: documents by their schema, publications by their documents.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde::Deserialize;
use tabulary::ir::{Code, Diagnostics, Document, Error, ErrorKind, WriteOptions, json};
use tabulary::{Options, as_published, read_bytes};

use super::finding::{Finding, FindingKind as Kind};
use super::{Sound, VerifyOptions};
use crate::bagit::BagInfo;
use crate::info::DATE;
use crate::ledger::{Line, Output, Role};
use crate::prepare::{PUBLISHED, publish, write_options};

/// The schema of the canonical JSON, ready to validate.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&json::schema()).expect("the schema of the model is a schema")
});

/// Holds documents against their schema, and publications against their documents.
pub(super) fn check(
    sound: &Sound<'_>,
    lines: &[Line],
    info: &BagInfo,
    options: &VerifyOptions,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let day = info.get(DATE).map(str::to_owned);
    let reading = Reading {
        read: Options {
            from: None,
            no_origins: false,
            ..options.convert.clone()
        },
        write: write_options(&options.convert, day),
    };
    for line in lines {
        let document = line
            .outputs
            .iter()
            .find(|output| output.role == Role::Canonical);
        let Some(output) = document else {
            continue;
        };
        let Some(bytes) = sound.bytes(&output.path)? else {
            continue;
        };
        let document = match reading.document(&bytes)? {
            Ok(document) => document,
            Err(why) => {
                findings.push(Finding::new(
                    Kind::Canonical,
                    output.path.clone(),
                    format!("it is no canonical document: {why}"),
                    format!("不是规范文档：{why}"),
                ));
                continue;
            }
        };
        for output in line
            .outputs
            .iter()
            .filter(|output| output.role == Role::Published)
        {
            check_publication(sound, &reading, &document, output, findings)?;
        }
    }
    Ok(())
}

fn check_publication(
    sound: &Sound<'_>,
    reading: &Reading,
    document: &Document,
    output: &Output,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let Some(bytes) = sound.bytes(&output.path)? else {
        return Ok(());
    };
    let why = match PUBLISHED.into_iter().find(|id| *id == output.format) {
        None => Some(("the format is none of publications", "格式不是发布格式")),
        Some("pdf") => reading.pdf(document, &bytes)?,
        Some(id) => reading.other(document, id, &bytes)?,
    };
    if let Some((en, zh)) = why {
        findings.push(Finding::new(Kind::Published, output.path.clone(), en, zh));
    }
    Ok(())
}

/// Why a publication is not the document, in both languages; none where it is.
type Why = Option<(&'static str, &'static str)>;

/// How documents are read and published anew.
struct Reading {
    read: Options,
    write: WriteOptions,
}

impl Reading {
    /// A document out of its canonical JSON; why it is none, where it is none.
    fn document(&self, bytes: &[u8]) -> Result<Result<Document, String>, Error> {
        let document = match within(json::from_slice(bytes, &self.read.read))? {
            Ok(outcome) => outcome.value,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if json::to_string(&document).as_bytes() != bytes {
            return Ok(Err("its bytes are not those of RFC 8785".to_owned()));
        }
        // What stands deep in one another was bounded when it was read as a document.
        let mut parser = serde_json::Deserializer::from_slice(bytes);
        parser.disable_recursion_limit();
        let value = serde_json::Value::deserialize(serde_stacker::Deserializer::new(&mut parser));
        let fault = match &value {
            Err(error) => Some(error.to_string()),
            Ok(value) => {
                let mut faults = SCHEMA.iter_errors(value);
                faults
                    .next()
                    .map(|fault| format!("{}: {fault}", fault.instance_path()))
            }
        };
        if let Some(fault) = fault {
            return Ok(Err(fault));
        }
        Ok(Ok(document))
    }

    /// A PDF carries the very document, and its pages are those that it was sealed with: reading tells both.
    fn pdf(&self, document: &Document, bytes: &[u8]) -> Result<Why, Error> {
        let wanted = as_published(document, "pdf", &self.write)?;
        // What readers noted on a document is no part of its pages, nor of what they carry.
        let without = wanted.without_comments(&mut Diagnostics::new());
        let wanted = json::to_string(without.as_ref().unwrap_or(&wanted));
        // Reading joins what stands side by side once something between was left out.
        let wanted = json::from_slice(wanted.as_bytes(), &self.read.read)?.value;
        let read = match within(read_bytes(bytes, Some("x.pdf"), &self.read))? {
            Ok(read) => read,
            Err(_) => return Ok(Some(("it is no PDF that can be read", "不是可读取的 PDF"))),
        };
        let is_sealed = !read
            .diagnostics
            .iter()
            .any(|told| told.code == Code::EmbeddedMismatch);
        if !is_sealed {
            let en = "its pages are not those that were made from the document that it carries";
            return Ok(Some((en, "页面与其所附文档不符")));
        }
        let is_same = json::to_string(&read.value) == json::to_string(&wanted);
        let en = "the document that it carries is not the canonical document";
        Ok((!is_same).then_some((en, "所附文档不是规范文档")))
    }

    /// Any other format is what writing the document gives, byte by byte; else it reads back as what that reads back as.
    fn other(&self, document: &Document, id: &'static str, bytes: &[u8]) -> Result<Why, Error> {
        let en = "it does not say what the canonical document says";
        let why = Some((en, "所述内容与规范文档不符"));
        let Ok(anew) = within(publish(document, id, &self.write))? else {
            return Ok(why);
        };
        if anew.bytes == bytes {
            return Ok(None);
        }
        let name = format!("x.{id}");
        let back = |bytes: &[u8]| -> Result<Option<String>, Error> {
            let read = within(read_bytes(bytes, Some(&name), &self.read))?;
            Ok(read.ok().map(|mut read| {
                read.value.strip_origins();
                json::to_string(&read.value)
            }))
        };
        let (found, wanted) = (back(bytes)?, back(&anew.bytes)?);
        Ok(if found.is_some() && found == wanted {
            None
        } else {
            why
        })
    }
}

/// A result whose error says something of the file; what a limit or the disk says is an error of the whole.
fn within<T>(result: Result<T, Error>) -> Result<Result<T, Error>, Error> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::Limit | ErrorKind::Io) => Err(error),
        result => Ok(result),
    }
}
