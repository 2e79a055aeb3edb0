//! Analysis of fixed pages.
//!
//! A page is glyphs, rulings, fills and images at their places; nothing says which belong together. This crate
//! knows no file format: whatever has pages that are laid out already (PDF, OFD) gives it [`Page`]s.

mod analysis;
mod assemble;
mod broken;
mod columns;
mod draft;
mod find;
mod footnote;
mod furniture;
mod geometry;
mod grid;
mod heading;
mod joined;
mod lattice;
mod line;
mod page;
mod prose;
mod refine;
mod rows;
mod rules;
mod script;
mod spread;
mod stream;
mod structure;
mod table;
mod tagged;
mod turn;
mod unlike;
mod view;
mod word;
mod wording;
mod zone;

pub use analysis::{Analysis, Analyzer, Hints};
pub use geometry::Rect;
pub use page::{Artifact, Face, Fill, Glyph, LinkArea, OutlineItem, Page, Picture, Ruling, Turn};
pub use structure::{Child, Element, Role};
pub use view::view;
