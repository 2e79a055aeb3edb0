//! Analysis of fixed pages.
//!
//! A page is glyphs, rulings, fills and images at their places; nothing says which belong together. This crate
//! knows no file format: whatever has pages that are laid out already (PDF, OFD) gives it [`Page`]s.

mod analysis;
mod geometry;
mod page;
mod structure;

pub use analysis::{Analysis, Analyzer, Hints};
pub use geometry::Rect;
pub use page::{Face, Fill, Glyph, LinkArea, OutlineItem, Page, Picture, Ruling, Turn};
pub use structure::{Child, Element, Role};
