//! What is shown, feature by feature.

use super::*;

fn show_with(code: &str, number: &str, setting: Setting) -> String {
    let mut out = String::new();
    FormatCode::parse(code).write_number(number, &setting, &mut out);
    out
}

fn check(cases: &[(&str, &str, &str)]) {
    for (code, number, wanted) in cases {
        let shown = show_with(code, number, Setting::default());
        assert_eq!(shown, *wanted, "{number} under {code}");
    }
}

fn check_in(language: Language, cases: &[(&str, &str, &str)]) {
    let setting = Setting {
        is_1904: false,
        language,
    };
    for (code, number, wanted) in cases {
        let shown = show_with(code, number, setting);
        assert_eq!(shown, *wanted, "{number} under {code}");
    }
}

#[test]
fn places_take_digits() {
    check(&[
        ("0", "12.5", "13"),
        ("0.00", "1.005", "1.01"),
        ("0.00", "9.075", "9.08"),
        ("0", "123456789012345678", "123456789012346000"),
        ("000", "7", "007"),
        ("#", "0", ""),
        ("#.##", "0", "."),
        ("#.##", "1", "1."),
        ("0.0#", "1.5", "1.5"),
        ("0??", "1", "0 1"),
        ("?.??", "1.1", "1.1 "),
        ("#.?00", "1", "1. 00"),
        (".00", "1234.5", "1234.50"),
        ("000-00-0000", "123456789", "123-45-6789"),
        ("0000\"年\"00", "202001", "2020年01"),
        ("(###) ###-####", "2813308004", "(281) 330-8004"),
        ("\"a \".00\"b\"000", "3.14159", "a 3.14b159"),
        ("00.00.00.000", "12.3456", "12.34.56.000"),
        ("0.00", "1e300", &format!("1{}.00", "0".repeat(300))),
        ("0.00", "1.5e-7", "0.00"),
    ]);
}

#[test]
fn commas_part_and_scale() {
    check(&[
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("0,000", "12", "0,012"),
        ("?,???", "12", "   12"),
        ("#,", "1234567", "1235"),
        ("0.0,,", "1234567", "1.2"),
        ("#,.#,", "1234567", "1.2"),
        ("#,,\"M\"", "6000000", "6M"),
        (",0", "1234", ",1234"),
        ("#.##0,00", "0", ".000"),
    ]);
}

#[test]
fn percent_signs_scale() {
    check(&[
        ("0%", "0.075", "8%"),
        ("0.0%", "0.0295", "3.0%"),
        ("0.00%%", "-123.45", "-1234500.00%%"),
        ("%0", "0.5", "%50"),
        ("0\\%", "5", "5%"),
    ]);
}

#[test]
fn exponents_step_by_places() {
    check(&[
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.00E-00", "12345", "1.23E04"),
        ("0.0e+0", "0.00012", "1.2e-4"),
        ("##0.0E+0", "12345", "12.3E+3"),
        ("##0.0E+0", "999960", "1.0E+6"),
        ("0E+00", "95000000", "1E+08"),
        ("0.00E+00", "0", "0.00E+00"),
        ("0.00E+0x0", "123456789", "1.23E+0x8"),
        (".00E+0", "1234", ".12E+4"),
        ("-0.0E+0", "-5", "--5.0E+0"),
    ]);
}

#[test]
fn fractions_are_near() {
    check(&[
        ("# ?/?", "1.25", "1 1/4"),
        ("# ?/?", "0.3", " 2/7"),
        ("# ?/?", "1.3", "1 1/3"),
        ("# ?/?", "2", "2    "),
        ("# ?/?", "0", "0    "),
        ("# ??/??", "-12.34", "-12 17/50"),
        ("?/8", "0.3", "2/8"),
        ("# ?/4", "-0.98", "-1    "),
        ("# ??/100", "0.421", " 42/100"),
        ("??/??", "12.3", "123/10"),
        ("0 0/0", "1234", "1234 0/1"),
        ("# ?/?", "1e300", &format!("1{}    ", "0".repeat(300))),
    ]);
}

