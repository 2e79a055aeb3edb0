//! Word documents that are read, written and read again are what they were, but for losses that are told.

mod support;

use support::{all_fixtures, read_as, read_file};
use tabulary::ir::{Severity, json};
use tabulary::{Options, write_bytes};

#[test]
fn word_documents_come_back_but_for_what_is_told() {
    let mut tried = 0;
    for (row, path) in all_fixtures() {
        if row.format.id != "docx" {
            continue;
        }
        tried += 1;
        let mut document = read_file(&path).value;
        document.strip_origins();
        let written = write_bytes(&document, "docx", &Options::default().write);
        let written = written.expect("a Word document");
        let mut again = read_as(&written.value, "docx").value;
        again.strip_origins();
        let told = written.diagnostics.iter();
        let losses = told.filter(|told| told.code.severity() == Severity::Loss);
        let is_same = json::to_string(&again) == json::to_string(&document);
        let name = path.display();
        assert!(
            is_same || losses.count() > 0,
            "{name} came back as another document, and nothing was told"
        );
    }
    assert!(tried > 5, "only {tried} documents were tried");
}
