//! Reading canonical JSON, and JSON of the same shape that a person or a script wrote.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::VERSION;
use super::wire::{
    CellNode, DocumentNode, FurnitureNode, Ignored, ItemNode, Leaf, Node, VersionOnly,
};
use crate::block::{Code as CodeBlock, ParagraphStyle};
use crate::inline::{Anchor, Field, InlineMath, Link, NoteRef};
use crate::{
    Block, Budget, Cell, Code, Content, Diagnostics, Document, Error, Figure, Furniture, Heading,
    Image, Inline, List, ListItem, Math, Note, Origin, Outcome, PageBreak, Paragraph, Quote,
    ReadOptions, Rule, Section, Table, TableBuilder, push_text,
};

/// Levels of JSON that one level of blocks takes: a table, its cells, a cell, its blocks.
const JSON_LEVELS_PER_BLOCK: u32 = 4;
/// Levels of JSON that inlines, values and origins may take inside the deepest block.
const JSON_LEVELS_IN_BLOCK: u32 = 40;

/// Reads a document.
///
/// # Errors
/// `Input` where the text is not JSON or not of the shape of a document, `Unsupported` where it is of
/// another version, `Limit` where it passes a limit.
pub fn from_slice(bytes: &[u8], options: &ReadOptions) -> Result<Outcome<Document>, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let budget = options.budget();
    check_depth(bytes, budget.limits().block_depth)?;

    let mut ignored = Ignored::new();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    json.disable_recursion_limit();
    let parsed = {
        let json = serde_stacker::Deserializer::new(&mut json);
        serde_ignored::deserialize(json, |path| note_ignored(&mut ignored, &path))
    };
    let parsed: Result<DocumentNode, _> = parsed.and_then(|document| json.end().map(|()| document));
    check_version(bytes, parsed.as_ref().ok())?;
    let node = parsed.map_err(|error| damaged(&error))?;

    let mut reading = Reading {
        budget,
        diagnostics: Diagnostics::new(),
        path: Vec::new(),
        headers: OfSections::new(),
        footers: OfSections::new(),
    };
    for (name, (count, pointer)) in ignored {
        let times = if count > 1 {
            format!(" ({count} times)")
        } else {
            String::new()
        };
        let message = format!("the key {name:?} is not known and was passed over{times}");
        let origin = Origin::Pointer { pointer };
        reading.diagnostics.add(Code::UnknownKey, message, origin);
    }
    let value = reading.document(node)?;
    let diagnostics = reading.diagnostics.into_vec();
    Ok(Outcome { value, diagnostics })
}

fn damaged(error: &serde_json::Error) -> Error {
    let what = if error.is_data() {
        "the JSON has not the shape of a document"
    } else {
        "the text is not valid JSON"
    };
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or_default();
    let origin = Origin::Line {
        column: u32::try_from(error.column()).ok(),
        line: u32::try_from(error.line()).unwrap_or(u32::MAX),
    };
    Error::input(format!("{what}: {cause}"))
        .at(origin)
        .help("`tabulary schema` prints the shape that is expected")
}

fn check_version(bytes: &[u8], document: Option<&DocumentNode>) -> Result<(), Error> {
    let version = match document {
        Some(document) => document.tabulary.clone(),
        None => {
            let mut json = serde_json::Deserializer::from_slice(bytes);
            json.disable_recursion_limit();
            let json = serde_stacker::Deserializer::new(&mut json);
            match VersionOnly::deserialize(json) {
                Ok(found) => found.tabulary,
                Err(_) => return Ok(()),
            }
        }
    };
    match version.as_deref() {
        Some(VERSION) => Ok(()),
        Some(other) => {
            let (kind, number) = other.split_once('/').unwrap_or((other, ""));
            let newer = kind == "document" && number.parse::<u32>().is_ok_and(|number| number > 1);
            let message =
                format!("the JSON is of version {other:?}, and this program reads {VERSION:?}");
            let help = if newer {
                "use a newer Tabulary"
            } else {
                "give a document, as `tabulary convert -t json` writes it"
            };
            Err(Error::unsupported(message).help(help))
        }
        None if document.is_some_and(|document| !document.body.is_empty()) => {
            let message =
                format!("the key \"tabulary\" is missing, where {VERSION:?} was expected");
            Err(Error::input(message).help(format!("add \"tabulary\":\"{VERSION}\"")))
        }
        None => Err(
            Error::input("the JSON is no Tabulary document").help(format!(
                "a document is an object with \"tabulary\":\"{VERSION}\" and \"body\""
            )),
        ),
    }
}

