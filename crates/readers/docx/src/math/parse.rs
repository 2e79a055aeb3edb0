//! Formulas as trees.

use std::cell::Cell;

use tabulary_ir::TrackedChanges;
use tabulary_package::xml::{Element, Ns};

use super::letters::{Alphabet, plain, styled};
use super::token::{Letter, Setting, join_words, seen, tokens};
use super::{FractionKind, Node, Row, is_integral};
use crate::changes::is_gone;
use crate::sign;

/// Structures stand no deeper in one another than this before their text alone is taken.
const NESTING: u32 = 80;

/// What is found out about a formula while it is read.
pub(super) struct Findings {
    /// Which of the tracked changes are read.
    changes: TrackedChanges,
    /// Whether something stands too deep.
    pub(super) is_cut: Cell<bool>,
    /// Whether text was left out or kept by a tracked change.
    pub(super) is_changed: Cell<bool>,
    /// Whether a sign has no Unicode.
    pub(super) is_unknown: Cell<bool>,
}

impl Findings {
    pub(super) fn new(changes: TrackedChanges) -> Self {
        Self {
            changes,
            is_cut: Cell::new(false),
            is_changed: Cell::new(false),
            is_unknown: Cell::new(false),
        }
    }

    /// Whether the view that is read leaves out what stands in an element.
    fn leaves_out(&self, element: &Element) -> bool {
        let is_gone = is_gone(self.changes, element);
        self.is_changed.set(self.is_changed.get() || is_gone);
        is_gone
    }
}

/// The tree of an `m:oMath`, without blanks at its ends.
pub(super) fn formula(formula: &Element, found: &Findings) -> Row {
    let mut row = row(formula, 0, found);
    let is_space = |node: Option<&Node>| matches!(node, Some(Node::Space(_)));
    while is_space(row.last()) {
        row.pop();
    }
    while is_space(row.first()) {
        row.remove(0);
    }
    row
}

fn row(element: &Element, depth: u32, found: &Findings) -> Row {
    let mut collector = Collector::new(found);
    collector.children(element, depth);
    collector.finish()
}

/// The name of a function (ECMA-376-1 22.1.2.37): its letters are a word, however they are set.
fn function_name(element: Option<&Element>, depth: u32, found: &Findings) -> Row {
    let mut collector = Collector::new(found);
    collector.is_name = true;
    if let Some(element) = element {
        collector.children(element, depth);
    }
    collector.finish()
}

/// The elements of a row while they are read.
struct Collector<'c> {
    nodes: Row,
    letters: Vec<Letter>,
    run: u32,
    /// The row is the one line of an array: its marks of alignment say nothing, and what follows `#` is
    /// its number at the margin.
    only_line: bool,
    is_name: bool,
    found: &'c Findings,
}

impl<'c> Collector<'c> {
    fn new(found: &'c Findings) -> Self {
        Self {
            nodes: Row::new(),
            letters: Vec::new(),
            run: 0,
            only_line: false,
            is_name: false,
            found,
        }
    }

    fn finish(mut self) -> Row {
        self.flush();
        self.nodes
    }

    fn flush(&mut self) {
        if self.is_name {
            join_words(&mut self.letters);
        }
        self.nodes.extend(tokens(&self.letters));
        self.letters.clear();
    }

    fn text(&mut self, text: &str, setting: Setting, alphabet: Option<Alphabet>) {
        for character in text.chars().filter_map(seen) {
            match character {
                '&' if self.only_line => {}
                '#' if self.only_line => {
                    self.letters.extend(['\u{2003}'; 2].map(|character| Letter {
                        character,
                        setting: Setting::Slanted,
                        run: self.run,
                    }))
                }
                character => {
                    // Slanted is what a letter is by itself.
                    let (character, setting) = match plain(character) {
                        Some((Alphabet::Italic, plain)) if setting != Setting::Words => {
                            (plain, Setting::Slanted)
                        }
                        _ => (character, setting),
                    };
                    let styled = alphabet.map(|alphabet| styled(character, alphabet));
                    let character = styled.unwrap_or(character);
                    self.letters.push(Letter {
                        character,
                        setting,
                        run: self.run,
                    });
                }
            }
        }
    }

    fn children(&mut self, element: &Element, depth: u32) {
        if depth > NESTING {
            self.run += 1;
            self.found.is_cut.set(true);
            for text in element.descendants().filter(|inner| inner.local == "t") {
                self.text(&text.text(), Setting::Slanted, None);
            }
            return;
        }
        for child in element.elements() {
            self.element(child, depth + 1);
        }
    }

