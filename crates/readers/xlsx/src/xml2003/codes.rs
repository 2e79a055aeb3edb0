//! Number formats that SpreadsheetML 2003 knows by a name.

/// A format by its number (ECMA-376-1 18.8.30) or by its code.
pub(super) enum Named {
    BuiltIn(u16),
    Code(&'static str),
}

/// The format of that name; none where the text is a code itself.
pub(super) fn named(name: &str) -> Option<Named> {
    use Named::{BuiltIn, Code};
    Some(match name {
        "General" | "General Number" => Code(""),
        "General Date" => BuiltIn(22),
        "Short Date" => BuiltIn(14),
        "Medium Date" => BuiltIn(15),
        "Long Date" => Code("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"),
        "Short Time" => BuiltIn(20),
        "Medium Time" => BuiltIn(18),
        "Long Time" => BuiltIn(19),
        "Fixed" => BuiltIn(2),
        "Standard" => BuiltIn(4),
        "Percent" => BuiltIn(10),
        "Scientific" => BuiltIn(11),
        "Currency" => Code("\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)"),
        "Euro Currency" => Code("[$€-2] #,##0.00_);[Red]\\([$€-2] #,##0.00\\)"),
        "Yes/No" => Code("\"Yes\";\"Yes\";\"No\""),
        "True/False" => Code("\"True\";\"True\";\"False\""),
        "On/Off" => Code("\"On\";\"On\";\"Off\""),
        _ => return None,
    })
}