#[test]
fn sections_are_chosen() {
    check(&[
        ("0;(0)", "-5", "(5)"),
        ("0;(0)", "0", "0"),
        ("0;-0;\"zero\"", "0", "zero"),
        ("0.00;(0.00)", "-0.001", "(0.00)"),
        ("0.00", "-0.001", "0.00"),
        ("0;;", "-5", ""),
        (";;;", "5", ""),
        ("\"yes\";\"yes\";\"no\"", "0", "no"),
        ("\"loss\"", "-1", "-loss"),
        ("[>=100]0;[<=-100]0;0.0", "5", "5.0"),
        ("[>=100]0;[<=-100]0;0.0", "-5", "-5.0"),
        ("[>=100]0;[<=-100]0;0.0", "-500", "500"),
        ("[>=100]0;[<=-100]0", "5", "########"),
        ("[<10]0\" low\"", "10", "10"),
        ("[<10]0\" low\"", "-10", "-10 low"),
        ("[<0]\"\";0%", "-0.5", ""),
        ("[=0]?;[<4.16][hh]:mm:ss;[hh]:mm", "0", " "),
        ("0;[=-10]\"ten\";0.0", "-3", "-3.0"),
        ("[Red]0;[Color 12]-0", "-3", "-3"),
        ("[红色]0", "3", "3"),
        ("[Red]", "3.5", "3.5"),
        ("0;0;0;@", "3.5", "4"),
        ("@", "-3.5", "-3.5"),
        ("\"x \"@", "3.5", "3.5"),
    ]);
}

#[test]
fn text_between_stands() {
    check(&[
        ("\\a0_)", "5", "a5 "),
        ("_(* #,##0_)", "5", " 5 "),
        ("$ 0 ft", "5", "$ 5 ft"),
        ("[$€-407] 0.00", "5", "€ 5.00"),
        ("0.00 [$kr]", "5", "5.00 kr"),
        ("[$-409]0", "5", "5"),
        ("\"x \"General", "-5", "-x 5"),
        ("General;[Red]-General", "-5.5", "-5.5"),
        ("\"10 %\"0", "5", "10 %5"),
    ]);
}

#[test]
fn what_excel_refuses_is_general() {
    for code in [
        "\"open",
        "[",
        "0\\",
        "0_",
        "*",
        "0;0;0;0;0",
        "[orange]0",
        "0 d",
        "General0",
        "[<x]0",
        "E+0",
    ] {
        let parsed = FormatCode::parse(code);
        assert!(!parsed.is_valid(), "{code}");
        assert_eq!(show_with(code, "1.50", Setting::default()), "1.5", "{code}");
    }
    for code in ["", "General", "GENERAL", "[Red]General", "G/通用格式"] {
        assert!(FormatCode::parse(code).is_general(), "{code}");
    }
    for code in ["0", "General ", "General;General", "[DBNum1]General", "@"] {
        assert!(!FormatCode::parse(code).is_general(), "{code}");
    }
    check(&[("0.00", "n/a", "n/a"), ("0.00", "", "")]);
}

#[test]
fn texts_have_their_section() {
    for (code, wanted) in [
        ("@", None),
        ("General", None),
        ("0.00", None),
        ("\"x\"", None),
        ("0;0;0;\\<@\\>", Some("<甲>")),
        ("\"（一） \"@", Some("（一） 甲")),
        ("0;-0;;@\" \"@", Some("甲 甲")),
        ("_(@_)", Some(" 甲 ")),
        ("0;0;0;", Some("")),
        ("0;0;0;\"text\"", Some("text")),
        ("0;0;0;General'", Some("甲'")),
        ("yyyy;@", None),
    ] {
        let shown = FormatCode::parse(code).text("甲");
        assert_eq!(shown.as_deref(), wanted, "{code}");
    }
}

