//! Looks at the raw bytes of a file before the library opens it.
//!
//! Opening decodes streams that hold objects and cross references, and these decoders know no bound. So the chain of
//! cross references is followed here first (ISO 32000-1 7.5.4, 7.5.8), and every stream that opening could decode is
//! measured.

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, FromBytes, Name, Stream};
use tabulary_ir::{Budget, Error};

use crate::content::too_much;
use crate::measure::{HARMLESS, Size, allowed, size};

/// How many tables of cross references may refer to one another; the library follows no more.
const CHAIN: usize = 256;
/// The most bytes of a stream of cross references: eight million objects of eight bytes (ISO 32000-1 annex C.2).
const REFERENCES: u64 = 64 << 20;
/// How far before its type the dictionary of a stream may begin.
const DICTIONARY: usize = 64 << 10;
/// How many openings of dictionaries are tried for one type.
const OPENINGS: usize = 24;
/// From so many bytes on, the bytes of streams of objects are counted one by one.
const UNCOUNTED: u64 = 256 << 20;
/// The most bytes of an encrypted stream of objects, which cannot be measured.
const ENCRYPTED: u64 = 1 << 20;
/// How many times the whole file may be searched for the ends of streams.
const SEARCHES: usize = 16;

/// Makes sure that opening a file takes no more than the limits allow.
///
/// # Errors
/// Of kind `Limit` where it would; of kind `Input` where a stream is given in a way that no decoder understands.
pub(crate) fn check(data: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut guard = Guard {
        data,
        budget,
        is_encrypted: find(data, b"/Encrypt", 0).is_some(),
        searched: 0,
        total: 0,
        places: Vec::new(),
        containers: BTreeSet::new(),
    };
    guard.kids(data)?;
    guard.follow_references()?;
    guard.containers()?;
    guard.named_containers()
}

struct Guard<'d> {
    data: &'d [u8],
    budget: &'d Budget,
    is_encrypted: bool,
    searched: usize,
    total: u64,
    /// Objects by number, with where they stand.
    places: Vec<(u32, usize)>,
    /// The numbers of streams that hold objects.
    containers: BTreeSet<u32>,
}

