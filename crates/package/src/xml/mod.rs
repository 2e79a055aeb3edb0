//! XML parts by namespace and local name.
//!
//! Prefixes mean nothing here, entities beyond the five of XML are not expanded, and elements stand
//! no deeper than the limit.

mod escape;
mod namespace;
mod pull;
mod tree;

pub use escape::{escape, is_xml_char, resolve};
pub use namespace::Ns;
pub use pull::{Attribute, Event, Pull, Start, decode};
pub use tree::{Element, Node};

#[cfg(test)]
mod tests;
