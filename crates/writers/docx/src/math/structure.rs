//! Structures of MathML by their elements.

use tabulary_package::mathml::has_no_bar;
use tabulary_package::xml::Element;

use super::row::one_character;
use super::{Omml, items};

impl Omml {
    /// Writes an element that is no token.
    pub(super) fn element(&mut self, element: &Element, depth: u32) {
        let children: Vec<&Element> = element.elements().collect();
        match (element.local.as_str(), children.as_slice()) {
            ("mfrac", [over, under]) => self.fraction(element, over, under, depth),
            ("msqrt", _) => self.root(None, &items::inside(element), depth),
            ("mroot", [inner, degree]) => self.root(Some(degree), &items::of(&[inner]), depth),
            ("msup" | "msub" | "msubsup" | "munder" | "mover" | "munderover", [_, _, ..]) => {
                self.script(element, &children, depth);
            }
            ("mmultiscripts", [base, scripts @ ..]) => self.multiscripts(base, scripts, depth),
            ("mtable", _) => self.table(element, depth),
            ("mfenced", _) => self.fenced(element, &children, depth),
            ("menclose", _) => self.enclosed(element, depth),
            ("mphantom", _) => self.structure("m:phant", &[("m:show", "0")], |omml| {
                omml.part("m:e", &items::inside(element), depth);
            }),
            (_, []) => self.sign(&items::text(element)),
            _ => self.row(&items::inside(element), depth + 1),
        }
    }

    /// A fraction (ECMA-376-1 22.1.2.36).
    fn fraction(&mut self, element: &Element, over: &Element, under: &Element, depth: u32) {
        let no_bar = has_no_bar(element);
        let skewed = element.plain("bevelled") == Some("true");
        let kind: &[_] = match (no_bar, skewed) {
            (true, _) => &[("m:type", "noBar")],
            (false, true) => &[("m:type", "skw")],
            (false, false) => &[],
        };
        self.structure("m:f", kind, |omml| {
            omml.argument("m:num", over, depth);
            omml.argument("m:den", under, depth);
        });
    }

    /// A root (ECMA-376-1 22.1.2.88).
    fn root(&mut self, degree: Option<&Element>, inner: &[&Element], depth: u32) {
        let hidden: &[_] = match degree {
            Some(_) => &[],
            None => &[("m:degHide", "1")],
        };
        self.structure("m:rad", hidden, |omml| {
            match degree {
                Some(degree) => omml.argument("m:deg", degree, depth),
                None => omml.part("m:deg", &[], depth),
            }
            omml.part("m:e", inner, depth);
        });
    }

    /// A matrix (ECMA-376-1 22.1.2.60), or lines below one another (22.1.2.34).
    fn table(&mut self, element: &Element, depth: u32) {
        let rows: Vec<Vec<Vec<&Element>>> = element
            .elements()
            .filter_map(|row| match row.local.as_str() {
                "mtr" => Some(cells(row, 0)),
                "mlabeledtr" => Some(cells(row, 1)),
                _ => None,
            })
            .collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        if element.plain("displaystyle") == Some("true") {
            self.structure("m:eqArr", &[], |omml| {
                rows.iter().for_each(|row| omml.line(row, depth));
            });
            return;
        }
        self.flush();
        self.out.open("m:m", &[]);
        self.columns(columns, element.plain("columnalign").unwrap_or_default());
        for row in &rows {
            self.out.open("m:mr", &[]);
            row.iter().for_each(|cell| self.part("m:e", cell, depth));
            if row.is_empty() {
                self.part("m:e", &[], depth);
            }
            self.out.close("m:mr");
        }
        self.out.close("m:m");
    }