    fn element(&mut self, element: &Element, depth: u32) {
        match (element.ns, element.local.as_str()) {
            (Ns::M, "r") => self.run(element),
            (Ns::M, name) if name.ends_with("Pr") => {}
            (Ns::M, "f") if property(element, "fPr", "type") == Some("lin") => {
                self.part(element, "num", depth);
                self.text("/", Setting::Slanted, None);
                self.part(element, "den", depth);
            }
            (Ns::M, "eqArr") if parts(element, "e").count() <= 1 => {
                let outside = std::mem::replace(&mut self.only_line, true);
                self.part(element, "e", depth);
                self.only_line = outside;
            }
            (Ns::M, "phant") if is_on(element, "phantPr", "show", true) => {
                self.part(element, "e", depth);
            }
            (Ns::M, _) => match structure(element, depth, self.found) {
                Some(node) => {
                    self.flush();
                    self.nodes.push(node);
                }
                None => self.children(element, depth),
            },
            (Ns::W, "rPr") => {}
            (Ns::W, _) if self.found.leaves_out(element) => {}
            (Ns::W, "sym") => self.symbol(element, Setting::Words),
            (Ns::W, "t" | "delText") => self.text(&element.text(), Setting::Words, None),
            (Ns::W, "br" | "tab" | "cr") => self.text(" ", Setting::Words, None),
            _ => self.children(element, depth),
        }
    }

    fn part(&mut self, element: &Element, name: &str, depth: u32) {
        if let Some(part) = element.child(Ns::M, name) {
            self.children(part, depth);
        }
    }

    /// A run (ECMA-376-1 22.1.2.87) with its script and style (22.1.2.94, 22.1.2.111).
    fn run(&mut self, element: &Element) {
        // A run may say of itself that it was inserted or deleted (17.13.5.14, 17.13.5.19).
        let letters = element.child(Ns::W, "rPr");
        let mut changes = letters.into_iter().flat_map(Element::elements);
        if changes.any(|change| self.found.leaves_out(change)) {
            return;
        }
        self.run += 1;
        let words = is_on(element, "rPr", "nor", false);
        let script = property(element, "rPr", "scr").unwrap_or("roman");
        let style = property(element, "rPr", "sty").unwrap_or("i");
        let (setting, alphabet) = match (script, style) {
            _ if words => (Setting::Words, None),
            ("roman", "p") => (Setting::Upright, None),
            ("roman", "b") => (Setting::Upright, Some(Alphabet::Bold)),
            ("roman", "bi") => (Setting::Slanted, Some(Alphabet::BoldItalic)),
            ("script", "b" | "bi") => (Setting::Slanted, Some(Alphabet::BoldScript)),
            ("script", _) => (Setting::Slanted, Some(Alphabet::Script)),
            ("fraktur", "b" | "bi") => (Setting::Slanted, Some(Alphabet::BoldFraktur)),
            ("fraktur", _) => (Setting::Slanted, Some(Alphabet::Fraktur)),
            ("double-struck", _) => (Setting::Slanted, Some(Alphabet::DoubleStruck)),
            ("sans-serif", "p") => (Setting::Slanted, Some(Alphabet::Sans)),
            ("sans-serif", "b") => (Setting::Slanted, Some(Alphabet::SansBold)),
            ("sans-serif", "bi") => (Setting::Slanted, Some(Alphabet::SansBoldItalic)),
            ("sans-serif", _) => (Setting::Slanted, Some(Alphabet::SansItalic)),
            ("monospace", _) => (Setting::Slanted, Some(Alphabet::Mono)),
            _ => (Setting::Slanted, None),
        };
        for inner in element.elements() {
            match (inner.ns, inner.local.as_str()) {
                (Ns::M | Ns::W, "t") => self.text(&inner.text(), setting, alphabet),
                (Ns::W, "delText") if !self.found.leaves_out(inner) => {
                    self.text(&inner.text(), setting, alphabet);
                }
                (Ns::W, "sym") => self.symbol(inner, setting),
                (Ns::W, "br" | "tab" | "cr") => self.text(" ", setting, None),
                _ => {}
            }
        }
    }

