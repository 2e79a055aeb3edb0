//! Codes and numbers of any kind end in a text, and soon.

use tabulary_numfmt::{FormatCode, Language, Setting, serial, write_general};

/// Numbers without a pattern, the same at each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.next() as usize % list.len()]
    }
}

const WORDS: [&str; 71] = [
    "0",
    "0",
    "#",
    "?",
    "#,##0",
    ".",
    ",",
    "%",
    "E+",
    "e-",
    "E",
    "/",
    "@",
    ";",
    "1",
    "8",
    "100",
    " ",
    "-",
    "(",
    ")",
    "$",
    "\"x\"",
    "\"",
    "\\",
    "_",
    "*",
    "[",
    "]",
    "[Red]",
    "[h]",
    "[mm]",
    "[s]",
    "[>=1]",
    "[<0]",
    "[=0]",
    "[$-411]",
    "[$-404]",
    "[$-804]",
    "[$€-407]",
    "[$-F800]",
    "[$-F400]",
    "[$-30411]",
    "[DBNum1]",
    "[DBNum2]",
    "[DBNum3]",
    "[NatNum9]",
    "General",
    "G/通用格式",
    "y",
    "yyyy",
    "m",
    "mm",
    "mmm",
    "d",
    "dddd",
    "h",
    "hh",
    "s",
    "ss",
    ".00",
    "AM/PM",
    "a/p",
    "上午/下午",
    "aaaa",
    "ggge",
    "e",
    "b",
    "B2",
    "r",
    "中é",
];

const NUMBERS: [&str; 24] = [
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "-0.001",
    "12345678901234567890",
    "1e300",
    "-1e-300",
    "1e99999",
    "1e-99999",
    "43850.999999",
    "59.5",
    "60",
    "2958465.99999",
    "2958466",
    "999999999999999",
    "1e15",
    "0.30000000000000004",
    "9.99999999999999e-5",
    "",
    "-",
    "abc",
    "1.2.3",
];

const LANGUAGES: [&Language; 5] = [
    &Language::EnUs,
    &Language::ZhCn,
    &Language::ZhTw,
    &Language::Ja,
    &Language::Ko,
];

#[test]
fn any_code_shows_any_number() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut out = String::new();
    for _ in 0..60_000 {
        let words = random.next() % 12;
        let code: String = (0..words).map(|_| random.pick(&WORDS)).collect();
        let parsed = FormatCode::parse(&code);
        for _ in 0..3 {
            let number = match random.next() % 3 {
                0 => random.pick(&NUMBERS).to_owned(),
                1 => format!("{}", f64::from_bits(random.next())),
                _ => format!("{}", random.next() as i32 as f64 / 1000.0),
            };
            let setting = Setting {
                is_1904: random.next().is_multiple_of(2),
                language: *random.pick(&LANGUAGES),
            };
            out.clear();
            parsed.write_number(&number, &setting, &mut out);
            // A hundred thousand digits are the most that a number here has.
            assert!(out.len() < 500_000, "{number} under {code}");
            let no_number = parsed.time_kind(f64::NAN);
            assert!(no_number.is_none(), "{code}");
            out.clear();
            write_general(&number, &mut out);
        }
        let shown = parsed.text("text").unwrap_or_default();
        assert!(shown.len() < 200, "{code}");
    }
}

#[test]
fn any_characters_are_a_code() {
    let mut random = Random(42);
    let letters: Vec<char> = "0#?.,%eE+-/@;[]\"\\_*ymdhsagbrAMP上午下年$<>=1 n😀é"
        .chars()
        .collect();
    let mut out = String::new();
    for _ in 0..60_000 {
        let length = random.next() % 16;
        let code: String = (0..length)
            .map(|_| letters[random.next() as usize % letters.len()])
            .collect();
        out.clear();
        FormatCode::parse(&code).write_number("-43850.123", &Setting::default(), &mut out);
    }
}

#[test]
fn long_codes_take_time_by_their_length() {
    let setting = Setting::default();
    for piece in [
        "0", "#,", "?/", "[h]", "y", "m", "\\x", "\"", "[", "0;", "E+0", "General", ",", ",x",
        "0,", "%", "_",
    ] {
        let code = piece.repeat(100_000);
        let parsed = FormatCode::parse(&code);
        let mut out = String::new();
        parsed.write_number("43850.5", &setting, &mut out);
        assert!(out.len() <= 40 * code.len(), "{piece}");
        let shown = parsed.text(piece).unwrap_or_default();
        assert!(shown.len() <= 40 * code.len(), "{piece}");
    }
}

#[test]
fn any_number_is_a_moment_or_none() {
    let mut random = Random(7);
    for _ in 0..100_000 {
        let number = f64::from_bits(random.next());
        for is_1904 in [false, true] {
            if let Some(moment) = serial::moment(number, is_1904) {
                let back = serial::from_moment(moment, is_1904).expect("a number");
                assert!((back - number).abs() < 1e-8, "{number}");
            }
        }
        let number = random.next() as i64;
        assert!(serial::day(number, true).is_none() || number < 3_000_000);
        assert!(serial::weekday(number, true) < 7);
        assert!(serial::weekday(number, false) < 7);
    }
}
