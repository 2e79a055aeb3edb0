//! A deposit out of inputs that were prepared: which file stands where, and what is said of it.

use std::mem::take;

use tabulary::ir::{Diagnostic, Document, Error, Outcome, json};

use crate::bagit::BagInfo;
use crate::deposit::{Deposit, Deposited, Payload, bag};
use crate::format::{self, FileFormat};
use crate::ledger::{self, Line, Output, Role, Rules};
use crate::metadata;
use crate::names::{Taken, folder_name, safe_name, stem};
use crate::options::{DepositOptions, Named};
use crate::prepare::{Content, Prepared, prepare};
use crate::{checks, info, readme};

/// Names below `data/checks/` and `data/metadata/` that no folder of a report may have.
const RESERVED: [&str; 3] = ["ledger.jsonl", "mets.xml", "premis.xml"];

/// A file of the payload, with what it is.
pub(crate) struct File {
    pub(crate) payload: Payload,
    pub(crate) role: Role,
    pub(crate) format: FileFormat,
    /// The identifier of its format in Tabulary.
    pub(crate) id: String,
    /// The report that it belongs to, by its place; none where it is about all.
    pub(crate) report: Option<usize>,
}

/// What is known of a report where the metadata of a deposit are written.
pub(crate) struct About<'a> {
    /// The name that it came with.
    pub(crate) name: &'a str,
    pub(crate) content: Result<&'a Content, &'a Error>,
}

impl About<'_> {
    /// The document, where there is one.
    pub(crate) fn document(&self) -> Option<&Document> {
        Some(&self.content.ok()?.document)
    }

    /// What a person calls it: its title, else its name.
    pub(crate) fn title(&self) -> &str {
        let title = self
            .document()
            .and_then(|document| document.meta.title.as_deref());
        title.filter(|title| !title.is_empty()).unwrap_or(self.name)
    }
}

/// Makes the deposit of inputs: one bag, in memory. The same inputs and options give the same bytes.
///
/// An input that cannot be read is kept as it is, and told in [`Deposited::unread`].
///
/// # Errors
/// `Caller` where there are no inputs; where none can be read, the error of the first.
pub fn deposit(
    inputs: &[Named<'_>],
    options: &DepositOptions<'_>,
) -> Result<Outcome<Deposit>, Error> {
    let prepared = inputs.iter().map(|input| prepare(*input, options));
    assemble(prepared.collect(), options)
}

/// Makes the deposit of inputs that were prepared. What was told of them is in the diagnostics, in their order.
///
/// # Errors
/// Those of [`deposit()`].
pub fn assemble(
    mut prepared: Vec<Prepared>,
    options: &DepositOptions<'_>,
) -> Result<Outcome<Deposit>, Error> {
    if prepared.is_empty() {
        return Err(Error::caller("there is nothing to deposit").help("name a file"));
    }
    if prepared.iter().all(|input| input.content.is_err()) {
        let first = prepared.swap_remove(0);
        return Err(first.content.expect_err("no input could be read"));
    }
    let diagnostics: Vec<Diagnostic> = prepared
        .iter()
        .flat_map(Prepared::diagnostics)
        .cloned()
        .collect();
    let (files, readme, info) = payload(&mut prepared, options);
    let payload = files.into_iter().map(|file| file.payload).collect();
    let (files, seal) = bag(payload, info, &readme);
    let reports = prepared.into_iter().map(told).collect();
    let value = Deposit {
        files,
        reports,
        seal,
    };
    Ok(Outcome { value, diagnostics })
}

/// Every file of the payload, the page for a person, and what is said of the bag.
fn payload(
    prepared: &mut [Prepared],
    options: &DepositOptions<'_>,
) -> (Vec<File>, String, BagInfo) {
    let mut folders = Taken::with(&RESERVED);
    let mut files = Vec::new();
    let mut lines = Vec::new();
    let count = prepared.len();
    for (index, input) in prepared.iter_mut().enumerate() {
        let folder = if count == 1 {
            String::new()
        } else {
            folders.take(&folder_name(&input.name)) + "/"
        };
        let mut shelf = Shelf {
            files: &mut files,
            folder,
            report: index,
        };
        lines.push(stow(input, &mut shelf));
    }
    let about: Vec<About<'_>> = prepared
        .iter()
        .map(|input| About {
            name: &input.name,
            content: input.content.as_ref(),
        })
        .collect();
    let readme = readme::text(&about, &files, options);
    files.push(whole(
        ledger::PATH,
        Role::Checks,
        format::JSON_LINES,
        "jsonl",
        ledger::write(&lines),
    ));
    let info = info::of(&about, options);
    let premis = metadata::premis(&about, &files, &info, options);
    files.push(whole(
        metadata::PREMIS_PATH,
        Role::Metadata,
        format::XML,
        "xml",
        premis,
    ));
    let mets = metadata::mets(&about, &files, &info, options);
    files.push(whole(
        metadata::METS_PATH,
        Role::Metadata,
        format::XML,
        "xml",
        mets,
    ));
    (files, readme, info)
}

/// A file that is about all reports.
fn whole(path: &str, role: Role, format: FileFormat, id: &str, bytes: Vec<u8>) -> File {
    File {
        payload: Payload::new(path.to_owned(), bytes),
        role,
        format,
        id: id.to_owned(),
        report: None,
    }
}

/// Where the files of one report go.
struct Shelf<'a> {
    files: &'a mut Vec<File>,
    /// The folder of the report with its slash; empty where it is the only one.
    folder: String,
    report: usize,
}

