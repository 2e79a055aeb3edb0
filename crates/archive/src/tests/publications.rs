//! What is published, and what is said where that is less than was asked for.

use super::{files, findings, made, made_with, told};
use crate::ledger::{self, Outcome};
use crate::{Deposit, DepositOptions};

fn premis(deposit: &Deposit) -> String {
    String::from_utf8(files(deposit)["data/metadata/premis.xml"].clone()).expect("UTF-8")
}

fn line(deposit: &Deposit) -> ledger::Line {
    let lines = ledger::read(&files(deposit)[ledger::PATH]).expect("a ledger");
    lines.into_iter().next().expect("a line")
}

/// The versions of PDF/A that PREMIS names, and whether a diagnostic says that there is none.
fn kept(deposit: &Deposit) -> (Vec<&'static str>, bool) {
    let premis = premis(deposit);
    let keys = ["fmt/479", "fmt/480"].into_iter();
    let keys = keys
        .filter(|key| premis.contains(&format!("<formatRegistryKey>{key}</formatRegistryKey>")));
    (
        keys.collect(),
        line(deposit).diagnostics.contains_key("standard-lowered"),
    )
}

#[test]
fn the_standard_of_a_pdf_is_that_which_its_document_allows() {
    let plain = made(&[("a.csv", b"a,b\n1,2\n")]);
    assert_eq!(kept(&plain), (vec!["fmt/479"], false));
    // A picture without a text in its place (ISO 19005-3 6.7.3).
    let picture = "<p>x</p><img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==\">";
    let picture = made(&[("a.html", picture.as_bytes())]);
    assert_eq!(kept(&picture), (vec!["fmt/480"], false));
    // A character for private use, of which no font has a glyph.
    let private = made(&[("a.csv", "a,b\n\u{E123},2\n".as_bytes())]);
    assert_eq!(kept(&private), (vec![], true));
    for deposit in [plain, picture, private] {
        assert_eq!(told(&findings(files(&deposit))), []);
    }
}

#[test]
fn a_format_in_which_it_cannot_be_published_is_told() {
    let mut options = DepositOptions::default();
    options.convert.write.limits.laid_out_cells = 1;
    let deposit = made_with(&[("a.csv", b"a,b\n1,2\n")], &options);
    let unpublished: Vec<&str> = deposit.reports[0]
        .unpublished
        .iter()
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(unpublished, ["pdf"]);
    let line = line(&deposit);
    assert_eq!(line.outcome, Outcome::Partly);
    assert!(
        line.unpublished["pdf"].contains("squares of tables"),
        "{line:?}"
    );
    assert!(premis(&deposit).contains("<eventOutcome>failure</eventOutcome>"));
    assert!(!deposit.files.iter().any(|(path, _)| path.ends_with(".pdf")));
    assert_eq!(told(&findings(files(&deposit))), []);
}

#[test]
fn what_is_hidden_stays_in_the_document_and_out_of_what_is_published() {
    let sheets = include_bytes!("../../../../fixtures/json/sheets.json");
    let deposit = made(&[("sheets.json", sheets)]);
    let document =
        String::from_utf8(files(&deposit)["data/canonical/document.json"].clone()).expect("UTF-8");
    assert!(document.contains("\"hidden\":true"), "{document}");
    assert!(line(&deposit).diagnostics.contains_key("hidden-dropped"));
    assert_eq!(told(&findings(files(&deposit))), []);
}

#[test]
fn comments_stay_in_the_document_and_out_of_what_the_pages_carry() {
    let book = include_bytes!("../../../../fixtures/xlsx/comments.xls");
    let deposit = made(&[("comments.xls", book)]);
    let document = String::from_utf8(files(&deposit)["data/canonical/document.json"].clone());
    let document = document.expect("UTF-8");
    assert!(document.contains("\"kind\":\"comment\""), "{document}");
    assert_eq!(told(&findings(files(&deposit))), []);
}
