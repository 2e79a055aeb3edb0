//! The parts of the package, and the walk through blocks.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{
    Block, Budget, Code, Control, Diagnostics, Document, Error, ErrorKind, HeadingsFrom, Input,
    Math, Note, Origin, Outcome, ReadOptions, ResourceId, Resources, TrackedChanges,
};
use tabulary_package::xml::{Element, Event, Ns, Pull, Start, decode};
use tabulary_package::{Package, from_flat, is_flat};

use crate::anchor;
use crate::control;
use crate::flow::Flow;
use crate::furniture::Sections;
use crate::markup::{attribute, is_property};
use crate::math;
use crate::notes::Notes;
use crate::numbering::{Counters, Numbering};
use crate::outline::Faces;
use crate::record::Record;
use crate::scope::{Scope, Steps};
use crate::styles::Styles;
use crate::table::Grid;

/// Elements of one block stand no deeper in one another than this before they are cut.
const NESTING: u32 = 200;

/// A document while it is read.
pub(crate) struct Reading<'a> {
    pub(crate) package: Package<'a>,
    pub(crate) budget: &'a Budget,
    pub(crate) options: &'a ReadOptions,
    /// In how many other documents it stands, and how many stand in it.
    pub(crate) level: u32,
    pub(crate) chunks: u32,
    /// The notes of documents inside of it.
    pub(crate) inner_notes: Vec<Note>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) styles: Styles,
    pub(crate) numbering: Numbering,
    pub(crate) counters: Counters,
    pub(crate) notes: Notes,
    pub(crate) record: Record,
    pub(crate) sections: Sections,
    pub(crate) resources: Resources,
    pub(crate) scope: Scope,
    /// How many tables stand around the place that is read.
    pub(crate) depth: u32,
    /// How many elements stand around it within its block.
    pub(crate) nesting: u32,
    /// Images that were read, by the name of their part.
    pub(crate) images: BTreeMap<String, ResourceId>,
    /// Which view of tracked changes is read.
    pub(crate) changes: TrackedChanges,
    /// What makes a paragraph a heading.
    pub(crate) headings: HeadingsFrom,
    /// How the lines of the body are set.
    pub(crate) faces: Faces,
    /// The names of places that something leads to.
    pub(crate) referred: BTreeSet<String>,
    /// Places that stand before the next line.
    pub(crate) anchors: Vec<String>,
    /// The content controls around the place that is read, each with the depth at which it began.
    controls: Vec<(u32, Option<Control>)>,
    told: BTreeSet<&'static str>,
}

/// The part that holds the document (ECMA-376 11.3.10): the target of the package's `officeDocument`
/// relationship, else a part with the content type of one, else `word/document.xml`.
pub(crate) fn find_main_part(package: &mut Package<'_>) -> Result<String, Error> {
    const USUAL: &str = "word/document.xml";
    let is_word = |kind: &str| {
        kind.contains("wordprocessingml") && kind.contains(".main") || kind.contains("ms-word")
    };
    let main = package.main_part()?;
    if let Some(part) = &main
        && package.has(part)
    {
        let kind = package.content_type(part);
        if is_word(kind) || part.eq_ignore_ascii_case(USUAL) {
            return Ok(part.clone());
        }
        if kind.contains("spreadsheetml") || kind.contains("presentationml") {
            return Err(Error::input(format!(
                "the package is no Word document: its main part {part} is of the type {kind}"
            ))
            .help("name the format of the file with -f, or let it be told from the content"));
        }
    }
    let names = package.names().iter();
    let by_type = names
        .filter(|name| {
            package
                .content_type(name)
                .contains("wordprocessingml.document.main")
        })
        .min()
        .cloned();
    if let Some(part) = by_type {
        return Ok(part);
    }
    if package.has(USUAL) {
        return Ok(USUAL.to_owned());
    }
    Err(Error::input(
        "the package has no main part of a Word document, such as word/document.xml",
    ))
}

/// Reads a document.
pub(crate) fn read(input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
    let budget = options.budget();
    budget.limits().admit(input.bytes.len() as u64)?;
    let (document, diagnostics) = read_package(input.bytes, options, &budget, 0, String::new())?;
    Ok(Outcome {
        value: document,
        diagnostics: diagnostics.into_vec(),
    })
}

