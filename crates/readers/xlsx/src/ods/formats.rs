//! Data styles (OpenDocument 1.3 part 3, 16.29) as number format codes (ECMA-376-1 18.8.30).

use std::collections::BTreeMap;

use tabulary_package::xml::{Element, Ns};

use super::digits::{count, fraction, number, plain_number, push_literal, scientific};
use super::locale;

/// The data styles of a document by their names.
pub(super) type DataStyles = BTreeMap<String, Element>;

/// The elements that are data styles.
pub(super) fn is_data_style(element: &Element) -> bool {
    const NAMES: &[&str] = &[
        "number-style",
        "currency-style",
        "percentage-style",
        "date-style",
        "time-style",
        "boolean-style",
        "text-style",
    ];
    element.ns == Ns::OdfNumber && NAMES.contains(&element.local.as_str())
}

/// The format code of a data style; none where no code says the same.
pub(super) fn code(name: &str, styles: &DataStyles) -> Option<String> {
    let style = styles.get(name)?;
    let own = section(style)?;
    let mut parts = Vec::new();
    let maps = style.elements().filter(|e| e.is(Ns::OdfStyle, "map"));
    for map in maps.take(3) {
        let condition = map.attribute(Ns::OdfStyle, "condition")?;
        let target = map.attribute(Ns::OdfStyle, "apply-style-name")?;
        parts.push((Condition::parse(condition)?, section(styles.get(target)?)?));
    }
    Some(with_conditions(parts, own))
}

/// A condition of a section, such as `>=0`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition(String);

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let rest = text.strip_prefix("value()")?;
        let number = rest.trim_start_matches(['<', '>', '=', '!']);
        let number: f64 = number.parse().ok()?;
        // "At most the largest number" is how LibreOffice says "not a text".
        let any = rest.starts_with("<=") && number > 1e300;
        Some(Self(if any {
            ">=0".to_owned()
        } else {
            rest.replace("!=", "<>")
        }))
    }
}

/// Sections in the order of ECMA-376-1 18.8.31. Those that Excel understands without a condition
/// have none.
fn with_conditions(mut parts: Vec<(Condition, String)>, own: String) -> String {
    let usual: &[&[&str]] = &[&[], &[">=0"], &[">0", "<0"], &[">0", "<0", "=0"]];
    let place = |condition: &Condition| {
        [">=0", ">0", "<0", "=0"]
            .iter()
            .position(|c| *c == condition.0)
    };
    parts.sort_by_key(|(condition, _)| place(condition).unwrap_or_default());
    let is_usual = usual.iter().any(|usual| {
        usual.len() == parts.len()
            && usual
                .iter()
                .zip(&parts)
                .all(|(usual, (c, _))| *usual == c.0)
    });
    let mut code = String::new();
    for (condition, section) in parts {
        if !is_usual {
            code.push_str(&format!("[{}]", condition.0));
        }
        code.push_str(&section);
        code.push(';');
    }
    code.push_str(&own);
    code
}

/// The code of a data style without its maps.
fn section(style: &Element) -> Option<String> {
    let mut section = Section::new(style);
    for part in style.elements() {
        if part.is(Ns::OdfStyle, "text-properties") {
            section.colour(part);
        } else if part.ns == Ns::OdfNumber {
            section.part(part)?;
        }
    }
    Some(section.finish())
}

struct Section<'a> {
    style: &'a Element,
    prefix: String,
    code: String,
    /// The first unit of time goes beyond its usual bound.
    elapsed: bool,
}

impl<'a> Section<'a> {
    fn new(style: &'a Element) -> Self {
        Self {
            style,
            prefix: String::new(),
            code: String::new(),
            elapsed: number(style, "truncate-on-overflow") == Some("false"),
        }
    }

