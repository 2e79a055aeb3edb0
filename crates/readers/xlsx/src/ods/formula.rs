//! Formulas of OpenDocument (OpenDocument 1.3 part 4) as Excel writes them.

use super::address::Reference;

/// Functions that Excel knows by another name than OpenDocument.
const RENAMED: &[(&str, &str)] = &[
    ("B", "_xlfn.BINOM.DIST.RANGE"),
    ("FORMULA", "_xlfn.FORMULATEXT"),
    ("LEGACY.CHIDIST", "CHIDIST"),
    ("LEGACY.CHIINV", "CHIINV"),
    ("LEGACY.CHITEST", "CHITEST"),
    ("LEGACY.FDIST", "FDIST"),
    ("LEGACY.FINV", "FINV"),
    ("LEGACY.NORMSDIST", "NORMSDIST"),
    ("LEGACY.NORMSINV", "NORMSINV"),
    ("LEGACY.TDIST", "TDIST"),
    ("SKEWP", "_xlfn.SKEW.P"),
];

/// Functions of Excel 2010 and later, which it keeps under a prefix ([MS-XLSX] 2.2.2).
const PREFIXED: &[&str] = &[
    "ACOT",
    "ACOTH",
    "ARABIC",
    "BASE",
    "BITAND",
    "BITLSHIFT",
    "BITOR",
    "BITRSHIFT",
    "BITXOR",
    "COMBINA",
    "COT",
    "COTH",
    "CSC",
    "CSCH",
    "DAYS",
    "DECIMAL",
    "GAMMA",
    "GAUSS",
    "IFNA",
    "IMCOSH",
    "IMCOT",
    "IMCSC",
    "IMCSCH",
    "IMSEC",
    "IMSECH",
    "IMSINH",
    "IMTAN",
    "ISFORMULA",
    "ISOWEEKNUM",
    "MUNIT",
    "NUMBERVALUE",
    "PDURATION",
    "PERMUTATIONA",
    "PHI",
    "RRI",
    "SEC",
    "SECH",
    "SHEET",
    "SHEETS",
    "UNICHAR",
    "UNICODE",
    "XOR",
];

/// Prefixes of functions that no standard has.
const VENDORS: &[&str] = &["ORG.LIBREOFFICE.", "ORG.OPENOFFICE."];

/// The formula without its prefix and equals sign, in the notation of Excel.
pub(super) fn excel(formula: &str) -> String {
    let (grammar, body) = match formula.split_once(":=") {
        Some((prefix, body)) if prefix.bytes().all(|b| b.is_ascii_alphanumeric()) => (prefix, body),
        _ => ("of", formula.strip_prefix('=').unwrap_or(formula)),
    };
    // Array formulas are marked by attributes; braces are a habit of some writers.
    let body = body
        .strip_prefix("{=")
        .and_then(|inner| inner.strip_suffix('}'))
        .unwrap_or(body);
    if grammar == "msoxl" || matches!(body, "TRUE()" | "FALSE()") {
        return body.to_owned();
    }
    expression(body)
}

/// An expression such as `SUM([.A1:.B2];3)`.
pub(super) fn expression(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut in_array = false;
    let mut behind_reference = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after_reference = std::mem::take(&mut behind_reference);
        let width = match character {
            '"' | '\'' => {
                let end = quoted_end(rest, character);
                result.push_str(&rest[..end]);
                end
            }
            '[' => {
                let end = reference_end(rest);
                let inside = rest[1..end].strip_suffix(']').unwrap_or(&rest[1..end]);
                behind_reference = true;
                match Reference::parse(inside).filter(|_| !inside.contains("#REF!")) {
                    Some(reference) => result.push_str(&reference.a1()),
                    None => result.push_str(&broken(inside)),
                }
                end
            }
            ';' if in_array => push(&mut result, ",", 1),
            '|' if in_array => push(&mut result, ";", 1),
            ';' | '~' => push(&mut result, ",", 1),
            // An intersection stands between references, another sign behind the name of a sheet.
            '!' if result.ends_with(|c: char| is_word(c) || c == '\'') && !after_reference => {
                push(&mut result, "!", 1)
            }
            '!' => push(&mut result, " ", 1),
            '{' | '}' => {
                in_array = character == '{';
                push(&mut result, &rest[..1], 1)
            }
            '$' if rest.starts_with("$$") => 2,
            '#' => {
                // An error such as `#N/A` or `#REF!`, whose signs are no operators.
                let end = rest[1..]
                    .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '!' | '?'))
                    .map_or(rest.len(), |n| n + 1);
                push(&mut result, &rest[..end], end)
            }
            c if is_word(c) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let word = &rest[..end];
                let behind = rest[end..].trim_start();
                if behind.starts_with("()") && ["TRUE", "FALSE"].contains(&word) {
                    // A constant, which OpenDocument can only write as a function.
                    result.push_str(word);
                    rest = &behind[2..];
                    continue;
                }
                if behind.starts_with('(') {
                    result.push_str(&function(word));
                } else {
                    result.push_str(word);
                }
                end
            }
            c => {
                result.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[width..];
    }
    result
}

fn push(result: &mut String, text: &str, width: usize) -> usize {
    result.push_str(text);
    width
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.' || c == '\\'
}

