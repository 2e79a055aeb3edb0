//! Values of WordprocessingML attributes.

use tabulary_ir::Points;
use tabulary_package::xml::{Element, Ns};

/// An attribute of an element of WordprocessingML. Some programs leave its prefix out.
pub(crate) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element
        .attribute(Ns::W, name)
        .or_else(|| element.plain(name))
}

/// The attribute `val` of an element.
pub(crate) fn val(element: &Element) -> Option<&str> {
    attribute(element, "val")
}

/// The attribute `val` of the first child of that name.
pub(crate) fn child_val<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    val(element.child(Ns::W, name)?)
}

/// What a toggle says (ECMA-376 17.17.4): on where it stands without a value.
pub(crate) fn toggle(element: &Element, name: &str) -> Option<bool> {
    let element = element.child(Ns::W, name)?;
    Some(!matches!(val(element), Some("0" | "false" | "off")))
}

/// A whole number.
pub(crate) fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| text.parse::<f64>().ok().map(|number| number as i64))
}

/// A length in twentieths of a point, or with a unit behind it (ECMA-376 22.9.2.14, 22.9.2.15).
pub(crate) fn length(text: &str) -> Option<Points> {
    let text = text.trim();
    let unit_at = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(unit_at);
    if unit.is_empty() {
        return number(digits).map(Points::from_twips);
    }
    let amount: f64 = digits.trim().parse().ok()?;
    let points = match unit {
        "mm" => amount * 72.0 / 25.4,
        "cm" => amount * 72.0 / 2.54,
        "in" => amount * 72.0,
        "pt" => amount,
        "pc" | "pi" => amount * 12.0,
        _ => return None,
    };
    Some(Points::new(points))
}

/// A length of a CSS style, as VML has them: `width:12.5pt`. A bare number is in pixels of 1/96 inch.
pub(crate) fn css_length(style: &str, name: &str) -> Option<Points> {
    let value = style.split(';').find_map(|declaration| {
        let (key, value) = declaration.split_once(':')?;
        (key.trim() == name).then_some(value.trim())
    })?;
    if let Some(pixels) = value.strip_suffix("px") {
        return pixels.parse().ok().map(|px: f64| Points::new(px * 0.75));
    }
    if value.ends_with(|c: char| c.is_ascii_digit()) {
        return value.parse().ok().map(|px: f64| Points::new(px * 0.75));
    }
    length(value)
}

/// Whether an element only says how its parent is set, or holds what the accepted view leaves out.
pub(crate) fn is_property(element: &Element) -> bool {
    element.ns == Ns::W
        && matches!(
            element.local.as_str(),
            "pPr"
                | "rPr"
                | "tblPr"
                | "tblPrEx"
                | "trPr"
                | "tcPr"
                | "sdtPr"
                | "sdtEndPr"
                | "rubyPr"
                | "tblGrid"
                | "customXmlPr"
                | "smartTagPr"
                | "proofErr"
                | "bookmarkEnd"
                | "commentRangeStart"
                | "commentRangeEnd"
                | "permStart"
                | "permEnd"
                | "lastRenderedPageBreak"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        for (text, wanted) in [
            ("720", Some(Points::from_twips(720))),
            ("-10", Some(Points::from_twips(-10))),
            ("12.0", Some(Points::from_twips(12))),
            ("2.54cm", Some(Points::new(72.0))),
            ("1in", Some(Points::new(72.0))),
            ("5%", None),
            ("", None),
        ] {
            assert_eq!(length(text), wanted, "{text}");
        }
        assert_eq!(
            css_length("position:absolute;width:96;height:12pt", "width"),
            Some(Points::new(72.0))
        );
    }
}
