//! What a workbook keeps of each thing that a document can hold, and what is told of the rest.

#[path = "features/book.rs"]
mod book;
#[path = "features/lengths.rs"]
mod lengths;
#[path = "features/lines.rs"]
mod lines;
#[path = "features/places.rs"]
mod places;
#[path = "features/running.rs"]
mod running;
#[path = "features/settings.rs"]
mod settings;
#[path = "features/streamed.rs"]
mod streamed;
#[path = "features/tables.rs"]
mod tables;
#[path = "features/values.rs"]
mod values;