    fn finish(self) -> String {
        let is_time = matches!(self.style.local.as_str(), "date-style" | "time-style");
        let numerals = number(self.style, "transliteration-format")
            .filter(|_| number(self.style, "transliteration-style") != Some("long"));
        let numerals = match numerals.and_then(|text| text.chars().next()) {
            Some('一') => "[DBNum1]",
            Some('壹') => "[DBNum2]",
            Some('１') => "[DBNum3]",
            _ => "",
        };
        let mut prefix = self.prefix;
        if is_time || !numerals.is_empty() {
            let by = if numerals.is_empty() {
                ""
            } else {
                "transliteration-"
            };
            let language = number(self.style, &format!("{by}language"));
            let country = number(self.style, &format!("{by}country"));
            if let Some(id) = language.and_then(|language| locale::id(language, country)) {
                prefix.push_str(&format!("[$-{id:X}]"));
            }
        }
        format!("{numerals}{prefix}{}", self.code)
    }

    /// The colours that codes have names for (ECMA-376-1 18.8.31).
    fn colour(&mut self, properties: &Element) {
        const COLOURS: &[(&str, &str)] = &[
            ("#000000", "[Black]"),
            ("#0000ff", "[Blue]"),
            ("#00ffff", "[Cyan]"),
            ("#00ff00", "[Green]"),
            ("#ff00ff", "[Magenta]"),
            ("#ff0000", "[Red]"),
            ("#ffffff", "[White]"),
            ("#ffff00", "[Yellow]"),
        ];
        let colour = properties.attribute(Ns::OdfFo, "color").unwrap_or_default();
        let colour = colour.to_ascii_lowercase();
        if let Some((_, name)) = COLOURS.iter().find(|(hex, _)| *hex == colour) {
            self.prefix.push_str(name);
        }
    }

    fn part(&mut self, part: &Element) -> Option<()> {
        let long = number(part, "style") == Some("long");
        let pick = |short: &'static str, wide: &'static str| if long { wide } else { short };
        match part.local.as_str() {
            "text" => self.text(part),
            "fill-character" => {
                let text = part.text();
                self.code.push('*');
                self.code.push(text.chars().next().unwrap_or(' '));
            }
            "number" => self.code.push_str(&plain_number(part)),
            "scientific-number" => self.code.push_str(&scientific(part)),
            "fraction" => self.code.push_str(&fraction(part)),
            "currency-symbol" => self.currency(part),
            "text-content" => self.code.push('@'),
            "boolean" => self.code.push_str("General"),
            "era" => self.code.push_str(pick("g", "ggg")),
            "year" => {
                let calendar = number(part, "calendar").unwrap_or("gregorian");
                let by_era = matches!(calendar, "gengou" | "ROC" | "roc");
                self.code.push_str(match (by_era, long) {
                    (true, false) => "e",
                    (true, true) => "ee",
                    (false, false) => "yy",
                    (false, true) => "yyyy",
                });
            }
            "month" => {
                let textual = number(part, "textual") == Some("true");
                self.code.push_str(match (textual, long) {
                    (false, false) => "m",
                    (false, true) => "mm",
                    (true, false) => "mmm",
                    (true, true) => "mmmm",
                });
            }
            "day" => self.code.push_str(pick("d", "dd")),
            "day-of-week" => self.code.push_str(pick("ddd", "dddd")),
            "hours" => self.unit(pick("h", "hh")),
            "minutes" => self.unit(pick("m", "mm")),
            "seconds" => {
                self.unit(pick("s", "ss"));
                let places = count(part, "decimal-places").unwrap_or_default();
                if places > 0 {
                    self.code.push('.');
                    self.code.push_str(&"0".repeat(places));
                }
            }
            "am-pm" => self.code.push_str("AM/PM"),
            // Quarters and weeks of the year have no code.
            _ => return None,
        }
        Some(())
    }

    /// A unit of time; the first of a length of time stands in brackets.
    fn unit(&mut self, code: &str) {
        if std::mem::take(&mut self.elapsed) {
            self.code.push_str(&format!("[{code}]"));
        } else {
            self.code.push_str(code);
        }
    }