/// Counts brackets outside of texts, before anything is built from them.
fn check_depth(bytes: &[u8], blocks: u32) -> Result<(), Error> {
    let bound = blocks
        .saturating_mul(JSON_LEVELS_PER_BLOCK)
        .saturating_add(JSON_LEVELS_IN_BLOCK);
    let (mut depth, mut in_text, mut escaped) = (0_u32, false, false);
    for &byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if depth > bound {
                    return Err(Error::limit(format!(
                        "the JSON stands more than {bound} levels deep"
                    ))
                    .raise("block_depth"));
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn note_ignored(ignored: &mut Ignored, path: &serde_ignored::Path<'_>) {
    let mut pointer = String::new();
    build_pointer(path, &mut pointer);
    let name = pointer.rsplit('/').next().unwrap_or_default().to_owned();
    ignored.entry(name).or_insert((0, pointer)).0 += 1;
}

fn build_pointer(path: &serde_ignored::Path<'_>, pointer: &mut String) {
    use serde_ignored::Path;
    match path {
        Path::Root => {}
        Path::Seq { parent, index } => {
            build_pointer(parent, pointer);
            pointer.push_str(&format!("/{index}"));
        }
        Path::Map { parent, key } => {
            build_pointer(parent, pointer);
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => {
            build_pointer(parent, pointer);
        }
    }
}

/// A step of a JSON Pointer.
enum Step {
    Key(&'static str),
    Index(usize),
}

struct Reading {
    budget: Budget,
    diagnostics: Diagnostics,
    path: Vec<Step>,
    /// Headers and footers of sections, which stand among those of the document.
    headers: OfSections,
    footers: OfSections,
}

/// Headers or footers by the JSON Pointer of their section, each with its place in its list.
type OfSections = BTreeMap<String, Vec<(usize, FurnitureNode)>>;

/// Takes out of a list what belongs to sections.
fn of_sections(all: Vec<FurnitureNode>) -> (Vec<FurnitureNode>, OfSections) {
    let (mut own, mut others) = (Vec::new(), OfSections::new());
    for (index, mut node) in all.into_iter().enumerate() {
        match node.section.take() {
            Some(section) => others.entry(section).or_default().push((index, node)),
            None => own.push(node),
        }
    }
    (own, others)
}

impl Reading {
    fn pointer(&self) -> Origin {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) => pointer.push_str(&format!("/{key}")),
                Step::Index(index) => pointer.push_str(&format!("/{index}")),
            }
        }
        Origin::Pointer { pointer }
    }

    fn tell(&mut self, code: Code, message: impl Into<String>) {
        let origin = self.pointer();
        self.diagnostics.add(code, message, origin);
    }

    fn each<T, U>(
        &mut self,
        key: &'static str,
        nodes: Vec<T>,
        mut convert: impl FnMut(&mut Self, T) -> Result<U, Error>,
    ) -> Result<Vec<U>, Error> {
        self.path.push(Step::Key(key));
        let mut all = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            all.push(convert(self, node)?);
            self.path.pop();
        }
        self.path.pop();
        Ok(all)
    }

    fn document(&mut self, mut node: DocumentNode) -> Result<Document, Error> {
        for id in node.resources.remove_misnamed() {
            let message =
                format!("the bytes of the resource {id} have another digest; it was left out");
            self.tell(Code::ReferenceMissing, message);
        }
        let (headers, footers);
        (headers, self.headers) = of_sections(node.headers);
        (footers, self.footers) = of_sections(node.footers);
        let document = Document {
            body: self.blocks("body", node.body)?,
            footers: self.each("footers", footers, Self::furniture)?,
            headers: self.each("headers", headers, Self::furniture)?,
            meta: node.meta,
            names: node.names,
            notes: self.each("notes", node.notes, |reading, node| {
                Ok(Note {
                    blocks: reading.blocks("blocks", node.blocks)?,
                    id: node.id,
                    kind: node.kind,
                    label: node.label,
                })
            })?,
            page: node.page,
            resources: node.resources,
        };
        for section in [&mut self.headers, &mut self.footers].map(std::mem::take) {
            for pointer in section.keys() {
                let message = format!(
                    "there is no section at {pointer:?}; its headers and footers were left out"
                );
                self.tell(Code::ReferenceMissing, message);
            }
        }
        Ok(document)
    }

    /// The headers and footers of the section at the present place. They stand among those of the
    /// document; those that stand in the section itself are taken too.
    fn furniture_of_section(
        &mut self,
        node: &mut Node,
    ) -> Result<(Vec<Furniture>, Vec<Furniture>), Error> {
        let headers = node.headers.take().unwrap_or_default();
        let footers = node.footers.take().unwrap_or_default();
        let mut headers = self.each("headers", headers, Self::furniture)?;
        let mut footers = self.each("footers", footers, Self::furniture)?;
        if self.headers.is_empty() && self.footers.is_empty() {
            return Ok((headers, footers));
        }
        let Origin::Pointer { pointer } = self.pointer() else {
            return Ok((headers, footers));
        };
        let found = self.headers.remove(&pointer).unwrap_or_default();
        headers.extend(self.lifted("headers", found)?);
        let found = self.footers.remove(&pointer).unwrap_or_default();
        footers.extend(self.lifted("footers", found)?);
        Ok((headers, footers))
    }

    fn lifted(
        &mut self,
        key: &'static str,
        nodes: Vec<(usize, FurnitureNode)>,
    ) -> Result<Vec<Furniture>, Error> {
        let mut all = Vec::with_capacity(nodes.len());
        for (index, node) in nodes {
            let place = vec![Step::Key(key), Step::Index(index)];
            let section = std::mem::replace(&mut self.path, place);
            all.push(self.furniture(node)?);
            self.path = section;
        }
        Ok(all)
    }

    fn furniture(&mut self, node: FurnitureNode) -> Result<Furniture, Error> {
        Ok(Furniture {
            blocks: self.blocks("blocks", node.blocks)?,
            hidden: node.hidden,
            kind: node.kind,
        })
    }

    fn blocks(&mut self, key: &'static str, nodes: Vec<Node>) -> Result<Vec<Block>, Error> {
        let blocks = self.each(key, nodes, Self::block)?;
        Ok(blocks.into_iter().flatten().collect())
    }

    fn block(&mut self, mut node: Node) -> Result<Option<Block>, Error> {
        self.budget.blocks(1)?;
        self.budget.tick()?;
        let origin = node.origin.take();
        let block = match node.r#type.as_str() {
            "heading" => {
                let given = node.level.take().unwrap_or(1);
                let level = given.clamp(1, 9);
                if level != given {
                    let message = format!("a heading of level {given} was read as level {level}");
                    self.tell(Code::HeadingLevelChanged, message);
                }
                Block::Heading(Heading {
                    content: self.line("content", node.content.take())?,
                    label: node.label.take(),
                    level,
                    origin,
                    style: take_style(&mut node),
                })
            }
            "paragraph" => Block::Paragraph(Paragraph {
                content: self.line("content", node.content.take())?,
                label: node.label.take(),
                origin,
                style: take_style(&mut node),
            }),
            "list" => {
                let items = node.items.take().unwrap_or_default();
                Block::List(List {
                    items: self.each("items", items, Self::item)?,
                    ordered: node.ordered.take().unwrap_or_default(),
                    origin,
                })
            }
            "table" => Block::Table(self.table(&mut node, origin)?),
            "figure" => Block::Figure(self.figure(&mut node, origin)?),
            "quote" => {
                let blocks = node.blocks.take().unwrap_or_default();
                let blocks = self.blocks("blocks", blocks)?;
                Block::Quote(Quote { blocks, origin })
            }
            "code" => Block::Code(CodeBlock {
                language: node.language.take(),
                origin,
                text: node.text.take().unwrap_or_default(),
            }),
            "math" => Block::Math(Math {
                mathml: node.mathml.take(),
                origin,
                text: node.text.take().unwrap_or_default(),
            }),
            "rule" => Block::Rule(Rule { origin }),
            "page_break" => Block::PageBreak(PageBreak {
                column: node.column.take().unwrap_or_default(),
                origin,
            }),
            "section" => {
                let body = node.body.take().unwrap_or_default();
                let (headers, footers) = self.furniture_of_section(&mut node)?;
                Block::Section(Section {
                    body: self.blocks("body", body)?,
                    continuous: node.continuous.take().unwrap_or_default(),
                    footers,
                    headers,
                    hidden: node.hidden.take().unwrap_or_default(),
                    kind: node.kind.take().unwrap_or_default(),
                    name: node.name.take().unwrap_or_default(),
                    origin,
                    page: node.page.take(),
                    sheet: node.sheet.take().filter(|sheet| !sheet.is_empty()),
                })
            }
            unknown => {
                let message =
                    format!("a block of the type {unknown:?} is not known and was left out");
                self.tell(Code::ContentSkipped, message);
                return Ok(None);
            }
        };
        self.tell_leftovers(&node.leftovers(), &node.r#type);
        Ok(Some(block))
    }

    fn tell_leftovers(&mut self, names: &[&str], kind: &str) {
        for name in names {
            let message = format!("the key {name:?} means nothing on a {kind} and was passed over");
            self.tell(Code::UnknownKey, message);
        }
    }

    fn item(&mut self, node: ItemNode) -> Result<ListItem, Error> {
        Ok(ListItem {
            blocks: self.blocks("blocks", node.blocks)?,
            label: node.label,
        })
    }

    fn figure(&mut self, node: &mut Node, origin: Option<Origin>) -> Result<Figure, Error> {
        let data = match node.data.take() {
            Some(mut data) => {
                let origin = data.origin.take();
                Some(self.table(&mut data, origin)?)
            }
            None => None,
        };
        Ok(Figure {
            caption: self.line("caption", node.caption.take())?,
            content: self.line("content", node.content.take())?,
            data,
            origin,
        })
    }

    fn table(&mut self, node: &mut Node, origin: Option<Origin>) -> Result<Box<Table>, Error> {
        let cells = node.cells.take().unwrap_or_default();
        self.budget.cells(cells.len() as u64)?;
        let header_rows = node.header_rows.take().unwrap_or_default();
        let mut builder = TableBuilder::new()
            .size(node.rows.take().unwrap_or_default(), 0)
            .columns(node.columns.take().unwrap_or_default())
            .headers(header_rows, node.header_columns.take().unwrap_or_default())
            .caption(self.line("caption", node.caption.take())?)
            .name(node.name.take())
            .row_settings(node.row_settings.take().unwrap_or_default())
            .rtl(node.rtl.take().unwrap_or_default())
            .origin(origin);
        for cell in self.each("cells", cells, Self::cell)? {
            builder.place(cell);
        }
        let mut repairs = Diagnostics::new();
        let table = builder.finish(&mut repairs);
        let here = self.pointer();
        for mut repair in repairs.into_vec() {
            repair.origin = Some(here.clone());
            self.diagnostics.push(repair);
        }
        Ok(Box::new(table))
    }

    fn cell(&mut self, node: CellNode) -> Result<Cell, Error> {
        let content = match node.blocks {
            Some(blocks) => {
                if node.text.is_some() {
                    self.tell(
                        Code::UnknownKey,
                        "a cell has blocks, and its text beside them was passed over",
                    );
                }
                Content::Blocks(self.blocks("blocks", blocks)?)
            }
            None => Content::Text(node.text.unwrap_or_default()),
        };
        let style = node
            .style
            .filter(|style| *style != crate::CellStyle::default());
        Ok(Cell {
            row: node.row,
            col: node.col,
            row_span: node.row_span.unwrap_or(1),
            col_span: node.col_span.unwrap_or(1),
            value: node.value,
            content,
            format: node.format,
            formula: node.formula,
            computed: node.computed.unwrap_or_default(),
            style: style.map(Arc::new),
            origin: node.origin,
        })
    }

    fn line(&mut self, key: &'static str, leaves: Option<Vec<Leaf>>) -> Result<Vec<Inline>, Error> {
        let mut content = Vec::new();
        self.each(key, leaves.unwrap_or_default(), |reading, leaf| {
            reading.inline(leaf, &mut content)
        })?;
        Ok(content)
    }

    fn inline(&mut self, mut leaf: Leaf, content: &mut Vec<Inline>) -> Result<(), Error> {
        match leaf.r#type.as_str() {
            "text" => {
                let marks = leaf.marks.take().unwrap_or_default();
                push_text(content, &leaf.text.take().unwrap_or_default(), marks);
            }
            "link" => content.push(Inline::Link(Link {
                content: self.line("content", leaf.content.take())?,
                href: leaf.href.take().unwrap_or_default(),
            })),
            "image" => {
                self.budget.images(1)?;
                content.push(Inline::Image(Image {
                    alt: leaf.alt.take().unwrap_or_default(),
                    href: leaf.href.take(),
                    resource: leaf.resource.take(),
                    size: leaf.size.take(),
                }));
            }
            "note_ref" => content.push(Inline::NoteRef(NoteRef {
                note: leaf.note.take().unwrap_or_default(),
            })),
            "math" => content.push(Inline::Math(InlineMath {
                mathml: leaf.mathml.take(),
                text: leaf.text.take().unwrap_or_default(),
            })),
            "field" => content.push(Inline::Field(Field {
                content: self.line("content", leaf.content.take())?,
                control: leaf.control.take(),
                instruction: leaf.instruction.take().unwrap_or_default(),
            })),
            "anchor" => content.push(Inline::Anchor(Anchor {
                name: leaf.name.take().unwrap_or_default(),
            })),
            "tab" => content.push(Inline::Tab),
            "line_break" => content.push(Inline::LineBreak),
            unknown => {
                let message = format!("an inline of the type {unknown:?} is not known");
                let text = leaf.text.take().unwrap_or_default();
                if text.is_empty() {
                    self.tell(Code::ContentSkipped, format!("{message} and was left out"));
                    return Ok(());
                }
                self.tell(Code::ContentSkipped, format!("{message}; its text stands"));
                push_text(content, &text, crate::Marks::NONE);
            }
        }
        self.tell_leftovers(&leaf.leftovers(), &leaf.r#type);
        Ok(())
    }
}

fn take_style(node: &mut Node) -> ParagraphStyle {
    node.style.take().unwrap_or_default()
}
