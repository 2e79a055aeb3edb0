//! What is known of characters: which need no blanks between them, and which way they run.

/// Whether a character is as wide as high and is written without blanks: ideographs, kana, and the punctuation that
/// goes with them.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa960..=0xa97f
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd)
}

/// Whether text in this script sets no blanks between words; Korean does.
pub(crate) fn joins_without_blank(c: char) -> bool {
    is_wide(c) && !matches!(u32::from(c), 0x1100..=0x115f | 0xa960..=0xa97f)
}

/// Whether a character runs from right to left.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff)
}
