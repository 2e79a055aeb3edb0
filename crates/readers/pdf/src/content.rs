//! Streams, decoded within the limits.

use std::borrow::Cow;

use hayro_syntax::object::{Array, Dict, Stream};
use tabulary_ir::{Budget, Error};

/// Decodes streams within the limits of a document.
pub(crate) struct Decoder<'r> {
    budget: &'r Budget,
}

/// The content of a page.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// Whether a part of it could not be decoded.
    pub(crate) damaged: bool,
}

impl<'r> Decoder<'r> {
    pub(crate) fn new(budget: &'r Budget) -> Self {
        Self { budget }
    }

    /// The bytes of a stream; none where they are damaged.
    ///
    /// # Errors
    /// Of kind `Limit` where they are more than the limits allow.
    pub(crate) fn decode<'a>(&self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, Error> {
        let Ok(bytes) = stream.decoded_data() else {
            return Ok(None);
        };
        self.budget.inflated(bytes.len() as u64)?;
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
