//! What is made of pages, from glyphs and lines to a document.

mod prose;
mod support;
mod tables;
mod tagged;
