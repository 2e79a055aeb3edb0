//! The functions that are worked out, and what each takes.
//!
//! A function stands here where the engine was found to agree with what Excel stores. One that does not
//! stand here is told, and its cell stays blank.

/// What a function takes, a letter for each argument:
///
/// - `n` one number, `s` one value of any kind, `c` one criterion;
/// - `r` a range, an array or a value; `a` the same, and operators work on whole ranges within.
#[derive(Debug)]
pub(super) struct Signature {
    name: &'static str,
    /// The first arguments.
    first: &'static str,
    /// Those that follow, any number of times.
    rest: &'static str,
}

impl Signature {
    /// What the argument at that index is; none where there are too many.
    pub(super) fn argument(&self, index: usize) -> Option<char> {
        let letters = self.first.as_bytes();
        let letter = match letters.get(index) {
            Some(letter) => *letter,
            None if self.rest.is_empty() => return None,
            None => self.rest.as_bytes()[(index - letters.len()) % self.rest.len()],
        };
        Some(char::from(letter))
    }

    /// Whether it takes any number of ranges, so that one through several sheets can be spread.
    pub(super) fn is_of_ranges(&self) -> bool {
        self.first.is_empty() && self.rest == "r"
    }
}

/// The names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|signature| signature.name)
}

/// Functions whose value depends on the hour, on chance or on the computer.
const VOLATILE: [&str; 7] = [
    "CELL",
    "INFO",
    "NOW",
    "RAND",
    "RANDARRAY",
    "RANDBETWEEN",
    "TODAY",
];

/// Whether a function gives another value each time.
pub(super) fn is_volatile(name: &str) -> bool {
    VOLATILE.contains(&name)
}

/// What a function takes, by its name in capitals without a prefix.
pub(super) fn signature(name: &str) -> Option<&'static Signature> {
    let index = FUNCTIONS
        .binary_search_by_key(&name, |signature| signature.name)
        .ok()?;
    FUNCTIONS.get(index)
}

/// Whether an error of a function stands for what Excel would give, and not for what the engine lacks.
pub(super) fn gives(name: &str, error: &str) -> bool {
    let names: &[&str] = match error {
        "#DIV/0!" => &[
            "AVERAGE",
            "AVERAGEIF",
            "AVERAGEIFS",
            "CORREL",
            "INTERCEPT",
            "MOD",
            "QUOTIENT",
            "SLOPE",
            "STDEV",
            "STDEV.P",
            "STDEV.S",
            "STDEVP",
            "VAR",
            "VAR.P",
            "VAR.S",
            "VARP",
        ],
        "#N/A" => &[
            "HLOOKUP", "IFS", "LOOKUP", "MATCH", "NA", "RANK", "RANK.EQ", "SWITCH", "VLOOKUP",
            "XLOOKUP", "XMATCH",
        ],
        "#NUM!" => &["FACT", "LARGE", "LN", "LOG", "LOG10", "SMALL", "SQRT"],
        "#REF!" => &["HLOOKUP", "INDEX", "VLOOKUP"],
        "#VALUE!" => &["FIND", "SEARCH"],
        _ => &[],
    };
    names.contains(&name)
}

const fn f(name: &'static str, first: &'static str, rest: &'static str) -> Signature {
    Signature { name, first, rest }
}