    /// The columns of a matrix (ECMA-376-1 22.1.2.67), those that follow one another with the same
    /// alignment as one group. The last alignment is that of all columns behind.
    fn columns(&mut self, columns: usize, align: &str) {
        let mut words = align.split_whitespace();
        let mut word = "center";
        let mut groups: Vec<(&str, usize)> = Vec::new();
        for _ in 0..columns {
            word = words.next().unwrap_or(word);
            match groups.last_mut() {
                Some((before, count)) if *before == word && *count < 255 => *count += 1,
                _ => groups.push((word, 1)),
            }
        }
        self.out.raw("<m:mPr><m:mcs>");
        for (word, count) in groups {
            let known = Some(word).filter(|word| matches!(*word, "left" | "right"));
            self.out.raw("<m:mc><m:mcPr>");
            self.out.empty("m:count", &[("m:val", &count.to_string())]);
            self.out
                .empty("m:mcJc", &[("m:val", known.unwrap_or("center"))]);
            self.out.raw("</m:mcPr></m:mc>");
        }
        self.out.raw("</m:mcs></m:mPr>");
    }

    /// A line of an array, its pieces aligned at `&`.
    fn line(&mut self, cells: &[Vec<&Element>], depth: u32) {
        self.flush();
        self.out.open("m:e", &[]);
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.sign("&");
            }
            self.row(cell, depth + 1);
        }
        self.flush();
        self.out.close("m:e");
    }

    /// The old form of delimiters (MathML 3, 3.3.8).
    fn fenced(&mut self, element: &Element, children: &[&Element], depth: u32) {
        let open = element.plain("open").unwrap_or("(").trim();
        let close = element.plain("close").unwrap_or(")").trim();
        let separators = element.plain("separators").unwrap_or(",").trim();
        let parts: Vec<_> = children.iter().map(|part| items::of(&[part])).collect();
        let mut parts: Vec<&[&Element]> = parts.iter().map(Vec::as_slice).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        let separator = if parts.len() > 1 { separators } else { "|" };
        self.delimited([open, separator, close], &parts, depth);
    }

    /// A box with lines through it (ECMA-376-1 22.1.2.11).
    fn enclosed(&mut self, element: &Element, depth: u32) {
        let notation = element.plain("notation").unwrap_or("longdiv");
        let has = |words: &[&str]| {
            notation
                .split_whitespace()
                .any(|word| words.contains(&word))
        };
        let round = has(&["box", "roundedbox", "circle"]);
        let properties = [
            (
                "m:hideTop",
                !round && !has(&["top", "longdiv", "actuarial"]),
            ),
            ("m:hideBot", !round && !has(&["bottom"])),
            ("m:hideLeft", !round && !has(&["left", "longdiv"])),
            ("m:hideRight", !round && !has(&["right", "actuarial"])),
            ("m:strikeH", has(&["horizontalstrike"])),
            ("m:strikeV", has(&["verticalstrike"])),
            ("m:strikeBLTR", has(&["updiagonalstrike"])),
            ("m:strikeTLBR", has(&["downdiagonalstrike"])),
        ];
        let on = properties.iter().filter(|(_, on)| *on);
        let properties: Vec<_> = on.map(|(name, _)| (*name, "1")).collect();
        self.structure("m:borderBox", &properties, |omml| {
            omml.part("m:e", &items::inside(element), depth);
        });
    }

    /// A sign that stretches above or below (ECMA-376-1 22.1.2.41).
    pub(super) fn stretched(&mut self, sign: &str, below: bool, base: &Element, depth: u32) {
        let places = if below {
            ["bot", "top"]
        } else {
            ["top", "bot"]
        };
        let properties = [
            ("m:chr", one_character(sign)),
            ("m:pos", places[0]),
            ("m:vertJc", places[1]),
        ];
        self.structure("m:groupChr", &properties, |omml| {
            omml.argument("m:e", base, depth);
        });
    }
}

/// The cells of a row.
fn cells(row: &Element, skipped: usize) -> Vec<Vec<&Element>> {
    let cells = row.elements().filter(|cell| cell.local == "mtd");
    cells.skip(skipped).map(items::inside).collect()
}
