//! Addresses of links, as the library takes them.

/// The longest address that a workbook takes (Excel's limit, in UTF-16 code units).
const LONGEST: usize = 2080;
/// The schemes of addresses that a workbook takes.
const SCHEMES: [&str; 6] = [
    "http://", "https://", "ftp://", "ftps://", "mailto:", "file:",
];
/// What stands before a path that the library is to write as it is: it takes this off.
const AS_IT_IS: &str = "file:///file://";
/// Characters that stand in no address. The library writes them by their number, and the percent sign
/// too, but in an address that has one of them by its number already.
const NUMBERED: [(char, &str); 11] = [
    ('%', "%25"),
    ('"', "%22"),
    (' ', "%20"),
    ('<', "%3c"),
    ('>', "%3e"),
    ('[', "%5b"),
    (']', "%5d"),
    ('^', "%5e"),
    ('`', "%60"),
    ('{', "%7b"),
    ('}', "%7d"),
];

/// An address that a workbook takes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// As the library is given it.
    pub(crate) given: String,
    /// Whether the workbook has it in other words.
    pub(crate) is_changed: bool,
}

impl Address {
    /// The address of a link; none where a workbook takes no such.
    pub(crate) fn new(href: &str) -> Option<Self> {
        let is_short = |address: &str| address.encode_utf16().count() <= LONGEST;
        if let Some(place) = href.strip_prefix('#') {
            return is_short(place).then(|| Self {
                given: format!("internal:{place}"),
                is_changed: false,
            });
        }
        if !SCHEMES.iter().any(|scheme| href.starts_with(scheme)) || !is_short(href) {
            return None;
        }
        let (path, place) = match href.split_once('#') {
            Some((path, place)) => (path, format!("#{place}")),
            None => (href, String::new()),
        };
        let lower = path.to_ascii_lowercase();
        let is_numbered = NUMBERED.iter().any(|(_, number)| lower.contains(number));
        let is_changed = !is_numbered && path.contains(NUMBERED.map(|(sign, _)| sign));
        let path = if is_changed && path.contains('%') {
            letters(path)?
        } else {
            path.to_owned()
        };
        let is_absolute = path.strip_prefix("file:///").is_some_and(|path| {
            path.starts_with(r"\\") || path.get(1..2).is_some_and(|sign| sign == ":")
        });
        let before = if path.starts_with("file:") && !is_absolute {
            AS_IT_IS
        } else {
            ""
        };
        Some(Self {
            given: format!("{before}{path}{place}"),
            is_changed,
        })
    }
}

/// An address with the letters for which its percent signs stand (RFC 3987 3.2); none where they stand
/// for something else too.
fn letters(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let number = u8::try_from(digit()? * 16 + digit()?).ok()?;
        if number.is_ascii() {
            return None;
        }
        bytes.push(number);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_given_such_that_they_are_written_as_they_are() {
        for (href, given, is_changed) in [
            ("#s!A1", "internal:s!A1", false),
            ("https://a.b/?q=1#x y", "https://a.b/?q=1#x y", false),
            ("https://a.b/%20%E6", "https://a.b/%20%E6", false),
            ("https://a.b/%e6%96%87#z", "https://a.b/文#z", true),
            ("https://a.b/x y", "https://a.b/x y", true),
            ("file:///C:\\a.xlsx", "file:///C:\\a.xlsx", false),
            ("file:///\\\\s\\a", "file:///\\\\s\\a", false),
            ("file:///a.xlsx#B", "file:///file://file:///a.xlsx#B", false),
            ("file://s/a", "file:///file://file://s/a", false),
        ] {
            let found = Address::new(href);
            let wanted = Address {
                given: given.to_owned(),
                is_changed,
            };
            assert_eq!(found, Some(wanted), "{href}");
        }
        for href in ["javascript:x", "a.xlsx", "https://a.b/%2F", "https://%e6"] {
            assert_eq!(Address::new(href), None, "{href}");
        }
    }
}
