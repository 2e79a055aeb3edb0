//! The names of results: stable, and no two the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Found, Item};

/// Gives each input a place below a folder. Which name it gets depends on the other inputs and not on their order,
/// but where even their full names are the same.
pub(super) fn place(found: Vec<Found>, output: &Path, extension: &str) -> Vec<Item> {
    let mut claims: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for found in &found {
        let name = found.below.with_extension(extension);
        for folder in name.ancestors().skip(1) {
            if !folders.insert(folder.to_owned()) {
                break;
            }
        }
        *claims.entry(name).or_default() += 1;
    }
    let is_free = |name: &PathBuf| {
        claims.get(name).copied().unwrap_or_default() < 2 && !folders.contains(name)
    };
    let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
    // Plain names first, so that none is taken by one that had to be changed.
    let plain: Vec<Option<PathBuf>> = found
        .iter()
        .map(|found| {
            let name = found.below.with_extension(extension);
            (is_free(&name) && taken.insert(name.clone())).then_some(name)
        })
        .collect();
    found
        .into_iter()
        .zip(plain)
        .map(|(found, plain)| {
            let changed = plain.is_none();
            let name =
                plain.unwrap_or_else(|| another(&found.below, extension, &folders, &mut taken));
            let renamed_from = changed.then(|| output.join(found.below.with_extension(extension)));
            Item {
                source: found.source,
                output: Some(output.join(name)),
                renamed_from,
                named: found.named,
            }
        })
        .collect()
}

/// The name with its own extension kept, and a number where that is taken.
fn another(
    below: &Path,
    extension: &str,
    folders: &BTreeSet<PathBuf>,
    taken: &mut BTreeSet<PathBuf>,
) -> PathBuf {
    let mut number = 1;
    loop {
        let mut name = below.as_os_str().to_owned();
        if number > 1 {
            name.push(format!(".{number}"));
        }
        if !extension.is_empty() {
            name.push(format!(".{extension}"));
        }
        let name = PathBuf::from(name);
        if !folders.contains(&name) && taken.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}
