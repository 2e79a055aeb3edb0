//! From a file to a document.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, String as PdfString};
use tabulary_ir::{
    Budget, Code, Diagnostics, Document, Error, Origin, Points, ReadOptions, Resources,
};
use tabulary_pages::{Analyzer, Hints, Page, Picture, Rect};

use crate::annotations::{Annotations, Comment};
use crate::carried::{carried, is_document};
use crate::comments::add_comments;
use crate::content::Decoder;
use crate::destinations::{Destinations, name_tree};
use crate::font::Fonts;
use crate::images::{Images, Taken};
use crate::interpret::{Interpreter, Matrix, Shown, Trouble, say_actual};
use crate::layers::Layers;
use crate::meta::metadata;
use crate::open::open;
use crate::structure::{Ties, structure};
use crate::text::text_string;

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
    let decoder = Decoder::new(&budget);
    let file = File::new(&pdf, &decoder, &budget)?;
    if options.embedded
        && let Some(document) = carried(&pdf, &file.catalog, &decoder, options, diagnostics)?
    {
        return Ok(document);
    }
    file.tell_attachments(diagnostics);
    let (structure, ties) = structure(&file.catalog, file.destinations.pages());
    let mut analyzer = Analyzer::new(Hints {
        headings: options.headings,
        structure,
        outline: file.destinations.outline(),
    });
    let mut found = Diagnostics::new();
    let rest = file.each_page(&ties, diagnostics, |page| analyzer.page(page, &mut found))?;
    let analysis = analyzer.finish(&mut found);
    diagnostics.extend(found.into_vec());
    let mut document = Document {
        body: analysis.body,
        headers: analysis.headers,
        footers: analysis.footers,
        notes: analysis.notes,
        page: analysis.page,
        meta: metadata(&pdf, &file.catalog, &decoder, &budget)?,
        resources: rest.files,
        ..Document::default()
    };
    add_comments(&mut document, rest.comments);
    Ok(document)
}

/// Calls `see` with every page in turn.
///
/// # Errors
/// Where the file cannot be opened, or passes a limit.
pub(crate) fn pages(
    bytes: &[u8],
    options: &ReadOptions,
    see: impl FnMut(Page),
) -> Result<(), Error> {
    let budget = options.budget();
    let pdf = open(bytes, options, &budget)?;
    let decoder = Decoder::new(&budget);
    let file = File::new(&pdf, &decoder, &budget)?;
    let (_, ties) = structure(&file.catalog, file.destinations.pages());
    file.each_page(&ties, &mut Diagnostics::new(), see)
        .map(|_| ())
}

/// What pages show beside what stands on them.
struct Rest {
    files: Resources,
    comments: Vec<Comment>,
}

/// An open file.
struct File<'a> {
    pdf: &'a Pdf,
    catalog: Dict<'a>,
    destinations: Destinations<'a>,
    decoder: &'a Decoder<'a>,
    budget: &'a Budget,
}

impl<'a> File<'a> {
    fn new(pdf: &'a Pdf, decoder: &'a Decoder<'a>, budget: &'a Budget) -> Result<Self, Error> {
        let limit = budget.limits().pages;
        if pdf.pages().len() as u64 > limit {
            return Err(Error::limit(format!("the PDF has more than {limit} pages")).raise("pages"));
        }
        let xref = pdf.xref();
        let catalog = xref.get::<Dict<'_>>(xref.root_id()).unwrap_or_default();
        Ok(Self {
            pdf,
            destinations: Destinations::new(pdf, &catalog),
            catalog,
            decoder,
            budget,
        })
    }

    fn each_page(
        &self,
        ties: &Ties,
        diagnostics: &mut Diagnostics,
        mut see: impl FnMut(Page),
    ) -> Result<Rest, Error> {
        let layers = Layers::of(&self.catalog);
        let mut fonts = Fonts::new();
        let mut images = Images::new(self.decoder, self.budget);
        let mut comments = Vec::new();
        let form = self.catalog.get::<Dict<'_>>(&b"AcroForm"[..]);
        let needed = form.and_then(|form| form.get::<bool>(&b"NeedAppearances"[..]));
        let annotations = Annotations {
            destinations: &self.destinations,
            needs_appearances: needed == Some(true),
        };
        for (number, page) in (1..).zip(self.pdf.pages().iter()) {
            self.budget.tick()?;
            let (width, height) = page.render_dimensions();
            let sheet = Page {
                number,
                width,
                height,
                ..Page::default()
            };
            let mut run =
                Interpreter::new(&mut fonts, &layers, ties, self.decoder, self.budget, sheet);
            let ctm = Matrix(page.initial_transform(true).as_coeffs());
            let content = self.decoder.page_content(page.raw())?;
            let clip = Rect::new(0.0, 0.0, width, height);
            run.run(&content.bytes, page.resources(), ctm, clip)?;
            run.trouble.damaged |= content.damaged;
            comments.extend(annotations.place(page.raw(), page.resources(), ctm, &mut run)?);
            let (mut sheet, trouble) = (run.page, run.trouble);
            say_actual(&mut sheet, &ties.actual);
            take_images(&mut sheet, run.images, &mut images, diagnostics)?;
            self.budget.text(sheet.glyphs.len() as u64)?;
            tell(trouble, &sheet, diagnostics);
            see(sheet);
        }
        Ok(Rest {
            files: images.files,
            comments,
        })
    }

