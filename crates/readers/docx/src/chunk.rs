//! Documents inside of a document (ECMA-376-1 17.17.2.1): Word takes them in when it opens it.

use tabulary_ir::{Block, Budget, Code, Diagnostics, Document, Error, ErrorKind};
use tabulary_markup::read::Markup;
use tabulary_package::xml::{Element, Ns, decode};
use tabulary_package::{is_flat, is_zip};

use crate::flow::Flow;
use crate::reading::{Reading, read_package};

/// Documents stand no deeper in one another than this.
const NESTING: u32 = 3;

impl Reading<'_> {
    /// Reads a document inside of the document: another Word document, a web page, plain text.
    pub(crate) fn chunk(
        &mut self,
        element: &Element,
        path: &str,
        flow: &mut Flow,
    ) -> Result<(), Error> {
        let id = element.attribute(Ns::R, "id").unwrap_or_default();
        let part = self.scope.relationship(id).map(|r| r.target.clone());
        let Some(part) = part.filter(|part| self.package.has(part)) else {
            let message = format!("the document {id:?} inside of the document is not there");
            self.tell(Code::ReferenceMissing, message, path);
            return Ok(());
        };
        let bytes = self.package.read(&part);
        let Some(bytes) = self.or_damaged(&part, bytes)? else {
            return Ok(());
        };
        let kind = self.package.content_type(&part).to_ascii_lowercase();
        self.chunks += 1;
        let read = if is_zip(&bytes) || is_flat(&bytes) {
            self.inner_document(&bytes)
        } else if kind.contains("html") || part.ends_with(".htm") || part.ends_with(".html") {
            page(&decode(&bytes), self.budget).map(Some)
        } else if kind.starts_with("text/plain") || part.ends_with(".txt") {
            Ok(Some((lines(&decode(&bytes)), Diagnostics::new())))
        } else {
            Ok(None)
        };
        match read {
            Ok(Some((document, diagnostics))) => {
                self.take_in(document, diagnostics, flow);
            }
            Ok(None) => {
                let message = format!(
                    "the document {part} inside of the document, of the type {kind:?}, was left out"
                );
                self.tell(Code::ContentSkipped, message, path);
            }
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                let message = format!("the document {part} was left out: {error}");
                self.tell(Code::PackageDamaged, message, path);
            }
        }
        Ok(())
    }

    fn inner_document(&mut self, bytes: &[u8]) -> Result<Option<(Document, Diagnostics)>, Error> {
        if self.level >= NESTING {
            return Ok(None);
        }
        let prefix = format!("{}c{}-", self.notes.prefix, self.chunks);
        read_package(bytes, self.options, self.budget, self.level + 1, prefix).map(Some)
    }

    /// What is no part of the body, such as headers, is not taken in.
    fn take_in(&mut self, document: Document, diagnostics: Diagnostics, flow: &mut Flow) {
        self.diagnostics.extend(diagnostics.into_vec());
        for (_, resource) in document.resources.iter() {
            let name = resource.name.clone();
            self.resources
                .add(resource.data.clone(), &resource.media_type, name);
        }
        self.inner_notes.extend(document.notes);
        for block in document.body {
            flow.block(block);
        }
    }
}

fn page(text: &str, budget: &Budget) -> Result<(Document, Diagnostics), Error> {
    Markup::new(budget).page(text)
}

fn lines(text: &str) -> Document {
    Document {
        body: text.lines().map(Block::paragraph).collect(),
        ..Document::default()
    }
}
