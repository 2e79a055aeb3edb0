//! The structure that the maker of a tagged PDF gives it (ISO 32000-1 14.7 and 14.8).

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, String as PdfString,
};
use tabulary_pages::{Child, Element, Role};

use crate::text::text_string;

/// How deep elements may stand in one another.
const DEPTH: usize = 96;
/// The most elements and marks.
const PARTS: usize = 2_000_000;
/// How many names may stand for one another.
const ROLES: usize = 16;
/// The most rows or columns of a cell.
const SPAN: u32 = 16_384;

/// What ties the content of pages to the structure, beside the numbers that they give themselves.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    /// Numbers for what is marked in forms, where the numbers are the form's own.
    forms: BTreeMap<(ObjectIdentifier, u32), u32>,
    /// What elements say instead of their glyphs, by page and number: all of it under their first number.
    pub(crate) actual: BTreeMap<(u32, u32), String>,
}

impl Ties {
    /// The number that stands for the one that a form gives.
    pub(crate) fn of_form(&self, form: ObjectIdentifier, mark: u32) -> Option<u32> {
        self.forms.get(&(form, mark)).copied()
    }
}

/// The numbers that stand for those of forms begin here: no page has as many marks.
const OF_FORMS: u32 = 1 << 30;

/// The structure of a document, if it has one. `pages` are the pages' numbers, counted from 1.
pub(crate) fn structure(
    catalog: &Dict<'_>,
    pages: &BTreeMap<ObjectIdentifier, u32>,
) -> (Option<Element>, Ties) {
    let Some(root) = catalog.get::<Dict<'_>>(&b"StructTreeRoot"[..]) else {
        return (None, Ties::default());
    };
    let mut tree = Tree {
        pages,
        roles: root.get::<Dict<'_>>(&b"RoleMap"[..]).unwrap_or_default(),
        classes: root.get::<Dict<'_>>(&b"ClassMap"[..]).unwrap_or_default(),
        seen: BTreeSet::new(),
        parts: 0,
        ties: Ties::default(),
    };
    let mut element = Element {
        row_span: 1,
        col_span: 1,
        ..Element::default()
    };
    let place = Place::default();
    tree.kids(&root, &place, &mut element.children);
    let element = (!element.children.is_empty()).then_some(element);
    (element, tree.ties)
}

/// Where an element stands.
#[derive(Clone, Copy, Default)]
struct Place {
    page: Option<u32>,
    depth: usize,
    /// How many sections it stands in.
    sections: u8,
}

struct Tree<'a, 'p> {
    pages: &'p BTreeMap<ObjectIdentifier, u32>,
    roles: Dict<'a>,
    classes: Dict<'a>,
    seen: BTreeSet<ObjectIdentifier>,
    parts: usize,
    ties: Ties,
}

