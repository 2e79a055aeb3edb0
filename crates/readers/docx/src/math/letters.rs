//! Mathematical alphabets of Unicode (Unicode 16 chapter 22.2), which stand for bold, double-struck and
//! other letters in MathML.

/// An alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Bold,
    Italic,
    BoldItalic,
    Script,
    BoldScript,
    Fraktur,
    DoubleStruck,
    BoldFraktur,
    Sans,
    SansBold,
    SansItalic,
    SansBoldItalic,
    Mono,
}

use Alphabet::*;

/// Where the letters of an alphabet begin; its digits; its Greek letters. Nothing stands at 0.
const STARTS: [(Alphabet, u32, u32, u32); 13] = [
    (Bold, 0x1D400, 0x1D7CE, 0x1D6A8),
    (Italic, 0x1D434, 0, 0x1D6E2),
    (BoldItalic, 0x1D468, 0, 0x1D71C),
    (Script, 0x1D49C, 0, 0),
    (BoldScript, 0x1D4D0, 0, 0),
    (Fraktur, 0x1D504, 0, 0),
    (DoubleStruck, 0x1D538, 0x1D7D8, 0),
    (BoldFraktur, 0x1D56C, 0, 0),
    (Sans, 0x1D5A0, 0x1D7E2, 0),
    (SansBold, 0x1D5D4, 0x1D7EC, 0x1D756),
    (SansItalic, 0x1D608, 0, 0),
    (SansBoldItalic, 0x1D63C, 0, 0x1D790),
    (Mono, 0x1D670, 0x1D7F6, 0),
];

/// Letters that were in Unicode before their alphabet was.
const ELSEWHERE: [(Alphabet, char, char); 24] = [
    (Italic, 'h', 'ℎ'),
    (Script, 'B', 'ℬ'),
    (Script, 'E', 'ℰ'),
    (Script, 'F', 'ℱ'),
    (Script, 'H', 'ℋ'),
    (Script, 'I', 'ℐ'),
    (Script, 'L', 'ℒ'),
    (Script, 'M', 'ℳ'),
    (Script, 'R', 'ℛ'),
    (Script, 'e', 'ℯ'),
    (Script, 'g', 'ℊ'),
    (Script, 'o', 'ℴ'),
    (Fraktur, 'C', 'ℭ'),
    (Fraktur, 'H', 'ℌ'),
    (Fraktur, 'I', 'ℑ'),
    (Fraktur, 'R', 'ℜ'),
    (Fraktur, 'Z', 'ℨ'),
    (DoubleStruck, 'C', 'ℂ'),
    (DoubleStruck, 'H', 'ℍ'),
    (DoubleStruck, 'N', 'ℕ'),
    (DoubleStruck, 'P', 'ℙ'),
    (DoubleStruck, 'Q', 'ℚ'),
    (DoubleStruck, 'R', 'ℝ'),
    (DoubleStruck, 'Z', 'ℤ'),
];

/// The Greek letters of an alphabet, in its order.
const GREEK: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";

/// A character in an alphabet; itself where the alphabet has none.
pub(super) fn styled(c: char, alphabet: Alphabet) -> char {
    let elsewhere = ELSEWHERE
        .iter()
        .find(|(of, plain, _)| *of == alphabet && *plain == c);
    if let Some((_, _, styled)) = elsewhere {
        return *styled;
    }
    let starts = STARTS.iter().find(|(of, ..)| *of == alphabet);
    let Some(&(_, letters, digits, greek)) = starts else {
        return c;
    };
    let (start, offset) = match c {
        'A'..='Z' => (letters, u32::from(c) - u32::from('A')),
        'a'..='z' => (letters, u32::from(c) - u32::from('a') + 26),
        '0'..='9' => (digits, u32::from(c) - u32::from('0')),
        c => match (0..).zip(GREEK.chars()).find(|(_, letter)| *letter == c) {
            Some((offset, _)) => (greek, offset),
            None => return c,
        },
    };
    let found = char::from_u32(start + offset).filter(|_| start > 0);
    found.unwrap_or(c)
}

/// The alphabet of a character, and the plain one.
pub(super) fn plain(c: char) -> Option<(Alphabet, char)> {
    if let Some((alphabet, plain, _)) = ELSEWHERE.iter().find(|(_, _, styled)| *styled == c) {
        return Some((*alphabet, *plain));
    }
    let code = u32::from(c);
    STARTS
        .iter()
        .find_map(|&(alphabet, letters, digits, greek)| {
            let offset = |start: u32, length: u32| {
                let offset = code.checked_sub(start)?;
                (start > 0 && offset < length).then_some(offset)
            };
            let plain = if let Some(offset) = offset(letters, 52) {
                let capital = offset < 26;
                let first = if capital { 'A' } else { 'a' };
                char::from_u32(u32::from(first) + offset % 26)
            } else if let Some(offset) = offset(digits, 10) {
                char::from_digit(offset, 10)
            } else {
                GREEK.chars().nth(usize::try_from(offset(greek, 58)?).ok()?)
            };
            plain.map(|plain| (alphabet, plain))
        })
}
