//! A PDF carries the document that it was made from, and is read back exactly as long as its pages show it.

mod support;

use support::{read_file, seed_report};
use tabulary::ir::{Code, Document, Outcome, json};
use tabulary::{Options, read_bytes, write_bytes};

/// The report as a PDF, and the document that it was made from.
fn written(options: &Options) -> (Document, Vec<u8>) {
    let document = read_file(&seed_report()).value;
    let bytes = write_bytes(&document, "pdf", &options.write)
        .expect("a PDF")
        .value;
    (document, bytes)
}

fn read(bytes: &[u8], options: &Options) -> Outcome<Document> {
    read_bytes(bytes, None, options).expect("a document")
}

#[test]
fn what_was_written_is_read_back() {
    let (document, bytes) = written(&Options::default());
    let back = read(&bytes, &Options::default());
    assert_eq!(json::to_string(&back.value), json::to_string(&document));
    assert!(back.diagnostics.is_empty(), "{:?}", back.diagnostics);
}

#[test]
fn pages_that_were_changed_are_read_themselves() {
    let (document, mut bytes) = written(&Options::default());
    // The page is a point higher than before: the bytes of its content are as they were.
    let at = bytes
        .windows(10)
        .position(|part| part == b"/MediaBox[")
        .expect("a page");
    let end = at
        + bytes[at..]
            .iter()
            .position(|byte| *byte == b']')
            .expect("its end");
    let digit = bytes[at..end]
        .iter_mut()
        .rev()
        .find(|byte| byte.is_ascii_digit());
    let digit = digit.expect("a height");
    *digit = if *digit == b'9' { b'8' } else { *digit + 1 };
    let back = read(&bytes, &Options::default());
    assert_eq!(back.diagnostics[0].code, Code::EmbeddedMismatch);
    assert_ne!(json::to_string(&back.value), json::to_string(&document));
}

#[test]
fn content_that_was_changed_is_noticed() {
    let (_, mut bytes) = written(&Options::default());
    // The first stream of a page's content, with another one in its place: the letters are gone.
    let at = bytes
        .windows(6)
        .position(|part| part == b"stream")
        .expect("a stream");
    let from = at + 40;
    bytes[from..from + 4].copy_from_slice(&[0; 4]);
    let codes: Vec<Code> = read(&bytes, &Options::default())
        .diagnostics
        .iter()
        .map(|told| told.code)
        .collect();
    assert!(codes.contains(&Code::EmbeddedMismatch), "{codes:?}");
}

#[test]
fn both_sides_can_do_without() {
    let mut options = Options::default();
    options.write.embed = false;
    let (document, bytes) = written(&options);
    let exact = json::to_string(&document);
    assert!(!bytes.windows(13).any(|part| part == b"document.json"));
    assert_ne!(json::to_string(&read(&bytes, &options).value), exact);

    let (_, bytes) = written(&Options::default());
    options.read.embedded = false;
    let back = read(&bytes, &options);
    assert_ne!(json::to_string(&back.value), exact);
    let told = back.diagnostics.iter().map(|told| told.message.as_str());
    assert!(!told.into_iter().any(|message| message.contains("attached")));
}
