//! What the words of a line say that it is: a caption, or an item of a list.

/// The signs that Chinese numbers of captions and items are written with.
const COUNTS: &str = "一二三四五六七八九十";

/// Whether a text names and numbers a table or figure.
pub(crate) fn is_caption(text: &str) -> bool {
    let text = text.trim_start();
    let lower = text.to_lowercase();
    let words = [
        "table", "exhibit", "figure", "tableau", "tabelle", "tabla", "tab.", "fig.", "chart", "box",
    ];
    let latin = words.iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(|c: char| c.is_ascii_digit())
                || rest.len() >= 2
                    && rest.starts_with(|c: char| c.is_alphabetic())
                    && rest[1..]
                        .starts_with(['.', '-', ':', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        })
    });
    let wide = ["表", "图", "附表"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || COUNTS.contains(c))
        })
    });
    latin || wide
}

/// Whether a text only says that the table with a title goes on from the page before: a sign of that, alone, with the
/// table's number or with its title.
pub(crate) fn is_continued(text: &str, title: &str) -> bool {
    let squeezed = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let lower = text.trim().to_lowercase();
    let signs = [
        "续表",
        "續表",
        "(续)",
        "（续）",
        "(續)",
        "（續）",
        "(continued)",
        "(cont.)",
        "(cont’d)",
        "(cont'd)",
        "continued",
    ];
    let rest = signs.iter().find_map(|sign| {
        lower
            .strip_prefix(sign)
            .or_else(|| lower.strip_suffix(sign))
    });
    let (Some(rest), title) = (rest.map(squeezed), squeezed(title)) else {
        return false;
    };
    let is_number = |c: char| c.is_numeric() || COUNTS.contains(c);
    rest.chars().all(is_number) || title.starts_with(&rest)
}

/// Whether a text is the sign of a list's item and no cell.
pub(crate) fn is_item_sign(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    if count == 0 || count > 6 {
        return false;
    }
    if text.chars().all(|c| {
        "•●○■□▪▫–—-*·◦►➢✓❖".contains(c)
            || ('\u{f000}'..='\u{f0ff}').contains(&c)
            || "\u{2022}\u{25cf}\u{f0b7}o".contains(c) && count == 1
    }) {
        return true;
    }
    let inner = text.trim_start_matches(['(', '（', '[']);
    let body = inner.trim_end_matches(['.', ')', '）', ']', '、', ':']);
    body.len() < text.len()
        && !body.is_empty()
        && (body.chars().all(|c| c.is_ascii_digit())
            || body.chars().count() == 1
            || body.chars().all(|c| "ivxlcIVXLC".contains(c))
            || body.chars().all(|c| COUNTS.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::is_continued;

    #[test]
    fn what_says_more_than_that_a_table_goes_on_is_text() {
        let title = "Table 5 Receipts of the year";
        for text in [
            "续表",
            "续表1",
            "（续）",
            "Continued",
            "Table 5 (continued)",
            "Table 5 Receipts of the year (cont.)",
        ] {
            assert!(is_continued(text, title), "{text}");
        }
        for text in [
            "Continued improvement was seen in all districts.",
            "Continued education",
            "Table 6 (continued)",
            "续表所列均为本年数",
        ] {
            assert!(!is_continued(text, title), "{text}");
        }
    }
}