/// Reads a document that stands in `level` others, whose notes get identifiers with a prefix.
pub(crate) fn read_package(
    bytes: &[u8],
    options: &ReadOptions,
    budget: &Budget,
    level: u32,
    prefix: String,
) -> Result<(Document, Diagnostics), Error> {
    let zip;
    let bytes = if is_flat(bytes) {
        zip = from_flat(bytes, budget)?;
        &zip
    } else {
        bytes
    };
    let mut package = Package::open(bytes, budget)?;
    let main = find_main_part(&mut package)?;
    let mut reading = Reading {
        package,
        budget,
        options,
        level,
        chunks: 0,
        inner_notes: Vec::new(),
        diagnostics: Diagnostics::new(),
        styles: Styles::default(),
        numbering: Numbering::default(),
        counters: Counters::default(),
        notes: Notes::prefixed(prefix),
        record: Record::default(),
        sections: Sections::default(),
        resources: Resources::default(),
        scope: Scope::default(),
        depth: 0,
        nesting: 0,
        images: BTreeMap::new(),
        changes: options.tracked_changes,
        headings: options.headings,
        faces: Faces::new(),
        referred: BTreeSet::new(),
        anchors: Vec::new(),
        controls: Vec::new(),
        told: BTreeSet::new(),
    };
    let mut document = reading.document(&main)?;
    document.resources = reading.resources;
    Ok((document, reading.diagnostics))
}