impl<'a> Tree<'a, '_> {
    fn kids(&mut self, dict: &Dict<'a>, place: &Place, children: &mut Vec<Child>) {
        const KEY: &[u8] = b"K";
        if let Some(kids) = dict.get::<Array<'_>>(KEY) {
            let objects = kids.iter::<Object<'_>>();
            for (raw, kid) in kids.raw_iter().zip(objects) {
                self.kid(raw, kid, place, children);
            }
        } else if let (Some(raw), Some(kid)) = (dict.get_raw(KEY), dict.get::<Object<'_>>(KEY)) {
            self.kid(raw, kid, place, children);
        }
    }

    fn kid(
        &mut self,
        raw: MaybeRef<Object<'a>>,
        kid: Object<'a>,
        place: &Place,
        children: &mut Vec<Child>,
    ) {
        self.parts += 1;
        if self.parts > PARTS {
            return;
        }
        match kid {
            Object::Number(mark) => {
                let mark = u32::try_from(mark.as_i64()).ok();
                if let (Some(page), Some(mark)) = (place.page, mark) {
                    children.push(Child::Mark { page, mark });
                }
            }
            Object::Dict(dict) => {
                if let Some(id) = raw.as_obj_ref().map(ObjectIdentifier::from)
                    && !self.seen.insert(id)
                {
                    return;
                }
                let kind = dict.get::<Name<'_>>(&b"Type"[..]);
                match kind.as_ref().map(AsRef::as_ref) {
                    Some(b"MCR") => children.extend(self.mark(&dict, place)),
                    Some(b"OBJR") => {}
                    _ => children.extend(self.element(&dict, place).map(Child::Element)),
                }
            }
            _ => {}
        }
    }

    /// What a page paints under a number (ISO 32000-1 table 324). Those of forms have numbers of their own.
    fn mark(&mut self, dict: &Dict<'_>, place: &Place) -> Option<Child> {
        let page = self.page(dict).or(place.page)?;
        let mark = dict.get::<u32>(&b"MCID"[..])?;
        let mark = if dict.contains_key(&b"Stm"[..]) {
            let form = dict.get_ref(&b"Stm"[..])?.into();
            let next = OF_FORMS + self.ties.forms.len() as u32;
            *self.ties.forms.entry((form, mark)).or_insert(next)
        } else {
            mark
        };
        Some(Child::Mark { page, mark })
    }

    fn page(&self, dict: &Dict<'_>) -> Option<u32> {
        let page = dict.get_ref(&b"Pg"[..])?;
        self.pages.get(&page.into()).copied()
    }

    fn element(&mut self, dict: &Dict<'a>, place: &Place) -> Option<Element> {
        if place.depth >= DEPTH {
            return None;
        }
        let name = self.role_name(dict);
        if name == b"Artifact" {
            return None;
        }
        let role = role(&name, place.sections);
        let mut inner = Place {
            page: self.page(dict).or(place.page),
            depth: place.depth + 1,
            ..*place
        };
        if matches!(&name[..], b"Sect" | b"Art" | b"Part") {
            inner.sections = inner.sections.saturating_add(1);
        }
        let mut element = Element {
            role,
            alt: text(dict, b"Alt"),
            row_span: 1,
            col_span: 1,
            ..Element::default()
        };
        if matches!(role, Role::HeaderCell | Role::DataCell) {
            element.row_span = self.attribute(dict, b"RowSpan");
            element.col_span = self.attribute(dict, b"ColSpan");
        }
        self.kids(dict, &inner, &mut element.children);
        if let Some(actual) = dict.get::<PdfString<'_>>(&b"ActualText"[..]) {
            let mut marks = Vec::new();
            marks_of(&element, &mut marks);
            let mut text = text_string(actual.as_bytes());
            for mark in marks {
                self.ties.actual.insert(mark, std::mem::take(&mut text));
            }
        }
        Some(element)
    }

    /// The standard name of what an element is, after the names that the document gives (ISO 32000-1 14.7.3).
    fn role_name(&self, dict: &Dict<'_>) -> Vec<u8> {
        let name = dict.get::<Name<'_>>(&b"S"[..]);
        let mut name = name.map(|name| name.to_vec()).unwrap_or_default();
        for _ in 0..ROLES {
            if is_standard(&name) {
                break;
            }
            match self.roles.get::<Name<'_>>(&name[..]) {
                Some(other) => name = other.to_vec(),
                None => break,
            }
        }
        name
    }

    /// How many rows or columns a cell takes, as its attributes or those of its classes say (ISO 32000-1 14.7.5).
    fn attribute(&self, dict: &Dict<'a>, key: &[u8]) -> u32 {
        let own = dict.get::<Object<'_>>(&b"A"[..]);
        let classes = match dict.get::<Object<'_>>(&b"C"[..]) {
            Some(Object::Name(name)) => vec![name],
            Some(Object::Array(names)) => names
                .iter::<Object<'_>>()
                .filter_map(Object::into_name)
                .collect(),
            _ => Vec::new(),
        };
        let of_classes = classes
            .into_iter()
            .filter_map(|name| self.classes.get::<Object<'_>>(name.as_ref()));
        own.into_iter()
            .chain(of_classes)
            .find_map(|object| of_object(&object, key))
            .unwrap_or(1)
            .clamp(1, SPAN)
    }
}

