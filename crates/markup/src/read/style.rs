//! The few properties of CSS that say something about content.

use tabulary_ir::{Align, Mark, Marks, Points, Rgb, VerticalAlign};

/// The declarations of a `style` attribute.
#[derive(Clone, Copy, Default)]
pub(super) struct Css<'a>(&'a str);

impl<'a> Css<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The value of a property in lower case; the last declaration counts.
    pub(super) fn get(self, property: &str) -> Option<String> {
        let declaration = |text: &'a str| {
            let (name, value) = text.split_once(':')?;
            name.trim().eq_ignore_ascii_case(property).then_some(value)
        };
        let value = self.0.split(';').rev().find_map(declaration)?;
        let value = value.trim().to_ascii_lowercase();
        Some(match value.strip_suffix("!important") {
            Some(value) => value.trim_end().to_owned(),
            None => value,
        })
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether nothing of the element is shown.
    pub(super) fn hides(self) -> bool {
        self.get("display").as_deref() == Some("none")
    }

    pub(super) fn align(self) -> Option<Align> {
        align(&self.get("text-align")?)
    }

    pub(super) fn length(self, property: &str) -> Option<Points> {
        length(&self.get(property)?)
    }

    /// `marks` with what is set here.
    pub(super) fn marks(self, marks: Marks) -> Marks {
        if self.is_empty() {
            return marks;
        }
        let set = |marks: Marks, mark: Mark, on: Option<bool>| match on {
            Some(true) => marks.with(mark),
            Some(false) => marks.without(mark),
            None => marks,
        };
        let weight = self.get("font-weight");
        let bold = weight.and_then(|w| match w.as_str() {
            "bold" | "bolder" => Some(true),
            "normal" | "lighter" => Some(false),
            w => w.parse::<u32>().ok().map(|w| w >= 600),
        });
        let italic = self.get("font-style").and_then(|s| match s.as_str() {
            "normal" => Some(false),
            s => (s == "italic" || s.starts_with("oblique")).then_some(true),
        });
        let mut marks = set(marks, Mark::Bold, bold);
        marks = set(marks, Mark::Italic, italic);
        for property in ["text-decoration", "text-decoration-line"] {
            let lines = self.get(property).unwrap_or_default();
            for word in lines.split_whitespace() {
                match word {
                    "underline" => marks = marks.with(Mark::Underline),
                    "line-through" => marks = marks.with(Mark::Strike),
                    _ => {}
                }
            }
        }
        match self.get("vertical-align").as_deref() {
            Some("sub") => marks = marks.with(Mark::Subscript),
            Some("super") => marks = marks.with(Mark::Superscript),
            _ => {}
        }
        if self
            .get("font-variant")
            .is_some_and(|v| v.contains("small-caps"))
        {
            marks = marks.with(Mark::Smallcaps);
        }
        marks
    }

    /// Whether blanks and line ends count, where that is set here.
    pub(super) fn preserves(self) -> Option<bool> {
        match self.get("white-space")?.as_str() {
            "pre" | "pre-wrap" | "break-spaces" => Some(true),
            "normal" | "nowrap" | "pre-line" => Some(false),
            _ => None,
        }
    }

    pub(super) fn fill(self) -> Option<Rgb> {
        let value = self
            .get("background-color")
            .or_else(|| self.get("background"))?;
        colour(&value)
    }

    pub(super) fn vertical_align(self) -> Option<VerticalAlign> {
        vertical_align(&self.get("vertical-align")?)
    }

    pub(super) fn is_vertical_text(self) -> bool {
        self.get("writing-mode")
            .is_some_and(|m| m.starts_with("vertical") || m == "tb-rl")
    }
}

/// The alignment of that name.
pub(super) fn align(name: &str) -> Option<Align> {
    let name = name.trim().to_ascii_lowercase();
    match name.strip_prefix("-webkit-").unwrap_or(&name) {
        "left" | "start" => Some(Align::Left),
        "center" | "middle" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        "justify" => Some(Align::Justify),
        _ => None,
    }
}

/// The vertical alignment of that name.
pub(super) fn vertical_align(name: &str) -> Option<VerticalAlign> {
    match name.trim().to_ascii_lowercase().as_str() {
        "top" => Some(VerticalAlign::Top),
        "middle" | "center" => Some(VerticalAlign::Middle),
        "bottom" => Some(VerticalAlign::Bottom),
        _ => None,
    }
}

/// A colour written as `#rrggbb`, `#rgb` or `rgb(r, g, b)`.
pub(super) fn colour(text: &str) -> Option<Rgb> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("rgb(").and_then(|t| t.strip_suffix(')')) {
        let mut parts = inner.split([',', ' ']).filter(|p| !p.is_empty());
        let mut next = || parts.next()?.parse::<u8>().ok();
        return Some(Rgb([next()?, next()?, next()?]));
    }
    let digits = text.strip_prefix('#')?;
    if digits.len() == 3 && digits.is_ascii() {
        let wide: String = digits.chars().flat_map(|c| [c, c]).collect();
        return Rgb::from_hex(&wide);
    }
    Rgb::from_hex(digits)
}

/// A length; `em` is that of the usual font of 12 points, and a number without a unit is in pixels.
pub(super) fn length(text: &str) -> Option<Points> {
    let text = text.trim();
    let split = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(text.len());
    let number: f64 = text[..split].parse().ok()?;
    let points = match text[split..].trim() {
        "pt" => 1.0,
        "" | "px" => 0.75,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" | "em" | "rem" => 12.0,
        _ => return None,
    };
    let points = number * points;
    (points.abs() < 1e6).then(|| Points::new(points))
}
