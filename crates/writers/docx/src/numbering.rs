//! Numbering definitions (ECMA-376 17.9): one abstract definition for every scheme of labels at a
//! level, one instance for every list.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::label::Scheme;
use crate::styles::Look;
use crate::xml::{DECLARATION, Xml};

/// What labels stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Items of lists.
    List,
    /// Headings of a level.
    Heading(u8),
    /// Paragraphs that are no items.
    Paragraph,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    purpose: Purpose,
    level: u8,
    scheme: Scheme,
}

struct Instance {
    definition: usize,
    level: u8,
    start: u32,
}

/// A run of labels that goes on from paragraph to paragraph.
struct Series {
    scheme: Scheme,
    last: u32,
    num: usize,
}

/// The numbering of a document.
#[derive(Default)]
pub(crate) struct Numbering {
    definitions: Vec<Key>,
    by_key: BTreeMap<Key, usize>,
    instances: Vec<Instance>,
    series: BTreeMap<Purpose, Series>,
}

impl Numbering {
    /// Whether nothing is numbered.
    pub(crate) fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// An instance for a list at a level, from 0, whose first number is `start`.
    pub(crate) fn list(
        &mut self,
        purpose: Purpose,
        level: u8,
        scheme: Scheme,
        start: u32,
    ) -> usize {
        let key = Key {
            purpose,
            level,
            scheme,
        };
        let count = self.definitions.len();
        let definition = *self.by_key.entry(key.clone()).or_insert(count);
        if definition == count {
            self.definitions.push(key);
        }
        self.instances.push(Instance {
            definition,
            level,
            start,
        });
        self.instances.len()
    }

    /// An instance for a label of headings or paragraphs: the one before, where this label is its next.
    pub(crate) fn next(&mut self, purpose: Purpose, scheme: Scheme, number: u32) -> usize {
        if let Some(series) = self.series.get_mut(&purpose)
            && series.scheme == scheme
            && (series.last + 1 == number || matches!(scheme, Scheme::Typed { .. }))
        {
            series.last = number;
            return series.num;
        }
        let num = self.list(purpose, 0, scheme.clone(), number);
        let last = number;
        self.series.insert(purpose, Series { scheme, last, num });
        num
    }

    /// The part of the numbering definitions.
    pub(crate) fn part(&self, look: &Look) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        xml.open("w:numbering", &[("xmlns:w", main)]);
        for (index, key) in self.definitions.iter().enumerate() {
            write_definition(&mut xml, index, key, look);
        }
        for (index, instance) in self.instances.iter().enumerate() {
            let id = (index + 1).to_string();
            xml.open("w:num", &[("w:numId", &id)]);
            xml.val("w:abstractNumId", &instance.definition.to_string());
            xml.open("w:lvlOverride", &[("w:ilvl", &instance.level.to_string())]);
            xml.val("w:startOverride", &instance.start.to_string());
            xml.close("w:lvlOverride");
            xml.close("w:num");
        }
        xml.finish_part("w:numbering")
    }
}

fn write_definition(xml: &mut Xml, index: usize, key: &Key, look: &Look) {
    xml.open("w:abstractNum", &[("w:abstractNumId", &index.to_string())]);
    xml.val("w:nsid", &format!("{:08X}", 0x5AB1_0001 + index));
    xml.val("w:multiLevelType", "multilevel");
    xml.open("w:lvl", &[("w:ilvl", &key.level.to_string())]);
    xml.val("w:start", "1");
    let (format, text) = match &key.scheme {
        Scheme::Bullet(sign) => ("bullet", sign.clone()),
        Scheme::Typed { ordered: true } => ("none", String::new()),
        Scheme::Typed { ordered: false } => ("bullet", String::new()),
        Scheme::Counted {
            prefix,
            counting,
            suffix,
        } => (
            counting.name(),
            format!("{prefix}%{}{suffix}", key.level + 1),
        ),
    };
    xml.val("w:numFmt", format);
    let run_in = runs_in(key, look);
    if run_in {
        let wide = text.ends_with(['、', '）', '．', '：', '。']);
        let typed = matches!(key.scheme, Scheme::Typed { .. });
        xml.val("w:suff", if wide || typed { "nothing" } else { "space" });
    } else if matches!(key.scheme, Scheme::Typed { .. }) {
        xml.val("w:suff", "nothing");
    }
    xml.val("w:lvlText", &text);
    xml.val("w:lvlJc", "left");
    xml.open("w:pPr", &[]);
    write_indent(xml, key, run_in, &text, look);
    xml.close("w:pPr");
    xml.close("w:lvl");
    xml.close("w:abstractNum");
}

/// Whether a label stands at the start of its line as if it were typed: before headings, and before
/// items of East Asian text, whose lines go back to the margin.
fn runs_in(key: &Key, look: &Look) -> bool {
    key.purpose != Purpose::List || look.is_gongwen && !matches!(key.scheme, Scheme::Bullet(_))
}

fn write_indent(xml: &mut Xml, key: &Key, run_in: bool, text: &str, look: &Look) {
    let step = 420 * i64::from(key.level);
    if run_in {
        let first = if look.is_gongwen { look.first_line } else { 0 };
        xml.empty(
            "w:ind",
            &[
                ("w:left", &step.to_string()),
                ("w:firstLine", &first.to_string()),
            ],
        );
        return;
    }
    // Room for the label: its width in half an em, and a blank.
    let shown = text.width().max(2) as i64 + 1;
    let hanging = (shown * look.half_em).clamp(420, 1600);
    let left = step + hanging;
    xml.empty(
        "w:ind",
        &[
            ("w:left", &left.to_string()),
            ("w:hanging", &hanging.to_string()),
        ],
    );
}
