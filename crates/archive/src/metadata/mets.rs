//! The METS record of a deposit: which file is what, and how they hang together.

use super::{METS, PREMIS_PATH, XLINK, by_report};
use crate::assemble::{About, File};
use crate::bagit::BagInfo;
use crate::info::{GROUP, IDENTIFIER, ORGANIZATION, agent};
use crate::ledger::Role;
use crate::options::DepositOptions;
use crate::xml::Xml;

/// The groups of files: a role, and its `USE`.
const GROUPS: [(Role, &str); 6] = [
    (Role::Original, "original"),
    (Role::Canonical, "canonical"),
    (Role::Data, "data"),
    (Role::Published, "published"),
    (Role::Checks, "checks"),
    (Role::Metadata, "metadata"),
];

/// The record (METS 1.12) of all files but itself. Its places are relative to its own.
pub(crate) fn mets(
    about: &[About<'_>],
    files: &[File],
    info: &BagInfo,
    options: &DepositOptions<'_>,
) -> Vec<u8> {
    let mut xml = Xml::new();
    let mut attributes = vec![("xmlns", METS), ("xmlns:xlink", XLINK)];
    if let Some(id) = info.get(GROUP).or_else(|| info.get(IDENTIFIER)) {
        attributes.push(("OBJID", id));
    }
    let label = info.get("External-Description").unwrap_or_default();
    attributes.push(("LABEL", label));
    xml.open("mets", &attributes);
    header(&mut xml, info, options);
    let by_report = by_report(files, about.len());
    for (index, own) in by_report.iter().enumerate() {
        for (kind, name, other) in DESCRIPTIONS {
            let described = own.iter().find(|file| file.payload.path.ends_with(name));
            if let Some(file) = described {
                xml.open("dmdSec", &[("ID", &description(index, kind))]);
                reference(&mut xml, file, kind, other);
                xml.close();
            }
        }
    }
    if let Some(premis) = files.iter().find(|file| file.payload.path == PREMIS_PATH) {
        xml.open("amdSec", &[("ID", "administrative")]);
        xml.open("digiprovMD", &[("ID", "provenance")]);
        reference(&mut xml, premis, "PREMIS", None);
        xml.close();
        xml.close();
    }
    file_section(&mut xml, files);
    structure(&mut xml, about, files, label);
    xml.close();
    xml.finish()
}

/// Descriptions of a report: their `MDTYPE`, the names of their files, and their `OTHERMDTYPE`.
const DESCRIPTIONS: [(&str, &str, Option<&str>); 2] = [
    ("DC", "/dublin-core.xml", None),
    ("OTHER", "/dat46.xml", Some("DA/T 46-2009")),
];

fn description(report: usize, kind: &str) -> String {
    format!("description-{}-{}", report + 1, kind.to_lowercase())
}

fn header(xml: &mut Xml, info: &BagInfo, options: &DepositOptions<'_>) {
    let day = options.date.map(|date| format!("{date}T00:00:00Z"));
    let attributes: Vec<(&str, &str)> =
        day.iter().map(|day| ("CREATEDATE", day.as_str())).collect();
    xml.open("metsHdr", &attributes);
    let program = [
        ("ROLE", "CREATOR"),
        ("TYPE", "OTHER"),
        ("OTHERTYPE", "SOFTWARE"),
    ];
    xml.open("agent", &program);
    xml.text("name", &agent());
    xml.close();
    if let Some(name) = info.get(ORGANIZATION) {
        xml.open("agent", &[("ROLE", "ARCHIVIST"), ("TYPE", "ORGANIZATION")]);
        xml.text("name", name);
        xml.close();
    }
    xml.close();
}

/// A reference to a file of metadata.
fn reference(xml: &mut Xml, file: &File, kind: &str, other: Option<&str>) {
    let href = href(&file.payload.path);
    let size = file.payload.bytes.len().to_string();
    let mut attributes = vec![
        ("LOCTYPE", "URL"),
        ("xlink:href", href.as_str()),
        ("MDTYPE", kind),
    ];
    attributes.extend(other.map(|other| ("OTHERMDTYPE", other)));
    attributes.extend([
        ("MIMETYPE", file.format.media_type),
        ("SIZE", &size),
        ("CHECKSUM", &file.payload.digests.sha512),
        ("CHECKSUMTYPE", "SHA-512"),
    ]);
    xml.empty("mdRef", &attributes);
}

fn file_section(xml: &mut Xml, files: &[File]) {
    xml.open("fileSec", &[]);
    for (role, name) in GROUPS {
        let group: Vec<(usize, &File)> = files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.role == role)
            .collect();
        if group.is_empty() {
            continue;
        }
        xml.open("fileGrp", &[("USE", name)]);
        for (number, file) in group {
            let size = file.payload.bytes.len().to_string();
            let id = file_id(number);
            let attributes = [
                ("ID", id.as_str()),
                ("MIMETYPE", file.format.media_type),
                ("SIZE", &size),
                ("CHECKSUM", &file.payload.digests.sha512),
                ("CHECKSUMTYPE", "SHA-512"),
                ("ADMID", "provenance"),
            ];
            xml.open("file", &attributes);
            xml.empty(
                "FLocat",
                &[
                    ("LOCTYPE", "URL"),
                    ("xlink:href", &href(&file.payload.path)),
                ],
            );
            xml.close();
        }
        xml.close();
    }
    xml.close();
}

/// The deposit, its reports, and the files of each.
fn structure(xml: &mut Xml, about: &[About<'_>], files: &[File], label: &str) {
    xml.open("structMap", &[("TYPE", "LOGICAL")]);
    xml.open("div", &[("TYPE", "deposit"), ("LABEL", label)]);
    let mut numbers = vec![Vec::new(); about.len()];
    for (number, file) in files.iter().enumerate() {
        match file.report {
            Some(report) => numbers[report].push(number),
            None => xml.empty("fptr", &[("FILEID", &file_id(number))]),
        }
    }
    for (index, one) in about.iter().enumerate() {
        let descriptions = DESCRIPTIONS
            .map(|(kind, _, _)| description(index, kind))
            .join(" ");
        let mut attributes = vec![("TYPE", "report"), ("LABEL", one.title())];
        if one.document().is_some() {
            attributes.push(("DMDID", &descriptions));
        }
        xml.open("div", &attributes);
        for number in &numbers[index] {
            xml.empty("fptr", &[("FILEID", &file_id(*number))]);
        }
        xml.close();
    }
    xml.close();
    xml.close();
}

fn file_id(number: usize) -> String {
    format!("file-{}", number + 1)
}

/// The place of a file of the bag, seen from the record: a relative reference (RFC 3986 4.2).
fn href(path: &str) -> String {
    let below = path.strip_prefix("data/").unwrap_or(path);
    let mut text = String::from("../");
    for byte in below.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// The path in the bag of a place that [`href`] wrote; none where it is another kind of reference.
pub(crate) fn path_of(href: &str) -> Option<String> {
    let below = href.strip_prefix("../")?;
    let mut bytes = Vec::with_capacity(below.len());
    let mut rest = below.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    Some(format!("data/{}", String::from_utf8(bytes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_references_and_back() {
        let path = "data/original/2019 年报+.txt";
        assert_eq!(href(path), "../original/2019%20%E5%B9%B4%E6%8A%A5%2B.txt");
        assert_eq!(path_of(&href(path)).as_deref(), Some(path));
        assert_eq!(path_of("http://example.org/"), None);
        assert_eq!(path_of("../a%2"), None);
    }
}
