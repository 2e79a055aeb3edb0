//! Reading PDF: the files that the tests read, and a document whose pages grow by tens.

use std::path::Path;

use divan::Bencher;
use tabulary_ir::{Input, ReadOptions, Reader};
use tabulary_read_pdf::PdfReader;

/// Files of several makers; all but the last one have tables.
const FILES: [&str; 7] = [
    "eu-025.pdf",
    "us-002.pdf",
    "us-008.pdf",
    "us-034.pdf",
    "spanning_cells.pdf",
    "plan.pdf",
    "file_pdfjs_form.pdf",
];
const PAGES: [usize; 3] = [10, 100, 1000];

fn main() {
    divan::main();
}

fn read(bytes: &[u8]) -> usize {
    let options = ReadOptions {
        embedded: false,
        ..ReadOptions::default()
    };
    let read = PdfReader.read(Input::new(bytes), &options);
    read.expect("a document").value.body.len()
}

#[divan::bench(args = FILES)]
fn file(bencher: Bencher<'_, '_>, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/pdf");
    let bytes = std::fs::read(folder.join(name)).expect("a fixture");
    bencher.bench(|| read(&bytes));
}

#[divan::bench(args = PAGES, max_time = 5)]
fn pages(bencher: Bencher<'_, '_>, pages: usize) {
    let bytes = report(pages);
    bencher.counter(pages).bench(|| read(&bytes));
}

/// A PDF of pages that have a heading, a ruled table, a paragraph and a running footer each.
fn report(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {pages} >>",
            kids.join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for page in 0..pages {
        let content = content(page);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            5 + 2 * page
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (table, count) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {count}\n0000000000 65535 f \n{places}");
    file += &format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

fn content(page: usize) -> String {
    let mut content = String::new();
    let mut text = |x: usize, y: usize, size: usize, text: &str| {
        content += &format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n");
    };
    text(50, 740, 16, &format!("Part {}", page + 1));
    for line in 0..12 {
        let words = "What a page says stands in lines that fill it from side to side, about as long as this";
        text(50, 710 - 14 * line, 10, words);
    }
    for row in 0..20 {
        for column in 0..5 {
            let y = 506 - 20 * row;
            text(55 + 100 * column, y, 10, &format!("{page}.{row}.{column}"));
        }
    }
    text(290, 40, 10, &format!("{}", page + 1));
    for row in 0..=20 {
        let y = 520 - 20 * row;
        content += &format!("50 {y} m 550 {y} l S\n");
    }
    for column in 0..=5 {
        let x = 50 + 100 * column;
        content += &format!("{x} 120 m {x} 520 l S\n");
    }
    content
}
