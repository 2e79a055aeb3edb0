//! Figures other than the plain ones: those of `[DBNum1]` to `[DBNum4]`, and of Thai and Arabic.
//!
//! The figures of each language are those of the East Asian editions of Excel.
//! `General` writes a number out with its units, placeholders take it figure by figure.

use crate::locale::{Numerals, Tongue};

/// The figures of one language and style.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    figures: [char; 10],
    /// Ten, hundred, thousand; none where numbers have no units.
    units: Option<[char; 3]>,
    /// Ten thousand, a hundred million, a million million.
    myriads: [&'static str; 3],
    /// Whether zeros within a number are told, as in Chinese.
    tells_zeros: bool,
    /// Whether ten, hundred and thousand need no one before them.
    drops_one: bool,
    /// Whether ten needs no one before it in a date.
    drops_one_in_dates: bool,
}

const fn figures_from(zero: char) -> [char; 10] {
    let mut figures = ['0'; 10];
    let mut number = 0;
    while number < 10 {
        if let Some(figure) = char::from_u32(zero as u32 + number as u32) {
            figures[number] = figure;
        }
        number += 1;
    }
    figures
}

const LOWER: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

impl Script {
    const PLAIN: Self = Self {
        figures: figures_from('0'),
        units: None,
        myriads: [""; 3],
        tells_zeros: false,
        drops_one: false,
        drops_one_in_dates: false,
    };

    const CHINESE: Self = Self {
        figures: LOWER,
        units: Some(['十', '百', '千']),
        myriads: ["万", "亿", "万亿"],
        tells_zeros: true,
        drops_one: false,
        drops_one_in_dates: true,
    };

    const CHINESE_FORMAL: Self = Self {
        figures: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
        units: Some(['拾', '佰', '仟']),
        drops_one_in_dates: false,
        ..Self::CHINESE
    };

    const TRADITIONAL: Self = Self {
        myriads: ["萬", "億", "兆"],
        ..Self::CHINESE
    };

    const TRADITIONAL_FORMAL: Self = Self {
        figures: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
        myriads: Self::TRADITIONAL.myriads,
        ..Self::CHINESE_FORMAL
    };

    const JAPANESE: Self = Self {
        myriads: ["万", "億", "兆"],
        tells_zeros: false,
        drops_one: true,
        ..Self::CHINESE
    };

    const JAPANESE_FORMAL: Self = Self {
        figures: ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
        units: Some(['拾', '百', '阡']),
        myriads: ["萬", "億", "兆"],
        drops_one: false,
        drops_one_in_dates: false,
        ..Self::JAPANESE
    };

    const KOREAN: Self = Self {
        drops_one: false,
        ..Self::JAPANESE
    };

    const KOREAN_FORMAL: Self = Self {
        figures: ['零', '壹', '貳', '參', '四', '五', '六', '七', '八', '九'],
        ..Self::JAPANESE_FORMAL
    };

    const HANGUL: Self = Self {
        figures: ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'],
        units: Some(['십', '백', '천']),
        myriads: ["만", "억", "조"],
        ..Self::KOREAN
    };

    /// The figures for what a code asks in a language; none for plain ones.
    pub(crate) fn of(numerals: Numerals, tongue: Tongue) -> Option<Self> {
        Some(match numerals {
            Numerals::Plain => return None,
            Numerals::Thai => Self::PLAIN.with_figures('๐'),
            Numerals::Arabic => Self::PLAIN.with_figures('٠'),
            Numerals::Persian => Self::PLAIN.with_figures('۰'),
            Numerals::Devanagari => Self::PLAIN.with_figures('०'),
            Numerals::EastAsian(mode) => match (mode, tongue) {
                (1, Tongue::Traditional) => Self::TRADITIONAL,
                (1, Tongue::Japanese) => Self::JAPANESE,
                (1, Tongue::Korean) => Self::KOREAN,
                (1, _) => Self::CHINESE,
                (2, Tongue::Traditional) => Self::TRADITIONAL_FORMAL,
                (2, Tongue::Japanese) => Self::JAPANESE_FORMAL,
                (2, Tongue::Korean) => Self::KOREAN_FORMAL,
                (2, _) => Self::CHINESE_FORMAL,
                (3, Tongue::Traditional) => Self::TRADITIONAL.with_figures('０'),
                (3, Tongue::Japanese) => Self::JAPANESE.with_figures('０'),
                (3, Tongue::Korean) => Self::KOREAN.with_figures('０'),
                (3, _) => Self::CHINESE.with_figures('０'),
                (_, Tongue::Korean) => Self::HANGUL,
                _ => return None,
            },
        })
    }

    /// The same with ten figures that follow one another from a zero.
    const fn with_figures(self, zero: char) -> Self {
        Self {
            figures: figures_from(zero),
            ..self
        }
    }

    /// The figure for a digit.
    pub(crate) fn figure(&self, digit: u8) -> char {
        self.figures.get(usize::from(digit)).copied().unwrap_or('0')
    }

    /// Writes a text figure by figure, and what is no figure as it is.
    pub(crate) fn write_each(&self, text: &str, out: &mut String) {
        out.extend(text.chars().map(|character| match character {
            '0'..='9' => self.figure(character as u8 - b'0'),
            other => other,
        }));
    }

