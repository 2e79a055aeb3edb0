//! Reading packages.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use tabulary_ir::{Budget, Error};
use zip::ZipArchive;

use crate::relationships::{self, Relationship};
use crate::xml::{Event, Ns, Pull, decode};

/// An entry up to this size may be as dense as it likes: small XML compresses well.
const RATIO_COUNTS_FROM: u64 = 1 << 20;
/// More entries than any office document has.
const ENTRIES: usize = 100_000;

/// Whether bytes begin as a zip container does, or are an empty one (APPNOTE.TXT 4.3.7, 4.3.16).
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A package, open for reading. Part names are without a leading slash, and are found whatever
/// their case, as ECMA-376-2 6.2.2.3 asks.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: &'a Budget,
    /// The index of each part by its name in lower case.
    parts: BTreeMap<String, usize>,
    names: Vec<String>,
    types: ContentTypes,
}

/// `[Content_Types].xml` (ECMA-376-2 6.2.3), with keys in lower case.
#[derive(Default)]
struct ContentTypes {
    by_extension: BTreeMap<String, String>,
    by_part: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// `Input` where the bytes are no zip container or its directory is damaged, `Unsupported` where
    /// it is an encrypted office document, `Limit` where it declares more than the budget has.
    pub fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, Error> {
        if !is_zip(bytes) {
            return Err(not_a_zip(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Error::input("the zip package is damaged or cut short")
                .caused_by(error)
                .help("get the file again, or open and save it in the program that made it")
        })?;
        if archive.len() > ENTRIES {
            let count = archive.len();
            return Err(Error::limit(format!(
                "the package has {count} entries, more than {ENTRIES}"
            )));
        }
        let mut package = Self {
            names: Vec::with_capacity(archive.len()),
            archive,
            budget,
            parts: BTreeMap::new(),
            types: ContentTypes::default(),
        };
        package.list()?;
        package.read_content_types()?;
        Ok(package)
    }

    /// Lists the parts, and sums what they declare before anything is inflated.
    fn list(&mut self) -> Result<(), Error> {
        let mut declared = 0_u64;
        for index in 0..self.archive.len() {
            let Ok(entry) = self.archive.by_index_raw(index) else {
                continue;
            };
            declared = declared.saturating_add(entry.size());
            let Ok(name) = entry.name() else {
                continue;
            };
            let name = name.replace('\\', "/");
            let name = name.trim_start_matches('/');
            if !name.ends_with('/') {
                self.parts.entry(name.to_lowercase()).or_insert(index);
                self.names.push(name.to_owned());
            }
        }
        let bound = self.budget.limits().inflated_bytes;
        if declared > bound {
            return Err(Error::limit(format!(
                "the package declares {declared} inflated bytes, more than {bound}"
            ))
            .raise("inflated_bytes"));
        }
        Ok(())
    }

    fn read_content_types(&mut self) -> Result<(), Error> {
        const PART: &str = "[Content_Types].xml";
        if !self.has(PART) {
            return Ok(());
        }
        let bytes = self.read(PART)?;
        let text = decode(&bytes);
        let mut pull = Pull::new(&text, self.budget);
        // A damaged list of content types says less, and is not worth more than that.
        while let Ok(event) = pull.next_event() {
            match event {
                Event::Start(element) if element.is(Ns::ContentTypes, "Default") => {
                    if let (Some(extension), Some(kind)) =
                        (element.plain("Extension"), element.plain("ContentType"))
                    {
                        let extension = extension.to_lowercase();
                        self.types.by_extension.insert(extension, kind.to_owned());
                    }
                }
                Event::Start(element) if element.is(Ns::ContentTypes, "Override") => {
                    if let (Some(part), Some(kind)) =
                        (element.plain("PartName"), element.plain("ContentType"))
                    {
                        let part = part.trim_start_matches('/').to_lowercase();
                        self.types.by_part.insert(part, kind.to_owned());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of all parts, in the order of the container.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a part of that name.
    pub fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&key(part))
    }

    /// The content type of a part (ECMA-376-2 6.2.3.3); empty where none is declared.
    pub fn content_type(&self, part: &str) -> &str {
        let key = key(part);
        if let Some(kind) = self.types.by_part.get(&key) {
            return kind;
        }
        let extension = key.rsplit_once('.').map_or("", |(_, extension)| extension);
        self.types
            .by_extension
            .get(extension)
            .map_or("", String::as_str)
    }

    /// Inflates a part.
    ///
    /// # Errors
    /// `Input` where it is not there or is damaged, `Limit` where it is larger than the limits allow.
    pub fn read(&mut self, part: &str) -> Result<Vec<u8>, Error> {
        let limits = self.budget.limits();
        let Some(&index) = self.parts.get(&key(part)) else {
            return Err(Error::input(format!("the package has no part {part}")));
        };
        let damaged = |error: zip::result::ZipError| {
            Error::input(format!("the part {part} cannot be inflated")).caused_by(error)
        };
        let entry = self.archive.by_index(index).map_err(damaged)?;
        let by_ratio = entry
            .compressed_size()
            .saturating_mul(limits.inflation_ratio)
            .max(RATIO_COUNTS_FROM);
        let bound = limits.entry_bytes.min(by_ratio);
        let over = if by_ratio < limits.entry_bytes {
            "inflation_ratio"
        } else {
            "entry_bytes"
        };
        let (declared, compressed) = (entry.size(), entry.compressed_size());
        let too_large = |bytes: u64| {
            Error::limit(format!(
                "the part {part} inflates from {compressed} to more than {} bytes",
                bytes.min(bound)
            ))
            .raise(over)
        };
        if declared > bound {
            return Err(too_large(declared));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or_default());
        entry
            .take(bound.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| {
                Error::input(format!("the part {part} cannot be inflated")).caused_by(error)
            })?;
        if bytes.len() as u64 > bound {
            return Err(too_large(bound));
        }
        self.budget.inflated(bytes.len() as u64)?;
        self.budget.tick()?;
        Ok(bytes)
    }

    /// The relationships of a part, or of the package where `part` is empty. None where there is no
    /// list of them; where the list is damaged, those before the damage.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Error> {
        let list = relationships::part_of(part);
        if !self.has(&list) {
            return Ok(Vec::new());
        }
        let bytes = self.read(&list)?;
        Ok(relationships::parse(part, &decode(&bytes), self.budget))
    }

    /// The part that the package is about: the target of its `officeDocument` relationship.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    pub fn main_part(&mut self) -> Result<Option<String>, Error> {
        let relationships = self.relationships("")?;
        let main = relationships
            .into_iter()
            .find(|relationship| relationship.kind == "officeDocument" && !relationship.external);
        Ok(main.map(|relationship| relationship.target))
    }

    /// The limits and what is left of them.
    pub fn budget(&self) -> &'a Budget {
        self.budget
    }
}

fn key(part: &str) -> String {
    part.trim_start_matches('/').to_lowercase()
}

fn not_a_zip(bytes: &[u8]) -> Error {
    // [MS-CFB] 2.2: the header signature of a compound file, which wraps encrypted packages.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Error::unsupported(
            "the file is a compound file: an encrypted document, or one of Office 97 to 2003",
        )
        .help("remove the password, or save it in the present format");
    }
    if bytes.is_empty() {
        return Error::input("the file is empty, where a zip package was expected");
    }
    Error::input("the file is no zip package")
}
