//! A million cells of mixed types, and tens of thousands of merged ranges, beside calamine's own
//! streamed read of the same bytes.

use std::io::Cursor;
use std::sync::OnceLock;

use divan::counter::ItemsCount;
use rust_xlsxwriter::{Format, Workbook};
use tabulary_ir::{Input, ReadOptions, Reader, SheetAs};
use tabulary_read_xlsx::XlsxReader;

const ROWS: u32 = 100_000;
const COLUMNS: u32 = 10;

fn main() {
    divan::main();
}

/// Texts, whole and broken numbers, days, shares, truth values and formulas, 10 columns a row.
fn mixed() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let mut workbook = Workbook::new();
        let money = Format::new().set_num_format("#,##0.00");
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let share = Format::new().set_num_format("0.0%");
        let sheet = workbook.add_worksheet();
        for row in 0..ROWS {
            let number = f64::from(row.wrapping_mul(2_654_435_761) % 1_000_003);
            let write = |sheet: &mut rust_xlsxwriter::Worksheet| {
                sheet.write(row, 0, row)?;
                sheet.write(row, 1, format!("单位{}", row % 2000))?;
                sheet.write_with_format(row, 2, number / 100.0, &money)?;
                sheet.write_with_format(row, 3, 36_526 + row % 9000, &day)?;
                sheet.write_with_format(row, 4, number / 1_000_003.0, &share)?;
                sheet.write(row, 5, row % 2 == 0)?;
                sheet.write(row, 6, number / 7.0)?;
                sheet.write(
                    row,
                    7,
                    rust_xlsxwriter::Formula::new(format!("A{}*2", row + 1))
                        .set_result(format!("{}", row * 2)),
                )?;
                sheet.write(row, 8, format!("item {}", row % 3000))?;
                sheet.write(row, 9, row % 100)?;
                Ok::<_, rust_xlsxwriter::XlsxError>(())
            };
            write(sheet).expect("cells within a sheet");
        }
        workbook.save_to_buffer().expect("memory takes all writing")
    })
}

fn merged(count: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let format = Format::new();
    let sheet = workbook.add_worksheet();
    for row in 0..count {
        sheet
            .merge_range(row, 0, row, 1, "a", &format)
            .expect("ranges within a sheet");
    }
    workbook.save_to_buffer().expect("memory takes all writing")
}

fn read(bytes: &[u8], sheet_as: SheetAs) -> usize {
    let options = ReadOptions {
        sheet_as,
        ..ReadOptions::default()
    };
    let outcome = XlsxReader.read(Input::new(bytes), &options);
    outcome.expect("a workbook").value.tables().len()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn million_cells(bencher: divan::Bencher<'_, '_>) {
    let bytes = mixed();
    bencher
        .counter(ItemsCount::new(ROWS * COLUMNS))
        .bench(|| read(bytes, SheetAs::Table));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn million_cells_cut_into_blocks(bencher: divan::Bencher<'_, '_>) {
    let bytes = mixed();
    bencher
        .counter(ItemsCount::new(ROWS * COLUMNS))
        .bench(|| read(bytes, SheetAs::Blocks));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn million_cells_by_calamine(bencher: divan::Bencher<'_, '_>) {
    let bytes = mixed();
    bencher.counter(ItemsCount::new(ROWS * COLUMNS)).bench(|| {
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let mut cells = book.worksheet_cells_reader("Sheet1").expect("a sheet");
        let mut count = 0_usize;
        while let Some(cell) = cells.next_cell_with_style_id().expect("a cell") {
            divan::black_box(&cell);
            count += 1;
        }
        count
    });
}

#[divan::bench(args = [10_000, 50_000, 100_000], sample_count = 5, sample_size = 1)]
fn merged_ranges(bencher: divan::Bencher<'_, '_>, count: u32) {
    let bytes = merged(count);
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| read(&bytes, SheetAs::Table));
}
