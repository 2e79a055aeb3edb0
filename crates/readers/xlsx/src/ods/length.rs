//! Lengths as OpenDocument writes them (OpenDocument 1.3 part 3, 18.3.18).

use tabulary_ir::Points;

/// The length of `2.258cm`, `0.889in`, `12pt`; none for a percentage, a bare number or a word.
pub(super) fn points(text: &str) -> Option<Points> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let (number, unit) = text.split_at(end);
    let number: f64 = number.trim().parse().ok()?;
    let factor = match unit {
        "pt" => 1.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "in" | "inch" => 72.0,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    let points = number * factor;
    // Beyond 10 metres no paper, column or border goes.
    (points.abs() < 30_000.0).then(|| Points::new(points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        for (text, wanted) in [
            ("12pt", Some(12.0)),
            ("2.54cm", Some(72.0)),
            ("0.5in", Some(36.0)),
            ("-25.4mm", Some(-72.0)),
            ("4px", Some(3.0)),
            ("33%", None),
            ("thin", None),
            ("1e9pt", None),
            ("", None),
        ] {
            assert_eq!(points(text), wanted.map(Points::new), "{text}");
        }
    }
}
