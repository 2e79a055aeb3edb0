//! Digits and literal texts of number format codes (OpenDocument 1.3 part 3, 16.29.3 to 16.29.6).

use tabulary_package::xml::{Element, Ns};

/// `#,##0.00` (OpenDocument 1.3 part 3, 16.29.3).
pub(super) fn plain_number(part: &Element) -> String {
    let decimals = count(part, "decimal-places");
    let whole = count(part, "min-integer-digits");
    let grouped = number(part, "grouping") == Some("true");
    let factor = number(part, "display-factor").and_then(|text| text.parse::<f64>().ok());
    let texts: Vec<&Element> = part
        .elements()
        .filter(|element| element.is(Ns::OdfNumber, "embedded-text"))
        .take(30)
        .collect();
    if decimals.is_none()
        && whole.unwrap_or(1) <= 1
        && !grouped
        && texts.is_empty()
        && factor.is_none()
    {
        return "General".to_owned();
    }
    let mut code = integer(whole.unwrap_or_default(), grouped, &texts);
    let decimals = decimals.unwrap_or_default();
    let replacement = number(part, "decimal-replacement");
    let fixed = match (count(part, "min-decimal-places"), replacement) {
        (Some(fixed), _) => fixed.min(decimals),
        (None, Some("" | " ")) => 0,
        _ => decimals,
    };
    if decimals > 0 {
        code.push('.');
        let optional = if replacement == Some(" ") { "?" } else { "#" };
        code.push_str(&"0".repeat(fixed));
        code.push_str(&optional.repeat(decimals - fixed));
    }
    let mut factor = factor.unwrap_or(1.0);
    while (999.9..1e30).contains(&factor) {
        code.push(',');
        factor /= 1000.0;
    }
    code
}

/// The digits before the point, with texts among them: `000"-"0000`.
fn integer(whole: usize, grouped: bool, texts: &[&Element]) -> String {
    let position = |text: &Element| count(text, "position").unwrap_or_default();
    let deepest = texts
        .iter()
        .map(|text| position(text) + 1)
        .max()
        .unwrap_or_default();
    let shown = whole.max(1).max(if grouped { 4 } else { 0 }).max(deepest);
    let mut code = String::new();
    for place in (0..shown).rev() {
        code.push(if place < whole { '0' } else { '#' });
        for text in texts
            .iter()
            .filter(|text| position(text) == place && place > 0)
        {
            push_literal(&mut code, &text.text());
        }
        if grouped && place > 0 && place % 3 == 0 {
            code.push(',');
        }
    }
    code
}

/// `0.00E+00` (16.29.5).
pub(super) fn scientific(part: &Element) -> String {
    let whole = count(part, "min-integer-digits").unwrap_or(1);
    let interval = count(part, "exponent-interval").unwrap_or(1).clamp(1, 10);
    let optional = interval.saturating_sub(whole.max(1));
    let mut code = "#".repeat(optional);
    code.push_str(&"0".repeat(whole));
    if code.is_empty() {
        code.push('#');
    }
    if optional > 0 && number(part, "grouping") == Some("true") && code.len() > 3 {
        code.insert(code.len() - 3, ',');
    }
    let decimals = count(part, "decimal-places").unwrap_or_default();
    let fixed = count(part, "min-decimal-places")
        .unwrap_or(decimals)
        .min(decimals);
    if decimals > 0 {
        code.push('.');
        code.push_str(&"0".repeat(fixed));
        code.push_str(&"#".repeat(decimals - fixed));
    }
    let unsigned = part
        .attribute(Ns::Loext, "forced-exponent-sign")
        .or_else(|| number(part, "forced-exponent-sign"));
    code.push_str(if unsigned == Some("false") {
        "E-"
    } else {
        "E+"
    });
    code.push_str(&"0".repeat(count(part, "min-exponent-digits").unwrap_or(1).max(1)));
    code
}

/// `# ?/?` (16.29.6).
pub(super) fn fraction(part: &Element) -> String {
    let mut code = match count(part, "min-integer-digits") {
        Some(0) => "# ".to_owned(),
        Some(whole) => format!("{} ", "0".repeat(whole)),
        None => String::new(),
    };
    let digits = |name: &str| count(part, name).unwrap_or(1).max(1);
    let above =
        digits("min-numerator-digits").max(count(part, "max-numerator-digits").unwrap_or_default());
    code.push_str(&"?".repeat(above));
    code.push('/');
    match number(part, "denominator-value").and_then(|text| text.parse::<u32>().ok()) {
        Some(value) if value > 0 => code.push_str(&value.to_string()),
        _ => {
            let largest = number(part, "max-denominator-value")
                .filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
            let below = digits("min-denominator-digits").max(largest.map_or(0, str::len).min(5));
            code.push_str(&"?".repeat(below));
        }
    }
    code
}

/// An attribute of a part of a data style.
pub(super) fn number<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attribute(Ns::OdfNumber, name)
}

/// A count of digits; no code has more than 30 of a kind.
pub(super) fn count(element: &Element, name: &str) -> Option<usize> {
    let text = number(element, name).or_else(|| element.attribute(Ns::Loext, name))?;
    text.parse::<usize>().ok().map(|count| count.min(30))
}

/// A text that codes show as it is, quoted where its characters would mean something.
pub(super) fn push_literal(code: &mut String, text: &str) {
    const PLAIN: &str = " $-+/():!^&'~{}<>=";
    if text.chars().all(|c| PLAIN.contains(c)) {
        code.push_str(text);
        return;
    }
    let mut characters = text.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && only.is_ascii()
    {
        code.push('\\');
        code.push(only);
        return;
    }
    for (index, piece) in text.split('"').enumerate() {
        if index > 0 {
            code.push_str("\\\"");
        }
        if !piece.is_empty() {
            code.push('"');
            code.push_str(piece);
            code.push('"');
        }
    }
}
