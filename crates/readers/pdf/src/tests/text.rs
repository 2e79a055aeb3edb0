//! What pages say, and what opens a file.

use super::*;
use tabulary_ir::{Confidence, ErrorKind};

#[test]
fn a_pdf_is_known_by_its_mark() {
    let sniff = |bytes: &[u8]| PdfReader.sniff(Input::new(bytes));
    assert_eq!(sniff(b"%PDF-1.4\n"), Confidence::Certain);
    assert_eq!(sniff(b"mailed by someone\n%PDF-1.4\n"), Confidence::Certain);
    assert_eq!(sniff(b"PDF"), Confidence::No);
    assert_eq!(
        sniff(&[&[b' '; 2000][..], b"%PDF-1.4"].concat()),
        Confidence::No
    );
}

#[test]
fn text_becomes_a_paragraph() {
    let bytes = Sheet::default().build();
    assert_eq!(painted(&bytes), "Hello");
    assert_eq!(text_of(&document(&bytes)), "Hello");
    assert!(told(&bytes).is_empty());
}

#[test]
fn fonts_that_are_not_in_the_file_say_their_characters() {
    assert_eq!(painted(&fixture("noembed-sjis.pdf")), "あいうえお");
    assert!(painted(&fixture("issue2128r.pdf")).starts_with("浅谈校长的魅力"));
    assert_eq!(painted(&fixture("issue8372.pdf")), "目录");
}

#[test]
fn a_password_opens_what_takes_one() {
    let bytes = fixture("plan-locked.bin");
    let with = |password: Option<&str>| {
        let options = ReadOptions {
            password: password.map(str::to_owned),
            ..ReadOptions::default()
        };
        PdfReader.read(Input::new(&bytes), &options)
    };
    let without = with(None).expect_err("it is locked");
    assert_eq!(without.kind(), ErrorKind::Unsupported);
    assert!(without.to_string().contains("--password"), "{without}");
    let wrong = with(Some("plain")).expect_err("it is locked");
    assert_eq!(wrong.kind(), ErrorKind::Caller);
    let opened = with(Some("plan")).expect("it opens").value;
    assert_eq!(text_of(&opened), text_of(&document(&fixture("plan.pdf"))));
    assert!(read(&fixture("empty_protected.pdf")).is_ok());
}

#[test]
fn damaged_cross_references_are_found_again() {
    assert_eq!(document(&fixture("xref_command_missing.pdf")).body.len(), 1);
    let mut bytes = Sheet::default().build();
    let mark = bytes.len() - 40;
    bytes.truncate(mark);
    assert_eq!(painted(&bytes), "Hello");
}

#[test]
fn a_map_that_says_nothing_gives_way_to_the_names_of_glyphs() {
    let map = "1 beginbfchar <41> <0000> endbfchar 1 beginbfchar <42> <E000> endbfchar 1 beginbfchar <43> <FB01> endbfchar";
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >> >>";
    let bytes = Sheet {
        resources: font,
        content: "BT /F 10 Tf 10 80 Td (ABC) Tj ET",
        more: vec![stream("", map.as_bytes())],
        ..Sheet::default()
    }
    .build();
    assert_eq!(painted(&bytes), "ABfi");
}

#[test]
fn fonts_of_signs_show_their_signs() {
    let font = "/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /Wingdings-Regular >> >>";
    let bytes = Sheet {
        resources: font,
        content: "BT /F 10 Tf 10 80 Td <FC6C> Tj ET",
        ..Sheet::default()
    }
    .build();
    assert_eq!(painted(&bytes), "✓●");
}

#[test]
fn what_no_font_explains_is_counted() {
    let font = "/Font << /F << /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 66 /Widths [1 1] /Encoding << /Differences [65 /one1 /two2] >> /CharProcs << >> >> >>";
    let bytes = Sheet {
        resources: font,
        content: "BT /F 10 Tf 10 80 Td (AB) Tj ET",
        ..Sheet::default()
    }
    .build();
    let told = told(&bytes);
    assert_eq!(told[0].code, Code::TextUnknown);
    assert!(told[0].message.starts_with("2 characters"), "{}", told[0]);
}

#[test]
fn text_that_is_clipped_away_is_kept_apart() {
    let bytes = Sheet {
        content: "q 0 0 30 100 re W n BT /F 10 Tf 10 80 Td (Hello there) Tj ET Q",
        ..Sheet::default()
    }
    .build();
    let page = first_page(&bytes);
    let seen = page.glyphs.iter().filter(|glyph| !glyph.hidden);
    assert_eq!(
        seen.map(|glyph| glyph.text.as_str()).collect::<String>(),
        "Hello"
    );
    assert_eq!(painted(&bytes), "Hello there");
}