/// The end of a text in quotes, a doubled quote being part of it.
fn quoted_end(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// The end of a reference in brackets, whose sheet names may hold brackets in quotes. A reference to
/// a part of a table has brackets in brackets.
fn reference_end(text: &str) -> usize {
    let (mut quoted, mut depth) = (false, 0_u32);
    for (at, character) in text.char_indices() {
        match character {
            '\'' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// A reference to what was deleted, or to something that is not known.
fn broken(inside: &str) -> String {
    if inside.contains("#REF!") {
        return "#REF!".to_owned();
    }
    // Structured references and the like stay as they are.
    format!("[{inside}]")
}

fn function(name: &str) -> String {
    let upper = name.to_uppercase();
    if let Ok(at) = RENAMED.binary_search_by_key(&upper.as_str(), |(name, _)| name) {
        return RENAMED[at].1.to_owned();
    }
    if PREFIXED.binary_search(&upper.as_str()).is_ok() {
        return format!("_xlfn.{name}");
    }
    if upper.starts_with("COM.MICROSOFT.") {
        return format!("_xlfn.{}", &name["COM.MICROSOFT.".len()..]);
    }
    let vendor = VENDORS.iter().find(|vendor| upper.starts_with(**vendor));
    vendor
        .map_or(name, |vendor| &name[vendor.len()..])
        .to_owned()
}

/// The values of `cell-content-is-in-list("a";"b")`, or the expression that gives them
/// (OpenDocument 1.3 part 3, 19.599).
pub(super) fn list_condition(condition: &str) -> Option<(Vec<String>, Option<String>)> {
    let (_, rest) = condition.split_once("cell-content-is-in-list(")?;
    let inside = rest.trim_end().strip_suffix(')')?;
    let mut values = Vec::new();
    let mut rest = inside.trim();
    while rest.starts_with('"') {
        let end = quoted_end(rest, '"');
        let word = rest[1..end].strip_suffix('"').unwrap_or(&rest[1..end]);
        values.push(word.replace("\"\"", "\""));
        rest = rest[end..].trim_start();
        match rest.strip_prefix([';', ',']) {
            Some(next) => rest = next.trim_start(),
            None => break,
        }
    }
    if rest.is_empty() && !values.is_empty() {
        return Some((values, None));
    }
    Some((Vec::new(), Some(expression(inside))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_excel_does() {
        for (given, wanted) in [
            ("of:=[.A1]+[.B2]*2", "A1+B2*2"),
            (
                "of:=SUM([.A1:.B2];[$Sheet1.$C$3])",
                "SUM(A1:B2,Sheet1!$C$3)",
            ),
            (
                "oooc:=IF([.A1]>0;\"a;b\";\"\"\"\")",
                "IF(A1>0,\"a;b\",\"\"\"\")",
            ),
            ("of:=SUM({1;2|3;4})", "SUM({1,2;3,4})"),
            ("of:=['a]b'.A1]", "'a]b'!A1"),
            ("of:=SUM([.A1:.B2]![.B1:.C9]~[.D1])", "SUM(A1:B2 B1:C9,D1)"),
            ("of:=COM.MICROSOFT.CONCAT([.A1])", "_xlfn.CONCAT(A1)"),
            ("of:=LEGACY.NORMSDIST(1)", "NORMSDIST(1)"),
            ("of:=XOR([.A1];1)", "_xlfn.XOR(A1,1)"),
            ("of:=ORG.LIBREOFFICE.RAWSUBTRACT(1;2)", "RAWSUBTRACT(1,2)"),
            ("of:=[.B1]+$$OneRange", "B1+OneRange"),
            ("of:=[.#REF!]+[#REF!.A1]", "#REF!+#REF!"),
            ("of:=IFERROR(#N/A;0)", "IFERROR(#N/A,0)"),
            ("msoxl:=SUM(A1,B2)", "SUM(A1,B2)"),
            ("=[.A1]", "A1"),
            ("of:={=SUM([.A1:.A3])}", "SUM(A1:A3)"),
            ("of:=\"unended", "\"unended"),
            ("of:=[.A1", "A1"),
            ("of:=表!合计&\"é\"", "表!合计&\"é\""),
            ("of:=IF(TRUE();[.A1];FALSE ( ))", "IF(TRUE,A1,FALSE ( ))"),
            ("of:=TRUE()", "TRUE()"),
            (
                "of:=SUM(Table1[[#This Row],[a]])",
                "SUM(Table1[[#This Row],[a]])",
            ),
            ("of:=SUM([Sheet1.A1:Sheet3.A1])", "SUM(Sheet1:Sheet3!A1)"),
        ] {
            assert_eq!(excel(given), wanted, "{given}");
        }
        assert!(RENAMED.is_sorted() && PREFIXED.is_sorted());
    }

    #[test]
    fn lists_of_values_are_told_from_ranges() {
        let list = |text: &str| list_condition(text).expect(text);
        let values = |texts: &[&str]| texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            list("of:cell-content-is-in-list(\"是\";\"a\"\"b\")"),
            (values(&["是", "a\"b"]), None)
        );
        assert_eq!(
            list("of:cell-content-is-in-list([$Sheet2.$A$1:.$A$5])"),
            (Vec::new(), Some("Sheet2!$A$1:$A$5".to_owned()))
        );
        assert_eq!(list_condition("of:cell-content()>5"), None);
    }
}
