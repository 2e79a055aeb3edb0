//! Tokens of MathML as runs (ECMA-376-1 22.1.2.87).

use tabulary_package::xml::Element;

use super::{Omml, items};

impl Omml {
    /// Writes the run that has grown.
    pub(super) fn flush(&mut self) {
        let text = std::mem::take(&mut self.run);
        if text.is_empty() {
            return;
        }
        // A run that says how it is set is no LaTeX that someone typed.
        let like_latex = text.contains(['\\', '^', '_', '{']);
        let properties: &[_] = if like_latex { &[("m:sty", "i")] } else { &[] };
        self.run(properties, &text);
    }

    /// A run of its own.
    fn own_run(&mut self, properties: &[(&str, &str)], text: &str) {
        self.flush();
        self.run(properties, text);
    }

    fn run(&mut self, properties: &[(&str, &str)], text: &str) {
        self.out.open("m:r", &[]);
        if !properties.is_empty() {
            self.out.open("m:rPr", &[]);
            for (property, value) in properties {
                let value = [("m:val", *value)];
                let has_value = !value[0].1.is_empty();
                self.out
                    .empty(property, if has_value { &value } else { &[] });
            }
            self.out.close("m:rPr");
        }
        self.out.leaf("m:t", text);
        self.out.close("m:r");
    }

    /// Writes a token. False where the element is none.
    pub(super) fn token(&mut self, element: &Element) -> bool {
        let text = items::text(element).replace('\u{A0}', " ");
        match element.local.as_str() {
            "mi" => self.name(&text, element.plain("mathvariant")),
            "mn" => match element.plain("mathvariant") {
                None | Some("normal") => self.sign(&text),
                variant => self.name(&text, variant),
            },
            "mo" => self.sign(&text),
            "mtext" => self.words(&text),
            "ms" => {
                let open = element.plain("lquote").unwrap_or("\"");
                let close = element.plain("rquote").unwrap_or("\"");
                self.words(&format!("{open}{text}{close}"));
            }
            "mspace" => {
                let blank = blank(element.plain("width").unwrap_or_default());
                self.run.push_str(blank);
            }
            _ => return false,
        }
        true
    }

    /// Signs and numbers; those that are words, such as `mod`, are set upright.
    pub(super) fn sign(&mut self, text: &str) {
        let text = text.replace(is_invisible, "");
        if text.contains(char::is_alphabetic) {
            self.own_run(&[("m:sty", "p")], &text);
        } else {
            self.run.push_str(&text);
        }
    }

    fn words(&mut self, text: &str) {
        if text.chars().all(char::is_whitespace) {
            self.run.push_str(text);
        } else {
            self.own_run(&[("m:nor", "")], text);
        }
    }

    /// A name is slanted where it is one letter that slants (MathML Core 3.2.2), and else upright.
    fn name(&mut self, text: &str, variant: Option<&str>) {
        let letters = text.chars().filter(|&c| !is_mark(c));
        let (count, first) = (letters.clone().count(), letters.clone().next());
        let slants = first.is_some_and(slants);
        let styled: &[_] = match variant {
            Some("bold") => &[("m:sty", "b")],
            Some("bold-italic") => &[("m:sty", "bi")],
            Some("double-struck") => &[("m:scr", "double-struck")],
            Some("script") => &[("m:scr", "script")],
            Some("bold-script") => &[("m:scr", "script"), ("m:sty", "b")],
            Some("fraktur") => &[("m:scr", "fraktur")],
            Some("bold-fraktur") => &[("m:scr", "fraktur"), ("m:sty", "b")],
            Some("sans-serif") => &[("m:scr", "sans-serif"), ("m:sty", "p")],
            Some("bold-sans-serif") => &[("m:scr", "sans-serif"), ("m:sty", "b")],
            Some("sans-serif-italic") => &[("m:scr", "sans-serif"), ("m:sty", "i")],
            Some("sans-serif-bold-italic") => &[("m:scr", "sans-serif"), ("m:sty", "bi")],
            Some("monospace") => &[("m:scr", "monospace"), ("m:sty", "p")],
            Some("normal") if slants => &[("m:sty", "p")],
            _ if count > 1 && variant != Some("italic") => &[("m:sty", "p")],
            _ => &[],
        };
        let alone = slants || first.is_some_and(|c| !c.is_alphabetic() || is_letterlike(c));
        if text.is_empty() {
        } else if styled.is_empty() && alone {
            self.run.push_str(text);
        } else {
            self.own_run(styled, text);
        }
    }
}

/// Characters that are set upon the one before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}')
}

fn slants(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{370}'..='\u{3FF}')
}

/// Letters of mathematical alphabets.
fn is_letterlike(c: char) -> bool {
    matches!(c, '℀'..='⅏' | '\u{1D400}'..='\u{1D7FF}')
}

/// Marks of what is multiplied, applied or set apart without a sign.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2061}'..='\u{2064}' | '\u{200B}')
}

/// A blank of about a width.
fn blank(width: &str) -> &'static str {
    let ems = match width.trim() {
        "veryverythinmathspace" | "verythinmathspace" => Some(0.1),
        "thinmathspace" => Some(0.17),
        "mediummathspace" => Some(0.22),
        "thickmathspace" | "verythickmathspace" | "veryverythickmathspace" => Some(0.3),
        width => width
            .strip_suffix("em")
            .and_then(|ems| ems.trim().parse().ok()),
    };
    match ems.unwrap_or(0.0_f64) {
        ems if ems >= 1.5 => "\u{2003}\u{2003}",
        ems if ems >= 0.8 => "\u{2003}",
        ems if ems >= 0.4 => "\u{2002}",
        ems if ems >= 0.25 => "\u{2004}",
        ems if ems >= 0.2 => "\u{205F}",
        ems if ems >= 0.1 => "\u{2009}",
        _ => "",
    }
}
