//! The ways in which labels of lists, headings and notes count (ECMA-376 17.18.59, `ST_NumberFormat`).

macro_rules! countings {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)*) => {
        /// A way to count.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Counting {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Counting {
            /// Every way to count.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in markup: `lowerRoman`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

countings! {
    /// `1 2 3`
    Decimal = "decimal";
    /// `01 02 10`
    DecimalZero = "decimalZero";
    /// `a b … z aa bb`
    LowerLetter = "lowerLetter";
    /// `A B … Z AA BB`
    UpperLetter = "upperLetter";
    /// `i ii iii iv`
    LowerRoman = "lowerRoman";
    /// `I II III IV`
    UpperRoman = "upperRoman";
    /// `一 二 … 十 十一 … 九十九 一○○`
    ChineseCounting = "chineseCounting";
    /// `一 二 … 十 十一 … 一百零一`
    ChineseCountingThousand = "chineseCountingThousand";
    /// `壹 贰 … 壹拾`
    ChineseLegalSimplified = "chineseLegalSimplified";
    /// `一 二 … 十 … 百一`
    JapaneseCounting = "japaneseCounting";
    /// `一 二 … 一〇`
    IdeographDigital = "ideographDigital";
    /// `甲 乙 丙`: the ten heavenly stems
    IdeographTraditional = "ideographTraditional";
    /// `子 丑 寅`: the twelve earthly branches
    IdeographZodiac = "ideographZodiac";
    /// `① ② … ⑳`
    DecimalEnclosedCircle = "decimalEnclosedCircle";
    /// `⑴ ⑵ … ⒇`
    DecimalEnclosedParen = "decimalEnclosedParen";
    /// `⒈ ⒉ … ⒛`
    DecimalEnclosedFullstop = "decimalEnclosedFullstop";
    /// `㈠ ㈡ … ㈩`
    IdeographEnclosedCircle = "ideographEnclosedCircle";
    /// `１ ２ ３`
    DecimalFullWidth = "decimalFullWidth";
    /// `- 1 -`
    NumberInDash = "numberInDash";
    /// `1st 2nd 3rd`
    Ordinal = "ordinal";
    /// `* † ‡ §`
    Chicago = "chicago";
    /// `가 나 다`
    Ganada = "ganada";
    /// `ア イ ウ`
    AiueoFullWidth = "aiueoFullWidth";
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const GANADA: &str = "가나다라마바사아자차카타파하";
const AIUEO: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// The digits of a system of numerals that names its powers of ten.
struct Numerals {
    digits: [&'static str; 10],
    powers: [&'static str; 5],
    /// A one before a ten that begins the number, and before any other power, is left out.
    bare_first_ten: bool,
    bare_ones: bool,
    /// A zero stands for powers that are left out in between.
    zero_between: bool,
}

const CHINESE: Numerals = Numerals {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    powers: ["", "十", "百", "千", "万"],
    bare_first_ten: true,
    bare_ones: false,
    zero_between: true,
};

const LEGAL: Numerals = Numerals {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    powers: ["", "拾", "佰", "仟", "萬"],
    bare_first_ten: false,
    bare_ones: false,
    zero_between: true,
};

const JAPANESE: Numerals = Numerals {
    digits: ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    powers: ["", "十", "百", "千", "万"],
    bare_first_ten: true,
    bare_ones: true,
    zero_between: false,
};

impl Counting {
    /// The way to count of that name. Names for the same look that this program does not tell apart
    /// are one.
    pub fn from_name(name: &str) -> Option<Self> {
        let same = match name {
            "decimalEnclosedCircleChinese" => "decimalEnclosedCircle",
            "decimalFullWidth2" => "decimalFullWidth",
            "decimalHalfWidth" => "decimal",
            "taiwaneseCounting" => "chineseCounting",
            "taiwaneseCountingThousand" => "chineseCountingThousand",
            "taiwaneseDigital" | "japaneseDigitalTenThousand" => "ideographDigital",
            "aiueo" => "aiueoFullWidth",
            name => name,
        };
        Self::ALL.iter().copied().find(|way| way.name() == same)
    }

    /// A number as text. What the system cannot count is given in decimal digits.
    pub fn write(self, number: u32) -> String {
        let listed = |symbols: &str, cycles: bool| from_list(symbols, cycles, number);
        let block = |first: char, count: u32| from_block(first, count, number);
        let found = match self {
            Self::Decimal => None,
            Self::DecimalZero => Some(format!("{number:02}")),
            Self::LowerLetter => letters('a', number),
            Self::UpperLetter => letters('A', number),
            Self::LowerRoman => roman(number).map(|text| text.to_lowercase()),
            Self::UpperRoman => roman(number),
            Self::ChineseCounting if number > 99 => Some(digit_by_digit(number, "○")),
            Self::ChineseCounting | Self::ChineseCountingThousand => numerals(&CHINESE, number),
            Self::ChineseLegalSimplified => numerals(&LEGAL, number),
            Self::JapaneseCounting => numerals(&JAPANESE, number),
            Self::IdeographDigital => Some(digit_by_digit(number, "〇")),
            Self::IdeographTraditional => listed(STEMS, true),
            Self::IdeographZodiac => listed(BRANCHES, true),
            Self::DecimalEnclosedCircle => block('①', 20),
            Self::DecimalEnclosedParen => block('⑴', 20),
            Self::DecimalEnclosedFullstop => block('⒈', 20),
            Self::IdeographEnclosedCircle => block('㈠', 10),
            Self::DecimalFullWidth => Some(full_width(number)),
            Self::NumberInDash => Some(format!("- {number} -")),
            Self::Ordinal => Some(ordinal(number)),
            Self::Chicago => repeated("*†‡§", number),
            Self::Ganada => listed(GANADA, false),
            Self::AiueoFullWidth => listed(AIUEO, false),
        };
        found.unwrap_or_else(|| number.to_string())
    }
}

fn from_list(symbols: &str, cycles: bool, number: u32) -> Option<String> {
    let count = symbols.chars().count();
    let index = (number as usize).checked_sub(1)?;
    let index = if cycles { index % count } else { index };
    symbols.chars().nth(index).map(String::from)
}

fn from_block(first: char, count: u32, number: u32) -> Option<String> {
    let offset = number.checked_sub(1).filter(|&offset| offset < count)?;
    char::from_u32(first as u32 + offset).map(String::from)
}

/// The letter, repeated once more with every round of the alphabet (ECMA-376 17.18.59, `upperLetter`).
fn letters(first: char, number: u32) -> Option<String> {
    let offset = number.checked_sub(1)?;
    let letter = char::from_u32(first as u32 + offset % 26)?;
    let times = (offset / 26 + 1) as usize;
    (times <= 30).then(|| String::from(letter).repeat(times))
}

fn repeated(symbols: &str, number: u32) -> Option<String> {
    let offset = number.checked_sub(1)? as usize;
    let count = symbols.chars().count();
    let symbol = symbols.chars().nth(offset % count)?;
    let times = offset / count + 1;
    (times <= 30).then(|| String::from(symbol).repeat(times))
}

fn roman(number: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 32_767 {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, symbol) in STEPS {
        while rest >= value {
            text.push_str(symbol);
            rest -= value;
        }
    }
    Some(text)
}

fn numerals(system: &Numerals, number: u32) -> Option<String> {
    if number == 0 || number > 99_999 {
        return (number == 0).then(|| system.digits[0].to_owned());
    }
    let mut text = String::new();
    let mut gap = false;
    for power in (0..5_u32).rev() {
        let digit = (number / 10_u32.pow(power)) % 10;
        if digit == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) && system.zero_between {
            text.push_str(system.digits[0]);
        }
        let first_ten = power == 1 && text.is_empty() && system.bare_first_ten;
        let bare = digit == 1 && (first_ten || system.bare_ones && (1..4).contains(&power));
        if !bare {
            text.push_str(system.digits[digit as usize]);
        }
        text.push_str(system.powers[power as usize]);
    }
    Some(text)
}

fn digit_by_digit(number: u32, zero: &str) -> String {
    let digits = number.to_string();
    let digits = digits.bytes().map(|byte| match byte {
        b'0' => zero,
        _ => CHINESE.digits[usize::from(byte - b'0')],
    });
    digits.collect()
}

fn full_width(number: u32) -> String {
    let digits = number.to_string();
    let wide = digits
        .bytes()
        .filter_map(|byte| char::from_u32('０' as u32 + u32::from(byte - b'0')));
    wide.collect()
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, numbers: &[u32]) -> String {
        let way = Counting::from_name(name).expect("a known way to count");
        let texts: Vec<_> = numbers.iter().map(|&n| way.write(n)).collect();
        texts.join(" ")
    }

    #[test]
    fn numbers_are_written_as_their_system_writes_them() {
        for (name, numbers, wanted) in [
            ("decimal", &[0, 1, 12][..], "0 1 12"),
            ("upperLetter", &[1, 26, 27, 28], "A Z AA BB"),
            ("lowerRoman", &[1, 4, 9, 1999], "i iv ix mcmxcix"),
            (
                "chineseCounting",
                &[1, 10, 11, 20, 99, 101],
                "一 十 十一 二十 九十九 一○一",
            ),
            (
                "chineseCountingThousand",
                &[10, 100, 101, 110, 1001, 10_010],
                "十 一百 一百零一 一百一十 一千零一 一万零一十",
            ),
            ("chineseLegalSimplified", &[1, 10, 25], "壹 壹拾 贰拾伍"),
            (
                "japaneseCounting",
                &[10, 11, 100, 101, 1010],
                "十 十一 百 百一 千十",
            ),
            ("ideographDigital", &[1, 10, 25], "一 一〇 二五"),
            ("ideographTraditional", &[1, 10, 11], "甲 癸 甲"),
            ("decimalEnclosedCircle", &[1, 20, 21], "① ⑳ 21"),
            ("decimalFullWidth", &[1, 10], "１ １０"),
            ("ordinal", &[1, 2, 11, 23], "1st 2nd 11th 23rd"),
            ("decimalEnclosedCircleChinese", &[3], "③"),
        ] {
            assert_eq!(row(name, numbers), wanted, "{name}");
        }
        assert_eq!(Counting::from_name("hebrew1"), None);
    }
}
