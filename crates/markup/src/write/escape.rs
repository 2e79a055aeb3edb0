//! Characters that HTML text and attributes cannot hold as they are.

/// Whether HTML may hold a character: no control characters but tabulator and line feed, no
/// noncharacters (HTML 13.2.3.5).
pub(crate) fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe,
    }
}

/// Adds text.
pub(crate) fn text(run: &str, out: &mut String) {
    escaped(run, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// Adds an attribute, with a blank before it.
pub(crate) fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escaped(value, out, |c| match c {
        '&' => Some("&amp;"),
        '"' => Some("&quot;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        _ => None,
    });
    out.push('"');
}

fn escaped(run: &str, out: &mut String, escape: impl Fn(char) -> Option<&'static str>) {
    let mut plain = 0;
    for (at, c) in run.char_indices() {
        let instead = if is_allowed(c) { escape(c) } else { Some("") };
        if let Some(instead) = instead {
            out.push_str(&run[plain..at]);
            out.push_str(instead);
            plain = at + c.len_utf8();
        }
    }
    out.push_str(&run[plain..]);
}