impl<'d> Guard<'d> {
    fn follow_references(&mut self) -> Result<(), Error> {
        let Some(mark) = rfind(self.data, b"startxref") else {
            return Ok(());
        };
        let mut waiting = Vec::new();
        waiting.extend(number(self.data, blanks(self.data, mark + 9)).map(|(place, _)| place));
        let mut seen = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            let Ok(place) = usize::try_from(place) else {
                continue;
            };
            if place >= self.data.len() || seen.len() >= CHAIN || !seen.insert(place) {
                continue;
            }
            let place = blanks(self.data, place);
            let dict = match object(self.data, place) {
                Some((_, inside)) => self.stream_of_references(inside)?,
                None => self.table(place),
            };
            if let Some(dict) = dict {
                let more = [&b"Prev"[..], b"XRefStm"];
                waiting.extend(
                    more.iter()
                        .filter_map(|key| dict.get::<u32>(key).map(u64::from)),
                );
            }
        }
        Ok(())
    }

    /// A table of cross references: notes the objects and gives its trailer.
    fn table(&mut self, place: usize) -> Option<Dict<'d>> {
        const ENTRY: usize = 20;
        let mut at = tag(self.data, place, b"xref")?;
        loop {
            at = blanks(self.data, at);
            if let Some(trailer) = tag(self.data, at, b"trailer") {
                return Dict::from_bytes(self.data.get(blanks(self.data, trailer)..)?);
            }
            let (first, next) = number(self.data, at)?;
            let (count, next) = number(self.data, blanks(self.data, next))?;
            at = blanks(self.data, next);
            for object in first..first.checked_add(count)? {
                let entry = self.data.get(at..at.checked_add(ENTRY)?)?;
                if entry[17] == b'n'
                    && let Some((offset, _)) = number(&entry[..10], 0)
                {
                    let object = u32::try_from(object).ok()?;
                    self.places.push((object, usize::try_from(offset).ok()?));
                }
                at += ENTRY;
            }
        }
    }

    /// A stream of cross references: notes the objects and gives its dictionary.
    fn stream_of_references(&mut self, inside: usize) -> Result<Option<Dict<'d>>, Error> {
        let Some(stream) = self.stream(inside)? else {
            return Ok(None);
        };
        let most = REFERENCES.min(self.budget.limits().entry_bytes);
        match size(&stream, &stream.raw_data(), most, most) {
            Size::AtMost(_) => {}
            Size::TooMuch => return Err(too_much("entry_bytes")),
            Size::Damaged => return Err(damaged()),
        }
        let (dict, data) = (stream.dict(), stream.decoded_data());
        if let Ok(data) = data {
            self.note_entries(dict, &data);
        }
        Ok(Some(dict.clone()))
    }

    fn note_entries(&mut self, dict: &Dict<'_>, data: &[u8]) {
        let Some([kind, second, third]) = dict.get::<[u8; 3]>(&b"W"[..]) else {
            return;
        };
        let widths = [kind, second, third].map(usize::from);
        let length = widths.iter().sum::<usize>();
        if length == 0 {
            return;
        }
        let parts = dict.get::<Array<'_>>(&b"Index"[..]);
        let parts: Vec<(u32, u32)> = match parts {
            Some(parts) => parts.iter::<(u32, u32)>().collect(),
            None => vec![(0, u32::MAX)],
        };
        let objects = parts
            .iter()
            .flat_map(|(first, count)| (0..*count).map(move |more| first.saturating_add(more)));
        for (object, entry) in objects.zip(data.chunks_exact(length)) {
            let (kind, rest) = entry.split_at(widths[0]);
            let value = rest[..widths[1]]
                .iter()
                .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
            match kind {
                [2] => {
                    self.containers.extend(u32::try_from(value).ok());
                }
                [] | [1] => {
                    let place = usize::try_from(value).unwrap_or(usize::MAX);
                    self.places.push((object, place));
                }
                _ => {}
            }
        }
    }

    /// Measures the streams that the cross references name as holding objects.
    fn containers(&mut self) -> Result<(), Error> {
        let places = std::mem::take(&mut self.places);
        for (number, place) in places {
            if self.containers.contains(&number)
                && let Some((_, inside)) = object(self.data, blanks(self.data, place))
            {
                self.container(inside)?;
            }
        }
        Ok(())
    }

    /// Measures the streams that say of themselves that they hold objects: these are found again where the cross
    /// references are damaged.
    fn named_containers(&mut self) -> Result<(), Error> {
        let mut at = 0;
        while let Some(place) = find(self.data, b"/", at) {
            at = place + 1;
            let Some(first) = self.data.get(at) else {
                break;
            };
            if !matches!(first, b'O' | b'#') || !names(&self.data[at..], b"ObjStm") {
                continue;
            }
            let from = place.saturating_sub(DICTIONARY);
            let mut end = place;
            for _ in 0..OPENINGS {
                let Some(opening) = rfind(&self.data[from..end], b"<<") else {
                    break;
                };
                end = from + opening;
                let kind = Dict::from_bytes(&self.data[end..])
                    .and_then(|dict: Dict<'_>| dict.get::<Name<'_>>(&b"Type"[..]));
                if kind.is_some_and(|kind| kind.as_ref() == b"ObjStm") {
                    self.container(end)?;
                    break;
                }
            }
        }
        Ok(())
    }

    fn container(&mut self, inside: usize) -> Result<(), Error> {
        self.budget.tick()?;
        let Some(stream) = self.stream(inside)? else {
            return Ok(());
        };
        let limits = self.budget.limits();
        let raw = stream.raw_data();
        let length = raw.len() as u64;
        if self.is_encrypted {
            return if length > ENCRYPTED {
                Err(too_much("entry_bytes"))
            } else {
                Ok(())
            };
        }
        let most = allowed(length, limits.inflation_ratio, limits.entry_bytes);
        let trusted = if self.total < UNCOUNTED {
            most.min(HARMLESS)
        } else {
            0
        };
        match size(&stream, &raw, trusted, most) {
            Size::AtMost(bytes) => self.total = self.total.saturating_add(bytes),
            Size::TooMuch => return Err(too_much("inflation_ratio")),
            Size::Damaged => return Err(damaged()),
        }
        if self.total > limits.inflated_bytes {
            return Err(too_much("inflated_bytes"));
        }
        match stream.decoded_data() {
            Ok(objects) => self.kids(&objects),
            Err(_) => Ok(()),
        }
    }

    /// Makes sure that no part of the tree of pages holds more pages than are read: the library makes them all. Pages
    /// are objects of their own (ISO 32000-1 table 29), so that few bytes stand for many only where they are not.
    fn kids(&self, data: &[u8]) -> Result<(), Error> {
        let mut at = 0;
        while let Some(place) = find(data, b"/Kids", at) {
            at = place + 5;
            let list = data.get(blanks(data, at)..).unwrap_or_default();
            if list.first() != Some(&b'[') {
                continue;
            }
            let end = memchr::memchr(b']', list).unwrap_or(list.len());
            at += end;
            let pages = memchr::memmem::find_iter(&list[..end], b"<<").count() as u64;
            if pages > self.budget.limits().pages {
                return Err(Error::limit("the PDF has more pages than are read").raise("pages"));
            }
        }
        Ok(())
    }

    /// The stream that begins behind `obj`.
    fn stream(&mut self, inside: usize) -> Result<Option<Stream<'d>>, Error> {
        let at = blanks(self.data, inside);
        let Some(bytes) = self.data.get(at..) else {
            return Ok(None);
        };
        let stream = Stream::from_bytes(bytes);
        // A stream without an end is searched for it to the end of the file, each time.
        self.searched += stream
            .as_ref()
            .map_or(bytes.len(), |stream: &Stream<'_>| stream.raw_data().len());
        if self.searched / SEARCHES > self.data.len() + (1 << 20) {
            return Err(Error::limit(
                "the PDF has too many streams whose ends are not where they should be",
            ));
        }
        Ok(stream)
    }
}

