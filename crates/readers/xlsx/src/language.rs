//! The language of the program that made a workbook, which decides how some days and times are shown.

use tabulary_numfmt::Language;

/// The language whose programs set new workbooks in that font.
pub(crate) fn of_font(name: &str) -> Language {
    const FONTS: &[(Language, &[&str])] = &[
        (
            Language::ZhCn,
            &[
                "宋体",
                "等线",
                "微软雅黑",
                "黑体",
                "仿宋",
                "楷体",
                "新宋体",
                "simsun",
                "dengxian",
                "microsoft yahei",
                "simhei",
                "fangsong",
                "kaiti",
            ],
        ),
        (
            Language::ZhTw,
            &[
                "新細明體",
                "細明體",
                "微軟正黑體",
                "標楷體",
                "pmingliu",
                "microsoft jhenghei",
            ],
        ),
        (
            Language::Ja,
            &[
                "ｍｓ ｐゴシック",
                "ｍｓ ゴシック",
                "游ゴシック",
                "メイリオ",
                "ms pgothic",
                "ms gothic",
                "yu gothic",
                "meiryo",
            ],
        ),
        (
            Language::Ko,
            &[
                "맑은 고딕",
                "돋움",
                "굴림",
                "바탕",
                "malgun gothic",
                "dotum",
                "gulim",
            ],
        ),
    ];
    let name = name.trim().to_lowercase();
    let known = |(_, fonts): &&(Language, &[&str])| fonts.iter().any(|font| name.starts_with(font));
    FONTS
        .iter()
        .find(known)
        .map_or(Language::EnUs, |(language, _)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_tell_the_language() {
        assert_eq!(of_font("宋体"), Language::ZhCn);
        assert_eq!(of_font("ＭＳ Ｐゴシック"), Language::Ja);
        assert_eq!(of_font("Calibri"), Language::EnUs);
    }
}