#[test]
fn dates_and_times_are_shown() {
    check(&[
        ("yyyy-mm-dd", "43850", "2020-01-20"),
        ("d-mmm-yy", "43850", "20-Jan-20"),
        ("dddd, mmmm d, yyyy", "43850", "Monday, January 20, 2020"),
        ("ddd mmmmm", "43850", "Mon J"),
        ("yyyy-mm-dd", "0", "1900-01-00"),
        ("yyyy-mm-dd", "60", "1900-02-29"),
        ("yyyy-mm-dd", "-1", "########"),
        ("yyyy-mm-dd", "2958465.5", "9999-12-31"),
        ("yyyy-mm-dd", "2958466", "########"),
        ("h:mm:ss", "0.354166666666667", "8:30:00"),
        ("h:mm AM/PM", "0.5", "12:00 PM"),
        ("h A/P a/p", "0.75", "6 P p"),
        ("hh:mm", "0.999999", "00:00"),
        ("mm:ss", "0.0123", "17:43"),
        ("h:mm mm", "43850.5", "12:00 01"),
        ("mmss.0", "0.0123", "1742.7"),
        ("ss.00 ss.000", "0.000012345", "01.06 01.067"),
        ("[h]:mm", "1.5", "36:00"),
        ("[mm]:ss", "0.5", "720:00"),
        ("[ss].0", "0.5", "43200.0"),
        ("[hh]", "-1.2", "-28"),
        ("[h]:mm", "-1.2", "########"),
        ("e", "43850", "2020"),
        ("bb bbbb", "43850", "63 2563"),
        ("B2yyyymmdd", "10000", "13451117"),
        ("aaa aaaa", "43850", "Mon Monday"),
        ("d/m/yyyy;@", "43850", "20/1/2020"),
        ("[$-F800]dddd", "43850", "Monday, January 20, 2020"),
        ("[$-F400]h:mm", "0.5", "12:00:00"),
        ("[$-x-sysdate]dddd", "43850", "Monday, January 20, 2020"),
        ("[$-130000]yyyy", "43850", "2020"),
        ("yyyy\"x\"mm\\d", "43850", "2020x01d"),
    ]);
}

#[test]
fn the_system_of_1904_shifts_days() {
    let setting = Setting {
        is_1904: true,
        ..Setting::default()
    };
    for (code, number, wanted) in [
        ("yyyy-mm-dd ddd", "0", "1904-01-01 Fri"),
        ("yyyy-mm-dd", "42388", "2020-01-20"),
        ("yyyy-mm-dd", "-1", "-1904-01-02"),
        ("[h]:mm", "-1.5", "-36:00"),
        ("yyyy", "2957004", "########"),
    ] {
        assert_eq!(
            show_with(code, number, setting),
            wanted,
            "{number} under {code}"
        );
    }
}

#[test]
fn languages_name_months_and_days() {
    check(&[
        ("[$-804]dddd mmmm", "43850", "星期一 一月"),
        ("[$-804]aaa aaaa", "43850", "周一 星期一"),
        ("[$-404]aaa", "43850", "週一"),
        ("[$-411]aaa aaaa", "43850", "月 月曜日"),
        ("[$-412]aaa aaaa", "43850", "월 월요일"),
        (
            "[$-407]dddd, d. mmmm yyyy",
            "43850",
            "Montag, 20. Januar 2020",
        ),
        ("[$-40C]d mmm yyyy", "43850", "20 janv. 2020"),
        ("[$-C0A]mmmm", "43850", "enero"),
        ("[$-410]dddd", "43850", "lunedì"),
        ("[$-416]mmmm", "43850", "janeiro"),
        ("[$-419]mmmm", "43850", "Январь"),
        ("[$-FC19]d mmmm", "43850", "20 января"),
        ("[$-de-DE]mmmm", "43850", "Januar"),
        ("[$-804]AM/PM h", "0.75", "下午 6"),
        ("上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"),
        ("오전/오후 h", "0.25", "오전 6"),
    ]);
    check_in(
        Language::ZhCn,
        &[
            ("aaaa aaa", "43850", "星期一 周一"),
            ("dddd", "43850", "Monday"),
            ("[$-F800]dddd", "43850", "2020年1月20日"),
            ("[$-F400]h", "0.5", "12:00:00"),
        ],
    );
}

