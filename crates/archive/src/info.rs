//! What is said of a bag in `bag-info.txt` (RFC 8493 2.2.2).

use std::collections::BTreeSet;

use tabulary::ir::Metadata;

use crate::assemble::About;
use crate::bagit::BagInfo;
use crate::options::DepositOptions;

/// The label of the version of a deposit, counted from 1. Its presence says that a bag is a deposit of Tabulary.
pub(crate) const VERSION: &str = "Tabulary-Version";
/// The label of the deposit before: `sha512:` and the digest of its `tagmanifest-sha512.txt`.
pub(crate) const PREVIOUS: &str = "Tabulary-Previous";
/// The label of what all versions of a deposit are known by.
pub(crate) const GROUP: &str = "Bag-Group-Identifier";
/// The label of what a deposit is known by to those whose it is.
pub(crate) const IDENTIFIER: &str = "External-Identifier";
/// The label of the day.
pub(crate) const DATE: &str = "Bagging-Date";
/// The label of the number of bytes and files of the payload.
pub(crate) const OXUM: &str = "Payload-Oxum";
/// The label of the program.
pub(crate) const AGENT: &str = "Bag-Software-Agent";
/// The label of whom a deposit comes from.
pub(crate) const ORGANIZATION: &str = "Source-Organization";

/// The program, with its version.
pub(crate) fn agent() -> String {
    format!("Tabulary {}", env!("CARGO_PKG_VERSION"))
}

/// The name of a version: its group, and its number.
pub(crate) fn version_name(group: &str, version: u32) -> String {
    format!("{group}/v{version}")
}

/// What is said of the bag of these reports. What the standard would have and nobody knows is left out.
pub(crate) fn of(about: &[About<'_>], options: &DepositOptions<'_>) -> BagInfo {
    let mut info = BagInfo::default();
    if let Some(organization) = organization(about, options) {
        info.add(ORGANIZATION, &organization);
    }
    if let Some(identifier) = identifier(about, options) {
        info.add(IDENTIFIER, &identifier);
    }
    match about {
        [one] => info.add("External-Description", one.title()),
        many => info.add("External-Description", &format!("{} reports", many.len())),
    }
    if let Some(date) = options.date {
        info.add(DATE, &date.to_string());
    }
    info.add(AGENT, &agent());
    let version = match &options.previous {
        None => 1,
        Some(previous) => {
            let version = previous.version + 1;
            info.add(GROUP, &previous.group);
            let name = version_name(&previous.group, version);
            info.add("Internal-Sender-Identifier", &name);
            version
        }
    };
    info.add(VERSION, &version.to_string());
    if let Some(previous) = &options.previous {
        info.add(PREVIOUS, &format!("sha512:{}", previous.seal));
    }
    info
}

fn identifier(about: &[About<'_>], options: &DepositOptions<'_>) -> Option<String> {
    let of_document = || match about {
        [one] => index_number(&one.document()?.meta).map(str::to_owned),
        _ => None,
    };
    let of_previous = || options.previous.as_ref()?.identifier.clone();
    options
        .identifier
        .clone()
        .or_else(of_document)
        .or_else(of_previous)
}

/// The organization of the deposit: the one that is given, else the one that every report names that names any.
fn organization(about: &[About<'_>], options: &DepositOptions<'_>) -> Option<String> {
    if let Some(organization) = &options.organization {
        return Some(organization.clone());
    }
    let metas = about.iter().filter_map(|one| Some(&one.document()?.meta));
    let mut named: BTreeSet<&str> = metas.filter_map(publisher).collect();
    let first = named.pop_first();
    first.filter(|_| named.is_empty()).map(str::to_owned)
}

/// The 索引号 of a document, else the first number or name that it is known by.
pub(crate) fn index_number(meta: &Metadata) -> Option<&str> {
    let field = meta.fields.get("索引号");
    let first = || meta.identifiers.first().map(String::as_str);
    field
        .filter(|number| !number.trim().is_empty())
        .or_else(first)
}

/// Who published a document.
pub(crate) fn publisher(meta: &Metadata) -> Option<&str> {
    let field = || field(meta, &["发文机关", "发布机构"]);
    let named = meta
        .publisher
        .as_deref()
        .filter(|name| !name.trim().is_empty());
    named.or_else(field)
}

/// The first of some fields that says something.
pub(crate) fn field<'a>(meta: &'a Metadata, names: &[&str]) -> Option<&'a str> {
    let texts = names.iter().filter_map(|name| meta.fields.get(name));
    texts.map(str::trim).find(|text| !text.is_empty())
}
