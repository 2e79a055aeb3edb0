//! Versions of a deposit: each names the seal of the one before.

use tabulary::ir::{Budget, Cancel, Error};

use super::finding::{Finding, FindingKind as Kind};
use super::{VerifyOptions, records};
use crate::bagit::{BagInfo, INFO_NAME, tag_manifest_name};
use crate::container::Bag;
use crate::digest::{Algorithm, Digests};
use crate::info::{GROUP, IDENTIFIER, PREVIOUS, VERSION};
use crate::metadata::PREMIS_PATH;
use crate::options::Previous;

/// What the next version of a deposit says of it.
///
/// # Errors
/// `Input` where the bag has no `tagmanifest-sha512.txt` and so no seal, and those of reading.
pub fn previous(bag: &Bag) -> Result<Previous, Error> {
    let name = tag_manifest_name(Algorithm::Sha512);
    if !bag.has(&name) {
        return Err(Error::input(format!(
            "the bag has no {name}, by which a later version could name it"
        ))
        .help("deposit its files anew, without --update"));
    }
    let seal = Digests::of(&bag.read(&name)?).sha512;
    let info = info(bag)?;
    let said = |label| {
        info.get(label)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let group = said(GROUP)
        .or_else(|| said(IDENTIFIER))
        .unwrap_or_else(|| format!("sha512:{seal}"));
    let version = said(VERSION).and_then(|version| version.parse().ok());
    Ok(Previous {
        version: version.unwrap_or(1),
        seal,
        group,
        identifier: said(IDENTIFIER),
    })
}

fn info(bag: &Bag) -> Result<BagInfo, Error> {
    if !bag.has(INFO_NAME) {
        return Ok(BagInfo::default());
    }
    let bytes = bag.read(INFO_NAME)?;
    Ok(BagInfo::read(&String::from_utf8_lossy(&bytes)))
}

/// Verifies that a deposit is the version that follows another one: it names the seal of that one, in what is said of the bag
/// and in PREMIS, its number is the next, and both are of one group.
///
/// # Errors
/// Those of reading. Both bags are verified by themselves with [`verify`](super::verify()).
pub fn verify_follows(
    newer: &Bag,
    older: &Bag,
    options: &VerifyOptions,
) -> Result<Vec<Finding>, Error> {
    let before = previous(older)?;
    let info = info(newer)?;
    let mut findings = Vec::new();
    let mut wrong = |file: &str, en: String, zh: String| {
        findings.push(Finding::new(Kind::Chain, file.to_owned(), en, zh));
    };
    let named = info.get(PREVIOUS).unwrap_or("nothing");
    if named != format!("sha512:{}", before.seal) {
        wrong(
            INFO_NAME,
            format!(
                "{PREVIOUS} is {named}, and the tagmanifest-sha512.txt before has the SHA-512 {}",
                before.seal
            ),
            format!(
                "{PREVIOUS} 为 {named}，而前一版 tagmanifest-sha512.txt 的 SHA-512 为 {}",
                before.seal
            ),
        );
    }
    let version = info.get(VERSION).unwrap_or("nothing");
    let next = before.version.saturating_add(1);
    if version != next.to_string() {
        wrong(
            INFO_NAME,
            format!("{VERSION} is {version}, where {next} follows"),
            format!("{VERSION} 为 {version}，应为 {next}"),
        );
    }
    let group = info.get(GROUP).unwrap_or("nothing");
    if group != before.group {
        wrong(
            INFO_NAME,
            format!(
                "{GROUP} is {group}, and that of the version before is {}",
                before.group
            ),
            format!("{GROUP} 为 {group}，而前一版为 {}", before.group),
        );
    }
    let limits = &options.convert.read.limits;
    let budget = Budget::new(limits, &Cancel::default());
    let is_related = newer.has(PREMIS_PATH)
        && records::related(&newer.read(PREMIS_PATH)?, &budget)?.contains(&before.seal);
    if !is_related {
        wrong(
            PREMIS_PATH,
            "no relationship names the version before".to_owned(),
            "没有指向前一版的关系".to_owned(),
        );
    }
    Ok(findings)
}
