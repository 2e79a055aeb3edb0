//! What a workbook says of itself ([MS-OLEPS] 2.21, [MS-OSHARED] 2.3.3).

use std::collections::BTreeMap;

use tabulary_ir::Metadata;
use tabulary_ir::civil::{DateTime, SignedDuration};
use tabulary_package::{key_words, several};

use super::version::code_page;
use crate::biff::Bytes;

/// The most properties of a set that are read.
const MOST: u32 = 4096;

/// A value of a property; kinds that hold nothing to read are left out.
enum Property {
    Text(String),
    Moment(String),
}

/// A set of properties.
struct Set {
    properties: BTreeMap<u32, Property>,
    /// The names of properties that a person gave.
    names: BTreeMap<u32, String>,
}

/// Adds what the summary streams say.
pub(super) fn read(summary: Option<&[u8]>, more: Option<&[u8]>, meta: &mut Metadata) {
    if let Some(set) = summary.and_then(|bytes| set(bytes, 0)) {
        meta.title = set.text(2);
        meta.creators = set.text(4).map(|text| several(&text)).unwrap_or_default();
        meta.description = set.text(6);
        let subject = set.text(3).into_iter();
        let words = set.text(5).map(|text| key_words(&text)).unwrap_or_default();
        for subject in subject.chain(words) {
            if !meta.subjects.contains(&subject) {
                meta.subjects.push(subject);
            }
        }
        meta.created = set.moment(12);
        meta.modified = set.moment(13);
    }
    if let Some(set) = more.and_then(|bytes| set(bytes, 0)) {
        meta.publisher = set.text(15);
    }
    if let Some(set) = more.and_then(|bytes| set(bytes, 1)) {
        for (number, name) in &set.names {
            let Some(property) = set.properties.get(number) else {
                continue;
            };
            if !name.is_empty() && !tabulary_package::is_of_program(name) {
                let (Property::Text(text) | Property::Moment(text)) = property;
                meta.fields.set(name, text);
            }
        }
    }
}

impl Set {
    fn text(&self, number: u32) -> Option<String> {
        match self.properties.get(&number)? {
            Property::Text(text) => {
                let text = text.trim();
                (!text.is_empty()).then(|| text.to_owned())
            }
            Property::Moment(_) => None,
        }
    }

    fn moment(&self, number: u32) -> Option<String> {
        match self.properties.get(&number)? {
            Property::Moment(text) => Some(text.clone()),
            Property::Text(_) => None,
        }
    }
}

/// The set of that index in a stream.
fn set(stream: &[u8], index: usize) -> Option<Set> {
    let mut header = Bytes::new(stream);
    header.skip(24)?;
    let count = header.length()?;
    header.skip(if index < count {
        20 * index + 16
    } else {
        return None;
    })?;
    let bytes = stream.get(header.length()?..)?;
    let mut list = Bytes::new(bytes);
    list.skip(4)?;
    let count = list.u32()?.min(MOST);
    let places: BTreeMap<u32, usize> = (0..count)
        .map_while(|_| Some((list.u32()?, list.length()?)))
        .collect();
    let at = |number: u32| {
        let place = *places.get(&number)?;
        bytes.get(place..).map(Bytes::new)
    };
    // The code page is the first property.
    let page = at(1).and_then(|mut data| {
        data.skip(4)?;
        data.u16()
    });
    let page = page.unwrap_or(1252);
    let names = at(0).map(|data| names(data, page)).unwrap_or_default();
    let properties = places.keys().filter(|number| **number > 1);
    let properties = properties
        .filter_map(|number| Some((*number, property(at(*number)?, page)?)))
        .collect();
    Some(Set { properties, names })
}

/// A string whose length counts its bytes, or its code units where the code page is Unicode.
fn string(data: &mut Bytes<'_>, page: u16) -> Option<String> {
    let size = data.length()?;
    let text = if page == 1200 {
        let text = Bytes::new(data.take(size)?).utf16(size / 2)?;
        // They are filled up to four bytes.
        data.skip(size.next_multiple_of(4).saturating_sub(size));
        text
    } else {
        let bytes = data.take(size)?;
        code_page(page).decode_without_bom_handling(bytes).0.into()
    };
    Some(text.split('\0').next().unwrap_or_default().to_owned())
}