/// By name, so that one is found by halving.
const FUNCTIONS: &[Signature] = &[
    f("ABS", "n", ""),
    f("ACOS", "n", ""),
    f("ADDRESS", "nnnss", ""),
    f("AND", "", "r"),
    f("ASIN", "n", ""),
    f("ATAN", "n", ""),
    f("ATAN2", "nn", ""),
    f("AVERAGE", "", "r"),
    f("AVERAGEIF", "rcr", ""),
    f("AVERAGEIFS", "r", "rc"),
    f("CEILING", "nn", ""),
    f("CHAR", "n", ""),
    f("CHOOSE", "n", "s"),
    f("CLEAN", "s", ""),
    f("CODE", "s", ""),
    f("COLUMN", "r", ""),
    f("COLUMNS", "r", ""),
    f("COMBIN", "nn", ""),
    f("CONCAT", "", "r"),
    f("CONCATENATE", "", "s"),
    f("CORREL", "rr", ""),
    f("COS", "n", ""),
    f("COSH", "n", ""),
    f("COUNT", "", "r"),
    f("COUNTA", "", "r"),
    f("COUNTBLANK", "r", ""),
    f("COUNTIF", "rc", ""),
    f("COUNTIFS", "", "rc"),
    f("DATE", "nnn", ""),
    f("DATEDIF", "nns", ""),
    f("DAY", "n", ""),
    f("DAYS", "nn", ""),
    f("DAYS360", "nns", ""),
    f("DEGREES", "n", ""),
    f("EDATE", "nn", ""),
    f("EOMONTH", "nn", ""),
    f("EVEN", "n", ""),
    f("EXACT", "ss", ""),
    f("EXP", "n", ""),
    f("FACT", "n", ""),
    f("FALSE", "", ""),
    f("FIND", "ssn", ""),
    f("FLOOR", "nn", ""),
    f("FV", "nnnnn", ""),
    f("HLOOKUP", "srns", ""),
    f("HOUR", "n", ""),
    f("HYPERLINK", "ss", ""),
    f("IF", "sss", ""),
    f("IFERROR", "ss", ""),
    f("IFNA", "ss", ""),
    f("IFS", "", "s"),
    f("INDEX", "rnn", ""),
    f("INDIRECT", "s", ""),
    f("INT", "n", ""),
    f("INTERCEPT", "rr", ""),
    f("IPMT", "nnnnnn", ""),
    f("ISBLANK", "s", ""),
    f("ISERR", "s", ""),
    f("ISERROR", "s", ""),
    f("ISEVEN", "n", ""),
    f("ISLOGICAL", "s", ""),
    f("ISNA", "s", ""),
    f("ISNONTEXT", "s", ""),
    f("ISNUMBER", "s", ""),
    f("ISODD", "n", ""),
    f("ISOWEEKNUM", "n", ""),
    f("ISTEXT", "s", ""),
    f("LARGE", "rn", ""),
    f("LEFT", "sn", ""),
    f("LEN", "s", ""),
    f("LN", "n", ""),
    f("LOG", "nn", ""),
    f("LOG10", "n", ""),
    f("LOOKUP", "srr", ""),
    f("LOWER", "s", ""),
    f("MATCH", "srn", ""),
    f("MAX", "", "r"),
    f("MAXIFS", "r", "rc"),
    f("MEDIAN", "", "r"),
    f("MID", "snn", ""),
    f("MIN", "", "r"),
    f("MINIFS", "r", "rc"),
    f("MINUTE", "n", ""),
    f("MOD", "nn", ""),
    f("MONTH", "n", ""),
    f("MROUND", "nn", ""),
    f("N", "s", ""),
    f("NA", "", ""),
    f("NETWORKDAYS", "nnr", ""),
    f("NOT", "s", ""),
    f("NPER", "nnnnn", ""),
    f("NPV", "n", "r"),
    f("ODD", "n", ""),
    f("OFFSET", "rnnnn", ""),
    f("OR", "", "r"),
    f("PERCENTILE", "rn", ""),
    f("PERCENTILE.INC", "rn", ""),
    f("PERMUT", "nn", ""),
    f("PI", "", ""),
    f("PMT", "nnnnn", ""),
    f("POWER", "nn", ""),
    f("PPMT", "nnnnnn", ""),
    f("PRODUCT", "", "r"),
    f("PROPER", "s", ""),
    f("PV", "nnnnn", ""),
    f("QUARTILE", "rn", ""),
    f("QUARTILE.INC", "rn", ""),
    f("QUOTIENT", "nn", ""),
    f("RADIANS", "n", ""),
    f("RANK", "nrn", ""),
    f("RANK.EQ", "nrn", ""),
    f("REPLACE", "snns", ""),
    f("REPT", "sn", ""),
    f("RIGHT", "sn", ""),
    f("ROUND", "nn", ""),
    f("ROUNDDOWN", "nn", ""),
    f("ROUNDUP", "nn", ""),
    f("ROW", "r", ""),
    f("ROWS", "r", ""),
    f("SEARCH", "ssn", ""),
    f("SECOND", "n", ""),
    f("SIGN", "n", ""),
    f("SIN", "n", ""),
    f("SINH", "n", ""),
    f("SLN", "nnn", ""),
    f("SLOPE", "rr", ""),
    f("SMALL", "rn", ""),
    f("SQRT", "n", ""),
    f("STDEV", "", "r"),
    f("STDEV.P", "", "r"),
    f("STDEV.S", "", "r"),
    f("STDEVP", "", "r"),
    f("SUBSTITUTE", "sssn", ""),
    f("SUBTOTAL", "n", "r"),
    f("SUM", "", "r"),
    f("SUMIF", "rcr", ""),
    f("SUMIFS", "r", "rc"),
    f("SUMPRODUCT", "", "a"),
    f("SUMSQ", "", "r"),
    f("SWITCH", "", "s"),
    f("T", "s", ""),
    f("TAN", "n", ""),
    f("TANH", "n", ""),
    f("TEXT", "ss", ""),
    f("TEXTJOIN", "ss", "r"),
    f("TIME", "nnn", ""),
    f("TRIM", "s", ""),
    f("TRUE", "", ""),
    f("TRUNC", "nn", ""),
    f("UNICHAR", "n", ""),
    f("UNICODE", "s", ""),
    f("UPPER", "s", ""),
    f("VALUE", "s", ""),
    f("VAR", "", "r"),
    f("VAR.P", "", "r"),
    f("VAR.S", "", "r"),
    f("VARP", "", "r"),
    f("VLOOKUP", "srns", ""),
    f("WEEKDAY", "nn", ""),
    f("WEEKNUM", "nn", ""),
    f("WORKDAY", "nnr", ""),
    f("XLOOKUP", "srrsnn", ""),
    f("XMATCH", "srnn", ""),
    f("XOR", "", "r"),
    f("YEAR", "n", ""),
    f("YEARFRAC", "nnn", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_their_names() {
        assert!(FUNCTIONS.is_sorted_by_key(|signature| signature.name));
        let sumifs = signature("SUMIFS").expect("a function");
        let letters: String = (0..5).filter_map(|index| sumifs.argument(index)).collect();
        assert_eq!(letters, "rrcrc");
        assert_eq!(signature("ABS").and_then(|abs| abs.argument(1)), None);
        assert!(signature("CUBEVALUE").is_none());
    }
}
