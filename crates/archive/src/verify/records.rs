//! The records of a deposit: that ledger, PREMIS and METS say of each file what it is.

use std::collections::BTreeSet;

use tabulary::ir::{Budget, Cancel, Error, ErrorKind};
use tabulary_package::xml::{Element, Event, Ns, Pull, decode};

use super::finding::{Finding, FindingKind as Kind};
use super::{Sound, VerifyOptions};
use crate::bagit::PAYLOAD;
use crate::digest::Algorithm;
use crate::ledger::{self, Line};
use crate::metadata::{METS_PATH, PREMIS_PATH, path_of};

/// What a record says of a file.
struct Said {
    path: String,
    size: Option<u64>,
    digests: Vec<(Algorithm, String)>,
}

/// Holds the records against the files; the lines of the ledger.
pub(super) fn check(
    sound: &Sound<'_>,
    options: &VerifyOptions,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    if let Some(bytes) = record(sound, ledger::PATH, findings)? {
        match ledger::read(&bytes) {
            Ok(read) => lines = read,
            Err(number) => findings.push(damaged(
                ledger::PATH,
                &format!("line {number} is none of a ledger"),
            )),
        }
        let said: Vec<Said> = lines.iter().flat_map(of_line).collect();
        compare(sound, ledger::PATH, &said, findings);
        all_named(
            sound,
            ledger::PATH,
            &said,
            |path| path.starts_with("data/original/"),
            findings,
        );
    }
    let limits = &options.convert.read.limits;
    for (path, parse) in [
        (PREMIS_PATH, of_premis as fn(&Element) -> Vec<Said>),
        (METS_PATH, of_mets),
    ] {
        let Some(bytes) = record(sound, path, findings)? else {
            continue;
        };
        let budget = Budget::new(limits, &Cancel::default());
        let root = match root(&bytes, &budget) {
            Ok(root) => root,
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                findings.push(damaged(path, &error.to_string()));
                continue;
            }
        };
        let said = parse(&root);
        compare(sound, path, &said, findings);
        let is_named = |named: &str| {
            named.starts_with(PAYLOAD)
                && named != METS_PATH
                && (named != PREMIS_PATH || path == METS_PATH)
        };
        all_named(sound, path, &said, is_named, findings);
    }
    Ok(lines)
}

/// A record; a finding where it is not there and nobody told so.
fn record(
    sound: &Sound<'_>,
    path: &str,
    findings: &mut Vec<Finding>,
) -> Result<Option<Vec<u8>>, Error> {
    let bytes = sound.bytes(path)?;
    if bytes.is_none() && !sound.is_doubtful(path) {
        findings.push(Finding::new(
            Kind::Missing,
            path.to_owned(),
            "a deposit has this record, and it is not there",
            "存档包应有此记录，但缺失",
        ));
    }
    Ok(bytes)
}

fn damaged(path: &str, why: &str) -> Finding {
    Finding::new(
        Kind::Record,
        path.to_owned(),
        format!("it cannot be read: {why}"),
        format!("无法读取：{why}"),
    )
}

/// Tells of files of which a record says another thing than they are, or that are not there.
fn compare(sound: &Sound<'_>, record: &str, said: &[Said], findings: &mut Vec<Finding>) {
    for Said {
        path,
        size,
        digests,
    } in said
    {
        if sound.is_doubtful(path) {
            continue;
        }
        let Some(found) = sound.digests(path) else {
            findings.push(Finding::new(
                Kind::Record,
                path.clone(),
                format!("{record} names it, and it is not there"),
                format!("{record} 提到此文件，但文件不存在"),
            ));
            continue;
        };
        let is_size = size.is_none_or(|size| sound.files.bag.size(path) == Some(size));
        let is_same = digests
            .iter()
            .all(|(algorithm, digest)| found.by(*algorithm).eq_ignore_ascii_case(digest));
        if !is_size || !is_same || digests.is_empty() {
            findings.push(Finding::new(
                Kind::Record,
                path.clone(),
                format!("it is not the file that {record} says: size or digest differ"),
                format!("与 {record} 所记不符：大小或摘要不同"),
            ));
        }
    }
}

