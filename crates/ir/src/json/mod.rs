//! The canonical JSON of a document: UTF-8 in the form of RFC 8785, so that equal documents are
//! equal bytes.

mod furniture;
mod read;
mod schema;
mod wire;
mod write;

pub(crate) use furniture::FurnitureObject;
pub use read::from_slice;
pub use schema::schema;
pub use write::{to_string, to_writer};

/// The value of the key `tabulary` that this program writes and reads.
pub const VERSION: &str = "document/1";

#[cfg(test)]
mod tests;
