//! What the layout engine remembers from one document to the next.
//!
//! The engine keeps what it worked out, and takes it again where the same is asked for: between its passes over one
//! document, and between documents that are alike, as the reports of one form are. What it keeps never changes what it
//! gives. It forgets nothing by itself.

/// How much is remembered, in bytes of documents' data. Layout takes some hundred times as much.
const KEPT: usize = 256 << 10;

/// How many documents an unused part outlives at the most, however small they are.
const LONGEST: usize = 16;

/// A document in the memory of the engine. When it is dropped, the engine forgets what this document and those just
/// before it did not use: the larger the document, the more.
pub(crate) struct Memory {
    age: usize,
}

impl Memory {
    /// A document whose data has that many bytes. The data of the documents that stay in memory have `KEPT` bytes for
    /// documents of one size, and never more than four times as many: of those that stay behind the one of `n`
    /// documents ago, each has `KEPT / n` bytes at the most.
    pub(crate) fn of(bytes: usize) -> Self {
        Self {
            age: (KEPT / bytes.max(1)).min(LONGEST),
        }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        comemo::evict(self.age);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_documents_are_forgotten_at_once() {
        let age = |bytes| std::mem::ManuallyDrop::new(Memory::of(bytes)).age;
        assert_eq!(age(KEPT + 1), 0);
        assert_eq!(age(KEPT / 3), 3);
        assert_eq!(age(1), LONGEST);
    }
}
