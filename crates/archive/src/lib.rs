//! Deposits for archives: one bag that can be read and verified in thirty years.
//!
//! [`deposit()`] makes a BagIt bag (RFC 8493) of documents, in memory: the bytes that came in, their canonical JSON, the data
//! of a report where its form is known, publications as PDF/A, Word, Excel and web page, what was checked, and metadata in
//! Dublin Core, PREMIS 3, METS and DA/T 46. [`store`] writes it as a folder, a zip or a tar, whole or not at all.
//! [`verify()`] proves that a bag is whole and that its parts say the same, and names each file that does not.
//!
//! ```
//! use tabulary_archive::{Bag, DepositOptions, Named, VerifyOptions, deposit, to_zip, verify};
//!
//! let input = Named { name: "budget.csv", bytes: b"item,sum\nrent,7.50\n" };
//! let made = deposit(&[input], &DepositOptions::default())?.value;
//! let bytes = to_zip(&made, "budget")?;
//!
//! let options = VerifyOptions::default();
//! let bag = Bag::from_zip(bytes, &options.convert.read.limits)?;
//! assert!(verify(&bag, &options)?.findings.is_empty());
//! # Ok::<(), tabulary::ir::Error>(())
//! ```
//!
//! What is asked by each standard and how it is met stands in `standards/`.

mod assemble;
mod bagit;
mod checks;
mod container;
mod deposit;
mod digest;
mod format;
mod info;
mod ledger;
mod metadata;
mod names;
mod options;
mod parallel;
mod prepare;
mod readme;
mod verify;
mod xml;

#[cfg(test)]
mod tests;

pub use assemble::{assemble, deposit};
pub use bagit::BagInfo;
pub use container::{Bag, Container, refuse_replacing, store, to_tar, to_zip};
pub use deposit::{Deposit, Deposited};
pub use digest::{Algorithm, Digests};
pub use options::{DepositOptions, Named, Previous};
pub use parallel::in_parallel;
pub use prepare::{Prepared, prepare};
pub use verify::{
    Finding, FindingKind, Verification, VerifyOptions, previous, verify, verify_follows,
};
