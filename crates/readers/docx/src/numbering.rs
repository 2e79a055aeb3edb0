//! Numbering (ECMA-376 17.9): from a reference in a paragraph to the label that a person sees.

use std::collections::BTreeMap;

use tabulary_encoding::symbol;
use tabulary_package::Counting;
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, child_val, number, toggle};
use crate::styles::Styles;

const LEVELS: usize = 9;

/// A level of an abstract definition (ECMA-376 17.9.6).
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    kind: Kind,
    /// The text, with `%1` to `%9` for the numbers of levels.
    text: String,
    /// The level, from 1, whose step restarts this one; 0 for none, unsaid for any above.
    restart: Option<u32>,
    /// All numbers are written in decimal digits.
    legal: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Counted(Counting),
    Bullet,
    /// No number is shown; the text of the level may still be.
    Unseen,
}

/// An abstract definition (ECMA-376 17.9.1).
#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<u8, Level>,
    /// The numbering style that defines it elsewhere (ECMA-376 17.9.21).
    style_link: Option<String>,
}

/// A numbering instance (ECMA-376 17.9.15).
#[derive(Debug, Default)]
struct Instance {
    definition: String,
    levels: BTreeMap<u8, Level>,
    starts: BTreeMap<u8, u32>,
}

/// The numbering definitions of a document.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    instances: BTreeMap<String, Instance>,
}

/// Where counting stands.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// The numbers of each definition, level by level; none where a level has not begun.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Levels of instances whose start was taken.
    started: BTreeMap<String, [bool; LEVELS]>,
}

/// The label of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The text; none for the usual bullet, and where nothing is seen.
    pub(crate) text: Option<String>,
    /// Whether it counts.
    pub(crate) ordered: bool,
    /// Whether the definition shows no label at all.
    pub(crate) unseen: bool,
}

impl Numbering {
    /// Reads the part of the numbering definitions.
    pub(crate) fn of(root: &Element, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        for element in root.elements() {
            if element.is(Ns::W, "abstractNum") {
                let id = attribute(element, "abstractNumId").unwrap_or_default();
                let levels = element.elements().filter(|e| e.is(Ns::W, "lvl"));
                let definition = Definition {
                    levels: levels.filter_map(Level::of).collect(),
                    style_link: child_val(element, "numStyleLink").map(str::to_owned),
                };
                numbering
                    .definitions
                    .entry(id.trim().to_owned())
                    .or_insert(definition);
            } else if element.is(Ns::W, "num") {
                let id = attribute(element, "numId").unwrap_or_default();
                numbering
                    .instances
                    .entry(id.trim().to_owned())
                    .or_insert_with(|| Instance::of(element));
            }
        }
        numbering.follow_style_links(styles);
        numbering
    }

    /// Puts the definition that a numbering style leads to in the place of the link to it.
    fn follow_style_links(&mut self, styles: &Styles) {
        let mut moved = BTreeMap::new();
        for (id, definition) in &self.definitions {
            let Some(link) = &definition.style_link else {
                continue;
            };
            let target = styles
                .numbering(link)
                .and_then(|num| self.instances.get(num));
            if let Some(target) = target
                && target.definition != *id
            {
                moved.insert(id.clone(), target.definition.clone());
            }
        }
        for instance in self.instances.values_mut() {
            if let Some(definition) = moved.get(&instance.definition) {
                instance.definition.clone_from(definition);
            }
        }
    }

    /// Whether there is an instance of that identifier.
    pub(crate) fn has(&self, num: &str) -> bool {
        self.instances.contains_key(num)
    }

    /// The level that a paragraph style stands for.
    pub(crate) fn level_of_style(&self, num: &str, style: &str) -> Option<u8> {
        let instance = self.instances.get(num)?;
        let definition = self.definitions.get(&instance.definition)?;
        let found = definition.levels.iter();
        found
            .filter(|(_, level)| level.style.as_deref() == Some(style))
            .map(|(&number, _)| number)
            .next()
    }

    fn level<'n>(&'n self, instance: &'n Instance, level: u8) -> Option<&'n Level> {
        instance.levels.get(&level).or_else(|| {
            let definition = self.definitions.get(&instance.definition)?;
            definition.levels.get(&level)
        })
    }

