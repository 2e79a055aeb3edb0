//! What is deposited, and how.

use tabulary::Options;
use tabulary::forms::{Form, built_in};
use tabulary::ir::civil::Date;

/// The bytes of an input, and its name.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The file name, with the folders that tell reports apart; `/` stands between the parts. It goes into the deposit,
    /// so it should hold nothing of the machine that it came from.
    pub name: &'a str,
    /// All bytes.
    pub bytes: &'a [u8],
}

/// How to deposit.
#[derive(Clone, Debug)]
pub struct DepositOptions<'f> {
    /// How inputs are read, within which limits, and with which fonts pages are set. How documents are published is that of
    /// the defaults of [`tabulary::ir::WriteOptions`] otherwise, so that [`verify`](crate::verify()) can publish them anew.
    pub convert: Options,
    /// The forms that are looked for in documents.
    pub forms: Vec<&'f Form>,
    /// The day of the deposit. Without one, nothing in the deposit says when it was made.
    pub date: Option<Date>,
    /// The organization that the deposit comes from; without it the one that the documents name, where they name one
    /// alone.
    pub organization: Option<String>,
    /// What the deposit is known by; without it the 索引号 of its document, where it has one document.
    pub identifier: Option<String>,
    /// The deposit that this one follows.
    pub previous: Option<Previous>,
}

impl Default for DepositOptions<'static> {
    fn default() -> Self {
        Self {
            convert: Options::default(),
            forms: built_in(),
            date: None,
            organization: None,
            identifier: None,
            previous: None,
        }
    }
}

/// A deposit that another one follows, as [`previous`](crate::previous) finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The number of its version.
    pub version: u32,
    /// The SHA-512 of its `tagmanifest-sha512.txt`.
    pub seal: String,
    /// What all versions are known by: its `Bag-Group-Identifier`, else its `External-Identifier`, else its seal.
    pub group: String,
    /// Its `External-Identifier`.
    pub identifier: Option<String>,
}