#[test]
fn eras_count_years() {
    check(&[
        ("[$-411]ge.m.d", "43850", "R2.1.20"),
        ("[$-411]gge", "43585", "平31"),
        ("[$-411]ggge\"年\"", "43586", "令和1年"),
        ("[$-ja-JP-x-gannen]ggge\"年\"", "43586", "令和元年"),
        ("[$-411]gggee", "32516", "平成01"),
        ("[$-411]ge", "10000", "S2"),
        ("[$-411]ge", "100", "M33"),
        ("[$-411]r rr", "43850", "02 令和02"),
        ("[$-404]e\"年\"m\"月\"", "43850", "109年1月"),
        ("[$-404]ggge", "43850", "中華民國109"),
        ("[$-30411]yy", "43850", "02"),
        ("[$-107041E]yyyy", "43850", "2563"),
        ("r", "43850", "r"),
    ]);
    check_in(Language::Ja, &[("ggge", "43850", "令和2")]);
}

#[test]
fn figures_are_those_of_east_asia() {
    check(&[
        ("[DBNum1]General", "1234", "一千二百三十四"),
        ("[DBNum1]", "123.45", "一百二十三.四五"),
        ("[DBNum1]General", "-1234", "-一千二百三十四"),
        ("[DBNum1]0", "1234", "一二三四"),
        ("[DBNum1]#,##0.0", "1234.5", "一,二三四.五"),
        ("[DBNum2][$-804]General", "1234", "壹仟贰佰叁拾肆"),
        ("[DBNum2]0\"角\"0\"分\"", "34", "叁角肆分"),
        ("[DBNum2][$-404]General", "1234", "壹仟貳佰參拾肆"),
        ("[DBNum1][$-411]General", "1234", "千二百三十四"),
        ("[DBNum3]0", "12", "１２"),
        ("[DBNum4][$-412]General", "1234", "일천이백삼십사"),
        ("[NatNum1]0", "12", "一二"),
        (
            "[DBNum1]yyyy\"年\"m\"月\"d\"日\"",
            "43850",
            "二〇二〇年一月二十日",
        ),
        (
            "[DBNum2]yyyy\"年\"m\"月\"d\"日\"",
            "43850",
            "贰零贰零年壹月贰拾日",
        ),
        ("[DBNum1]h\"时\"mm\"分\"", "0.51", "十二时十四分"),
        ("[$-D000000]0", "12", "๑๒"),
        ("[$-1E000000]0", "12", "一二"),
    ]);
    check_in(
        Language::Ja,
        &[("[DBNum2]General", "12345", "壱萬弐阡参百四拾伍")],
    );
}

#[test]
fn kinds_of_time_are_those_of_the_section() {
    use TimeKind::{Calendar, Clock, Elapsed};
    for (code, number, kind) in [
        ("yyyy-mm-dd", 1.0, Some(Calendar)),
        ("yyyy\"年\"m\"月\"", 1.0, Some(Calendar)),
        ("m/d/yy h:mm", 1.0, Some(Calendar)),
        ("mmm", 1.0, Some(Calendar)),
        ("h:mm AM/PM", 1.0, Some(Clock)),
        ("mm:ss", 1.0, Some(Clock)),
        ("[h]:mm", 1.0, Some(Elapsed)),
        ("[$-F800]dddd", 1.0, Some(Calendar)),
        ("[$-F400]h:mm", 1.0, Some(Clock)),
        ("[Red]0.00", 1.0, None),
        ("General", 1.0, None),
        ("0.00E+00", 1.0, None),
        ("\"day\" 0", 1.0, None),
        ("#,##0_);(#,##0)", 1.0, None),
        ("0;yyyy", 1.0, None),
        ("0;yyyy", -1.0, Some(Calendar)),
        ("[<1]h:mm;yyyy", 0.5, Some(Clock)),
        ("[<1]h:mm;yyyy", 5.0, Some(Calendar)),
        ("yyyy", f64::NAN, None),
    ] {
        assert_eq!(FormatCode::parse(code).time_kind(number), kind, "{code}");
    }
}
