//! How letters and paragraphs are trimmed beyond what the model keeps: told once each.

use tabulary_ir::Code;
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, child_val, number, toggle, val};
use crate::reading::Reading;
use crate::styles::RunLook;

/// What is seen of a paragraph beyond its words, each where it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParagraphTrim {
    boxed: Option<bool>,
    shaded: Option<bool>,
    tabbed: Option<bool>,
    spaced: Option<bool>,
    framed: Option<bool>,
}

impl ParagraphTrim {
    /// What `pPr` says.
    pub(crate) fn of(properties: &Element) -> Self {
        let borders = properties.child(Ns::W, "pBdr");
        let tabs = properties.child(Ns::W, "tabs");
        Self {
            boxed: borders.map(|borders| borders.elements().any(is_drawn)),
            shaded: properties.child(Ns::W, "shd").map(is_shaded),
            tabbed: tabs.map(|tabs| tabs.elements().any(|tab| val(tab) != Some("clear"))),
            spaced: properties.child(Ns::W, "spacing").map(|_| true),
            framed: properties.child(Ns::W, "framePr").map(|_| true),
        }
    }

    /// Fills what is not said from the style that this one is based on.
    pub(crate) fn inherit(&mut self, base: Self) {
        self.boxed = self.boxed.or(base.boxed);
        self.shaded = self.shaded.or(base.shaded);
        self.tabbed = self.tabbed.or(base.tabbed);
        self.spaced = self.spaced.or(base.spaced);
        self.framed = self.framed.or(base.framed);
    }
}

impl Reading<'_> {
    /// Tells of what a paragraph is trimmed with and is not kept. A line at a blank paragraph is read as such.
    pub(crate) fn tell_trim(&mut self, trim: ParagraphTrim, has_text: bool, path: &str) {
        if self.record.own {
            return;
        }
        let told = [
            (
                trim.boxed.filter(|_| has_text),
                "boxes and lines around paragraphs are not kept",
            ),
            (trim.shaded, "grounds of paragraphs are not kept"),
            (trim.tabbed, "places and leaders of tabulators are not kept"),
            (
                trim.spaced,
                "distances between lines and paragraphs are not kept",
            ),
            (
                trim.framed,
                "paragraphs that text runs around stand between the others",
            ),
        ];
        for (_, message) in told.into_iter().filter(|(on, _)| *on == Some(true)) {
            self.tell_once(Code::LooksDropped, message, path);
        }
    }

    /// Tells of how letters are set and is not kept.
    pub(crate) fn tell_letters(&mut self, look: &RunLook, path: &str) {
        if self.record.own {
            return;
        }
        let told = [
            (look.coloured, "colours of letters are not kept"),
            (
                look.capitals,
                "small letters that are shown as capitals are small letters",
            ),
            (
                look.decorated,
                "distances, boxes, dots and the like of letters are not kept",
            ),
            (
                look.other_letters,
                "fonts and sizes of letters are not kept",
            ),
        ];
        for (_, message) in told.into_iter().filter(|(on, _)| *on) {
            self.tell_once(Code::LooksDropped, message, path);
        }
    }
}

/// Whether `rPr` says of letters that they are spaced, raised, dotted, boxed, outlined and the like
/// (ECMA-376 17.3.2); none where it says nothing of it.
pub(crate) fn is_decorated(properties: &Element) -> Option<bool> {
    let other_than = |name: &str, usual: &[&str]| {
        child_val(properties, name).is_some_and(|value| !usual.contains(&value))
    };
    let amount = |name: &str, usual: i64| {
        let amount = child_val(properties, name).and_then(number);
        amount.is_some_and(|amount| amount != usual)
    };
    let effects = ["outline", "shadow", "emboss", "imprint"];
    let is_decorated = other_than("em", &["none"])
        || other_than("effect", &["none"])
        || other_than("u", &["none", "single", "words"])
        || effects
            .iter()
            .any(|name| toggle(properties, name) == Some(true))
        || properties.child(Ns::W, "bdr").is_some_and(is_drawn)
        || properties.child(Ns::W, "shd").is_some_and(is_shaded)
        || amount("spacing", 0)
        || amount("position", 0)
        || amount("w", 100);
    is_decorated.then_some(true)
}

fn is_drawn(border: &Element) -> bool {
    !matches!(val(border), Some("nil" | "none"))
}

/// Whether a shading (ECMA-376 17.3.5) is seen.
pub(crate) fn is_shaded(shading: &Element) -> bool {
    let fill = attribute(shading, "fill").unwrap_or("auto");
    let pattern = val(shading).unwrap_or("clear");
    !matches!(fill, "auto" | "FFFFFF" | "ffffff") || !matches!(pattern, "clear" | "nil")
}
