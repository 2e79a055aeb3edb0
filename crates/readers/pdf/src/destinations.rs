//! Where links and the outline lead to (ISO 32000-1 12.3).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, String as PdfString,
};
use tabulary_pages::OutlineItem;

use crate::interpret::Matrix;
use crate::text::text_string;

/// The most entries of an outline, or names of destinations.
const ENTRIES: usize = 100_000;
/// How deep trees of names and outlines may be.
const DEPTH: u8 = 32;
/// How many things may stand for one another on the way to a place.
const STEPS: usize = 8;

/// The places of a document.
pub(crate) struct Destinations<'a> {
    catalog: Dict<'a>,
    pages: BTreeMap<ObjectIdentifier, u32>,
    /// From the space of each page to how it is shown.
    shown: Vec<Matrix>,
    named: OnceCell<BTreeMap<Vec<u8>, Object<'a>>>,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// The page, counted from 1.
    pub(crate) page: u32,
    /// How far below the top of the page, in points.
    pub(crate) y: Option<f32>,
}

impl<'a> Destinations<'a> {
    pub(crate) fn new(pdf: &'a Pdf, catalog: &Dict<'a>) -> Self {
        let mut pages = BTreeMap::new();
        let mut shown = Vec::new();
        for (number, page) in (1..).zip(pdf.pages().iter()) {
            pages.extend(page.raw().obj_id().map(|id| (id, number)));
            shown.push(Matrix(page.initial_transform(true).as_coeffs()));
        }
        Self {
            catalog: catalog.clone(),
            pages,
            shown,
            named: OnceCell::new(),
        }
    }

    /// The pages' numbers, counted from 1.
    pub(crate) fn pages(&self) -> &BTreeMap<ObjectIdentifier, u32> {
        &self.pages
    }

    /// The place that an entry of an outline or a link leads to, by its destination or its action.
    pub(crate) fn of(&self, dict: &Dict<'a>) -> Option<Place> {
        if let Some(object) = dict.get::<Object<'_>>(&b"Dest"[..]) {
            return self.place(object);
        }
        let action = dict.get::<Dict<'_>>(&b"A"[..])?;
        let kind = action.get::<Name<'_>>(&b"S"[..])?;
        (kind.as_ref() == b"GoTo")
            .then(|| action.get::<Object<'_>>(&b"D"[..]))?
            .and_then(|object| self.place(object))
    }

    fn place(&self, mut object: Object<'a>) -> Option<Place> {
        for _ in 0..STEPS {
            object = match object {
                Object::Array(array) => return self.explicit(&array),
                Object::Dict(dict) => dict.get::<Object<'_>>(&b"D"[..])?,
                Object::Name(name) => self.named(name.as_ref())?,
                Object::String(text) => self.named(text.as_bytes())?,
                _ => return None,
            };
        }
        None
    }

    /// A page with where on it (ISO 32000-1 table 151).
    fn explicit(&self, array: &Array<'a>) -> Option<Place> {
        let page = match array.raw_iter().next()? {
            MaybeRef::Ref(page) => *self.pages.get(&page.into())?,
            MaybeRef::NotRef(Object::Number(index)) => {
                u32::try_from(index.as_i64()).ok()?.checked_add(1)?
            }
            MaybeRef::NotRef(_) => return None,
        };
        let shown = self.shown.get(page as usize - 1)?;
        let mut parts = array.iter::<Object<'_>>().skip(1);
        let kind = parts.next().and_then(Object::into_name);
        let numbers: Vec<Option<f64>> = parts
            .map(|part| part.into_number().map(|n: Number| n.as_f64()))
            .collect();
        let at = |index: usize| numbers.get(index).copied().flatten();
        let point = match kind.as_ref().map(AsRef::as_ref) {
            Some(b"XYZ") => at(1).map(|top| (at(0).unwrap_or(0.0), top)),
            Some(b"FitH" | b"FitBH") => at(0).map(|top| (0.0, top)),
            Some(b"FitR") => at(0).zip(at(3)),
            _ => None,
        };
        let y = point.map(|(x, y)| shown.apply(x, y)[1]);
        Some(Place {
            page,
            y: y.filter(|y| y.is_finite()),
        })
    }

