//! Small workbooks, made part by part, and what is read of them as text.

use expect_test::Expect;
use tabulary_ir::{Document, Input, Metadata, Outcome, ReadOptions, Reader, SheetAs, json};
use tabulary_package::PackageWriter;
use tabulary_read_xlsx::XlsxReader;

pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(crate) const OFFICE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespaces of a drawing, as attributes.
pub(crate) const DRAWING: &str = r#"xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// A workbook that is being made.
#[derive(Default)]
pub(crate) struct Book {
    package: PackageWriter,
    sheets: Vec<(String, String)>,
    relations: Vec<[String; 3]>,
    is_unrelated: bool,
    properties: String,
    names: String,
    strings: String,
    styles: String,
    theme: String,
}

impl Book {
    /// A workbook of one sheet with these rows.
    pub(crate) fn of_rows(rows: &str) -> Self {
        Self::of_sheet(&format!("<sheetData>{rows}</sheetData>"))
    }

    /// A workbook of one sheet with this markup.
    pub(crate) fn of_sheet(markup: &str) -> Self {
        Self::default().sheet("表", "", markup)
    }

    /// Adds a sheet with these attributes and this markup.
    pub(crate) fn sheet(self, name: &str, attributes: &str, markup: &str) -> Self {
        let part = format!("<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{markup}</worksheet>");
        self.whole_sheet(name, attributes, &part)
    }

