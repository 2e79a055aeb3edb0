use tabulary_ir::{Budget, Cancel, ErrorKind, Limits};

use super::*;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn budget() -> Budget {
    Budget::new(&Limits::default(), &Cancel::default())
}

fn tree(text: &str) -> (Element, Option<tabulary_ir::Error>) {
    let budget = budget();
    let mut pull = Pull::new(text, &budget);
    match pull.next_event() {
        Ok(Event::Start(start)) => pull.partial_element(start),
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_go_by_namespace_and_not_by_prefix() {
    let text = format!(
        r#"<?xml version="1.0"?><x:p xmlns:x="{W}" x:val="1 &amp; 2"><q xmlns="{W}"/>t</x:p>"#
    );
    let (root, fault) = tree(&text);
    assert!(fault.is_none());
    assert!(root.is(Ns::W, "p"));
    assert_eq!(root.attribute(Ns::W, "val"), Some("1 & 2"));
    assert!(root.child(Ns::W, "q").is_some());
    assert_eq!(root.text(), "t");
}

#[test]
fn references_are_resolved_and_entities_are_not() {
    let text = r#"<!DOCTYPE a [<!ENTITY e "boom"><!ENTITY x SYSTEM "file:///etc/passwd">]><a>1&lt;2 &#20108;&e;&x;<![CDATA[<&]]> & end</a>"#;
    let (root, fault) = tree(text);
    assert!(fault.is_none(), "{fault:?}");
    assert_eq!(root.text(), "1<2 二<& & end");
}

#[test]
fn damage_gives_what_stands_before_it() {
    let (root, fault) = tree("<a><b>one</b><b>two</c></a>");
    assert_eq!(root.text(), "onetwo");
    assert_eq!(fault.expect("a fault").kind(), ErrorKind::Input);
    let (root, fault) = tree("<a><b>one</b><b>tw");
    assert_eq!(root.elements().count(), 2);
    assert!(fault.is_some());
}

#[test]
fn depth_is_bounded() {
    let (_, fault) = tree(&"<a>".repeat(20_000));
    assert_eq!(fault.expect("a fault").kind(), ErrorKind::Limit);
}

#[test]
fn encodings_are_told_by_mark_and_declaration() {
    assert_eq!(decode(b"\xEF\xBB\xBF<a/>"), "<a/>");
    assert_eq!(decode(b"\xFF\xFE<\0a\0/\0>\0"), "<a/>");
    assert_eq!(decode(b"<\0a\0/\0>\0"), "<a/>");
    let gbk = b"<?xml version='1.0' encoding='GB2312'?><a>\xd6\xd0</a>";
    assert!(decode(gbk).ends_with("<a>中</a>"));
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    assert_eq!(
        escape("a\u{0}\u{b}<&>\"\r\n"),
        "a&lt;&amp;&gt;&quot;&#13;&#10;"
    );
    assert_eq!(escape("plain"), "plain");
}

#[test]
fn nothing_is_passed_over_behind_a_text() {
    let budget = budget();
    let mut pull = Pull::new("<a><b/>text<c></c></a>", &budget);
    let mut left = Vec::new();
    loop {
        let event = pull.next_event().expect("an event");
        if matches!(event, Event::Eof) {
            break;
        }
        left.push(pull.rest());
    }
    let all = "<b/>text<c></c></a>";
    let wanted = [
        Some(all),
        None,
        Some(&all[4..]),
        None,
        Some(&all[11..]),
        Some(&all[15..]),
        Some(""),
    ];
    assert_eq!(left, wanted);
}
