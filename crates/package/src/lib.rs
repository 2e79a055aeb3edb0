//! Office packages: zip containers of XML parts that refer to one another.
//!
//! [`Package`] reads a package under the limits of a [`Budget`](tabulary_ir::Budget), so that a small
//! file that inflates to a huge one ends in an error. [`PackageWriter`] writes one whose bytes depend
//! on nothing but its parts. [`xml`] pulls names, attributes and text out of XML parts by namespace, and [`mathml`] opens formulas.
//!
//! The rules are those of the Open Packaging Conventions (ECMA-376-2); packages of OpenDocument and
//! OFD are zip containers of XML too and use the same reader.

mod counting;
mod flat;
pub mod mathml;
mod package;
mod properties;
mod relationships;
mod writer;
pub mod xml;

pub use counting::Counting;
pub use flat::{from_flat, is_flat};
pub use package::{Package, is_zip};
pub use properties::{NO_DATE, OWN_PROPERTY, is_of_program, key_words, metadata, several};
pub use relationships::Relationship;
pub use writer::PackageWriter;
