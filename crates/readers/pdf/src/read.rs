//! From a file to a document.

use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use tabulary_ir::{Budget, Code, Diagnostics, Document, Error, Origin, ReadOptions};
use tabulary_pages::{Analyzer, Hints, Page, Rect};

use crate::content::Decoder;
use crate::font::Fonts;
use crate::interpret::{Interpreter, Matrix, Trouble};
use crate::layers::Layers;
use crate::open::open;

/// Reads a document.
///
/// # Errors
/// Where the file cannot be opened, or passes a limit.
pub(crate) fn document(
    bytes: &[u8],
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Error> {
    let budget = options.budget();
    let pdf = open(bytes, options, &budget)?;
    let mut analyzer = Analyzer::new(Hints::default());
    let mut found = Diagnostics::new();
    each_page(&pdf, &budget, diagnostics, |page| {
        analyzer.page(page, &mut found);
    })?;
    let analysis = analyzer.finish(&mut found);
    diagnostics.extend(found.into_vec());
    Ok(Document {
        body: analysis.body,
        headers: analysis.headers,
        footers: analysis.footers,
        notes: analysis.notes,
        page: analysis.page,
        ..Document::default()
    })
}

/// Calls `see` with every page in turn.
///
/// # Errors
/// Of kind `Limit`.
pub(crate) fn each_page(
    pdf: &Pdf,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
    mut see: impl FnMut(Page),
) -> Result<(), Error> {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id()).unwrap_or_default();
    let layers = Layers::of(&catalog);
    let decoder = Decoder::new(budget);
    let mut fonts = Fonts::new();
    let limit = budget.limits().pages;
    if pdf.pages().len() as u64 > limit {
        return Err(Error::limit(format!("the PDF has more than {limit} pages"))
            .help("raise the limit `pages` if the document can be trusted"));
    }
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        budget.tick()?;
        let (width, height) = page.render_dimensions();
        let sheet = Page {
            number,
            width,
            height,
            ..Page::default()
        };
        let mut run = Interpreter::new(&mut fonts, &layers, &decoder, budget, sheet);
        let ctm = Matrix(page.initial_transform(true).as_coeffs());
        let content = decoder.page_content(page.raw())?;
        let clip = Rect::new(0.0, 0.0, width, height);
        run.run(&content.bytes, page.resources(), ctm, clip)?;
        run.trouble.damaged |= content.damaged;
        tell(run.trouble, number, diagnostics);
        see(run.page);
    }
    Ok(())
}

fn tell(trouble: Trouble, page: u32, diagnostics: &mut Diagnostics) {
    let place = Origin::Page {
        bbox: None,
        page,
        pages: Vec::new(),
    };
    if trouble.too_much {
        let message = "the page has more content than is looked at; the rest of it was left out";
        diagnostics.add(Code::ContentSkipped, message, place.clone());
    }
    if trouble.damaged {
        let message = "content that cannot be decoded was left out";
        diagnostics.add(Code::PackageDamaged, message, place.clone());
    }
    if trouble.loops {
        let message = "a form that contains itself, or stands too deep in others, was left out";
        diagnostics.add(Code::ContentSkipped, message, place.clone());
    }
    if trouble.unknown_glyphs > 0 {
        let message = format!(
            "{} characters are left out, since their fonts do not tell what they say",
            trouble.unknown_glyphs
        );
        diagnostics.add(Code::TextUnknown, message, place);
    }
}
