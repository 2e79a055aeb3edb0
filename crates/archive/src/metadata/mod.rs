//! What is said of a deposit and of each report in it, below `data/metadata/`. The ledgers of the standards stand in
//! `standards/`.

mod core;
mod dat46;
mod events;
mod mets;
mod premis;

use crate::assemble::File;

pub(crate) use self::core::dublin_core;
pub(crate) use dat46::dat46;
pub(crate) use mets::{mets, path_of};
pub(crate) use premis::premis;

/// The path of the PREMIS record in the bag.
pub(crate) const PREMIS_PATH: &str = "data/metadata/premis.xml";
/// The path of the METS record in the bag.
pub(crate) const METS_PATH: &str = "data/metadata/mets.xml";
/// The namespace of PREMIS 3.
pub(crate) const PREMIS: &str = "http://www.loc.gov/premis/v3";
/// The namespace of METS 1.
pub(crate) const METS: &str = "http://www.loc.gov/METS/";
/// The namespace of XLink 1.
pub(crate) const XLINK: &str = "http://www.w3.org/1999/xlink";
/// The namespace of XML Schema's attributes in instances.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The files of each of some reports.
fn by_report(files: &[File], reports: usize) -> Vec<Vec<&File>> {
    let mut all = vec![Vec::new(); reports];
    for file in files {
        if let Some(own) = file.report.and_then(|report| all.get_mut(report)) {
            own.push(file);
        }
    }
    all
}