/// What is painted of an element, by page and number.
fn marks_of(element: &Element, marks: &mut Vec<(u32, u32)>) {
    for child in &element.children {
        match child {
            Child::Element(element) => marks_of(element, marks),
            Child::Mark { page, mark } => marks.push((*page, *mark)),
        }
    }
}

fn of_object(object: &Object<'_>, key: &[u8]) -> Option<u32> {
    match object {
        Object::Dict(dict) => dict.get::<u32>(key),
        Object::Stream(stream) => stream.dict().get::<u32>(key),
        Object::Array(all) => all
            .iter::<Object<'_>>()
            .filter_map(Object::into_dict)
            .find_map(|dict| dict.get::<u32>(key)),
        _ => None,
    }
}

fn text(dict: &Dict<'_>, key: &[u8]) -> Option<String> {
    let text = dict.get::<PdfString<'_>>(key)?;
    let text = text_string(text.as_bytes()).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn is_standard(name: &[u8]) -> bool {
    is_heading(name).is_some() || STANDARD.iter().any(|(standard, _)| *standard == name)
}

/// The level of `H1` and further; 0 for `H`.
fn is_heading(name: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(name.strip_prefix(b"H")?).ok()?;
    if digits.is_empty() {
        Some(0)
    } else {
        digits.parse().ok()
    }
}

fn role(name: &[u8], sections: u8) -> Role {
    if let Some(level) = is_heading(name) {
        // A heading without a level is that of the section that it stands in.
        return Role::Heading(if level == 0 { sections.max(1) } else { level });
    }
    let found = STANDARD.iter().find(|(standard, _)| *standard == name);
    found.map_or(Role::Group, |(_, role)| *role)
}

/// The standard names (ISO 32000-1 14.8.4, ISO 32000-2 14.8.4), with what they are here.
const STANDARD: &[(&[u8], Role)] = &[
    (b"Document", Role::Group),
    (b"DocumentFragment", Role::Group),
    (b"Part", Role::Group),
    (b"Art", Role::Group),
    (b"Sect", Role::Group),
    (b"Div", Role::Group),
    (b"Aside", Role::Group),
    (b"NonStruct", Role::Group),
    (b"Private", Role::Group),
    (b"Index", Role::Group),
    (b"THead", Role::Group),
    (b"TBody", Role::Group),
    (b"TFoot", Role::Group),
    (b"Form", Role::Group),
    (b"Annot", Role::Group),
    (b"Artifact", Role::Group),
    (b"Title", Role::Heading(1)),
    (b"P", Role::Paragraph),
    (b"BibEntry", Role::Paragraph),
    (b"L", Role::List),
    (b"LI", Role::ListItem),
    (b"TOCI", Role::ListItem),
    (b"Lbl", Role::Label),
    (b"LBody", Role::ListBody),
    (b"Table", Role::Table),
    (b"TR", Role::Row),
    (b"TH", Role::HeaderCell),
    (b"TD", Role::DataCell),
    (b"Figure", Role::Figure),
    (b"Caption", Role::Caption),
    (b"Formula", Role::Formula),
    (b"Note", Role::Note),
    (b"FENote", Role::Note),
    (b"Code", Role::Code),
    (b"BlockQuote", Role::Quote),
    (b"TOC", Role::Contents),
    (b"Span", Role::Span),
    (b"Quote", Role::Span),
    (b"Em", Role::Span),
    (b"Strong", Role::Span),
    (b"Sub", Role::Span),
    (b"Reference", Role::Span),
    (b"Ruby", Role::Span),
    (b"RB", Role::Span),
    (b"RT", Role::Span),
    (b"RP", Role::Span),
    (b"Warichu", Role::Span),
    (b"WT", Role::Span),
    (b"WP", Role::Span),
    (b"Link", Role::Link),
];