    /// Tells of the files that are attached: nobody sees them on a page (ISO 32000-1 7.11.4).
    fn tell_attachments(&self, diagnostics: &mut Diagnostics) {
        let names = self.catalog.get::<Dict<'_>>(&b"Names"[..]);
        let tree = names.and_then(|names| names.get::<Dict<'_>>(&b"EmbeddedFiles"[..]));
        let Some(tree) = tree else {
            return;
        };
        name_tree(&tree, &mut |name, object| {
            let text = |dict: &Dict<'_>, key: &[u8]| {
                let text = dict.get::<PdfString<'_>>(key)?;
                Some(text_string(text.as_bytes()))
            };
            let name = match &object {
                // What the pages show is no loss.
                Object::Dict(file) if is_document(file) => return,
                Object::Dict(file) => text(file, b"UF").or_else(|| text(file, b"F")),
                _ => None,
            }
            .unwrap_or_else(|| text_string(&name));
            let message = format!("the attached file {name:?} is not read");
            diagnostics.add(Code::ContentSkipped, message, None);
        });
    }
}

/// Names the files of a page's pictures.
fn take_images(
    page: &mut Page,
    shown: Vec<Shown<'_>>,
    images: &mut Images<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let mut names = Vec::new();
    for image in shown {
        names.push(match image {
            Shown::Stream(stream, resources) => images.take(&stream, &resources)?,
            Shown::File(file) => images.keep(file)?,
            Shown::Nothing(taken) => taken,
        });
    }
    let number = page.number;
    for picture in &mut page.images {
        match names.get(picture.id as usize) {
            Some(Taken::File(id)) => picture.resource = Some(id.clone()),
            Some(Taken::Dropped(why)) => {
                let message = format!("an image was left out: {why}");
                diagnostics.add(
                    Code::ImageDropped,
                    message,
                    place(number, Some(picture.bbox)),
                );
            }
            Some(Taken::Small) | None => {}
        }
    }
    Ok(())
}

/// A page, or a box on it.
pub(crate) fn place(page: u32, bbox: Option<Rect>) -> Origin {
    let points =
        |bbox: Rect| [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(|edge| Points::new(f64::from(edge)));
    Origin::Page {
        bbox: bbox.map(points),
        found: None,
        page,
        pages: Vec::new(),
    }
}

fn tell(trouble: Trouble, page: &Page, diagnostics: &mut Diagnostics) {
    let place = || place(page.number, None);
    if trouble.too_much {
        let message = "the page has more content than is looked at; the rest of it was left out";
        diagnostics.add(Code::ContentSkipped, message, place());
    }
    if trouble.damaged {
        let message = "content that cannot be decoded was left out";
        diagnostics.add(Code::PackageDamaged, message, place());
    }
    if trouble.loops {
        let message = "a form that contains itself, or stands too deep in others, was left out";
        diagnostics.add(Code::ContentSkipped, message, place());
    }
    if trouble.off {
        let message = "what stands on a layer that is switched off was left out";
        diagnostics.add(Code::ContentSkipped, message, place());
    }
    if trouble.missing {
        let message = "a form or an image that the page names is not there, or holds itself";
        diagnostics.add(Code::ReferenceMissing, message, place());
    }
    if trouble.unknown_glyphs > 0 {
        let message = format!(
            "{} characters are left out, since their fonts do not tell what they say",
            trouble.unknown_glyphs
        );
        diagnostics.add(Code::TextUnknown, message, place());
    }
    let has_text = page
        .glyphs
        .iter()
        .any(|glyph| !glyph.text.trim().is_empty());
    let sheet = page.width * page.height;
    let is_picture = |picture: &Picture| picture.bbox.width() * picture.bbox.height() > sheet / 8.0;
    if !has_text && trouble.unknown_glyphs == 0 && page.images.iter().any(is_picture) {
        let message = "the page shows an image and has no text; what the image says is not read";
        diagnostics.add(Code::NoTextLayer, message, place());
    }
}