    /// Writes a number as `General` shows it, its whole part with units.
    pub(crate) fn write_general(&self, text: &str, out: &mut String) {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, rest) = unsigned.split_at(unsigned.find('.').unwrap_or(unsigned.len()));
        let has_units = self.units.is_some() && whole.len() <= 16;
        if !has_units || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            self.write_each(text, out);
            return;
        }
        if unsigned.len() < text.len() {
            out.push('-');
        }
        self.write_whole(whole, out);
        self.write_each(rest, out);
    }

    fn write_whole(&self, whole: &str, out: &mut String) {
        if whole.bytes().all(|byte| byte == b'0') {
            out.push(self.figure(0));
            return;
        }
        let length = whole.len();
        let (mut zeros, mut started) = (false, false);
        let mut in_group = false;
        for (at, byte) in whole.bytes().enumerate() {
            let digit = byte - b'0';
            let power = length - 1 - at;
            if digit == 0 {
                zeros = true;
            } else {
                if zeros && started && self.tells_zeros {
                    out.push(self.figure(0));
                }
                zeros = false;
                started = true;
                in_group = true;
                let unit = match (power % 4, self.units) {
                    (0, _) | (_, None) => None,
                    (unit, Some(units)) => units.get(unit - 1).copied(),
                };
                if digit != 1 || unit.is_none() || !self.drops_one {
                    out.push(self.figure(digit));
                }
                out.extend(unit);
            }
            if power.is_multiple_of(4) && power > 0 && in_group {
                // Chinese says "ten thousand" once before "hundred million", not once for each.
                let followed = whole.as_bytes().get(at + 1..at + 5);
                let followed = followed.is_some_and(|group| group.iter().any(|&byte| byte != b'0'));
                out.push_str(match (power, self.myriads) {
                    (12, [ten_thousand, _, "万亿"]) if followed => ten_thousand,
                    (4, [name, ..]) | (8, [_, name, _]) | (12, [_, _, name]) => name,
                    _ => "",
                });
                in_group = false;
                zeros = false;
            }
        }
    }

    /// Writes a part of a date or time below one hundred.
    pub(crate) fn write_part(&self, number: u32, two_wide: bool, out: &mut String) {
        let (tens, ones) = ((number / 10 % 10) as u8, (number % 10) as u8);
        let Some([ten, ..]) = self.units.filter(|_| !self.figures.contains(&'０')) else {
            if tens > 0 || two_wide {
                out.push(self.figure(tens));
            }
            out.push(self.figure(ones));
            return;
        };
        if tens > 0 {
            if tens > 1 || !self.drops_one_in_dates {
                out.push(self.figure(tens));
            }
            out.push(ten);
            if ones > 0 {
                out.push(self.figure(ones));
            }
        } else {
            if two_wide {
                out.push(self.figure(0));
            }
            out.push(self.figure(ones));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn general(tongue: Tongue, mode: u8, text: &str) -> String {
        let script = Script::of(Numerals::EastAsian(mode), tongue).expect("figures");
        let mut out = String::new();
        script.write_general(text, &mut out);
        out
    }

    #[test]
    fn numbers_are_written_out() {
        use Tongue::{Japanese, Korean, Simplified, Traditional};
        for (tongue, mode, text, wanted) in [
            (Simplified, 1, "1234", "一千二百三十四"),
            (Simplified, 1, "0", "〇"),
            (Simplified, 1, "10", "一十"),
            (Simplified, 1, "1004", "一千〇四"),
            (Simplified, 1, "10040", "一万〇四十"),
            (Simplified, 1, "105000", "一十万五千"),
            (Simplified, 1, "100000000", "一亿"),
            (Simplified, 1, "1200000034", "一十二亿〇三十四"),
            (Simplified, 1, "-123.45", "-一百二十三.四五"),
            (Simplified, 1, "1000000000000", "一万亿"),
            (Simplified, 1, "1.2E+15", "一.二E+一五"),
            (Simplified, 2, "1234", "壹仟贰佰叁拾肆"),
            (Simplified, 3, "1234", "１千２百３十４"),
            (Traditional, 1, "12345", "一萬二千三百四十五"),
            (Traditional, 2, "1234", "壹仟貳佰參拾肆"),
            (Japanese, 1, "1234", "千二百三十四"),
            (Japanese, 1, "10015", "一万十五"),
            (Japanese, 2, "12345", "壱萬弐阡参百四拾伍"),
            (Japanese, 3, "1234", "千２百３十４"),
            (Korean, 1, "1234", "一千二百三十四"),
            (Korean, 4, "12345", "일만이천삼백사십오"),
        ] {
            assert_eq!(general(tongue, mode, text), wanted, "{text}");
        }
    }

    #[test]
    fn parts_of_dates_are_written() {
        for (mode, number, two_wide, wanted) in [
            (1, 1, false, "一"),
            (1, 1, true, "〇一"),
            (1, 10, false, "十"),
            (1, 15, true, "十五"),
            (1, 20, true, "二十"),
            (1, 0, false, "〇"),
            (2, 10, false, "壹拾"),
            (2, 25, false, "贰拾伍"),
            (3, 20, false, "２０"),
        ] {
            let script = Script::of(Numerals::EastAsian(mode), Tongue::Simplified);
            let mut out = String::new();
            script
                .expect("figures")
                .write_part(number, two_wide, &mut out);
            assert_eq!(out, wanted, "{number}");
        }
    }
}
