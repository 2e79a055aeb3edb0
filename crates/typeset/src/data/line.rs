//! Lines of text for the styles.

use serde::Serialize;
use tabulary_ir::{Code, Error, Inline, Mark, Marks, NoteKind};

use super::anchors;
use super::blocks::{BlockData, Builder};
use super::image::ImageData;
use super::math::{self, Tree};

/// A piece of a line: plain text as it is, anything else told apart by `k`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    Plain(String),
    Other(Special),
}

#[derive(Serialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub(super) enum Special {
    Text {
        text: String,
        marks: Vec<&'static str>,
    },
    Link {
        line: Vec<Piece>,
        href: String,
    },
    /// A link to a place of the document.
    Jump {
        line: Vec<Piece>,
        to: String,
    },
    Anchor {
        name: String,
    },
    Image(ImageData),
    Formula(Formula),
    Note {
        blocks: Vec<BlockData>,
    },
    Break,
    Tab,
    PageNumber,
    PageCount,
}

/// A formula of mathematics, and what it says in words.
#[derive(Serialize)]
pub(super) struct Formula {
    alt: String,
    tree: Tree,
}

impl<'a> Builder<'a, '_> {
    /// A formula; its text where it has no MathML that can be laid out.
    pub(super) fn formula(&mut self, mathml: Option<&str>, text: &str) -> Result<Formula, String> {
        let alt = self.cleaner.clean(text);
        let tree = mathml.and_then(|mathml| math::tree(mathml, self.budget, &mut self.cleaner));
        let Some(tree) = tree else {
            let message = "formulas of mathematics without MathML were laid out as text";
            self.diagnostics.once(Code::MathAsText, message, None);
            return Err(alt);
        };
        Ok(Formula { alt, tree })
    }

    pub(super) fn labelled(
        &mut self,
        label: Option<&str>,
        content: &'a [Inline],
    ) -> Result<Vec<Piece>, Error> {
        let mut line = self.line(content)?;
        if let Some(label) = label {
            line.insert(0, Piece::Plain(format!("{} ", self.cleaner.clean(label))));
        }
        Ok(line)
    }

    pub(super) fn line(&mut self, content: &'a [Inline]) -> Result<Vec<Piece>, Error> {
        let mut line = Vec::with_capacity(content.len());
        for inline in content {
            self.piece(inline, &mut line)?;
        }
        Ok(line)
    }

    /// Plain text with line feeds and tabulators, evenly marked.
    pub(super) fn text(&mut self, text: &str, marks: Marks) -> Vec<Piece> {
        let mut content = Vec::new();
        tabulary_ir::push_text(&mut content, text, marks);
        let mut line = Vec::with_capacity(content.len());
        for inline in &content {
            match inline {
                Inline::Text(run) => line.push(self.run(&run.text, run.marks)),
                Inline::Tab => line.push(Piece::Other(Special::Tab)),
                _ => line.push(Piece::Other(Special::Break)),
            }
        }
        line
    }

    fn run(&mut self, text: &str, marks: Marks) -> Piece {
        let text = self.cleaner.clean(text);
        if marks.without(Mark::Hidden).is_empty() {
            return Piece::Plain(text);
        }
        let marks = marks.iter().filter_map(mark_name).collect();
        Piece::Other(Special::Text { text, marks })
    }

    fn piece(&mut self, inline: &'a Inline, line: &mut Vec<Piece>) -> Result<(), Error> {
        match inline {
            Inline::Text(run) => line.push(self.run(&run.text, run.marks)),
            Inline::Tab => line.push(Piece::Other(Special::Tab)),
            Inline::LineBreak => line.push(Piece::Other(Special::Break)),
            Inline::Math(math) => {
                line.push(match self.formula(math.mathml.as_deref(), &math.text) {
                    Ok(formula) => Piece::Other(Special::Formula(formula)),
                    Err(text) => Piece::Plain(text),
                });
            }
            Inline::Link(link) => {
                let inner = self.line(&link.content)?;
                let place = link.href.strip_prefix('#');
                if let Some(place) = place.filter(|place| self.anchors.contains_key(place)) {
                    let to = anchors::label(place);
                    line.push(Piece::Other(Special::Jump { line: inner, to }));
                } else if is_address(&link.href) {
                    let href = link.href.clone();
                    line.push(Piece::Other(Special::Link { line: inner, href }));
                } else {
                    let message = format!(
                        "the link to {:?} leads nowhere on paper; its text stands",
                        link.href
                    );
                    self.diagnostics.add(Code::LinkDropped, message, None);
                    line.extend(inner);
                }
            }
            Inline::Field(field) => match field.instruction.split_whitespace().next() {
                Some("PAGE") => line.push(Piece::Other(Special::PageNumber)),
                Some("NUMPAGES") => line.push(Piece::Other(Special::PageCount)),
                _ => line.extend(self.line(field.shown())?),
            },
            Inline::NoteRef(reference) => self.note(&reference.note, line)?,
            Inline::Anchor(anchor) => {
                // Of several places of one name the first counts; what stands on several pages is no place.
                let laid_out = self.anchors.get_mut(anchor.name.as_str());
                if let Some(laid_out) = laid_out.filter(|laid_out| !**laid_out && !self.repeats) {
                    *laid_out = true;
                    let name = anchors::label(&anchor.name);
                    line.push(Piece::Other(Special::Anchor { name }));
                }
            }
            Inline::Image(image) => {
                let resource = image
                    .resource
                    .as_ref()
                    .and_then(|id| self.document.resources.get(id));
                let shown = match resource {
                    Some(resource) => ImageData::new(image, resource, self.text_width),
                    None => Err("its bytes are not in the document".to_owned()),
                };
                match shown {
                    Ok(shown) => {
                        if image.alt.trim().is_empty() {
                            let place = self.cleaner.place;
                            self.without_alternative.get_or_insert(place);
                        }
                        line.push(Piece::Other(Special::Image(shown)));
                    }
                    Err(why) => {
                        let message = format!("an image was left out: {why}");
                        self.diagnostics.add(Code::ImageDropped, message, None);
                        if !image.alt.is_empty() {
                            line.push(Piece::Plain(self.cleaner.clean(&image.alt)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn note(&mut self, id: &str, line: &mut Vec<Piece>) -> Result<(), Error> {
        let Some(&note) = self.notes.get(id) else {
            let message = format!("the note {id:?} is not in the document");
            self.diagnostics.add(Code::ReferenceMissing, message, None);
            return Ok(());
        };
        if note.kind == NoteKind::Comment {
            let number = self.comment(note);
            line.push(number);
            return Ok(());
        }
        // A note inside of a note would be laid out for ever if it named itself.
        if self.in_note {
            return Ok(());
        }
        self.in_note = true;
        let blocks = self.inner(&note.blocks);
        self.in_note = false;
        line.push(Piece::Other(Special::Note { blocks: blocks? }));
        Ok(())
    }
}

fn mark_name(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::Bold => "bold",
        Mark::Code => "code",
        Mark::Highlight => "highlight",
        Mark::Italic => "italic",
        Mark::Smallcaps => "smallcaps",
        Mark::Strike => "strike",
        Mark::Subscript => "subscript",
        Mark::Superscript => "superscript",
        Mark::Underline => "underline",
        Mark::Hidden => return None,
    })
}

/// Whether a link leads to something that a PDF viewer can open.
fn is_address(href: &str) -> bool {
    let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme);
    href.len() <= 2000
        && ["http", "https", "mailto", "ftp", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
}