    /// A sign of a symbol font (ECMA-376-1 17.3.3.30).
    fn symbol(&mut self, element: &Element, setting: Setting) {
        match sign::of_element(element) {
            Ok(sign) => self.text(sign.encode_utf8(&mut [0; 4]), setting, None),
            Err(_) => self.found.is_unknown.set(true),
        }
    }
}

fn parts<'e>(element: &'e Element, name: &str) -> impl Iterator<Item = &'e Element> {
    let name = name.to_owned();
    element.elements().filter(move |part| part.is(Ns::M, &name))
}

/// The value of a property, empty where it has none.
fn property<'e>(element: &'e Element, container: &str, name: &str) -> Option<&'e str> {
    let found = element.child(Ns::M, container)?.child(Ns::M, name)?;
    Some(found.attribute(Ns::M, "val").unwrap_or_default())
}

/// Whether a property is on (ECMA-376-1 22.9.2.7); one without a value is.
fn is_on(element: &Element, container: &str, name: &str, usual: bool) -> bool {
    let value = property(element, container, name);
    value.map_or(usual, |value| !matches!(value, "0" | "off" | "false"))
}

/// A sign of a property: one character, or none where the property is empty.
fn sign(element: &Element, container: &str, name: &str, usual: char) -> String {
    let value = property(element, container, name);
    let first = value.map_or(Some(usual), |value| value.chars().next());
    first.map(String::from).unwrap_or_default()
}

/// A structure (ECMA-376-1 22.1.2). `None` where the element only groups others, or is not known.
fn structure(element: &Element, depth: u32, found: &Findings) -> Option<Node> {
    let part = |name: &str| match element.child(Ns::M, name) {
        Some(part) => row(part, depth, found),
        None => Row::new(),
    };
    let some = |name: &str| Some(part(name)).filter(|row| !row.is_empty());
    Some(match element.local.as_str() {
        "f" => Node::Fraction {
            kind: match property(element, "fPr", "type") {
                Some("noBar") => FractionKind::NoBar,
                Some("skw") => FractionKind::Skewed,
                _ => FractionKind::Bar,
            },
            over: part("num"),
            under: part("den"),
        },
        "sSup" => script(part("e"), None, Some(part("sup"))),
        "sSub" => script(part("e"), Some(part("sub")), None),
        "sSubSup" => script(part("e"), Some(part("sub")), Some(part("sup"))),
        "sPre" => Node::Prescript {
            base: part("e"),
            sub: part("sub"),
            sup: part("sup"),
        },
        "rad" => Node::Root {
            degree: some("deg").filter(|_| !is_on(element, "radPr", "degHide", false)),
            inner: part("e"),
        },
        "nary" => nary(element, some("sub"), some("sup"), part("e")),
        "d" => Node::Fence {
            open: sign(element, "dPr", "begChr", '('),
            separator: sign(element, "dPr", "sepChr", '|'),
            close: sign(element, "dPr", "endChr", ')'),
            parts: parts(element, "e")
                .map(|part| row(part, depth, found))
                .collect(),
        },
        "m" => matrix(element, depth, found)?,
        "eqArr" => Node::Lines(
            parts(element, "e")
                .map(|e| line(row(e, depth, found)))
                .collect(),
        ),
        "acc" => accent(&sign(element, "accPr", "chr", '\u{302}'), part("e")),
        "bar" => Node::Bar {
            below: property(element, "barPr", "pos") != Some("top"),
            inner: part("e"),
        },
        "groupChr" => Node::Group {
            sign: sign(element, "groupChrPr", "chr", '⏟'),
            below: property(element, "groupChrPr", "pos") != Some("top"),
            inner: part("e"),
        },
        "func" => Node::Function {
            name: function_name(element.child(Ns::M, "fName"), depth, found),
            inner: part("e"),
        },
        name @ ("limLow" | "limUpp") => Node::Limit {
            below: name == "limLow",
            base: part("e"),
            limit: part("lim"),
        },
        "borderBox" => Node::Enclosed {
            notation: notation(element),
            inner: part("e"),
        },
        "phant" => Node::Phantom(part("e")),
        _ => return None,
    })
}

/// A sum, an integral or the like (ECMA-376-1 22.1.2.70).
fn nary(element: &Element, sub: Option<Row>, sup: Option<Row>, inner: Row) -> Node {
    let sign = sign(element, "naryPr", "chr", '∫');
    Node::Nary {
        stacked: match property(element, "naryPr", "limLoc") {
            Some(place) => place != "subSup",
            None => !is_integral(&sign),
        },
        sub: sub.filter(|_| !is_on(element, "naryPr", "subHide", false)),
        sup: sup.filter(|_| !is_on(element, "naryPr", "supHide", false)),
        inner,
        sign,
    }
}