/// Tells of files that a record should name and does not.
fn all_named(
    sound: &Sound<'_>,
    record: &str,
    said: &[Said],
    should: impl Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) {
    let named: BTreeSet<&str> = said.iter().map(|said| said.path.as_str()).collect();
    for path in sound.files.paths() {
        if should(path) && !named.contains(path) && !sound.is_doubtful(path) {
            findings.push(Finding::new(
                Kind::Record,
                path.to_owned(),
                format!("{record} does not name it"),
                format!("{record} 未提到此文件"),
            ));
        }
    }
}

fn of_line(line: &Line) -> Vec<Said> {
    let original = Said {
        path: line.original.clone(),
        size: Some(line.size),
        digests: vec![(Algorithm::Sha256, line.sha256.clone())],
    };
    let outputs = line.outputs.iter().map(|output| Said {
        path: output.path.clone(),
        size: Some(output.size),
        digests: vec![(Algorithm::Sha256, output.sha256.clone())],
    });
    std::iter::once(original).chain(outputs).collect()
}

/// The root of an XML text.
fn root(bytes: &[u8], budget: &Budget) -> Result<Element, Error> {
    let text = decode(bytes);
    let mut pull = Pull::new(&text, budget);
    loop {
        match pull.next_event()? {
            Event::Start(start) => return pull.element(start),
            Event::Eof => return Err(Error::input("it has no element")),
            Event::End | Event::Text(_) => {}
        }
    }
}

/// The files of a PREMIS record: objects that are named by a path.
fn of_premis(root: &Element) -> Vec<Said> {
    let objects = root.elements().filter(|element| element.local == "object");
    objects.filter_map(of_object).collect()
}

fn of_object(object: &Element) -> Option<Said> {
    let identifier = child(object, "objectIdentifier")?;
    let path = child(identifier, "objectIdentifierValue")?.text();
    let characteristics = child(object, "objectCharacteristics")?;
    let digest = |fixity: &Element| {
        let name = child(fixity, "messageDigestAlgorithm")?.text();
        let algorithm = Algorithm::ALL.into_iter().find(|one| one.title() == name)?;
        Some((algorithm, child(fixity, "messageDigest")?.text()))
    };
    Some(Said {
        path,
        size: child(characteristics, "size").and_then(|size| size.text().parse().ok()),
        digests: characteristics
            .elements()
            .filter(|element| element.local == "fixity")
            .filter_map(digest)
            .collect(),
    })
}

/// The files of a METS record, and the metadata that it refers to.
fn of_mets(root: &Element) -> Vec<Said> {
    let said = |holder: &Element, place: &Element| {
        let href = place
            .attributes
            .iter()
            .find(|attribute| attribute.local == "href")?;
        let digest = holder.plain("CHECKSUM")?;
        let algorithm = holder.plain("CHECKSUMTYPE")?;
        let algorithm = Algorithm::ALL
            .into_iter()
            .find(|one| one.title() == algorithm)?;
        Some(Said {
            path: path_of(&href.value)?,
            size: holder.plain("SIZE").and_then(|size| size.parse().ok()),
            digests: vec![(algorithm, digest.to_owned())],
        })
    };
    let one = |element: &Element| match element.local.as_str() {
        "mdRef" => said(element, element),
        "file" => said(element, child(element, "FLocat")?),
        _ => None,
    };
    root.descendants().filter_map(one).collect()
}

/// The seals that a PREMIS record names as those of what the deposit comes from.
pub(super) fn related(bytes: &[u8], budget: &Budget) -> Result<Vec<String>, Error> {
    let root = root(bytes, budget)?;
    let values = root
        .descendants()
        .filter(|element| element.local == "relatedObjectIdentifierValue");
    Ok(values.map(Element::text).collect())
}

fn child<'a>(element: &'a Element, local: &str) -> Option<&'a Element> {
    element.child(Ns::Other, local)
}
