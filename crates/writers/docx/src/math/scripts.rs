//! Scripts, limits and accents.

use tabulary_package::xml::Element;

use super::row::one_character;
use super::{Omml, items};

/// One base has no more scripts than these before they are written side by side.
const SCRIPTS: usize = 24;

impl Omml {
    /// Scripts behind, and what stands below and above.
    pub(super) fn script(&mut self, element: &Element, children: &[&Element], depth: u32) {
        match (element.local.as_str(), children) {
            ("msup", [base, sup, ..]) => self.structure("m:sSup", &[], |omml| {
                omml.argument("m:e", base, depth);
                omml.argument("m:sup", sup, depth);
            }),
            ("msub", [base, sub, ..]) => self.structure("m:sSub", &[], |omml| {
                omml.argument("m:e", base, depth);
                omml.argument("m:sub", sub, depth);
            }),
            ("msubsup", [base, sub, sup, ..]) => self.structure("m:sSubSup", &[], |omml| {
                omml.argument("m:e", base, depth);
                omml.argument("m:sub", sub, depth);
                omml.argument("m:sup", sup, depth);
            }),
            ("munder", [base, under, ..]) => self.under(element, base, under, depth),
            ("mover", [base, over, ..]) => self.over(element, base, over, depth),
            ("munderover", [base, under, over, ..]) => self.structure("m:limLow", &[], |omml| {
                omml.out.open("m:e", &[]);
                omml.structure("m:limUpp", &[], |omml| {
                    omml.argument("m:e", base, depth);
                    omml.argument("m:lim", over, depth);
                });
                omml.out.close("m:e");
                omml.argument("m:lim", under, depth);
            }),
            (_, children) => self.row(&items::of(children), depth + 1),
        }
    }

    fn under(&mut self, element: &Element, base: &Element, under: &Element, depth: u32) {
        let is_sign = under.local == "mo" && element.plain("accentunder") != Some("false");
        let accent = element.plain("accentunder") == Some("true");
        let stretched = under.plain("stretchy") == Some("true");
        let sign = items::text(under);
        match sign.as_str() {
            "_" | "\u{332}" | "‾" | "¯" if is_sign && !stretched => self.bar("bot", base, depth),
            sign if is_sign && (accent || is_brace(sign)) => {
                self.stretched(sign, true, base, depth);
            }
            _ => self.limit("m:limLow", base, under, depth),
        }
    }

    fn over(&mut self, element: &Element, base: &Element, over: &Element, depth: u32) {
        let is_sign = over.local == "mo" && element.plain("accent") != Some("false");
        let accent = element.plain("accent") == Some("true");
        let stretched = over.plain("stretchy") == Some("true");
        let sign = items::text(over);
        match sign.as_str() {
            sign if is_sign && accent && stretched => self.stretched(sign, false, base, depth),
            "‾" | "\u{305}" | "―" if is_sign => self.bar("top", base, depth),
            sign if is_sign && is_brace(sign) && !accent => {
                self.stretched(sign, false, base, depth);
            }
            sign if is_sign && (accent || combining(sign).is_some()) => {
                let sign = combining(sign).unwrap_or_else(|| one_character(sign));
                self.structure("m:acc", &[("m:chr", sign)], |omml| {
                    omml.argument("m:e", base, depth);
                });
            }
            _ => self.limit("m:limUpp", base, over, depth),
        }
    }

    /// A line above or below (ECMA-376-1 22.1.2.7).
    fn bar(&mut self, place: &str, base: &Element, depth: u32) {
        self.structure("m:bar", &[("m:pos", place)], |omml| {
            omml.argument("m:e", base, depth);
        });
    }

    /// Something small below or above (ECMA-376-1 22.1.2.54, 22.1.2.56).
    fn limit(&mut self, name: &str, base: &Element, limit: &Element, depth: u32) {
        self.structure(name, &[], |omml| {
            omml.argument("m:e", base, depth);
            omml.argument("m:lim", limit, depth);
        });
    }

    /// Scripts behind and in front (MathML Core 3.4.3): pairs below and above, those behind
    /// `mprescripts` in front.
    pub(super) fn multiscripts(&mut self, base: &Element, scripts: &[&Element], depth: u32) {
        if scripts.len() > SCRIPTS {
            self.row(&items::of(&[base]), depth + 1);
            return self.row(&items::of(scripts), depth + 1);
        }
        let marks = scripts.iter().position(|e| e.local == "mprescripts");
        let behind = &scripts[..marks.unwrap_or(scripts.len())];
        let front = marks.and_then(|at| scripts.get(at + 1..));
        let front = front.unwrap_or_default();
        self.flush();
        for pair in front.chunks(2) {
            self.out.open("m:sPre", &[]);
            self.part("m:sub", &items::of(&pair[..1]), depth);
            self.part("m:sup", &items::of(&pair[1..]), depth);
            self.out.open("m:e", &[]);
        }
        for _ in behind.chunks(2) {
            self.out.open("m:sSubSup", &[]);
            self.out.open("m:e", &[]);
        }
        self.row(&items::of(&[base]), depth + 1);
        self.flush();
        for pair in behind.chunks(2) {
            self.out.close("m:e");
            self.part("m:sub", &items::of(&pair[..1]), depth);
            self.part("m:sup", &items::of(&pair[1..]), depth);
            self.out.close("m:sSubSup");
        }
        for _ in front.chunks(2) {
            self.out.close("m:e");
            self.out.close("m:sPre");
        }
    }
}

/// Braces, brackets and parentheses that lie.
fn is_brace(sign: &str) -> bool {
    matches!(sign, "⏞" | "⏟" | "⎴" | "⎵" | "⏜" | "⏝" | "⏠" | "⏡")
}

/// The sign of an accent as it combines, which is how the format holds it (ECMA-376-1 22.1.2.20).
fn combining(sign: &str) -> Option<&str> {
    Some(match sign {
        "`" => "\u{300}",
        "´" => "\u{301}",
        "^" | "ˆ" => "\u{302}",
        "~" | "˜" => "\u{303}",
        "¯" | "ˉ" => "\u{304}",
        "˘" => "\u{306}",
        "˙" => "\u{307}",
        "¨" => "\u{308}",
        "˚" => "\u{30A}",
        "ˇ" => "\u{30C}",
        "↼" => "\u{20D0}",
        "⇀" => "\u{20D1}",
        "←" => "\u{20D6}",
        "→" => "\u{20D7}",
        "↔" => "\u{20E1}",
        sign => {
            let mark = sign.chars().next()?;
            let combines = matches!(mark, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}');
            return (combines && sign.chars().count() == 1).then_some(sign);
        }
    })
}