fn script(base: Row, sub: Option<Row>, sup: Option<Row>) -> Node {
    Node::Script { base, sub, sup }
}

/// A matrix (ECMA-376-1 22.1.2.60) with a cell or more in each row. `None` where there is no cell.
fn matrix(element: &Element, depth: u32, found: &Findings) -> Option<Node> {
    let cells = |line| {
        parts(line, "e")
            .map(|cell| row(cell, depth, found))
            .collect()
    };
    let mut rows: Vec<Vec<Row>> = parts(element, "mr").map(cells).collect();
    let columns = rows
        .iter()
        .map(Vec::len)
        .max()
        .filter(|&columns| columns > 0)?;
    for cells in rows.iter_mut().filter(|cells| cells.is_empty()) {
        cells.push(Row::new());
    }
    Some(Node::Matrix {
        align: alignments(element, columns),
        rows,
    })
}

/// The alignment of each column (ECMA-376-1 22.1.2.67), or nothing where all are in the middle.
fn alignments(element: &Element, columns: usize) -> String {
    let groups = element
        .child(Ns::M, "mPr")
        .and_then(|m| m.child(Ns::M, "mcs"));
    let mut words: Vec<&str> = Vec::new();
    for group in groups.into_iter().flat_map(|groups| parts(groups, "mc")) {
        let count = property(group, "mcPr", "count").and_then(|count| count.parse().ok());
        let count: usize = count.unwrap_or(1).min(columns - words.len().min(columns));
        let side = property(group, "mcPr", "mcJc");
        let side = side.filter(|side| matches!(*side, "left" | "right"));
        words.extend(std::iter::repeat_n(side.unwrap_or("center"), count));
    }
    if words.iter().all(|word| *word == "center") {
        return String::new();
    }
    words.resize(columns, "center");
    words.join(" ")
}

/// A line of an array, cut where `&` aligns it.
fn line(row: Row) -> Vec<Row> {
    let mut cells = vec![Row::new()];
    for node in row {
        match cells.last_mut() {
            Some(cell) if node != Node::Operator("&".to_owned()) => cell.push(node),
            _ => cells.push(Row::new()),
        }
    }
    cells
}

/// An accent (ECMA-376-1 22.1.2.1) by the sign that stands alone, since one that combines would be set
/// upon what is before it. A line is a bar.
fn accent(sign: &str, inner: Row) -> Node {
    let alone = match sign {
        "\u{305}" | "\u{203E}" => {
            return Node::Bar {
                below: false,
                inner,
            };
        }
        "\u{332}" => return Node::Bar { below: true, inner },
        "\u{300}" => "`",
        "\u{301}" => "´",
        "\u{302}" => "^",
        "\u{303}" => "~",
        "\u{304}" => "¯",
        "\u{306}" => "˘",
        "\u{307}" => "˙",
        "\u{308}" => "¨",
        "\u{30A}" => "˚",
        "\u{30C}" => "ˇ",
        "\u{20D0}" => "↼",
        "\u{20D1}" => "⇀",
        "\u{20D6}" => "←",
        "\u{20D7}" => "→",
        "\u{20E1}" => "↔",
        sign => sign,
    };
    Node::Accent {
        sign: alone.to_owned(),
        inner,
    }
}

/// The sides and strokes of a box (ECMA-376-1 22.1.2.11) in the words of `menclose`.
fn notation(element: &Element) -> String {
    let on = |name: &str| is_on(element, "borderBoxPr", name, false);
    let sides = [
        ("hideTop", "top"),
        ("hideBot", "bottom"),
        ("hideLeft", "left"),
        ("hideRight", "right"),
    ];
    let strokes = [
        ("strikeH", "horizontalstrike"),
        ("strikeV", "verticalstrike"),
        ("strikeBLTR", "updiagonalstrike"),
        ("strikeTLBR", "downdiagonalstrike"),
    ];
    let mut words = Vec::new();
    if sides.iter().all(|(hidden, _)| !on(hidden)) {
        words.push("box");
    } else {
        words.extend(sides.iter().filter(|(hidden, _)| !on(hidden)).map(|s| s.1));
    }
    words.extend(strokes.iter().filter(|(drawn, _)| on(drawn)).map(|s| s.1));
    words.join(" ")
}
