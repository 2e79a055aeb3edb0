//! Signs that a document names by a font and a code.

use tabulary_encoding::symbol;
use tabulary_package::xml::Element;

use crate::markup::attribute;

/// The Unicode of a `w:sym` (ECMA-376 17.3.3.30).
///
/// # Errors
/// What to tell where it has none.
pub(crate) fn of_element(element: &Element) -> Result<char, String> {
    let code = attribute(element, "char").unwrap_or_default();
    let font = attribute(element, "font").unwrap_or_default();
    let code = u32::from_str_radix(code, 16).unwrap_or_default();
    let is_private = (0xE000..=0xF8FF).contains(&code);
    let plain = || char::from_u32(code).filter(|_| !is_private && code >= 0x20);
    symbol::character(font, code).or_else(plain).ok_or_else(|| {
        format!("the character {code:X} of the font {font:?} has no Unicode; it was left out")
    })
}
