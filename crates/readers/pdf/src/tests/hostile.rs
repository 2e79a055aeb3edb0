//! Files that mean harm, and files that are cut.

use super::*;
use tabulary_ir::ErrorKind;

/// What becomes of a file: it ends in an error of that kind.
fn refused(bytes: &[u8]) -> ErrorKind {
    read(bytes).expect_err("it must be refused").kind()
}

#[test]
fn content_that_inflates_without_end_is_refused() {
    let bomb = deflate(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
        stream("/Filter /FlateDecode", &bomb),
        b"<< >>".to_vec(),
    ];
    assert_eq!(refused(&build(&objects)), ErrorKind::Limit);
    objects[3] = stream("/Filter [/FlateDecode /FlateDecode]", &deflate(&bomb));
    assert_eq!(refused(&build(&objects)), ErrorKind::Limit);
}

#[test]
fn objects_that_inflate_without_end_are_refused_before_they_are_opened() {
    let bomb = deflate(&vec![b' '; 64 << 20]);
    for kind in ["/Type /ObjStm", "/Type /Obj#53tm"] {
        let entries = format!("{kind} /N 1 /First 5 /Filter /FlateDecode");
        let bytes = Sheet {
            more: vec![stream(&entries, &bomb)],
            ..Sheet::default()
        }
        .build();
        assert_eq!(refused(&bytes), ErrorKind::Limit, "{kind}");
    }
}

#[test]
fn parameters_that_no_decoder_can_count_with_are_damage() {
    for params in [
        "/Predictor 2 /Columns 0",
        "/Predictor 12 /Columns 9223372036854775807",
        "/Predictor 15 /Colors 255 /BitsPerComponent 8",
    ] {
        let bytes = build(&[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
            stream(
                &format!("/Filter /FlateDecode /DecodeParms << {params} >>"),
                &deflate(b"q Q"),
            ),
            b"<< >>".to_vec(),
        ]);
        assert_eq!(codes(&bytes), [Code::PackageDamaged], "{params}");
    }
}

#[test]
fn fonts_with_boundless_tables_are_left_out() {
    for font in [
        "/Subtype /Type1 /BaseFont /Helvetica /FirstChar 99999999999 /LastChar 99999999999 /Widths [1]",
        "/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 /BaseFont /X /W [0 4000000000 500] >>]",
    ] {
        let resources = format!("/Font << /F << /Type /Font {font} >> >>");
        let bytes = Sheet {
            resources: &resources,
            ..Sheet::default()
        }
        .build();
        assert_eq!(codes(&bytes), [Code::TextUnknown], "{font}");
    }
}

#[test]
fn what_holds_itself_ends() {
    let form = |name: &str| {
        stream(
            &format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {name} >> >>"),
            b"/X Do",
        )
    };
    let bytes = Sheet {
        resources: "/XObject << /X 6 0 R >>",
        content: "/X Do",
        more: vec![form("7 0 R"), form("6 0 R")],
        ..Sheet::default()
    }
    .build();
    assert_eq!(codes(&bytes), [Code::ReferenceMissing]);
}

#[test]
fn pages_beyond_the_limit_are_refused() {
    let mut options = ReadOptions::default();
    options.limits.pages = 0;
    let bytes = Sheet::default().build();
    let error = PdfReader
        .read(Input::new(&bytes), &options)
        .expect_err("too many");
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn pages_that_are_no_objects_are_counted_before_they_are_made() {
    let kids = format!("<< /Type /Pages /Kids [{}] >>", "<<>>".repeat(30_000));
    let mut packed = b"6 0 ".to_vec();
    packed.extend_from_slice(kids.as_bytes());
    let entries = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
    for more in [kids.into_bytes(), stream(entries, &deflate(&packed))] {
        let bytes = Sheet {
            more: vec![more],
            ..Sheet::default()
        }
        .build();
        assert_eq!(refused(&bytes), ErrorKind::Limit);
    }
}

#[test]
fn streams_without_an_end_are_not_searched_for_each_time() {
    let endless = (0..20_000).map(|number| {
        format!("{number} 0 obj << /Type /ObjStm /Length 9 >>\nstream\n").into_bytes()
    });
    let mut bytes = Sheet::default().build();
    bytes.extend(endless.flatten());
    bytes.extend_from_slice(b"trailer << /Root 1 0 R >>");
    assert_eq!(refused(&bytes), ErrorKind::Limit);
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>"), ("<< /K [ ", " ] >>")] {
        let deep = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        let bytes = Sheet {
            catalog: &format!("/StructTreeRoot {deep}"),
            ..Sheet::default()
        }
        .build();
        // Whether there is a document is of no matter.
        let _ = read(&bytes);
        let content = format!("/P {deep} BDC EMC {deep} TJ");
        let bytes = Sheet {
            content: &content,
            ..Sheet::default()
        }
        .build();
        let _ = read(&bytes);
    }
}

#[test]
fn an_element_below_ten_thousand_others_is_left_out() {
    let chain =
        (0..10_000).map(|number| format!("<< /S /Div /K {} 0 R >>", number + 7).into_bytes());
    let bytes = Sheet {
        catalog: "/StructTreeRoot << /K 6 0 R >>",
        more: chain.collect(),
        ..Sheet::default()
    }
    .build();
    assert_eq!(painted(&bytes), "Hello");
}