fn damaged() -> Error {
    Error::input("the PDF has cross references or objects in a stream whose filters are not valid")
}

/// Where an indirect object begins that is defined at `at`, with its number (ISO 32000-1 7.3.10).
fn object(data: &[u8], at: usize) -> Option<(u64, usize)> {
    let (object, at) = number(data, at)?;
    let (_, at) = number(data, blanks(data, at))?;
    let at = tag(data, blanks(data, at), b"obj")?;
    Some((object, at))
}

fn tag(data: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    data.get(at..)?.starts_with(word).then_some(at + word.len())
}

/// The whole number at `at`, and where it ends.
fn number(data: &[u8], at: usize) -> Option<(u64, usize)> {
    let digits = data.get(at..)?.iter().take_while(|b| b.is_ascii_digit());
    let digits = digits.count();
    let text = std::str::from_utf8(&data[at..at + digits]).ok()?;
    Some((text.parse().ok()?, at + digits))
}

/// Where what is neither blank nor comment goes on.
fn blanks(data: &[u8], mut at: usize) -> usize {
    while let Some(byte) = data.get(at) {
        match byte {
            0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' => at += 1,
            b'%' => {
                let line = data[at..]
                    .iter()
                    .take_while(|b| !matches!(b, b'\r' | b'\n'));
                at += line.count();
            }
            _ => break,
        }
    }
    at
}

/// Whether a name is `word`, its letters perhaps written as numbers (ISO 32000-1 7.3.5).
fn names(bytes: &[u8], word: &[u8]) -> bool {
    let mut rest = bytes;
    for letter in word {
        let (byte, length) = match rest {
            [b'#', high, low, ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                match (digit(high), digit(low)) {
                    (Some(high), Some(low)) => ((high * 16 + low) as u8, 3),
                    _ => return false,
                }
            }
            [byte, ..] => (*byte, 1),
            [] => return false,
        };
        if byte != *letter {
            return false;
        }
        rest = &rest[length..];
    }
    true
}

fn find(data: &[u8], word: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(data.get(from..)?, word).map(|at| from + at)
}

fn rfind(data: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(data, word)
}
