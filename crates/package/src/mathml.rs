//! What every reader of presentation MathML needs first.

use tabulary_ir::Budget;

use crate::xml::{Element, Event, Pull};

/// The element `math` of a formula; none where it is another or is damaged.
pub fn root(mathml: &str, budget: &Budget) -> Option<Element> {
    // The one entity of HTML that formulas are written with.
    let mathml = mathml.replace("&nbsp;", "\u{A0}");
    let mut pull = Pull::new(&mathml, budget);
    loop {
        match pull.next_event().ok()? {
            Event::Start(start) if start.local == "math" => return pull.element(start).ok(),
            Event::Start(_) | Event::Eof => return None,
            Event::End | Event::Text(_) => {}
        }
    }
}

/// Whether a fraction is drawn without its bar (MathML Core, `linethickness`).
pub fn has_no_bar(fraction: &Element) -> bool {
    let thickness = fraction.plain("linethickness").unwrap_or_default();
    let number = thickness.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse() == Ok(0.0_f32)
}