    /// Counts one paragraph, and gives its label.
    pub(crate) fn next(&self, counters: &mut Counters, num: &str, level: u8) -> Option<Label> {
        let instance = self.instances.get(num)?;
        let defined = self.level(instance, level)?;
        let place = usize::from(level);
        let counts = counters
            .counts
            .entry(instance.definition.clone())
            .or_default();
        let started = counters.started.entry(num.to_owned()).or_default();
        if !started[place]
            && let Some(&start) = instance.starts.get(&level)
        {
            counts[place] = Some(start);
        } else {
            counts[place] = Some(match counts[place] {
                Some(count) => count.saturating_add(1),
                None => defined.start,
            });
        }
        started[place] = true;
        for below in level + 1..LEVELS as u8 {
            let restart = self.level(instance, below).and_then(|l| l.restart);
            let restarts = match restart {
                Some(0) => false,
                Some(at) => u32::from(level) < at,
                None => true,
            };
            if restarts {
                counts[usize::from(below)] = None;
            }
        }
        let counts = *counts;
        Some(self.label(instance, defined, &counts))
    }

    fn label(&self, instance: &Instance, defined: &Level, counts: &[Option<u32>; LEVELS]) -> Label {
        let ordered = defined.kind != Kind::Bullet;
        let mut text = String::new();
        let mut rest = defined.text.as_str();
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let digit = rest.bytes().next().filter(|b| (b'1'..=b'9').contains(b));
            let Some(digit) = digit else {
                text.push('%');
                continue;
            };
            rest = &rest[1..];
            let level = digit - b'1';
            let named = self.level(instance, level);
            let count = counts[usize::from(level)]
                .or_else(|| instance.starts.get(&level).copied())
                .or_else(|| named.map(|level| level.start))
                .unwrap_or(1);
            match named.map(|level| level.kind) {
                Some(Kind::Counted(counting)) if !defined.legal => {
                    text.push_str(&counting.write(count));
                }
                Some(Kind::Bullet | Kind::Unseen) if !defined.legal => {}
                _ => text.push_str(&count.to_string()),
            }
        }
        text.push_str(rest);
        let usual = defined.kind == Kind::Bullet && text.trim() == symbol::BULLET;
        let text = text.trim();
        Label {
            unseen: text.is_empty(),
            text: (!usual && !text.is_empty()).then(|| text.to_owned()),
            ordered,
        }
    }
}

impl Level {
    fn of(element: &Element) -> Option<(u8, Self)> {
        let number_of_level = attribute(element, "ilvl").and_then(number)?;
        let level = u8::try_from(number_of_level).ok().filter(|&l| l < 9)?;
        let format = child_val(element, "numFmt").unwrap_or("decimal");
        let kind = match format {
            "bullet" => Kind::Bullet,
            "none" => Kind::Unseen,
            name => Kind::Counted(Counting::from_name(name).unwrap_or(Counting::Decimal)),
        };
        let mut text = child_val(element, "lvlText").unwrap_or_default().to_owned();
        if kind == Kind::Bullet {
            let fonts = element
                .child(Ns::W, "rPr")
                .and_then(|properties| properties.child(Ns::W, "rFonts"));
            let font = fonts
                .and_then(|fonts| attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi")));
            text = symbol::bullet(&text, font.unwrap_or_default());
        }
        let count = |name| child_val(element, name).and_then(number);
        Some((
            level,
            Self {
                start: count("start")
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(0),
                kind,
                text,
                restart: count("lvlRestart").and_then(|n| u32::try_from(n).ok()),
                legal: toggle(element, "isLgl").unwrap_or(false),
                style: child_val(element, "pStyle").map(str::to_owned),
            },
        ))
    }
}

impl Instance {
    fn of(element: &Element) -> Self {
        let mut instance = Self {
            definition: child_val(element, "abstractNumId")
                .unwrap_or_default()
                .trim()
                .to_owned(),
            ..Self::default()
        };
        for changed in element.elements().filter(|e| e.is(Ns::W, "lvlOverride")) {
            let level = attribute(changed, "ilvl").and_then(number);
            let Some(level) = level.and_then(|l| u8::try_from(l).ok()).filter(|&l| l < 9) else {
                continue;
            };
            if let Some((_, defined)) = changed.child(Ns::W, "lvl").and_then(Level::of) {
                instance.levels.insert(level, defined);
            }
            let start = child_val(changed, "startOverride").and_then(number);
            if let Some(start) = start.and_then(|start| u32::try_from(start).ok()) {
                instance.starts.insert(level, start);
            }
        }
        instance
    }
}
