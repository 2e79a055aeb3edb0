//! Tracked changes (ECMA-376 17.13.5): which of them are read, and what is told of the others.

use tabulary_ir::{Code, Mark, TrackedChanges};
use tabulary_package::xml::{Element, Ns};

use crate::reading::Reading;

impl Reading<'_> {
    /// Whether the view that is read leaves an element out (ECMA-376 17.13.5).
    pub(crate) fn is_gone(&self, element: &Element) -> bool {
        is_gone(self.changes, element)
    }

    /// The marks that say how the text of an element was changed, where both views are read at once.
    pub(crate) fn change(&self, element: &Element) -> Option<Mark> {
        match self.changes {
            TrackedChanges::All if is_deleted(element) => Some(Mark::Strike),
            TrackedChanges::All if is_inserted(element) => Some(Mark::Underline),
            _ => None,
        }
    }

    /// Says once what the view that is read leaves out.
    pub(crate) fn tell_changed(&mut self, path: &str) {
        let message = match self.changes {
            TrackedChanges::Reject => {
                "text that was marked as inserted was left out, and text marked as deleted kept"
            }
            _ => "text that was marked as deleted was left out, and text marked as inserted kept",
        };
        self.tell_once(Code::ContentSkipped, message, path);
    }
}

/// Whether a view of the tracked changes leaves an element out.
pub(crate) fn is_gone(changes: TrackedChanges, element: &Element) -> bool {
    match changes {
        TrackedChanges::Accept => is_deleted(element),
        TrackedChanges::Reject => is_inserted(element),
        TrackedChanges::All => false,
    }
}

/// Whether an element is a tracked change.
pub(crate) fn is_change(element: &Element) -> bool {
    is_inserted(element) || is_deleted(element)
}

/// Whether an element holds text that was inserted or moved here (ECMA-376 17.13.5).
fn is_inserted(element: &Element) -> bool {
    element.ns == Ns::W && matches!(element.local.as_str(), "ins" | "moveTo")
}

/// Whether an element holds text that was deleted or moved away (ECMA-376 17.13.5).
fn is_deleted(element: &Element) -> bool {
    element.ns == Ns::W
        && matches!(
            element.local.as_str(),
            "del" | "moveFrom" | "delText" | "delInstrText"
        )
}
