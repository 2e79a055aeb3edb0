//! Writes the document model as one self-contained web page that reads back equal.
//!
//! Images are part of the page, there is no script, and the style sheet serves the screen and paper.
//! What becomes of the blocks is the matter of `tabulary-markup`, which Markdown shares.

mod head;

use std::io;

use tabulary_ir::{
    Capabilities, Document, Error, Format, Furniture, FurnitureKind, Outcome, WriteOptions, Writer,
};
use tabulary_markup::write::Html;

/// Web pages.
pub static FORMAT: Format = Format {
    id: "html",
    name: "web page",
    extensions: &["html", "htm", "xhtml"],
    media_type: "text/html",
};

/// Writes web pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct HtmlWriter;

impl Writer for HtmlWriter {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::of_pages()
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        let budget = options.budget();
        let mut page = Page {
            html: Html::new(document, &budget),
            output,
        };
        page.write(document)?;
        Ok(Outcome {
            value: (),
            diagnostics: page.html.diagnostics.into_vec(),
        })
    }
}

struct Page<'a> {
    html: Html<'a>,
    output: &'a mut dyn io::Write,
}

impl<'a> Page<'a> {
    fn write(&mut self, document: &'a Document) -> Result<(), Error> {
        let begin = head::begin(document, &mut self.html);
        self.put(&begin)?;
        for header in &document.headers {
            self.furniture("header", header)?;
        }
        let block = head::block(document, &mut self.html);
        self.put(&block)?;
        for block in &document.body {
            self.html.block(block)?;
            let written = self.html.take();
            self.put(&written)?;
        }
        self.html.notes(&document.notes)?;
        let written = self.html.take();
        self.put(&written)?;
        for footer in &document.footers {
            self.furniture("footer", footer)?;
        }
        self.put("</body>\n</html>\n")
    }

    fn furniture(&mut self, name: &str, furniture: &'a Furniture) -> Result<(), Error> {
        let kind = match furniture.kind {
            FurnitureKind::Default => "default",
            FurnitureKind::First => "first",
            FurnitureKind::Even => "even",
        };
        self.put(&format!("<{name} data-kind=\"{kind}\">\n"))?;
        self.html.blocks(&furniture.blocks)?;
        let written = self.html.take();
        self.put(&format!("{written}</{name}>\n"))
    }

    fn put(&mut self, text: &str) -> Result<(), Error> {
        let written = self.output.write_all(text.as_bytes());
        written.map_err(|error| Error::io("the page could not be written", error))
    }
}

#[cfg(test)]
mod tests;
