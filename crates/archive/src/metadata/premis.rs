//! The PREMIS 3.0 record of a deposit: its files, what happened to them, and who did it.

use std::collections::{BTreeMap, BTreeSet};

use super::events::{Event, of_report, when_all};
use super::{PREMIS, XSI, by_report};
use crate::assemble::{About, File};
use crate::bagit::BagInfo;
use crate::digest::Algorithm;
use crate::info::{GROUP, IDENTIFIER, ORGANIZATION, agent, version_name};
use crate::ledger::Role;
use crate::options::{DepositOptions, Previous};
use crate::xml::Xml;

/// How files are named in the record: by their paths in the bag.
const PATH: &str = "path in the bag";
/// How events and agents are named in it.
const LOCAL: &str = "local";
/// The identifier of the program as an agent.
const PROGRAM: &str = "agent-program";
/// The identifier of the organization as an agent.
const ORGANIZATION_ID: &str = "agent-organization";

/// The record (PREMIS Data Dictionary 3.0), for the files that are there when it is written: all but itself and the METS
/// record, which names it.
pub(crate) fn premis(
    about: &[About<'_>],
    files: &[File],
    info: &BagInfo,
    options: &DepositOptions<'_>,
) -> Vec<u8> {
    let mut events = Vec::new();
    for (one, own) in about.iter().zip(by_report(files, about.len())) {
        events.extend(of_report(one, &own, options));
    }
    let creation = events.len();
    events.push(creation_of(about, options));
    let mut xml = Xml::new();
    xml.open(
        "premis",
        &[("xmlns", PREMIS), ("xmlns:xsi", XSI), ("version", "3.0")],
    );
    entity(&mut xml, info, options, creation);
    let marks = marks(&events);
    for file in files {
        object(&mut xml, about, file, &events, &marks);
    }
    let organization = info.get(ORGANIZATION);
    for (number, event) in events.iter().enumerate() {
        let whole = (number == creation).then(|| identity(info, options));
        write_event(
            &mut xml,
            number,
            event,
            whole.as_deref(),
            organization.is_some(),
        );
    }
    agents(&mut xml, organization);
    xml.close();
    xml.finish()
}

/// The events of each file: of which of them it came, and in which it took part.
#[derive(Default)]
struct Marks {
    made: Option<usize>,
    touched: BTreeSet<usize>,
}

fn marks(events: &[Event]) -> BTreeMap<&str, Marks> {
    let mut marks: BTreeMap<&str, Marks> = BTreeMap::new();
    for (number, event) in events.iter().enumerate() {
        for path in event.sources.iter().chain(&event.results) {
            marks.entry(path).or_default().touched.insert(number);
        }
        for path in &event.results {
            marks.entry(path).or_default().made.get_or_insert(number);
        }
    }
    marks
}

/// That the deposit was made, and which one it follows.
fn creation_of(about: &[About<'_>], options: &DepositOptions<'_>) -> Event {
    let detail = match &options.previous {
        None => "the deposit was made: version 1".to_owned(),
        Some(previous) => format!(
            "version {} was made, which corrects version {} and leaves it as it is",
            previous.version + 1,
            previous.version
        ),
    };
    Event {
        kind: "information package creation",
        detail,
        outcome: "success",
        note: None,
        when: when_all(about, options),
        sources: Vec::new(),
        results: Vec::new(),
    }
}

/// What the deposit as a whole is called: its group or what it is known by, and its version.
fn identity(info: &BagInfo, options: &DepositOptions<'_>) -> String {
    let group = info
        .get(GROUP)
        .or_else(|| info.get(IDENTIFIER))
        .unwrap_or("deposit");
    let version = options
        .previous
        .as_ref()
        .map_or(1, |previous| previous.version + 1);
    version_name(group, version)
}

/// The deposit as a whole (PREMIS 3.0 1.1 to 1.13 for an intellectual entity), and the one it follows.
fn entity(xml: &mut Xml, info: &BagInfo, options: &DepositOptions<'_>, creation: usize) {
    xml.open("object", &[("xsi:type", "intellectualEntity")]);
    identifier(
        xml,
        "object",
        "deposit and version",
        &identity(info, options),
    );
    if let Some(Previous { seal, .. }) = &options.previous {
        xml.open("relationship", &[]);
        xml.text("relationshipType", "derivation");
        xml.text("relationshipSubType", "has source");
        identifier(
            xml,
            "relatedObject",
            "SHA-512 of tagmanifest-sha512.txt",
            seal,
        );
        identifier(xml, "relatedEvent", LOCAL, &event_name(creation));
        xml.close();
    }
    xml.close();
}

/// A file (PREMIS 3.0 1, object entity).
fn object(
    xml: &mut Xml,
    about: &[About<'_>],
    file: &File,
    events: &[Event],
    marks: &BTreeMap<&str, Marks>,
) {
    let path = &file.payload.path;
    xml.open("object", &[("xsi:type", "file")]);
    identifier(xml, "object", PATH, path);
    characteristics(xml, file);
    if let (Role::Original, Some(report)) = (file.role, file.report) {
        xml.text("originalName", about[report].name);
    }
    let none = Marks::default();
    let marks = marks.get(path.as_str()).unwrap_or(&none);
    if let Some(number) = marks.made {
        for source in &events[number].sources {
            xml.open("relationship", &[]);
            xml.text("relationshipType", "derivation");
            xml.text("relationshipSubType", "has source");
            identifier(xml, "relatedObject", PATH, source);
            identifier(xml, "relatedEvent", LOCAL, &event_name(number));
            xml.close();
        }
    }
    for number in &marks.touched {
        identifier(xml, "linkingEvent", LOCAL, &event_name(*number));
    }
    xml.close();
}

/// Digests, size and format of a file, and what made it (PREMIS 3.0 1.5).
fn characteristics(xml: &mut Xml, file: &File) {
    xml.open("objectCharacteristics", &[]);
    xml.text("compositionLevel", "0");
    for algorithm in Algorithm::ALL {
        xml.open("fixity", &[]);
        xml.text("messageDigestAlgorithm", algorithm.title());
        xml.text("messageDigest", file.payload.digests.by(algorithm));
        xml.text("messageDigestOriginator", &agent());
        xml.close();
    }
    xml.text("size", &file.payload.bytes.len().to_string());
    xml.open("format", &[]);
    xml.open("formatDesignation", &[]);
    xml.text("formatName", file.format.name);
    if let Some(version) = file.format.version {
        xml.text("formatVersion", version);
    }
    xml.close();
    if let Some(key) = file.format.pronom {
        xml.open("formatRegistry", &[]);
        xml.text("formatRegistryName", "PRONOM");
        xml.text("formatRegistryKey", key);
        xml.close();
    }
    xml.text("formatNote", file.format.media_type);
    xml.close();
    if file.role != Role::Original {
        xml.open("creatingApplication", &[]);
        xml.text("creatingApplicationName", "Tabulary");
        xml.text("creatingApplicationVersion", env!("CARGO_PKG_VERSION"));
        xml.close();
    }
    xml.close();
}

/// An event (PREMIS 3.0 2). `whole` names the deposit where the event is about all of it.
fn write_event(xml: &mut Xml, number: usize, event: &Event, whole: Option<&str>, is_ordered: bool) {
    xml.open("event", &[]);
    identifier(xml, "event", LOCAL, &event_name(number));
    xml.text("eventType", event.kind);
    xml.text("eventDateTime", &event.when);
    xml.open("eventDetailInformation", &[]);
    xml.text("eventDetail", &event.detail);
    xml.close();
    xml.open("eventOutcomeInformation", &[]);
    xml.text("eventOutcome", event.outcome);
    if let Some(note) = &event.note {
        xml.open("eventOutcomeDetail", &[]);
        xml.text("eventOutcomeDetailNote", note);
        xml.close();
    }
    xml.close();
    linking_agent(xml, PROGRAM, "executing program");
    if is_ordered && whole.is_some() {
        linking_agent(xml, ORGANIZATION_ID, "depositor");
    }
    for (paths, role) in [(&event.sources, "source"), (&event.results, "outcome")] {
        for path in paths {
            linking_object(xml, PATH, path, role);
        }
    }
    if let Some(whole) = whole {
        linking_object(xml, "deposit and version", whole, "outcome");
    }
    xml.close();
}

fn linking_agent(xml: &mut Xml, id: &str, role: &str) {
    xml.open("linkingAgentIdentifier", &[]);
    xml.text("linkingAgentIdentifierType", LOCAL);
    xml.text("linkingAgentIdentifierValue", id);
    xml.text("linkingAgentRole", role);
    xml.close();
}

fn linking_object(xml: &mut Xml, kind: &str, value: &str, role: &str) {
    xml.open("linkingObjectIdentifier", &[]);
    xml.text("linkingObjectIdentifierType", kind);
    xml.text("linkingObjectIdentifierValue", value);
    xml.text("linkingObjectRole", role);
    xml.close();
}

/// The agents (PREMIS 3.0 3): the program, and the organization where one is known.
fn agents(xml: &mut Xml, organization: Option<&str>) {
    xml.open("agent", &[]);
    identifier(xml, "agent", LOCAL, PROGRAM);
    xml.text("agentName", "Tabulary");
    xml.text("agentType", "software");
    xml.text("agentVersion", env!("CARGO_PKG_VERSION"));
    xml.close();
    if let Some(name) = organization {
        xml.open("agent", &[]);
        identifier(xml, "agent", LOCAL, ORGANIZATION_ID);
        xml.text("agentName", name);
        xml.text("agentType", "organization");
        xml.close();
    }
}

/// An identifier: its type and its value.
fn identifier(xml: &mut Xml, of: &str, kind: &str, value: &str) {
    xml.open(&format!("{of}Identifier"), &[]);
    xml.text(&format!("{of}IdentifierType"), kind);
    xml.text(&format!("{of}IdentifierValue"), value);
    xml.close();
}

fn event_name(number: usize) -> String {
    format!("event-{}", number + 1)
}
