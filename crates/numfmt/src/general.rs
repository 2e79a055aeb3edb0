//! The format `General`.

use std::cmp::Ordering;

use crate::digits::Digits;

/// Characters that a number may take, its sign not counted.
const WIDTH: usize = 11;

/// Digits that a number with an exponent keeps, if they fit.
const SIGNIFICANT: usize = 6;

/// Shows a number as Excel's `General` does in a cell that is wide enough: in at most eleven characters
/// beside the sign, with an exponent where the number is too large, or too small to be told otherwise.
///
/// ECMA-376-1 18.8.30 leaves the form to the program; this is Excel's, as the CSV files show that it
/// writes. What is no number is shown as it stands.
///
/// ```
/// let shown = |number| {
///     let mut out = String::new();
///     tabulary_numfmt::write_general(number, &mut out);
///     out
/// };
/// assert_eq!(shown("1.2345678919"), "1.234567892");
/// assert_eq!(shown("123456789012"), "1.23457E+11");
/// ```
pub fn write_general(number: &str, out: &mut String) {
    if is_short_integer(number) {
        out.push_str(number);
        return;
    }
    match Digits::parse(number) {
        Some(digits) => {
            if digits.sign() == Ordering::Less {
                out.push('-');
            }
            write(&digits, out);
        }
        None => out.push_str(number),
    }
}

/// Whether the digits are shown just as they are.
fn is_short_integer(number: &str) -> bool {
    let unsigned = number.strip_prefix('-').unwrap_or(number).as_bytes();
    matches!(unsigned, [b'1'..=b'9', rest @ ..] if rest.len() < WIDTH && rest.iter().all(u8::is_ascii_digit))
        || number == "0"
}

/// Shows a number without its sign.
pub(crate) fn write(number: &Digits, out: &mut String) {
    if number.is_zero() {
        out.push('0');
        return;
    }
    let mut fixed = *number;
    let point = number.point();
    let fits = if point > 0 {
        fixed.round((WIDTH - 1).saturating_sub(number.before_point()));
        fixed.before_point() <= WIDTH
    } else {
        // From 0.0001 on, digits that do not fit are dropped; below, they call for an exponent.
        let decimals = WIDTH - 2;
        let tells_all = number.after_point() <= decimals;
        fixed.round(decimals);
        tells_all || point > -4
    };
    if fits {
        write_fixed(&fixed, out);
    } else {
        write_exponential(number, out);
    }
}

fn write_fixed(number: &Digits, out: &mut String) {
    if number.before_point() == 0 {
        out.push('0');
    }
    for power in (0..number.before_point()).rev() {
        out.push(char::from(b'0' + number.units_of(power)));
    }
    write_decimals(number, out);
}

fn write_decimals(number: &Digits, out: &mut String) {
    let decimals = (0..).map_while(|at| number.decimal(at));
    for (at, digit) in decimals.enumerate() {
        if at == 0 {
            out.push('.');
        }
        out.push(char::from(b'0' + digit));
    }
}

fn write_exponential(number: &Digits, out: &mut String) {
    let mut mantissa = *number;
    // An exponent of three digits leaves one digit less.
    let is_wide = !(-98..=100).contains(&number.point());
    mantissa.round_significant(SIGNIFICANT - usize::from(is_wide));
    let exponent = mantissa.point() - 1;
    mantissa.shift(-exponent);
    write_fixed(&mantissa, out);
    out.push('E');
    out.push(if exponent < 0 { '-' } else { '+' });
    if exponent.abs() < 10 {
        out.push('0');
    }
    out.push_str(&exponent.abs().to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_eleven_characters() {
        for (number, wanted) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("-12", "-12"),
            ("12345678901", "12345678901"),
            ("123456789012", "1.23457E+11"),
            ("100000000000", "1E+11"),
            ("99999999999.6", "1E+11"),
            ("12345678901.5", "12345678902"),
            ("4403928373.5", "4403928374"),
            ("1234567890.5", "1234567891"),
            ("123456789.55", "123456789.6"),
            ("0.1", "0.1"),
            ("0.333333333333333", "0.333333333"),
            ("-1.2345678919", "-1.234567892"),
            ("0.0001234567", "0.000123457"),
            ("0.00001234567", "1.23457E-05"),
            ("0.00001", "0.00001"),
            ("0.000000001", "0.000000001"),
            ("0.0000000001", "1E-10"),
            ("0.0000000123", "1.23E-08"),
            ("0.000000123", "0.000000123"),
            ("0.99999999999", "1"),
            ("1.79769313486231e308", "1.7977E+308"),
            ("2.2250738585072e-308", "2.2251E-308"),
            ("1.5e-7", "0.00000015"),
            ("3300.0000000000005", "3300"),
            ("123456789012345678", "1.23457E+17"),
            ("007", "7"),
            ("n/a", "n/a"),
        ] {
            let mut out = String::new();
            write_general(number, &mut out);
            assert_eq!(out, wanted, "{number}");
        }
    }
}