    fn named(&self, name: &[u8]) -> Option<Object<'a>> {
        let named = self.named.get_or_init(|| self.names());
        named.get(name).cloned()
    }

    fn names(&self) -> BTreeMap<Vec<u8>, Object<'a>> {
        let mut found = BTreeMap::new();
        if let Some(dests) = self.catalog.get::<Dict<'_>>(&b"Dests"[..]) {
            for name in dests.keys().take(ENTRIES) {
                let object = dests.get::<Object<'_>>(name.as_ref());
                found.extend(object.map(|object| (name.to_vec(), object)));
            }
        }
        let names = self.catalog.get::<Dict<'_>>(&b"Names"[..]);
        let tree = names.and_then(|names| names.get::<Dict<'_>>(&b"Dests"[..]));
        if let Some(tree) = tree {
            name_tree(&tree, &mut |name, object| {
                found.insert(name, object);
            });
        }
        found
    }

    /// The outline, entry by entry (ISO 32000-1 12.3.3).
    pub(crate) fn outline(&self) -> Vec<OutlineItem> {
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        let root = self.catalog.get::<Dict<'_>>(&b"Outlines"[..]);
        // Entries that still have something behind them, with the level of what follows.
        let first = root.and_then(|root| entry(&root, b"First"));
        let mut waiting: Vec<_> = first.map(|first| (first, 1)).into_iter().collect();
        while let Some(((id, dict), level)) = waiting.pop() {
            if items.len() >= ENTRIES || !seen.insert(id) {
                continue;
            }
            let title = dict.get::<PdfString<'_>>(&b"Title"[..]);
            let title = title.map(|title| text_string(title.as_bytes()));
            let title = title.unwrap_or_default().trim().to_owned();
            if let Some(place) = self.of(&dict).filter(|_| !title.is_empty()) {
                items.push(OutlineItem {
                    title,
                    level,
                    page: place.page,
                    y: place.y,
                });
            }
            waiting.extend(entry(&dict, b"Next").map(|next| (next, level)));
            if level < DEPTH {
                waiting.extend(entry(&dict, b"First").map(|first| (first, level + 1)));
            }
        }
        items
    }
}

fn entry<'a>(dict: &Dict<'a>, key: &[u8]) -> Option<(ObjectIdentifier, Dict<'a>)> {
    let id = dict.get_ref(key)?.into();
    Some((id, dict.get::<Dict<'_>>(key)?))
}

/// Calls `see` with every entry of a tree of names (ISO 32000-1 7.9.6).
pub(crate) fn name_tree<'a>(tree: &Dict<'a>, see: &mut dyn FnMut(Vec<u8>, Object<'a>)) {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    let mut waiting = vec![tree.clone()];
    while let Some(node) = waiting.pop() {
        if let Some(names) = node.get::<Array<'_>>(&b"Names"[..]) {
            let mut items = names.iter::<Object<'_>>();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                count += 1;
                if count > ENTRIES {
                    return;
                }
                if let Object::String(key) = key {
                    see(key.as_bytes().to_vec(), value);
                }
            }
        }
        let Some(kids) = node.get::<Array<'_>>(&b"Kids"[..]) else {
            continue;
        };
        let kids: Vec<_> = kids.raw_iter().zip(kids.iter::<Object<'_>>()).collect();
        for (raw, kid) in kids.into_iter().rev() {
            let id = raw.as_obj_ref().map(ObjectIdentifier::from);
            if let (Some(id), Object::Dict(kid)) = (id, kid)
                && seen.len() < ENTRIES
                && seen.insert(id)
            {
                waiting.push(kid);
            }
        }
    }
}
