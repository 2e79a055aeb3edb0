//! What the words of a line say that it is: a caption, or an item of a list.

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
                .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        })
    });
    latin || wide
}

/// Whether a text says that a table goes on from the page before.
pub(crate) fn is_continued(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let starts = ["续表", "續表", "（续）", "(续)", "continued", "(continued"];
    let ends = [
        "（续）",
        "(续)",
        "（续表）",
        "(续表)",
        "(continued)",
        "(cont.)",
        "(cont’d)",
        "– continued",
        "continued)",
    ];
    lower.chars().count() < 120
        && (starts.iter().any(|word| lower.starts_with(word))
            || ends.iter().any(|word| lower.ends_with(word)))
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
            || body.chars().all(|c| "一二三四五六七八九十".contains(c)))
}
