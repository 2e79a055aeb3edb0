//! How many bytes a stream becomes, told before it is decoded.
//!
//! The decoders of hayro know no bound: three kilobytes may become gigabytes. Each compressing filter has a most that
//! it can make of a byte, and only where that is more than allowed are the bytes counted, without being kept.

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Number, Object, Stream};

use crate::filters::{base_85, hexadecimal, inflate, lzw, run_length};

/// Streams that cannot become more than this are decoded without being counted.
pub(crate) const HARMLESS: u64 = 16 << 20;
/// The most bytes that one byte of a Flate stream can become: 258 bytes for two bits (RFC 1951 3.2.5).
pub(crate) const FLATE: u64 = 1032;
/// The same for LZW: a table's longest entry for twelve bits (ISO 32000-1 7.4.4).
const LZW: u64 = 2730;
/// The same for run lengths: 128 bytes for two (ISO 32000-1 7.4.5).
const RUN_LENGTH: u64 = 64;
/// The same for base 85: a letter that stands for four zeros (ISO 32000-1 7.4.3).
const ASCII_85: u64 = 4;

/// What a stream is before it is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// It becomes at most so many bytes.
    AtMost(u64),
    /// It becomes more than is allowed.
    TooMuch,
    /// Its filters are given in a way that no decoder understands.
    Damaged,
}

/// How many bytes a stream of `raw` bytes may become: `ratio` times as many, at least [`HARMLESS`], at most `entry`.
pub(crate) fn allowed(raw: u64, ratio: u64, entry: u64) -> u64 {
    raw.saturating_mul(ratio).max(HARMLESS).min(entry)
}

/// How many bytes a stream becomes, at the most. Where that can be no more than `trusted` bytes, they are not counted.
pub(crate) fn size(stream: &Stream<'_>, raw: &[u8], trusted: u64, most: u64) -> Size {
    if !params_are_sane(stream.dict()) {
        return Size::Damaged;
    }
    let filters = stream.filters();
    let mut data = Cow::Borrowed(raw);
    for (number, filter) in filters.iter().enumerate() {
        let bound = bound(&filters[number..], data.len() as u64);
        if bound <= trusted {
            return Size::AtMost(bound);
        }
        let decoded = match filter {
            Filter::FlateDecode => inflate(&data, most),
            Filter::LzwDecode => lzw(&data, changes_early(stream.dict()), most),
            Filter::RunLengthDecode => run_length(&data, most),
            Filter::AsciiHexDecode => Some(hexadecimal(&data)),
            Filter::Ascii85Decode => Some(base_85(&data)),
            Filter::Crypt => continue,
            // Images are bounded by their pixels.
            _ => return Size::AtMost(data.len() as u64),
        };
        match decoded {
            Some(bytes) => data = Cow::Owned(bytes),
            None => return Size::TooMuch,
        }
    }
    if data.len() as u64 <= most {
        Size::AtMost(data.len() as u64)
    } else {
        Size::TooMuch
    }
}

/// The most that filters can make of so many bytes.
fn bound(filters: &[Filter], raw: u64) -> u64 {
    filters.iter().fold(raw, |bytes, filter| {
        let most = match filter {
            Filter::FlateDecode => FLATE,
            Filter::LzwDecode => LZW,
            Filter::RunLengthDecode => RUN_LENGTH,
            Filter::Ascii85Decode => ASCII_85,
            _ => 1,
        };
        bytes.saturating_mul(most)
    })
}

/// Whether the parameters of a stream's filters are such that decoders can count with them (ISO 32000-1 table 8).
fn params_are_sane(dict: &Dict<'_>) -> bool {
    [&b"DecodeParms"[..], b"DP"]
        .iter()
        .all(|key| match dict.get::<Object<'_>>(key) {
            Some(Object::Dict(params)) => predictor_is_sane(&params),
            Some(Object::Array(all)) => is_sane(&all),
            _ => true,
        })
}

fn is_sane(all: &Array<'_>) -> bool {
    all.iter::<Object<'_>>().all(|params| match params {
        Object::Dict(params) => predictor_is_sane(&params),
        _ => true,
    })
}

fn predictor_is_sane(params: &Dict<'_>) -> bool {
    const MOST_COLUMNS: i64 = 1 << 22;
    const MOST_COLORS: i64 = 32;
    let number = |key: &[u8], default: i64| {
        let number = params.get::<Number>(key);
        number.map_or(default, |number| number.as_i64())
    };
    if number(b"Predictor", 1) == 1 {
        return true;
    }
    let (colors, bits) = (number(b"Colors", 1), number(b"BitsPerComponent", 8));
    (1..=MOST_COLORS).contains(&colors)
        && matches!(bits, 1 | 2 | 4 | 8 | 16)
        && colors * bits < 256
        && (1..=MOST_COLUMNS).contains(&number(b"Columns", 1))
}

/// Whether codes of LZW grow one code early, as they do unless the parameters say otherwise.
fn changes_early(dict: &Dict<'_>) -> bool {
    let params = match dict.get::<Object<'_>>(&b"DecodeParms"[..]) {
        Some(Object::Dict(params)) => Some(params),
        Some(Object::Array(all)) => all.iter::<Object<'_>>().find_map(Object::into_dict),
        _ => None,
    };
    params.and_then(|params| params.get::<u8>(&b"EarlyChange"[..])) != Some(0)
}
