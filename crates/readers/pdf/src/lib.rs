//! Reads PDF into the document model.
//!
//! The content of each page is run by our own interpreter over the objects and fonts of hayro: every glyph with its
//! Unicode and place, every line that can rule a table. What they mean is the matter of `tabulary-pages`.

mod content;
mod font;
mod interpret;
mod layers;
mod text;
mod unicode;

use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use tabulary_ir::{Budget, Error, Format};
use tabulary_pages::Page;

use content::Decoder;
use font::Fonts;
use interpret::{Interpreter, Matrix};
use layers::Layers;

/// PDF.
pub static FORMAT: Format = Format {
    id: "pdf",
    name: "PDF",
    extensions: &["pdf"],
    media_type: "application/pdf",
};

/// Everything that stands on the pages of a PDF, for measuring and for looking at what was found.
///
/// # Errors
/// Where the file cannot be opened or passes a limit.
pub fn pages(bytes: &[u8], budget: &Budget, mut see: impl FnMut(Page)) -> Result<(), Error> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| {
        Error::input(format!("the file is no PDF that can be opened: {error:?}"))
    })?;
    let catalog = pdf
        .xref()
        .get::<Dict<'_>>(pdf.xref().root_id())
        .unwrap_or_default();
    let layers = Layers::of(&catalog);
    let decoder = Decoder::new(budget);
    let mut fonts = Fonts::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let sheet = Page {
            number: number as u32 + 1,
            width,
            height,
            ..Page::default()
        };
        let mut run = Interpreter::new(&mut fonts, &layers, &decoder, budget, sheet);
        let ctm = Matrix(page.initial_transform(true).as_coeffs());
        if let Some(content) = page.page_stream() {
            let clip = tabulary_pages::Rect::new(0.0, 0.0, width, height);
            run.run(content, page.resources(), ctm, clip)?;
        }
        see(run.page);
    }
    Ok(())
}
