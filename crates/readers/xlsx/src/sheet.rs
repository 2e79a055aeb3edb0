//! A workbook as its file has it, before its sheets are cut into blocks.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{
    Block, Cell, DefinedName, Furniture, Image, Metadata, PageSetup, Points, Resources, Validation,
};

use crate::counted::RangeFormulas;
use crate::place::Area;

/// A workbook.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) meta: Metadata,
    /// Names of ranges and values, but for those that only say how a sheet is printed or filtered.
    pub(crate) names: Vec<DefinedName>,
    pub(crate) resources: Resources,
    /// Whether its days count from 1904.
    pub(crate) is_1904: bool,
    /// Whether the values of all formulas are 0 and may stand for none.
    pub(crate) are_zeros_doubted: bool,
    pub(crate) sheets: Vec<Sheet>,
}

/// A sheet. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Cells that hold something, and blank ones whose fill or borders are seen, row by row.
    pub(crate) cells: Vec<Cell>,
    /// Formulas whose stored value is an empty text; other blank ones have no value stored.
    pub(crate) empty_results: BTreeSet<(u32, u32)>,
    pub(crate) range_formulas: RangeFormulas,
    /// Merged ranges of more than one cell.
    pub(crate) merges: Vec<Area>,
    /// Columns that have a width or are hidden.
    pub(crate) columns: BTreeMap<u32, ColumnInfo>,
    /// Rows that have a height of their own or are hidden.
    pub(crate) rows: BTreeMap<u32, RowInfo>,
    /// The width of other columns and the height of other rows, where the sheet says so.
    pub(crate) usual_width: Option<Points>,
    pub(crate) usual_height: Option<Points>,
    /// Defined names that begin with those of this program, with their range.
    pub(crate) names: Vec<(String, Area)>,
    /// Rows that are repeated on every printed page, first and last.
    pub(crate) title_rows: Option<(u32, u32)>,
    /// Columns that are repeated on every printed page, first and last.
    pub(crate) title_columns: Option<(u32, u32)>,
    /// Rows and columns above and at the left of the frozen pane.
    pub(crate) frozen: (u32, u32),
    /// The ranges that are printed; the whole sheet where there are none.
    pub(crate) print_areas: Vec<Area>,
    /// Lists of values that cells may be filled with.
    pub(crate) validations: Vec<Validation>,
    pub(crate) lists: Vec<ListObject>,
    pub(crate) links: Vec<SheetLink>,
    pub(crate) notes: Vec<SheetNote>,
    pub(crate) pictures: Vec<Picture>,
    /// Text that lies on the sheet, with the cells that it covers.
    pub(crate) shapes: Vec<(Area, Vec<Block>)>,
    /// The page it is printed on, where it says so.
    pub(crate) page: Option<PageSetup>,
    pub(crate) headers: Vec<Furniture>,
    pub(crate) footers: Vec<Furniture>,
}

impl Workbook {
    /// Whether a cell has a formula, and no value stored that is to be believed.
    pub(crate) fn is_without_value(&self, sheet: &Sheet, cell: &Cell) -> bool {
        let is_blank = || cell.is_blank() && !sheet.empty_results.contains(&(cell.row, cell.col));
        cell.formula.is_some() && (self.are_zeros_doubted || is_blank())
    }
}

/// What a sheet says of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ColumnInfo {
    pub(crate) width: Option<Points>,
    pub(crate) hidden: bool,
}

/// What a sheet says of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowInfo {
    pub(crate) height: Option<Points>,
    pub(crate) hidden: bool,
}

/// A range that its workbook keeps as a table of records (ECMA-376-1 18.5).
#[derive(Clone, Debug)]
pub(crate) struct ListObject {
    pub(crate) area: Area,
    /// 0 or 1.
    pub(crate) header_rows: u32,
    pub(crate) name: Option<String>,
}

/// Cells that lead to an address.
#[derive(Clone, Debug)]
pub(crate) struct SheetLink {
    pub(crate) area: Area,
    /// The address; `#` and a place for one of the workbook.
    pub(crate) href: String,
}

/// A comment on a cell.
#[derive(Clone, Debug)]
pub(crate) struct SheetNote {
    pub(crate) row: u32,
    pub(crate) col: u32,
    pub(crate) author: Option<String>,
    pub(crate) blocks: Vec<Block>,
}

/// An image that lies on a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// The cells that it covers, first and last.
    pub(crate) area: Area,
    pub(crate) image: Image,
}
