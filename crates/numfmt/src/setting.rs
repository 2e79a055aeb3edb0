//! What a workbook and its user decide beside the format code.

/// What decides how a number is shown, beside its format code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether day 0 is 1 January 1904 (`date1904` of `workbookPr`, ECMA-376-1 18.2.28; the record
    /// `Date1904`, \[MS-XLS\] 2.4.77).
    pub is_1904: bool,
    /// The language of the user.
    pub language: Language,
}

/// A language that the user of a spreadsheet may have set.
///
/// It decides the built-in codes ([`built_in`](fn@crate::built_in)), the forms that are the system's
/// (`[$-F800]`, `[$-F400]`), and the words of `aaa`, `ggge` and `[DBNum1]` where the code names no
/// language. The decimal point is that of the code in each of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English of the United States.
    #[default]
    EnUs,
    /// Chinese in simplified characters.
    ZhCn,
    /// Chinese in traditional characters.
    ZhTw,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
}
