//! The digest of what the pages of a PDF show.
//!
//! A PDF that Tabulary writes carries the document that it was made from. Whoever changes a page afterwards does not
//! change that document, so the two are only taken for the same as long as the pages show what they showed. This
//! crate says what they show, in one number: a digest over each page's content, fonts, forms, images and annotations
//! as they are after decoding and decryption. The numbers of objects, their order and their compression do not enter
//! it, so that a file may be packed anew, encrypted or signed.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream};
use sha2::{Digest, Sha256};
use tabulary_ir::hexadecimal;

/// The name of the attached file that holds the document.
pub const NAME: &str = "document.json";
/// The key of the digest in the file specification of that file (ISO 32000-1 annex E: a name with a prefix).
pub const KEY: &str = "Tabulary_Pages";

/// How deep objects may stand in one another.
const DEPTH: usize = 64;

/// What says nothing of how a page looks: where it stands in the file, when it was changed, how streams are packed,
/// and its ties to the structure.
const UNSEEN: &[&[u8]] = &[
    b"DP",
    b"DecodeParms",
    b"DL",
    b"F",
    b"Filter",
    b"LastModified",
    b"Length",
    b"Metadata",
    b"P",
    b"Parent",
    b"PieceInfo",
    b"StructParent",
    b"StructParents",
    b"Tabs",
];

/// The digest of what the pages of a PDF show: `sha256:` and 64 hexadecimal digits. `decode` gives the decoded bytes
/// of a stream, or none where it has none to give; the raw ones stand for them then, as for images.
///
/// None where objects stand too deep in one another.
pub fn digest<'a>(
    pdf: &'a Pdf,
    decode: impl FnMut(&Stream<'a>) -> Option<Vec<u8>>,
) -> Option<String> {
    let mut pages = BTreeMap::new();
    for (number, page) in (0..).zip(pdf.pages().iter()) {
        pages.extend(page.raw().obj_id().map(|id| (id, number)));
    }
    let mut walk = Walk {
        pdf,
        decode,
        pages,
        seen: BTreeMap::new(),
        hash: Sha256::new(),
    };
    walk.number(pdf.pages().len() as f64);
    for page in pdf.pages().iter() {
        let bounds = page.intersected_crop_box();
        for edge in [bounds.x0, bounds.y0, bounds.x1, bounds.y1] {
            walk.number(edge);
        }
        walk.number(f64::from(page.rotation() as u8));
        // What a page may take from the tree that it stands in is asked of the page, the rest of itself.
        let own = page.raw().get::<Dict<'_>>(&b"Resources"[..]);
        if own.is_none() {
            let resources = page.resources();
            let kinds = [
                &resources.ext_g_states,
                &resources.fonts,
                &resources.properties,
                &resources.color_spaces,
                &resources.x_objects,
                &resources.patterns,
                &resources.shadings,
            ];
            for kind in kinds {
                walk.dict(kind, DEPTH)?;
            }
        }
        walk.dict(page.raw(), DEPTH)?;
    }
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    for key in [&b"OCProperties"[..], b"AcroForm"] {
        let shown = catalog.as_ref().and_then(|catalog| catalog.get_raw(key));
        if let Some(object) = shown {
            walk.either(object, DEPTH)?;
        }
    }
    Some(format!("sha256:{}", hexadecimal(&walk.hash.finalize())))
}

struct Walk<'a, F> {
    pdf: &'a Pdf,
    decode: F,
    /// The pages' numbers, so that no page enters what another shows.
    pages: BTreeMap<ObjectIdentifier, u32>,
    /// Objects by how many were met before them.
    seen: BTreeMap<ObjectIdentifier, usize>,
    hash: Sha256,
}

impl<'a, F: FnMut(&Stream<'a>) -> Option<Vec<u8>>> Walk<'a, F> {
    fn number(&mut self, number: f64) {
        self.hash.update(b"n");
        self.hash.update(number.to_bits().to_be_bytes());
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8]) {
        self.hash.update([kind]);
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
    }

    fn either(&mut self, object: MaybeRef<Object<'a>>, depth: usize) -> Option<()> {
        let id = match object {
            MaybeRef::NotRef(object) => return self.object(&object, depth),
            MaybeRef::Ref(id) => ObjectIdentifier::from(id),
        };
        if let Some(page) = self.pages.get(&id) {
            self.bytes(b'p', &page.to_be_bytes());
            return Some(());
        }
        let count = self.seen.len();
        if let Some(before) = self.seen.get(&id) {
            let before = (*before as u64).to_be_bytes();
            self.bytes(b'r', &before);
            return Some(());
        }
        self.seen.insert(id, count);
        match self.pdf.xref().get::<Object<'_>>(id) {
            Some(object) => self.object(&object, depth),
            None => {
                self.bytes(b'0', b"");
                Some(())
            }
        }
    }

    fn object(&mut self, object: &Object<'a>, depth: usize) -> Option<()> {
        match object {
            Object::Null(_) => self.bytes(b'0', b""),
            Object::Boolean(value) => self.bytes(b'b', &[u8::from(*value)]),
            Object::Number(number) => self.number(number.as_f64()),
            Object::String(text) => self.bytes(b's', text.as_bytes()),
            Object::Name(name) => self.bytes(b'/', name),
            Object::Array(array) => return self.array(array, depth),
            Object::Dict(dict) => return self.dict(dict, depth),
            Object::Stream(stream) => return self.stream(stream, depth),
        }
        Some(())
    }

    fn array(&mut self, array: &Array<'a>, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.bytes(b'[', b"");
        for item in array.raw_iter() {
            self.either(item, depth)?;
        }
        self.bytes(b']', b"");
        Some(())
    }

    fn dict(&mut self, dict: &Dict<'a>, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.bytes(b'<', b"");
        for (key, value) in dict.entries() {
            if !UNSEEN.contains(&key.as_ref()) {
                self.bytes(b'/', &key);
                self.either(value, depth)?;
            }
        }
        self.bytes(b'>', b"");
        Some(())
    }

    fn stream(&mut self, stream: &Stream<'a>, depth: usize) -> Option<()> {
        self.dict(stream.dict(), depth)?;
        match (self.decode)(stream) {
            Some(bytes) => self.bytes(b'd', &bytes),
            None => self.bytes(b'e', &stream.raw_data()),
        }
        Some(())
    }
}
