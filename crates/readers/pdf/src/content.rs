//! Streams, decoded within the limits.

use std::borrow::Cow;

use hayro_syntax::object::Stream;
use tabulary_ir::{Budget, Error};

/// Decodes streams within the limits of a document.
pub(crate) struct Decoder<'r> {
    budget: &'r Budget,
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
}
