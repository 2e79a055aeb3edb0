//! The codes that a file names by their numbers only.

use crate::setting::Language;

/// The format code of a built-in number format id (ECMA-376-1 18.8.30), as Excel has it in a language.
///
/// Ids 0 to 49 are in all languages, 27 to 36 and 50 to 58 in those of East Asia. The standard leaves
/// dates and currencies of ids 5 to 8, 14, 22 and 37 to 44 to the language; for English they are those
/// of Excel in the United States, with the short date `m/d/yy` of Excel for Mac.
///
/// ```
/// use tabulary_numfmt::{Language, built_in};
///
/// assert_eq!(built_in(10, Language::EnUs), Some("0.00%"));
/// assert_eq!(built_in(14, Language::ZhCn), Some("yyyy/m/d"));
/// assert_eq!(built_in(163, Language::EnUs), None);
/// ```
#[must_use]
pub fn built_in(id: u16, language: Language) -> Option<&'static str> {
    let own = match language {
        Language::EnUs => None,
        Language::ZhCn => simplified(id),
        Language::ZhTw => traditional(id),
        Language::Ja => japanese(id),
        Language::Ko => korean(id),
    };
    own.or_else(|| common(id))
}

fn common(id: u16) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => r##""$"#,##0_);\("$"#,##0\)"##,
        6 => r##""$"#,##0_);[Red]\("$"#,##0\)"##,
        7 => r##""$"#,##0.00_);\("$"#,##0.00\)"##,
        8 => r##""$"#,##0.00_);[Red]\("$"#,##0.00\)"##,
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "m/d/yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 => r"#,##0_);\(#,##0\)",
        38 => r"#,##0_);[Red]\(#,##0\)",
        39 => r"#,##0.00_);\(#,##0.00\)",
        40 => r"#,##0.00_);[Red]\(#,##0.00\)",
        41 => r#"_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)"#,
        42 => r#"_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)"#,
        43 => r#"_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)"#,
        44 => r#"_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)"#,
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

fn simplified(id: u16) -> Option<&'static str> {
    Some(match id {
        5 => r##""¥"#,##0;"¥"\-#,##0"##,
        6 => r##""¥"#,##0;[Red]"¥"\-#,##0"##,
        7 => r##""¥"#,##0.00;"¥"\-#,##0.00"##,
        8 => r##""¥"#,##0.00;[Red]"¥"\-#,##0.00"##,
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => r#"yyyy"年"m"月""#,
        28 | 29 | 51 | 53 | 54 | 58 => r#"m"月"d"日""#,
        30 => "m-d-yy",
        31 => r#"yyyy"年"m"月"d"日""#,
        32 => r#"h"时"mm"分""#,
        33 => r#"h"时"mm"分"ss"秒""#,
        34 | 55 => r#"上午/下午h"时"mm"分""#,
        35 | 56 => r#"上午/下午h"时"mm"分"ss"秒""#,
        37 => r"#,##0;\-#,##0",
        38 => r"#,##0;[Red]\-#,##0",
        39 => r"#,##0.00;\-#,##0.00",
        40 => r"#,##0.00;[Red]\-#,##0.00",
        41 => r#"_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ "#,
        42 => r#"_ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_ "#,
        43 => r#"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ "#,
        44 => r#"_ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ "#,
        _ => return None,
    })
}

fn traditional(id: u16) -> Option<&'static str> {
    Some(match id {
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-404]e/m/d",
        28 | 29 | 51 | 54 | 58 => r#"[$-404]e"年"m"月"d"日""#,
        30 => "m/d/yy",
        31 => r#"yyyy"年"m"月"d"日""#,
        32 => r#"hh"時"mm"分""#,
        33 => r#"hh"時"mm"分"ss"秒""#,
        34 | 52 | 55 => r#"上午/下午hh"時"mm"分""#,
        35 | 53 | 56 => r#"上午/下午hh"時"mm"分"ss"秒""#,
        _ => return None,
    })
}

fn japanese(id: u16) -> Option<&'static str> {
    Some(match id {
        5 => r##""¥"#,##0;"¥"\-#,##0"##,
        6 => r##""¥"#,##0;[Red]"¥"\-#,##0"##,
        7 => r##""¥"#,##0.00;"¥"\-#,##0.00"##,
        8 => r##""¥"#,##0.00;[Red]"¥"\-#,##0.00"##,
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => r#"[$-411]ggge"年"m"月"d"日""#,
        30 => "m/d/yy",
        31 => r#"yyyy"年"m"月"d"日""#,
        32 => r#"h"時"mm"分""#,
        33 => r#"h"時"mm"分"ss"秒""#,
        34 | 52 | 55 => r#"yyyy"年"m"月""#,
        35 | 53 | 56 => r#"m"月"d"日""#,
        37 => r"#,##0;\-#,##0",
        38 => r"#,##0;[Red]\-#,##0",
        39 => r"#,##0.00;\-#,##0.00",
        40 => r"#,##0.00;[Red]\-#,##0.00",
        41 => r#"_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ "#,
        42 => r#"_ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_ "#,
        43 => r#"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ "#,
        44 => r#"_ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ "#,
        _ => return None,
    })
}

fn korean(id: u16) -> Option<&'static str> {
    Some(match id {
        14 => "yyyy-mm-dd",
        22 => "yyyy-mm-dd h:mm",
        27 | 36 | 50 | 57 => r#"yyyy"年" mm"月" dd"日""#,
        28 | 29 | 51 | 54 | 58 => "mm-dd",
        30 => "mm-dd-yy",
        31 => r#"yyyy"년" mm"월" dd"일""#,
        32 => r#"h"시" mm"분""#,
        33 => r#"h"시" mm"분" ss"초""#,
        34 | 35 | 52 | 53 | 55 | 56 => "yyyy-mm-dd",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FormatCode, TimeKind};

    #[test]
    fn every_code_is_valid() {
        let languages = [
            Language::EnUs,
            Language::ZhCn,
            Language::ZhTw,
            Language::Ja,
            Language::Ko,
        ];
        for language in languages {
            for id in 0..=60 {
                let Some(code) = built_in(id, language) else {
                    let is_free = matches!(id, 23..=36 | 50..=60);
                    assert!(is_free, "{id} {language:?}");
                    continue;
                };
                let parsed = FormatCode::parse(code);
                assert!(parsed.is_valid(), "{code}");
                let is_time = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                assert_eq!(parsed.time_kind(1.0).is_some(), is_time, "{code}");
            }
        }
        let elapsed = built_in(46, Language::EnUs).map(FormatCode::parse);
        let kind = elapsed.and_then(|code| code.time_kind(1.0));
        assert_eq!(kind, Some(TimeKind::Elapsed));
    }
}
