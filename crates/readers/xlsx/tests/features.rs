//! What the workbook reader makes of each thing that a workbook can hold.

#[path = "features/attached.rs"]
mod attached;
#[path = "features/book.rs"]
mod book;
#[path = "features/cells.rs"]
mod cells;
#[path = "features/formulas.rs"]
mod formulas;
#[path = "features/hostile.rs"]
mod hostile;
#[path = "features/looks.rs"]
mod looks;
#[path = "features/markup.rs"]
mod markup;
#[path = "features/sheets.rs"]
mod sheets;