impl Shelf<'_> {
    /// Puts a file where its role says.
    fn put(
        &mut self,
        role: Role,
        name: &str,
        format: FileFormat,
        id: &str,
        bytes: Vec<u8>,
    ) -> Output {
        let path = format!("data/{}/{}{name}", role.folder(), self.folder);
        let payload = Payload::new(path.clone(), bytes);
        let output = Output {
            path,
            role,
            format: id.to_owned(),
            size: payload.bytes.len() as u64,
            sha256: payload.digests.sha256.clone(),
        };
        let id = id.to_owned();
        self.files.push(File {
            payload,
            role,
            format,
            id,
            report: Some(self.report),
        });
        output
    }
}

/// Puts everything of an input on its shelf, and says so in a line. The bytes of files move there.
fn stow(input: &mut Prepared, shelf: &mut Shelf<'_>) -> Line {
    let name = safe_name(&input.name);
    let (kind, id) = match &input.content {
        Ok(content) => (content.format, content.read_as),
        Err(_) => (format::UNKNOWN, ""),
    };
    let original = shelf.put(Role::Original, &name, kind, id, take(&mut input.bytes));
    let mut line = Line {
        path: input.name.clone(),
        size: original.size,
        sha256: original.sha256,
        original: original.path,
        format: None,
        outcome: ledger::Outcome::Unread,
        error: None,
        title: None,
        form: None,
        rules: None,
        outputs: Vec::new(),
        unpublished: Default::default(),
        diagnostics: Default::default(),
    };
    let diagnostics = ledger::counts(input.diagnostics());
    let content = match &mut input.content {
        Ok(content) => content,
        Err(error) => {
            line.error = Some(error.to_string());
            return line;
        }
    };
    line.format = Some(content.read_as.to_owned());
    line.outcome = if content.unpublished.is_empty() {
        ledger::Outcome::Deposited
    } else {
        ledger::Outcome::Partly
    };
    line.title.clone_from(&content.document.meta.title);
    line.diagnostics = diagnostics;
    let unpublished = content.unpublished.iter();
    line.unpublished = unpublished
        .map(|(id, error)| ((*id).to_owned(), error.to_string()))
        .collect();
    line.form = content.data.as_ref().map(|data| data.form.clone());
    line.rules = content.data.as_ref().map(|data| Rules {
        hold: data.result.holds,
        broken: data.result.violated,
        undecided: data.result.undecided.len(),
        findings: data.result.findings.len(),
    });
    line.outputs = stow_content(content, stem(&name), shelf);
    line
}

fn stow_content(content: &mut Content, stem: &str, shelf: &mut Shelf<'_>) -> Vec<Output> {
    // The original of the report is the file before.
    let first = shelf.files.len().saturating_sub(1);
    let document = json::to_string(&content.document).into_bytes();
    let mut outputs = vec![shelf.put(
        Role::Canonical,
        "document.json",
        format::JSON,
        "json",
        document,
    )];
    if let Some(data) = &content.data {
        let json = data.json.clone().into_bytes();
        outputs.push(shelf.put(Role::Data, "report.json", format::JSON, "json", json));
    }
    for one in &mut content.publications {
        let kind = format::published(one.id, one.standard);
        let name = format!("{stem}.{}", one.id);
        let bytes = take(&mut one.bytes);
        outputs.push(shelf.put(Role::Published, &name, kind, one.id, bytes));
    }
    let diagnostics = checks::diagnostics(content);
    outputs.push(shelf.put(
        Role::Checks,
        "diagnostics.json",
        format::JSON,
        "json",
        diagnostics,
    ));
    if let Some(data) = &content.data {
        let findings = checks::findings(data);
        outputs.push(shelf.put(
            Role::Checks,
            "findings.json",
            format::JSON,
            "json",
            findings,
        ));
        let page = checks::page(data);
        outputs.push(shelf.put(Role::Checks, "findings.txt", format::TEXT, "txt", page));
    }
    let core = metadata::dublin_core(&content.document.meta);
    outputs.push(shelf.put(Role::Metadata, "dublin-core.xml", format::XML, "xml", core));
    let record = metadata::dat46(&content.document.meta, &shelf.files[first..]);
    outputs.push(shelf.put(Role::Metadata, "dat46.xml", format::XML, "xml", record));
    outputs
}

/// What is told of an input.
fn told(input: Prepared) -> Deposited {
    let mut deposited = Deposited {
        name: input.name,
        form: None,
        is_wrong: false,
        read: Vec::new(),
        published: Vec::new(),
        unread: None,
        unpublished: Vec::new(),
    };
    match input.content {
        Err(error) => deposited.unread = Some(error),
        Ok(content) => {
            deposited.read = content.diagnostics;
            let published = content.publications.into_iter();
            deposited.published = published.map(|one| (one.id, one.diagnostics)).collect();
            deposited.unpublished = content.unpublished;
            if let Some(data) = content.data {
                deposited.is_wrong = data.result.is_wrong();
                deposited.form = Some(data.form);
            }
        }
    }
    deposited
}
