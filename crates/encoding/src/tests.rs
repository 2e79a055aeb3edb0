use super::*;
use expect_test::{Expect, expect};

fn check(bytes: &[u8], declared: Option<&str>, wanted: Expect) {
    let decoded = decode(bytes, declared);
    let replaced = if decoded.replaced { ", replaced" } else { "" };
    wanted.assert_eq(&format!(
        "{} ({:?}{replaced}): {}",
        decoded.encoding, decoded.told, decoded.text
    ));
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn a_mark_counts_before_all() {
    check(b"\xef\xbb\xbfa", Some("gbk"), expect!["UTF-8 (Mark): a"]);
    check(b"\xff\xfea\0", None, expect!["UTF-16LE (Mark): a"]);
    check(b"\xfe\xff\0a", None, expect!["UTF-16BE (Mark): a"]);
    check(
        b"\x84\x31\x95\x33\xd6\xd0",
        None,
        expect!["gb18030 (Mark): 中"],
    );
}

#[test]
fn a_label_counts_where_the_bytes_agree() {
    let chinese = encoded(GB18030, "政府信息");
    check(
        &chinese,
        Some("gb2312"),
        expect!["gb18030 (Declared): 政府信息"],
    );
    check(
        "政府".as_bytes(),
        Some("gb2312"),
        expect!["gb18030 (Declared): 鏀垮簻"],
    );
    check(
        "政府信".as_bytes(),
        Some("gb2312"),
        expect!["UTF-8 (Valid): 政府信"],
    );
    check(
        b"caf\xe9",
        Some("iso-8859-1"),
        expect!["windows-1252 (Declared): café"],
    );
    check(
        b"plain",
        Some("no-such-label"),
        expect!["UTF-8 (Valid): plain"],
    );
}

#[test]
fn bytes_tell_where_nothing_else_does() {
    check(
        &encoded(GB18030, "政府信息公开年度报告"),
        None,
        expect!["gb18030 (Guessed): 政府信息公开年度报告"],
    );
    check(
        &encoded(GB18030, "名称,数量\n规章,2\n"),
        None,
        expect![[r#"
        gb18030 (Guessed): 名称,数量
        规章,2
    "#]],
    );
    check(
        &encoded(encoding_rs::BIG5, "政府資訊公開年度報告，本年度共計受理"),
        None,
        expect!["Big5 (Guessed): 政府資訊公開年度報告，本年度共計受理"],
    );
    check(
        &encoded(
            encoding_rs::SHIFT_JIS,
            "これは日本語の文章です。よろしくお願いします。",
        ),
        None,
        expect!["Shift_JIS (Guessed): これは日本語の文章です。よろしくお願いします。"],
    );
    check(
        &encoded(
            encoding_rs::EUC_KR,
            "안녕하세요. 한국어 문서입니다. 정보 공개 연차 보고서",
        ),
        None,
        expect!["EUC-KR (Guessed): 안녕하세요. 한국어 문서입니다. 정보 공개 연차 보고서"],
    );
    check(
        b"caf\xe9 cr\xe8me, d\xe9j\xe0 vu",
        None,
        expect!["windows-1252 (Guessed): café crème, déjà vu"],
    );
    check(b"a\0b\0\n\0", None, expect!["UTF-16LE (Guessed): ab\n"]);
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    check(
        b"\xe6\x94\xbf\xe5\xba",
        None,
        expect!["UTF-8 (Guessed, replaced): 政\u{fffd}"],
    );
}

#[test]
fn binary_is_no_text() {
    assert!(is_binary(b"PK\x03\x04"));
    assert!(!is_binary("政府\r\n\t".as_bytes()));
    assert!(!is_binary(b"\xff\xfea\0"));
    assert!(!is_binary(b"a\0b\0\n\0c\0"));
}
