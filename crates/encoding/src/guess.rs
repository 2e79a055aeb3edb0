//! Telling an encoding from bytes that are not valid UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes the statistics look at.
const SAMPLE: usize = 1 << 20;
/// How many characters of UTF-8 must stand beside one fault for the text to be damaged UTF-8.
const GOOD_FOR_ONE_BAD: usize = 20;

/// The encoding that the bytes look like.
pub(crate) fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_damaged_utf_8(bytes) {
        return UTF_8;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    let guessed = widest(detector.guess(None, Utf8Detection::Deny));
    if guessed.is_single_byte() && is_chinese(sample) {
        return GB18030;
    }
    guessed
}

/// GB18030 for the encodings that it holds, others as they are.
pub(crate) fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// UTF-16 without a byte order mark: every other byte of Latin letters, digits and line ends is zero.
pub(crate) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(4096)].as_chunks::<2>().0;
    let (mut little, mut big) = (0, 0);
    for pair in pairs {
        match *pair {
            [0, 0] => return None,
            [low, 0] if low == b'\n' || low == b'\r' || low == b'\t' || low >= 0x20 => little += 1,
            [0, low] if low == b'\n' || low == b'\r' || low == b'\t' || low >= 0x20 => big += 1,
            _ => {}
        }
    }
    let enough = |zeros: usize| zeros * 5 > pairs.len() && zeros > 1;
    if big == 0 && enough(little) {
        Some(UTF_16LE)
    } else if little == 0 && enough(big) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether a few faulty bytes stand in a text that is UTF-8 elsewhere.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes[..bytes.len().min(SAMPLE)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad.saturating_sub(1) * GOOD_FOR_ONE_BAD
}

/// Whether all bytes are GB18030, and nearly all of its pairs are common characters (the first level
/// of GB 2312: rows 16 to 55) or Chinese punctuation (rows 1 to 9).
fn is_chinese(bytes: &[u8]) -> bool {
    let (_, faulty) = GB18030.decode_without_bom_handling(bytes);
    if faulty {
        return false;
    }
    let (mut common, mut pairs) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x80 {
            continue;
        }
        let trail = rest.next().copied().unwrap_or_default();
        pairs += 1;
        let usual = (0xb0..=0xd7).contains(&lead) || (0xa1..=0xa9).contains(&lead);
        common += usize::from(usual && trail >= 0xa1);
    }
    pairs > 1 && common * 10 >= pairs * 9
}
