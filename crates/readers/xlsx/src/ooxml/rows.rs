//! Rows as programs write them, read without an XML parser.
//!
//! Nearly all bytes of a workbook are rows, and nearly all rows have the same plain markup: elements
//! `row`, `c`, `v`, `f`, `is` and `t` with quoted attributes, and text between them. These rows are
//! scanned here. Whatever else stands in a row (comments, CDATA, rich inline text, extensions, damage)
//! stops the scan before that row, and the XML parser reads it.

use std::borrow::Cow;

use super::scan::{Scan, Unusual};

/// A cell as it stands in its row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawCell<'a> {
    /// Its place, as `B3`.
    pub(super) place: Option<Cow<'a, str>>,
    /// The index of its format.
    pub(super) style: Option<Cow<'a, str>>,
    /// Its type (ECMA-376-1 18.18.11).
    pub(super) kind: Option<Cow<'a, str>>,
    pub(super) value: Option<Cow<'a, str>>,
    pub(super) formula: Option<RawFormula<'a>>,
    /// Inline text that is the same throughout.
    pub(super) inline: Option<Cow<'a, str>>,
}

/// A formula as it stands in its cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawFormula<'a> {
    pub(super) text: Cow<'a, str>,
    /// Its type (ECMA-376-1 18.18.6).
    pub(super) kind: Option<Cow<'a, str>>,
    /// The index of a shared formula.
    pub(super) shared: Option<Cow<'a, str>>,
}

/// What a row says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RawRow<'a> {
    pub(super) number: Option<&'a str>,
    pub(super) hidden: bool,
    /// The height in points, where it was set by hand.
    pub(super) height: Option<&'a str>,
}

/// Scans rows.
pub(super) struct Rows<'a>(Scan<'a>);

impl<'a> Rows<'a> {
    /// Begins behind the start tag of `sheetData`, whose name has that prefix.
    pub(super) fn new(text: &'a str, prefix: &'a str) -> Self {
        Self(Scan::new(text, prefix))
    }

    /// How many bytes were read: always up to the end of a row.
    pub(super) fn position(&self) -> usize {
        self.0.position()
    }

    /// Reads the next row into `cells`. None where there is no more, or where it is not plain.
    pub(super) fn next(&mut self, cells: &mut Vec<RawCell<'a>>) -> Option<RawRow<'a>> {
        cells.clear();
        self.0.attempt(|scan| row(scan, cells))
    }
}

fn row<'a>(scan: &mut Scan<'a>, cells: &mut Vec<RawCell<'a>>) -> Result<RawRow<'a>, Unusual> {
    scan.blank();
    scan.open("row")?;
    let mut row = RawRow::default();
    let mut is_set = false;
    let tag = scan.attributes(|name, value| match name {
        "r" => row.number = Some(value),
        "hidden" => row.hidden = super::is_true(value),
        "ht" => row.height = Some(value),
        "customHeight" => is_set = super::is_true(value),
        _ => {}
    })?;
    row.height = row.height.filter(|_| is_set);
    if tag.is_empty {
        return Ok(row);
    }
    loop {
        scan.blank();
        if scan.close("row") {
            return Ok(row);
        }
        cells.push(cell(scan)?);
    }
}

fn cell<'a>(scan: &mut Scan<'a>) -> Result<RawCell<'a>, Unusual> {
    scan.open("c")?;
    let mut cell = RawCell::default();
    let tag = scan.attributes(|name, value| match name.as_bytes() {
        b"r" => cell.place = Some(value.into()),
        b"s" => cell.style = Some(value.into()),
        b"t" => cell.kind = Some(value.into()),
        _ => {}
    })?;
    if tag.is_empty {
        return Ok(cell);
    }
    loop {
        scan.blank();
        if scan.close("c") {
            return Ok(cell);
        }
        if scan.open("v").is_ok() {
            cell.value = Some(scan.content("v", |_, _| {})?);
        } else if scan.open("f").is_ok() {
            let mut formula = RawFormula::default();
            formula.text = scan.content("f", |name, value| match name {
                "t" => formula.kind = Some(value.into()),
                "si" => formula.shared = Some(value.into()),
                _ => {}
            })?;
            cell.formula = Some(formula);
        } else {
            scan.open("is")?;
            if scan.attributes(|_, _| {})?.is_empty {
                return Err(Unusual);
            }
            scan.blank();
            scan.open("t")?;
            cell.inline = Some(scan.content("t", |_, _| {})?);
            scan.blank();
            if !scan.close("is") {
                return Err(Unusual);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan<'a>(text: &'a str, prefix: &'a str) -> (Vec<RawCell<'a>>, usize) {
        let mut rows = Rows::new(text, prefix);
        let (mut cells, mut all) = (Vec::new(), Vec::new());
        while rows.next(&mut cells).is_some() {
            all.append(&mut cells);
        }
        (all, rows.position())
    }

    #[test]
    fn plain_rows_are_read_and_others_left() {
        let plain = "<row r=\"1\" ht='20' customHeight=\"1\"><c r=\"A1\" s=\"3\"/> <c t='str'><f t=\"shared\" si=\"0\">A1&lt;2</f><v>a&amp;b</v></c></row>\n<row/>";
        for rest in [
            "</sheetData>",
            "<row><c><v><!-- x -->1</v></c></row>",
            "<row><c><is><r><t>a</t></r></is></c></row>",
            "<row><c><v>&x;</v></c></row>",
            "<row><c r=\"&#65;1\"/></row>",
            "<row><c><v>1</v>",
            "<row",
            "",
        ] {
            let text = format!("{plain}{rest}");
            let (cells, position) = scan(&text, "");
            assert_eq!(position, plain.len(), "{rest}");
            assert_eq!(cells.len(), 2, "{rest}");
            assert_eq!(cells[0].place.as_deref(), Some("A1"));
            assert_eq!(cells[1].value.as_deref(), Some("a&b"));
            let formula = cells[1].formula.as_ref().expect("a formula");
            assert_eq!(
                (&*formula.text, formula.shared.as_deref()),
                ("A1<2", Some("0"))
            );
        }
    }

    #[test]
    fn names_have_the_prefix_of_their_part() {
        let text = "<x:row><x:c t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\"> a </x:t></x:is></x:c></x:row><row/>";
        let (cells, position) = scan(text, "x:");
        assert_eq!(position, text.len() - "<row/>".len());
        assert_eq!(cells[0].inline.as_deref(), Some(" a "));
    }
}