impl Reading<'_> {
    fn document(&mut self, main: &str) -> Result<Document, Error> {
        let bytes = self.package.read(main)?;
        let text = decode(&bytes);
        self.enter(main)?;
        self.referred = anchor::referred(&text);
        self.read_definitions()?;
        if self.record.own {
            // Places that only the writer's table of contents leads to.
            self.referred.retain(|name| !name.starts_with("_Contents"));
        }
        let mut document = Document {
            meta: tabulary_package::metadata(
                &mut self.package,
                self.record.own,
                &mut self.diagnostics,
            )?,
            body: self.body(&text)?,
            ..Document::default()
        };
        let meta = &mut document.meta;
        let has_any = meta.title.is_some() || !meta.fields.is_empty();
        meta.unseen = has_any && (!self.record.own || self.record.unseen);
        self.guess_headings(&mut document.body);
        document.notes = self.read_notes()?;
        document.notes.append(&mut self.inner_notes);
        self.enter(main)?;
        let (running, hidden) = self.furniture()?;
        let (page, lines) = self.set_pages(&mut document.body, running);
        document.page = page;
        (document.headers, document.footers) = (lines.headers, lines.footers);
        document.headers.extend(hidden.headers);
        document.footers.extend(hidden.footers);
        Ok(document)
    }

    /// Makes a part the one that is read; gives the one that was.
    pub(crate) fn enter(&mut self, part: &str) -> Result<Scope, Error> {
        let found = self.package.relationships(part);
        let found = self.or_damaged(part, found)?.unwrap_or_default();
        let mut scope = Scope {
            part: part.to_owned(),
            relationships: BTreeMap::new(),
        };
        for relationship in found {
            let id = relationship.id.clone();
            scope.relationships.entry(id).or_insert(relationship);
        }
        Ok(std::mem::replace(&mut self.scope, scope))
    }

    /// The parts that the body needs: notes of the writer, styles, numbering, footnotes and the like.
    fn read_definitions(&mut self) -> Result<(), Error> {
        for part in self.scope.targets("customXml") {
            if let Some(root) = self.root_if(&part, |start| start.is(Ns::Record, "record"))?
                && let Some(record) = Record::of(&root)
            {
                self.record = record;
            }
        }
        if let Some(root) = self.first_root("styles")? {
            self.styles = Styles::of(&root, self.record.own);
        }
        if let Some(root) = self.first_root("numbering")? {
            self.numbering = Numbering::of(&root, &self.styles);
        }
        self.load_notes()
    }

    /// The root of the first part that the present one refers to by a kind of relationship.
    pub(crate) fn first_root(&mut self, kind: &str) -> Result<Option<Element>, Error> {
        match self.scope.targets(kind).first() {
            Some(part) => self.root(part),
            None => Ok(None),
        }
    }

    /// A part as a tree; what stands before the fault where it is damaged.
    pub(crate) fn root(&mut self, part: &str) -> Result<Option<Element>, Error> {
        self.root_if(part, |_| true)
    }

    fn root_if(
        &mut self,
        part: &str,
        wanted: impl Fn(&Start<'_>) -> bool,
    ) -> Result<Option<Element>, Error> {
        if !self.package.has(part) {
            let message = format!("the part {part} is not there; what it says is missing");
            let origin = Origin::part(self.scope.part.clone(), "");
            self.diagnostics
                .add(Code::ReferenceMissing, message, origin);
            return Ok(None);
        }
        let bytes = self.package.read(part);
        let Some(bytes) = self.or_damaged(part, bytes)? else {
            return Ok(None);
        };
        let text = decode(&bytes);
        let mut pull = Pull::new(&text, self.budget);
        let (root, fault) = match pull.next_event() {
            Ok(Event::Start(start)) if wanted(&start) => {
                let (root, fault) = pull.partial_element(start);
                (Some(root), fault)
            }
            Ok(_) => (None, None),
            Err(fault) => (None, Some(fault)),
        };
        if let Some(fault) = fault {
            self.xml_fault(part, fault)?;
        }
        Ok(root)
    }

    /// A part that cannot be inflated is told and passed over; a limit ends the work.
    pub(crate) fn or_damaged<T>(
        &mut self,
        part: &str,
        result: Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == ErrorKind::Limit => Err(error),
            Err(error) => {
                let message = format!("{error}; it was passed over");
                let origin = Origin::part(part, "");
                self.diagnostics.add(Code::PackageDamaged, message, origin);
                Ok(None)
            }
        }
    }

    fn xml_fault(&mut self, part: &str, fault: Error) -> Result<(), Error> {
        if fault.kind() == ErrorKind::Limit {
            return Err(fault.at(Origin::part(part, "")));
        }
        let message = format!("{fault}; what stands before was read");
        let origin = Origin::part(part, "");
        self.diagnostics.add(Code::XmlDamaged, message, origin);
        Ok(())
    }

    /// Adds a diagnostic at a path of the part that is read.
    pub(crate) fn tell(&mut self, code: Code, message: impl Into<String>, path: &str) {
        let origin = self.origin(path);
        self.diagnostics.add(code, message, origin);
    }

    /// Adds a diagnostic the first time that this is told.
    pub(crate) fn tell_once(&mut self, code: Code, message: &'static str, path: &str) {
        if self.told.insert(message) {
            self.tell(code, message, path);
        }
    }

    /// A place of the part that is read.
    pub(crate) fn origin(&self, path: &str) -> Origin {
        Origin::part(self.scope.part.clone(), path)
    }

    /// A flow for blocks at the present depth.
    pub(crate) fn flow(&self) -> Flow {
        Flow::new(self.budget.limits().block_depth.saturating_sub(self.depth))
    }

    /// Reads the body, block by block.
    fn body(&mut self, text: &str) -> Result<Vec<Block>, Error> {
        let part = self.scope.part.clone();
        let mut pull = Pull::new(text, self.budget);
        let mut flow = self.flow();
        let mut steps = Steps::default();
        let mut in_body = false;
        let fault = loop {
            let fault = match pull.next_event() {
                Ok(Event::Start(start)) if in_body => {
                    self.pulled(&mut pull, start, &mut steps, &mut flow)?
                }
                Ok(Event::Start(start)) => {
                    in_body = start.is(Ns::W, "body");
                    None
                }
                Ok(Event::End) => {
                    let depth = pull.depth();
                    while self.controls.pop_if(|(began, _)| *began > depth).is_some() {}
                    None
                }
                Ok(Event::Text(_)) => None,
                Ok(Event::Eof) => break None,
                Err(fault) => Some(fault),
            };
            if fault.is_some() {
                break fault;
            }
        };
        match fault {
            Some(fault) if !in_body && fault.kind() != ErrorKind::Limit => {
                return Err(
                    Error::input("the document is damaged before its body begins")
                        .caused_by(fault)
                        .at(Origin::part(part, "")),
                );
            }
            Some(fault) => self.xml_fault(&part, fault)?,
            None if !in_body => {
                return Err(
                    Error::input("the main part has no body, where `w:body` was expected")
                        .at(Origin::part(part, "")),
                );
            }
            None => {}
        }
        Ok(flow.finish())
    }

    /// Reads what begins in the body. Containers of blocks are entered, tables pulled row by row.
    fn pulled(
        &mut self,
        pull: &mut Pull<'_>,
        start: Start<'_>,
        steps: &mut Steps,
        flow: &mut Flow,
    ) -> Result<Option<Error>, Error> {
        if start.is(Ns::W, "tbl") {
            return self.pulled_table(pull, steps, flow);
        }
        let is_inserted = start.is(Ns::W, "ins") || start.is(Ns::W, "moveTo");
        let container = start.ns == Ns::W
            && matches!(
                start.local.as_ref(),
                "sdt" | "sdtContent" | "customXml" | "smartTag"
            );
        if start.is(Ns::W, "sdt") {
            self.controls.push((pull.depth(), None));
        }
        if container || is_inserted && self.changes != TrackedChanges::Reject {
            return Ok(None);
        }
        let is_control = start.is(Ns::W, "sdtPr");
        let (element, fault) = pull.partial_element(start);
        if let Some((_, control)) = self.controls.last_mut().filter(|_| is_control) {
            *control = control::of_properties(&element);
        }
        self.block(&element, steps, flow)?;
        Ok(fault)
    }

    fn pulled_table(
        &mut self,
        pull: &mut Pull<'_>,
        steps: &mut Steps,
        flow: &mut Flow,
    ) -> Result<Option<Error>, Error> {
        self.budget.blocks(1)?;
        let mut grid = Grid::new(steps.next("tbl"));
        let outside = pull.depth() - 1;
        let fault = loop {
            match pull.next_event() {
                Ok(Event::Start(start)) => {
                    let (element, fault) = pull.partial_element(start);
                    self.table_child(&mut grid, &element)?;
                    if fault.is_some() {
                        break fault;
                    }
                }
                Ok(Event::End) if pull.depth() <= outside => break None,
                Ok(Event::Eof) => break None,
                Ok(Event::End | Event::Text(_)) => {}
                Err(fault) => break Some(fault),
            }
        };
        self.place_table(grid, flow)?;
        Ok(fault)
    }

    /// Reads the blocks of an element.
    pub(crate) fn blocks(
        &mut self,
        parent: &Element,
        steps: &mut Steps,
        flow: &mut Flow,
    ) -> Result<(), Error> {
        if self.nesting >= NESTING {
            let message =
                format!("elements stand more than {NESTING} deep; the inner ones were left out");
            self.tell(Code::ContentSkipped, message, &steps.parent);
            return Ok(());
        }
        self.nesting += 1;
        for element in parent.elements() {
            self.block(element, steps, flow)?;
        }
        self.nesting -= 1;
        Ok(())
    }

    fn block(
        &mut self,
        element: &Element,
        steps: &mut Steps,
        flow: &mut Flow,
    ) -> Result<(), Error> {
        if is_property(element) {
            return Ok(());
        }
        if self.is_gone(element) {
            self.tell_changed(&steps.parent);
            return Ok(());
        }
        match (element.ns, element.local.as_str()) {
            (Ns::W, "p") => {
                self.budget.blocks(1)?;
                let path = steps.next("p");
                self.paragraph(element, &path, flow)
            }
            (Ns::W, "tbl") => {
                self.budget.blocks(1)?;
                let path = steps.next("tbl");
                self.table(element, path, flow)
            }
            (Ns::W, "bookmarkStart") => {
                let name = attribute(element, "name").unwrap_or_default();
                if self.referred.contains(name) {
                    self.anchors.push(name.to_owned());
                }
                Ok(())
            }
            (Ns::W, "sdt") => {
                let control = control_of(element);
                self.within(control, |reading| reading.blocks(element, steps, flow))
            }
            (Ns::W, "sectPr") => {
                self.end_pages(element, flow);
                Ok(())
            }
            (Ns::W, "altChunk") => {
                let path = steps.next("altChunk");
                self.chunk(element, &path, flow)
            }
            (Ns::W, "subDoc") => {
                let what = "a document inside of the document was left out";
                self.tell(Code::ContentSkipped, what, &steps.parent);
                Ok(())
            }
            (Ns::M, "oMath" | "oMathPara") => {
                for formula in math::formulas(element) {
                    let formula = math::read(formula, self.changes);
                    for (code, message) in formula.told {
                        self.tell(code, message, &steps.parent);
                    }
                    flow.block(Block::Math(Math {
                        mathml: formula.mathml.map(|mathml| math::as_block(&mathml)),
                        text: formula.text,
                        ..Math::default()
                    }));
                }
                Ok(())
            }
            (Ns::Mc, "AlternateContent") => match alternative(element) {
                Some(chosen) => self.blocks(chosen, steps, flow),
                None => Ok(()),
            },
            _ => self.blocks(element, steps, flow),
        }
    }

    /// The content control around the place that is read.
    pub(crate) fn control(&self) -> Option<&Control> {
        let (_, control) = self.controls.last()?;
        control.as_ref()
    }

    /// Reads what stands in a content control.
    pub(crate) fn within<T>(
        &mut self,
        control: Option<Control>,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.controls.push((0, control));
        let result = read(self);
        self.controls.pop();
        result
    }
}

/// What a content control says of itself.
pub(crate) fn control_of(element: &Element) -> Option<Control> {
    element
        .child(Ns::W, "sdtPr")
        .and_then(control::of_properties)
}

/// The branch of an `AlternateContent` (ECMA-376-3 7.6) that is read: the first choice, unless it holds
/// nothing that is known here and the fallback stands.
pub(crate) fn alternative(element: &Element) -> Option<&Element> {
    let choice = element.child(Ns::Mc, "Choice");
    let fallback = element.child(Ns::Mc, "Fallback");
    match (choice, fallback) {
        (Some(choice), Some(fallback)) if !is_known(choice) => Some(fallback),
        (Some(choice), _) => Some(choice),
        (None, fallback) => fallback,
    }
}

fn is_known(branch: &Element) -> bool {
    branch.descendants().any(|element| {
        matches!(
            (element.ns, element.local.as_str()),
            (Ns::W, "t" | "p" | "tab" | "br" | "sym")
                | (Ns::A, "blip")
                | (Ns::V, "imagedata")
                | (Ns::C, "chart")
                | (Ns::Dgm, "relIds")
                | (Ns::M, "oMath")
        )
    })
}