    fn text(&mut self, part: &Element) {
        let text = part.text();
        if self.style.local == "percentage-style" {
            for (index, piece) in text.split('%').enumerate() {
                if index > 0 {
                    self.code.push('%');
                }
                push_literal(&mut self.code, piece);
            }
        } else {
            push_literal(&mut self.code, &text);
        }
    }

    fn currency(&mut self, part: &Element) {
        let symbol = part.text();
        let language = number(part, "language");
        let id = language.and_then(|language| locale::id(language, number(part, "country")));
        match id {
            Some(id) => self.code.push_str(&format!("[${symbol}-{id:X}]")),
            None if language.is_some() && !symbol.is_empty() => {
                self.code.push_str(&format!("[${symbol}]"));
            }
            None => self
                .code
                .push_str(&format!("\"{}\"", symbol.replace('"', ""))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::{Budget, Cancel, Limits};
    use tabulary_package::xml::{Event, Pull};

    const NAMESPACES: &str = concat!(
        r#"xmlns:n="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" "#,
        r#"xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
        r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0""#,
    );

    /// The code of the style `N` among these.
    fn made(styles: &str) -> Option<String> {
        let text = format!("<all {NAMESPACES}>{styles}</all>");
        let budget = Budget::new(&Limits::default(), &Cancel::default());
        let mut pull = Pull::new(&text, &budget);
        let Ok(Event::Start(start)) = pull.next_event() else {
            panic!("an element");
        };
        let all = pull.element(start).expect("whole XML");
        let named = |style: &Element| {
            assert!(is_data_style(style));
            let name = style.attribute(Ns::OdfStyle, "name").expect("a name");
            (name.to_owned(), style.clone())
        };
        code("N", &all.elements().map(named).collect())
    }

    /// The code of a number style of these parts.
    fn number_style(parts: &str) -> Option<String> {
        made(&format!(
            r#"<n:number-style s:name="N">{parts}</n:number-style>"#
        ))
    }

    #[test]
    fn numbers_have_codes() {
        for (parts, wanted) in [
            (r#"<n:number n:min-integer-digits="1"/>"#, "General"),
            (
                r#"<n:number n:decimal-places="0" n:min-integer-digits="1"/>"#,
                "0",
            ),
            (
                r#"<n:number n:decimal-places="2" n:min-integer-digits="1" n:grouping="true"/>"#,
                "#,##0.00",
            ),
            (
                r#"<n:number n:decimal-places="2" n:min-integer-digits="0"/>"#,
                "#.00",
            ),
            (
                r#"<n:number n:decimal-places="3" n:min-decimal-places="1" n:min-integer-digits="1"/>"#,
                "0.0##",
            ),
            (
                r#"<n:number n:decimal-places="0" n:min-integer-digits="5" n:grouping="true"/>"#,
                "00,000",
            ),
            (
                r#"<n:number n:decimal-places="1" n:min-integer-digits="1" n:display-factor="1000000"/><n:text> M</n:text>"#,
                "0.0,,\" M\"",
            ),
            (
                r#"<n:number n:decimal-places="0" n:min-integer-digits="7"><n:embedded-text n:position="4">-</n:embedded-text></n:number>"#,
                "000-0000",
            ),
            (
                r#"<n:scientific-number n:decimal-places="2" n:min-integer-digits="1" n:min-exponent-digits="2"/>"#,
                "0.00E+00",
            ),
            (
                r#"<n:scientific-number n:decimal-places="1" n:min-integer-digits="1" n:exponent-interval="3" n:min-exponent-digits="1"/>"#,
                "##0.0E+0",
            ),
            (
                r#"<n:fraction n:min-integer-digits="0" n:min-numerator-digits="2" n:min-denominator-digits="2"/>"#,
                "# ??/??",
            ),
            (
                r#"<n:fraction n:min-numerator-digits="1" n:denominator-value="8"/>"#,
                "?/8",
            ),
            (
                r#"<n:text>约</n:text><n:number n:decimal-places="0" n:min-integer-digits="1"/><n:text>%</n:text>"#,
                "\"约\"0\\%",
            ),
            (
                r#"<n:fill-character> </n:fill-character><n:number n:decimal-places="0" n:min-integer-digits="1"/>"#,
                "* 0",
            ),
        ] {
            assert_eq!(number_style(parts).as_deref(), Some(wanted), "{parts}");
        }
    }

    #[test]
    fn dates_and_times_have_codes() {
        let date = |attributes: &str, parts: &str| {
            made(&format!(
                r#"<n:date-style s:name="N" {attributes}>{parts}</n:date-style>"#
            ))
        };
        let parts = r#"<n:year n:style="long"/><n:text>年</n:text><n:month/><n:text>月</n:text>"#;
        assert_eq!(date("", parts).as_deref(), Some("yyyy\"年\"m\"月\""));
        let chinese = r#"n:language="zh" n:country="CN" n:transliteration-language="zh" n:transliteration-country="CN" n:transliteration-format="一" n:transliteration-style="short""#;
        assert_eq!(
            date(chinese, parts).as_deref(),
            Some("[DBNum1][$-804]yyyy\"年\"m\"月\"")
        );
        let english = r#"<n:day-of-week n:style="long"/><n:text>, </n:text><n:month n:textual="true"/><n:text>.</n:text><n:day n:style="long"/>"#;
        assert_eq!(
            date(r#"n:language="en" n:country="US""#, english).as_deref(),
            Some("[$-409]dddd\", \"mmm\\.dd")
        );
        assert_eq!(date("", "<n:quarter/>"), None);
        let time = r#"<n:time-style s:name="N" n:truncate-on-overflow="false"><n:hours/><n:text>:</n:text><n:minutes n:style="long"/><n:text>:</n:text><n:seconds n:style="long" n:decimal-places="2"/></n:time-style>"#;
        assert_eq!(made(time).as_deref(), Some("[h]:mm:ss.00"));
        let clock = r#"<n:time-style s:name="N"><n:hours/><n:text>:</n:text><n:minutes n:style="long"/><n:text> </n:text><n:am-pm/></n:time-style>"#;
        assert_eq!(made(clock).as_deref(), Some("h:mm AM/PM"));
    }

    #[test]
    fn conditions_are_sections() {
        let digits = r#"<n:number n:decimal-places="0" n:min-integer-digits="1"/>"#;
        let map = |condition: &str, name: &str| {
            format!(r#"<s:map s:condition="{condition}" s:apply-style-name="{name}"/>"#)
        };
        let red = r##"<s:text-properties fo:color="#ff0000"/>"##;
        let two = format!(
            r#"<n:number-style s:name="P">{digits}</n:number-style><n:number-style s:name="N">{red}<n:text>-</n:text>{digits}{}</n:number-style>"#,
            map("value()&gt;=0", "P")
        );
        assert_eq!(made(&two).as_deref(), Some("0;[Red]-0"));
        let four = format!(
            r#"<n:currency-style s:name="P"><n:currency-symbol n:language="de" n:country="DE">€</n:currency-symbol>{digits}</n:currency-style><n:number-style s:name="Q"><n:text>none</n:text></n:number-style><n:text-style s:name="N"><n:text-content/>{}{}{}</n:text-style>"#,
            map("value()=0", "Q"),
            map("value()&gt;0", "P"),
            map("value()&lt;0", "P"),
        );
        assert_eq!(
            made(&four).as_deref(),
            Some("[$€-407]0;[$€-407]0;\"none\";@")
        );
        let own = two.replace("&gt;=0", "!=100");
        assert_eq!(made(&own).as_deref(), Some("[<>100]0;[Red]-0"));
        assert_eq!(made(&own.replace("100", "a")), None);
        let text = two.replace("&gt;=0", "&lt;=1.79769313486232E+308");
        assert_eq!(made(&text).as_deref(), Some("0;[Red]-0"));
    }
}