fn names(mut data: Bytes<'_>, page: u16) -> BTreeMap<u32, String> {
    let mut names = BTreeMap::new();
    let count = data.u32().unwrap_or_default().min(MOST);
    for _ in 0..count {
        let Some(number) = data.u32() else {
            break;
        };
        // Here the length of Unicode counts code units.
        let name = if page == 1200 {
            data.length().and_then(|count| {
                let name = data.utf16(count)?;
                data.skip((2 * count).next_multiple_of(4).saturating_sub(2 * count));
                Some(name.trim_end_matches('\0').to_owned())
            })
        } else {
            string(&mut data, page)
        };
        let Some(name) = name else {
            break;
        };
        names.insert(number, name);
    }
    names
}

/// A value by its type ([MS-OLEPS] 2.15).
fn property(mut data: Bytes<'_>, page: u16) -> Option<Property> {
    let kind = data.u16()?;
    data.skip(2)?;
    Some(match kind {
        0x02 => Property::Text(data.i16()?.to_string()),
        0x03 | 0x16 => Property::Text(data.i32()?.to_string()),
        0x05 => Property::Text(tabulary_ir::Decimal::from_f64(data.f64()?)?.to_string()),
        0x0B => Property::Text(if data.u16()? == 0 { "false" } else { "true" }.to_owned()),
        0x1E => Property::Text(string(&mut data, page)?),
        0x1F => {
            let count = data.length()?;
            let text = data.utf16(count)?;
            Property::Text(text.trim_end_matches('\0').to_owned())
        }
        0x40 => Property::Moment(moment(data.u64()?)?),
        _ => return None,
    })
}

/// A moment that is counted in tenths of microseconds since 1601; none for one that was not set.
fn moment(count: u64) -> Option<String> {
    let seconds = i64::try_from(count / 10_000_000).ok()?;
    let first = DateTime::constant(1601, 1, 1, 0, 0, 0, 0);
    let moment = first.checked_add(SignedDuration::from_secs(seconds)).ok()?;
    // Nobody saved a workbook in the first years of the count.
    (moment.year() > 1900).then(|| format!("{moment}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(sets: &[&[(u32, Vec<u8>)]]) -> Vec<u8> {
        let mut stream = vec![0; 24];
        stream.extend(u32::try_from(sets.len()).expect("few").to_le_bytes());
        let mut bodies: Vec<u8> = Vec::new();
        for properties in sets {
            let begin = 28 + 20 * sets.len() + bodies.len();
            stream.extend([0; 16]);
            stream.extend(u32::try_from(begin).expect("short").to_le_bytes());
            let mut list = Vec::new();
            let mut values = Vec::new();
            for (number, value) in *properties {
                let at = 8 + 8 * properties.len() + values.len();
                list.extend(number.to_le_bytes());
                list.extend(u32::try_from(at).expect("short").to_le_bytes());
                values.extend_from_slice(value);
            }
            bodies.extend([0; 4]);
            bodies.extend(u32::try_from(properties.len()).expect("few").to_le_bytes());
            bodies.extend(list);
            bodies.extend(values);
        }
        stream.extend(bodies);
        stream
    }

    fn text(text: &[u8]) -> Vec<u8> {
        let size = u32::try_from(text.len()).expect("short").to_le_bytes();
        [&[0x1E, 0, 0, 0][..], &size, text].concat()
    }

    #[test]
    fn properties_become_metadata() {
        let page = vec![2, 0, 0, 0, 0xA8, 0x03, 0, 0];
        let saved = 132_242_976_000_000_000_u64.to_le_bytes();
        let summary = stream(&[&[
            (1, page.clone()),
            (2, text(&[0xB1, 0xED, 0])),
            (4, text(b"A; B\0")),
            (5, text(b"x, y\0")),
            (13, [&[0x40, 0, 0, 0][..], &saved].concat()),
        ]]);
        let names = [
            &1_u32.to_le_bytes()[..],
            &2_u32.to_le_bytes(),
            &3_u32.to_le_bytes(),
            &[0xBA, 0xC5, 0],
        ]
        .concat();
        let more = stream(&[
            &[(1, page.clone()), (15, text(b"C\0"))],
            &[(0, names), (1, page), (2, text(b"7\0"))],
        ]);
        let mut meta = Metadata::default();
        read(Some(&summary), Some(&more), &mut meta);
        assert_eq!(meta.title.as_deref(), Some("表"));
        assert_eq!(meta.creators, ["A", "B"]);
        assert_eq!(meta.subjects, ["x", "y"]);
        assert_eq!(meta.modified.as_deref(), Some("2020-01-24T00:00:00Z"));
        assert_eq!(meta.publisher.as_deref(), Some("C"));
        assert_eq!(meta.fields.get("号"), Some("7"));
        for cut in 0..more.len() {
            read(Some(&more[..cut]), Some(&more[..cut]), &mut meta);
        }
    }
}
