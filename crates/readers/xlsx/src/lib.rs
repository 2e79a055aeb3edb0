//! Reads workbooks: Excel (xlsx, xlsm, xltx, xltm, xlsb, xls), Excel 2003 as XML, and OpenDocument
//! (ods, ots, fods).
//!
//! | folder | reads |
//! |---|---|
//! | `ooxml` | SpreadsheetML, part by part (ECMA-376-1 18) |
//! | `xls`, `xlsb` | the records of binary workbooks; `biff` is what both have |
//! | `ods` | OpenDocument spreadsheets, in a package or as one XML text |
//! | `xml2003` | SpreadsheetML 2003 |
//!
//! Each fills a `sheet::Workbook`. From there on all formats go the same way: formulas without a value
//! are worked out (`compute`), merged ranges go to their cells (`merge`), links, comments and pictures
//! too (`attach`), and the sheet is cut into tables and the lines around them (`split` by what `plan` says of
//! its `row`s, `header`), these into blocks (`lines`, `unit`), or both by the names that this program's
//! own writer left (`own`), in a section (`section`).

mod attach;
mod biff;
mod colour;
mod compute;
mod counted;
mod date;
mod display;
mod furniture;
mod header;
mod language;
mod lines;
mod look;
mod merge;
mod ods;
mod ooxml;
mod own;
mod page;
mod place;
mod plan;
mod row;
mod section;
mod sheet;
mod split;
mod text;
mod unit;
mod used;
mod xls;
mod xlsb;
mod xml2003;

use tabulary_ir::{
    Block, Budget, Capabilities, Confidence, Diagnostics, Document, Error, ErrorKind, Feature,
    Format, Input, Outcome, ReadOptions, Reader,
};
use tabulary_package::{Package, is_zip};

use sheet::Workbook;

/// Workbooks (ECMA-376-1 18; [MS-XLS]; [MS-XLSB]; OpenDocument 1.3; SpreadsheetML 2003).
pub static FORMAT: Format = Format {
    id: "xlsx",
    name: "Excel workbook",
    extensions: &[
        "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods", "ots", "fods",
    ],
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/// Reads workbooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct XlsxReader;

/// What kind of workbook bytes hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ooxml,
    Xls,
    Xlsb,
    Ods,
    Xml2003,
}

impl Reader for XlsxReader {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature as F;
        let full = [
            F::Paragraphs,
            F::Headings,
            F::Tables,
            F::Spans,
            F::Values,
            F::NumberFormats,
            F::Formulas,
            F::Sections,
            F::Fields,
            F::Hidden,
            F::CellLooks,
            F::SheetSettings,
            F::Links,
        ];
        let partial = [
            F::Marks,
            F::Labels,
            F::HeaderRows,
            F::CellStyles,
            F::Images,
            F::Notes,
            F::Metadata,
            F::Furniture,
        ];
        Capabilities::new(&full, &partial)
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        match kind(input, &ReadOptions::default().budget()) {
            Ok(Some(_)) => Confidence::Certain,
            // A package that passes a limit may be a workbook; reading it says which limit.
            Err(error) if error.kind() == ErrorKind::Limit => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        let budget = options.budget();
        let mut diagnostics = Diagnostics::new();
        let mut workbook: Workbook = match kind(input, &budget)? {
            Some(Kind::Ooxml) => ooxml::read(input.bytes, &budget, &mut diagnostics)?,
            Some(Kind::Xls) => xls::read(input.bytes, &budget, &mut diagnostics)?,
            Some(Kind::Xlsb) => xlsb::read(input.bytes, &budget, &mut diagnostics)?,
            Some(Kind::Ods) => ods::read(input.bytes, &budget, &mut diagnostics)?,
            Some(Kind::Xml2003) => xml2003::read(input.bytes, &budget, &mut diagnostics)?,
            None => {
                return Err(Error::input("the file is no workbook")
                    .help("leave --from out to have the format told by the content"));
            }
        };
        compute::fill(&mut workbook, &budget, &mut diagnostics)?;
        // Their order means nothing, and programs keep different ones.
        workbook
            .names
            .sort_by_cached_key(|name| (name.name.to_lowercase(), name.sheet.clone()));
        let mut document = Document {
            meta: workbook.meta,
            names: workbook.names,
            resources: workbook.resources,
            ..Document::default()
        };
        for sheet in workbook.sheets {
            budget.tick()?;
            let outermost = own::is_body(&sheet);
            let section = section::section(
                sheet,
                options.sheet_as,
                &mut document.notes,
                &budget,
                &mut diagnostics,
            )?;
            if outermost && !section.hidden {
                document.body.extend(section.body);
                document.headers.extend(section.headers);
                document.footers.extend(section.footers);
                document.page = document.page.or(section.page);
            } else {
                document.body.push(Block::Section(section));
            }
        }
        Ok(Outcome {
            value: document,
            diagnostics: diagnostics.into_vec(),
        })
    }
}

/// The kind of workbook; none where it is something else.
fn kind(input: Input<'_>, budget: &Budget) -> Result<Option<Kind>, Error> {
    if xls::is_xls(input.bytes) {
        return Ok(Some(Kind::Xls));
    }
    if xml2003::is_xml2003(input.bytes) {
        return Ok(Some(Kind::Xml2003));
    }
    if ods::is_flat(input.bytes) {
        return Ok(Some(Kind::Ods));
    }
    if !is_zip(input.bytes) {
        return Ok(None);
    }
    let mut package = Package::open(input.bytes, budget)?;
    let main = package
        .main_part()
        .ok()
        .flatten()
        .filter(|part| package.has(part));
    if let Some(main) = main {
        let content_type = package.content_type(&main);
        if content_type.contains("spreadsheetml") || main.ends_with("workbook.xml") {
            return Ok(Some(Kind::Ooxml));
        }
        if content_type.contains("ms-excel.sheet.binary") || main.ends_with("workbook.bin") {
            return Ok(Some(Kind::Xlsb));
        }
        return Ok(None);
    }
    if package.has("xl/workbook.xml") {
        return Ok(Some(Kind::Ooxml));
    }
    let spreadsheet = b"application/vnd.oasis.opendocument.spreadsheet";
    let is_ods = package.has("mimetype")
        && package
            .read("mimetype")
            .is_ok_and(|kind| kind.starts_with(spreadsheet));
    Ok(is_ods.then_some(Kind::Ods))
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
