//! What is made of pages, from glyphs and lines to a document.

mod prose;
mod spread;
mod support;
mod tables;
mod tagged;
mod unlike;