    /// Adds a sheet with these attributes, whose part is this markup.
    pub(crate) fn whole_sheet(mut self, name: &str, attributes: &str, part: &str) -> Self {
        let number = self.sheets.len() + 1;
        self.sheets.push((
            format!(r#"<sheet name="{name}" sheetId="{number}" {attributes} r:id="rId{number}"/>"#),
            part.to_owned(),
        ));
        self
    }

    /// Sets what stands before the sheets in the workbook part.
    pub(crate) fn properties(mut self, markup: &str) -> Self {
        self.properties = markup.to_owned();
        self
    }

    /// Sets the defined names.
    pub(crate) fn names(mut self, markup: &str) -> Self {
        self.names = format!("<definedNames>{markup}</definedNames>");
        self
    }

    /// Sets the items of the strings part.
    pub(crate) fn strings(mut self, items: &str) -> Self {
        self.strings = items.to_owned();
        self
    }

    /// Sets what stands in the styles part.
    pub(crate) fn styles(mut self, markup: &str) -> Self {
        self.styles = markup.to_owned();
        self
    }

    /// Sets the number formats, and a cell format for each: `s="1"` has the first.
    pub(crate) fn formats(self, codes: &[&str]) -> Self {
        let (mut formats, mut cells) = (String::new(), String::from("<xf numFmtId=\"0\"/>"));
        for (id, code) in (164..).zip(codes) {
            let code = code.replace('"', "&quot;");
            formats += &format!(r#"<numFmt numFmtId="{id}" formatCode="{code}"/>"#);
            cells += &format!(r#"<xf numFmtId="{id}"/>"#);
        }
        self.styles(&format!(
            "<numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs>"
        ))
    }

    /// Sets the colours of the theme.
    pub(crate) fn theme(mut self, colours: &str) -> Self {
        self.theme = format!(
            r#"<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">{colours}</a:clrScheme></a:themeElements></a:theme>"#
        );
        self
    }

    /// Adds a part.
    pub(crate) fn part(mut self, name: &str, kind: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.package.part(name, kind, bytes);
        self
    }

    /// Adds a relationship of a part. A kind without a colon is one of ECMA-376, and a target with one
    /// is outside of the package.
    pub(crate) fn relate(mut self, part: &str, kind: &str, target: &str) -> Self {
        let kind = if kind.contains(':') {
            kind.to_owned()
        } else {
            format!("{OFFICE}/{kind}")
        };
        self.relations
            .push([part.to_owned(), kind, target.to_owned()]);
        self
    }

    /// Leaves out the relationships of the workbook part.
    pub(crate) fn unrelated(mut self) -> Self {
        self.is_unrelated = true;
        self
    }

    /// The bytes of the workbook.
    pub(crate) fn bytes(self) -> Vec<u8> {
        let Self {
            mut package,
            sheets,
            relations,
            ..
        } = self;
        let kind = |name: &str| {
            format!("application/vnd.openxmlformats-officedocument.spreadsheetml.{name}+xml")
        };
        let list: String = sheets.iter().map(|(entry, _)| entry.as_str()).collect();
        let (properties, names) = (self.properties, self.names);
        let workbook = format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{list}</sheets>{names}</workbook>"#
        );
        package.part("xl/workbook.xml", &kind("sheet.main"), workbook);
        let mut relate = |from: &str, name: &str, target: &str| {
            if self.is_unrelated && !from.is_empty() {
                return;
            }
            package.relate(from, &format!("{OFFICE}/{name}"), target, false);
        };
        relate("", "officeDocument", "xl/workbook.xml");
        for number in 1..=sheets.len() {
            let target = format!("worksheets/sheet{number}.xml");
            relate("xl/workbook.xml", "worksheet", &target);
        }
        for name in ["sharedStrings", "styles", "theme"] {
            relate("xl/workbook.xml", name, &format!("{name}.xml"));
        }
        for [from, kind, target] in &relations {
            package.relate(from, kind, target, target.contains(':'));
        }
        for (number, (_, markup)) in (1..).zip(sheets) {
            let name = format!("xl/worksheets/sheet{number}.xml");
            package.part(&name, &kind("worksheet"), markup);
        }
        let strings = format!(r#"<sst xmlns="{MAIN}">{}</sst>"#, self.strings);
        package.part("xl/sharedStrings.xml", &kind("sharedStrings"), strings);
        let styles = format!(r#"<styleSheet xmlns="{MAIN}">{}</styleSheet>"#, self.styles);
        package.part("xl/styles.xml", &kind("styles"), styles);
        if !self.theme.is_empty() {
            let kind = "application/vnd.openxmlformats-officedocument.theme+xml";
            package.part("xl/theme.xml", kind, self.theme);
        }
        let mut bytes = Vec::new();
        package.finish(&mut bytes).expect("a Vec takes all writing");
        bytes
    }

    /// Compares what is read of the workbook, each sheet as one table.
    pub(crate) fn check(self, expected: &Expect) {
        check(&self.bytes(), expected);
    }
}

/// The bytes of a fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../fixtures/xlsx");
    std::fs::read(format!("{folder}/{name}")).expect("a fixture")
}

/// Reads a workbook, each sheet as one table.
pub(crate) fn read(bytes: &[u8]) -> Outcome<Document> {
    let options = ReadOptions {
        sheet_as: SheetAs::Table,
        ..ReadOptions::default()
    };
    XlsxReader
        .read(Input::new(bytes), &options)
        .expect("a workbook")
}

/// What a document holds, without origins and metadata, as canonical JSON with a line for each block and
/// cell, and the diagnostics.
pub(crate) fn shown(outcome: &Outcome<Document>) -> String {
    let mut document = outcome.value.clone();
    document.strip_origins();
    document.meta = Metadata::default();
    let mut text = json::to_string(&document);
    for start in [r#"{"col":"#, r#"{"blocks":[{"content":"#] {
        text = text.replace(&format!(",{start}"), &format!(",\n  {start}"));
        text = text.replace(&format!("[{start}"), &format!("[\n  {start}"));
    }
    for start in [r#"{"body":["#, r#"{"cells":["#, r#"{"content":["#] {
        text = text.replace(&format!("}},{start}"), &format!("}},\n{start}"));
    }
    text = text.replace(r#"],"columns":"#, "\n],\"columns\":");
    text = text.replace(r#","tabulary":"document/1"}"#, "}\n");
    for diagnostic in &outcome.diagnostics {
        text.push_str(&format!("{diagnostic}\n"));
    }
    text
}

/// Compares what is read of a workbook, each sheet as one table.
pub(crate) fn check(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&shown(&read(bytes)));
}

/// The text of each cell and its kind of value, a line a row.
pub(crate) fn texts(bytes: &[u8]) -> String {
    let outcome = read(bytes);
    let mut lines = String::new();
    for table in outcome.value.tables() {
        for row in 0..table.rows() {
            let texts = (0..table.width()).map(|col| match table.at(row, col) {
                Some(cell) if (cell.row, cell.col) == (row, col) => cell.plain_text().to_string(),
                Some(_) => "^".to_owned(),
                None => String::new(),
            });
            let texts: Vec<_> = texts.collect();
            lines.push_str(&format!("{}\n", texts.join(" | ")));
        }
    }
    for diagnostic in &outcome.diagnostics {
        lines.push_str(&format!("{diagnostic}\n"));
    }
    lines
}
