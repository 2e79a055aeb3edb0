//! Streams, decoded within the limits.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use tabulary_ir::{Budget, Error};

use crate::measure::{Size, allowed, size};

/// Decodes streams within the limits of a document.
pub(crate) struct Decoder<'r> {
    budget: &'r Budget,
    /// The streams that were taken from the budget: a form that every page shows counts once.
    counted: RefCell<BTreeSet<ObjectIdentifier>>,
}

/// The content of a page.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// Whether a part of it could not be decoded.
    pub(crate) damaged: bool,
}

/// That a stream becomes more than the limit of that name allows.
pub(crate) fn too_much(limit: &str) -> Error {
    Error::limit("the PDF has a stream that becomes far larger than its bytes when it is inflated")
        .raise(limit)
}

impl<'r> Decoder<'r> {
    pub(crate) fn new(budget: &'r Budget) -> Self {
        Self {
            budget,
            counted: RefCell::default(),
        }
    }

    /// Whether a stream is sound and may be decoded.
    ///
    /// # Errors
    /// Of kind `Limit` where it becomes more than the limits allow.
    pub(crate) fn check(&self, stream: &Stream<'_>) -> Result<bool, Error> {
        let limits = self.budget.limits();
        let raw = stream.raw_data();
        let most = allowed(raw.len() as u64, limits.inflation_ratio, limits.entry_bytes);
        match size(stream, &raw, most, most) {
            Size::AtMost(_) => Ok(true),
            Size::Damaged => Ok(false),
            Size::TooMuch => Err(too_much("inflation_ratio")),
        }
    }

    /// The bytes of a stream; none where they are damaged.
    ///
    /// # Errors
    /// Of kind `Limit` where they are more than the limits allow.
    pub(crate) fn decode<'a>(&self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, Error> {
        if !self.check(stream)? {
            return Ok(None);
        }
        let Ok(bytes) = stream.decoded_data() else {
            return Ok(None);
        };
        if self.counted.borrow_mut().insert(stream.obj_id()) {
            self.budget.inflated(bytes.len() as u64)?;
        }
        Ok(Some(bytes))
    }

    /// The content of a page: one stream, or several in turn (ISO 32000-1 7.8.2).
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    pub(crate) fn page_content(&self, page: &Dict<'_>) -> Result<Content, Error> {
        const KEY: &[u8] = b"Contents";
        let mut content = Content::default();
        let single = page.get::<Stream<'_>>(KEY);
        let several = page.get::<Array<'_>>(KEY);
        let streams = several.iter().flat_map(|array| array.iter::<Stream<'_>>());
        for stream in single.into_iter().chain(streams) {
            match self.decode(&stream)? {
                Some(bytes) => {
                    content.bytes.extend_from_slice(&bytes);
                    content.bytes.push(b'\n');
                }
                None => content.damaged = true,
            }
        }
        Ok(content)
    }
}
