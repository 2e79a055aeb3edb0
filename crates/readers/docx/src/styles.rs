//! Styles (ECMA-376 17.7): what a paragraph or a run takes from its style, and that from the style
//! which it is based on.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Align, Mark, Marks, ParagraphStyle, Points};
use tabulary_package::xml::{Element, Ns};

use crate::borders::Lines;
use crate::looks::{ParagraphTrim, is_decorated, is_shaded};
use crate::markup::{attribute, child_val, length, number, toggle, val};
use crate::role::Role;

/// A style is based on no more styles than this, one after another.
const CHAIN: usize = 64;

/// The size of letters where nothing says it, in half points (ECMA-376 17.3.2.38).
const USUAL_SIZE: u32 = 20;

/// A reference to numbering (ECMA-376 17.9.18), whole or in part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberingRef {
    pub(crate) num: Option<String>,
    pub(crate) level: Option<u8>,
}

/// What paragraph properties say (ECMA-376 17.3.1.26).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParagraphProperties {
    /// The outline level from 0; 9 is body text.
    pub(crate) outline: Option<u8>,
    pub(crate) numbering: Option<NumberingRef>,
    pub(crate) look: ParagraphStyle,
    pub(crate) page_break_before: Option<bool>,
    /// Whether it is read from right to left (ECMA-376 17.3.1.6).
    pub(crate) rtl: Option<bool>,
    /// What is seen of it beyond the words and is not kept.
    pub(crate) trim: ParagraphTrim,
}

/// What run properties say (ECMA-376 17.3.2.28).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunProperties {
    pub(crate) style: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    /// The same of letters of scripts such as Arabic and Hebrew (ECMA-376 17.3.2.2, 17.3.2.17).
    complex_bold: Option<bool>,
    complex_italic: Option<bool>,
    /// Whether letters are set as those of such scripts (17.3.2.30, 17.3.2.7).
    rtl: Option<bool>,
    complex: Option<bool>,
    strike: Option<bool>,
    double_strike: Option<bool>,
    small_caps: Option<bool>,
    vanish: Option<bool>,
    underline: Option<bool>,
    highlight: Option<bool>,
    /// Superscript, subscript, or neither.
    vertical: Option<Option<Mark>>,
    code: bool,
    pub(crate) font: Option<String>,
    /// The font of East Asian characters.
    east_asian: Option<String>,
    /// Half points.
    size: Option<u32>,
    /// Whether letters have a colour other than black.
    coloured: Option<bool>,
    capitals: Option<bool>,
    decorated: Option<bool>,
}

impl ParagraphProperties {
    /// What `pPr` says.
    pub(crate) fn of(properties: &Element) -> Self {
        let outline = child_val(properties, "outlineLvl").and_then(number);
        let numbering = properties
            .child(Ns::W, "numPr")
            .map(|element| NumberingRef {
                num: child_val(element, "numId").map(|num| num.trim().to_owned()),
                level: child_val(element, "ilvl")
                    .and_then(number)
                    .and_then(|level| u8::try_from(level).ok())
                    .filter(|&level| level < 9),
            });
        Self {
            outline: outline.map(|level| u8::try_from(level).unwrap_or(9).min(9)),
            numbering,
            look: ParagraphStyle {
                align: child_val(properties, "jc").and_then(alignment),
                ..indents(properties.child(Ns::W, "ind"))
            },
            page_break_before: toggle(properties, "pageBreakBefore"),
            rtl: toggle(properties, "bidi"),
            trim: ParagraphTrim::of(properties),
        }
    }

    /// Fills what is not said from the style that this one is based on.
    fn inherit(&mut self, base: &Self) {
        self.outline = self.outline.or(base.outline);
        self.page_break_before = self.page_break_before.or(base.page_break_before);
        self.rtl = self.rtl.or(base.rtl);
        self.trim.inherit(base.trim);
        self.look.align = self.look.align.or(base.look.align);
        self.look.indent = self.look.indent.or(base.look.indent);
        self.look.first_line = self.look.first_line.or(base.look.first_line);
        match (&mut self.numbering, &base.numbering) {
            (Some(own), Some(base)) => {
                own.level = own.level.or(base.level);
                if own.num.is_none() {
                    own.num.clone_from(&base.num);
                }
            }
            (own @ None, base) => own.clone_from(base),
            _ => {}
        }
    }
}

/// Alignment (ECMA-376 17.18.44) as it is in text that runs to the right: `left` and `start` are where
/// lines begin. In text that runs to the left the sides change ([`mirrored`]).
fn alignment(text: &str) -> Option<Align> {
    match text {
        "left" | "start" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        "both" | "distribute" | "thaiDistribute" | "lowKashida" | "mediumKashida"
        | "highKashida" => Some(Align::Justify),
        _ => None,
    }
}

/// Where lines stand in text that runs from right to left: `left` is where they begin there too.
pub(crate) fn mirrored(align: Align) -> Align {
    match align {
        Align::Left => Align::Right,
        Align::Right => Align::Left,
        other => other,
    }
}

/// Indents (ECMA-376 17.3.1.12). Those in characters are taken at the size that the lengths beside
/// them give, which is what programs write them with.
fn indents(element: Option<&Element>) -> ParagraphStyle {
    let Some(element) = element else {
        return ParagraphStyle::default();
    };
    let length_of = |name| attribute(element, name).and_then(length);
    let hanging = length_of("hanging").map(|hanging| Points::from_twips(-hanging.to_twips()));
    ParagraphStyle {
        align: None,
        first_line: hanging.or_else(|| length_of("firstLine")),
        indent: length_of("left").or_else(|| length_of("start")),
        role: None,
        rtl: false,
    }
}

impl RunProperties {
    /// What `rPr` says.
    pub(crate) fn of(properties: &Element) -> Self {
        let fonts = properties.child(Ns::W, "rFonts");
        let font =
            fonts.and_then(|fonts| attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi")));
        Self {
            style: child_val(properties, "rStyle").map(str::to_owned),
            bold: toggle(properties, "b"),
            italic: toggle(properties, "i"),
            complex_bold: toggle(properties, "bCs"),
            complex_italic: toggle(properties, "iCs"),
            rtl: toggle(properties, "rtl"),
            complex: toggle(properties, "cs"),
            strike: toggle(properties, "strike"),
            double_strike: toggle(properties, "dstrike"),
            small_caps: toggle(properties, "smallCaps"),
            vanish: toggle(properties, "vanish"),
            underline: child_val(properties, "u").map(|line| line != "none"),
            highlight: child_val(properties, "highlight").map(|colour| colour != "none"),
            vertical: child_val(properties, "vertAlign").map(|place| match place {
                "superscript" => Some(Mark::Superscript),
                "subscript" => Some(Mark::Subscript),
                _ => None,
            }),
            code: false,
            font: font.map(str::to_owned),
            east_asian: fonts
                .and_then(|fonts| attribute(fonts, "eastAsia"))
                .map(str::to_owned),
            coloured: child_val(properties, "color")
                .map(|colour| !matches!(colour, "auto" | "000000"))
                .or_else(|| {
                    let behind = child_val(properties, "highlight")?;
                    Some(!matches!(behind, "none" | "yellow"))
                }),
            capitals: toggle(properties, "caps"),
            decorated: is_decorated(properties),
            size: child_val(properties, "sz")
                .and_then(number)
                .and_then(|size| u32::try_from(size).ok()),
        }
    }

    fn inherit(&mut self, base: &Self) {
        self.bold = self.bold.or(base.bold);
        self.italic = self.italic.or(base.italic);
        self.complex_bold = self.complex_bold.or(base.complex_bold);
        self.complex_italic = self.complex_italic.or(base.complex_italic);
        self.rtl = self.rtl.or(base.rtl);
        self.complex = self.complex.or(base.complex);
        self.strike = self.strike.or(base.strike);
        self.double_strike = self.double_strike.or(base.double_strike);
        self.small_caps = self.small_caps.or(base.small_caps);
        self.vanish = self.vanish.or(base.vanish);
        self.underline = self.underline.or(base.underline);
        self.highlight = self.highlight.or(base.highlight);
        self.vertical = self.vertical.or(base.vertical);
        self.code |= base.code;
        self.size = self.size.or(base.size);
        self.coloured = self.coloured.or(base.coloured);
        self.capitals = self.capitals.or(base.capitals);
        self.decorated = self.decorated.or(base.decorated);
        if self.font.is_none() {
            self.font.clone_from(&base.font);
        }
        if self.east_asian.is_none() {
            self.east_asian.clone_from(&base.east_asian);
        }
    }
}

/// What a paragraph takes from its style.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParagraphLook {
    pub(crate) id: String,
    pub(crate) role: Role,
    pub(crate) properties: ParagraphProperties,
    pub(crate) run: RunProperties,
}

/// The styles of a document, each with what it inherits.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    paragraphs: BTreeMap<String, ParagraphLook>,
    characters: BTreeMap<String, RunProperties>,
    /// What numbering styles refer to (ECMA-376 17.9.21).
    numbering: BTreeMap<String, String>,
    /// The lines of tables by their style.
    tables: BTreeMap<String, Lines>,
    /// Styles of tables that give cells a ground.
    shaded: BTreeSet<String>,
    default_paragraph: Option<String>,
    defaults: RunProperties,
    /// What the default paragraph style says of runs, over what all runs are.
    usual: RunProperties,
}

/// A style as it stands in its part.
struct Entry {
    id: String,
    name: String,
    kind: String,
    base: Option<String>,
    is_default: bool,
    paragraph: ParagraphProperties,
    run: RunProperties,
    lines: Lines,
    shaded: bool,
}

impl Styles {
    /// Reads the part of the styles. `own_look` is set for documents in which styles only hold the
    /// look of Tabulary's writer.
    pub(crate) fn of(root: &Element, own_look: bool) -> Self {
        let mut entries = BTreeMap::new();
        let mut styles = Self::default();
        for element in root.elements() {
            if element.is(Ns::W, "style") {
                let entry = Entry::of(element);
                if entry.is_default && entry.kind == "paragraph" {
                    styles.default_paragraph = Some(entry.id.clone());
                }
                entries.entry(entry.id.clone()).or_insert(entry);
            } else if element.is(Ns::W, "docDefaults") {
                let properties = element
                    .child(Ns::W, "rPrDefault")
                    .and_then(|defaults| defaults.child(Ns::W, "rPr"));
                styles.defaults = properties.map(RunProperties::of).unwrap_or_default();
            }
        }
        let usual = styles.default_paragraph.as_ref();
        let usual = usual.and_then(|id| entries.get(id));
        styles.usual = usual.map(|entry| entry.run.clone()).unwrap_or_default();
        styles.usual.inherit(&styles.defaults);
        for entry in entries.values() {
            match entry.kind.as_str() {
                "character" => {
                    let run = styles.character_look(entry, &entries);
                    styles.characters.insert(entry.id.clone(), run);
                }
                "numbering" => {
                    if let Some(num) = entry
                        .paragraph
                        .numbering
                        .as_ref()
                        .and_then(|n| n.num.as_ref())
                    {
                        styles.numbering.insert(entry.id.clone(), num.clone());
                    }
                }
                "table" => {
                    let mut all = std::iter::once(entry).chain(chain(entry, &entries));
                    if all.any(|style| style.shaded) {
                        styles.shaded.insert(entry.id.clone());
                    }
                    let bases = chain(entry, &entries).map(|base| base.lines);
                    let lines = bases.fold(entry.lines, Lines::or);
                    styles.tables.insert(entry.id.clone(), lines);
                }
                "paragraph" => {
                    let look = styles.paragraph_look(entry, &entries, own_look);
                    styles.paragraphs.insert(entry.id.clone(), look);
                }
                _ => {}
            }
        }
        styles
    }

    fn character_look(&self, entry: &Entry, entries: &BTreeMap<String, Entry>) -> RunProperties {
        // That a link is underlined is how links look, and no mark of its text.
        let name = entry.name.to_lowercase();
        if matches!(
            name.as_str(),
            "hyperlink" | "followedhyperlink" | "internet link" | "visited internet link"
        ) {
            return RunProperties::default();
        }
        let mut run = entry.run.clone();
        run.code = matches!(
            name.as_str(),
            "html code" | "code char" | "verbatim char" | "source text" | "inline code" | "code"
        );
        for base in chain(entry, entries) {
            run.inherit(&base.run);
        }
        run
    }

    /// What the default style says is how the text is set in general, and is not said of every
    /// paragraph: it counts for outline and numbering, and not for alignment, indents and marks.
    fn paragraph_look(
        &self,
        entry: &Entry,
        entries: &BTreeMap<String, Entry>,
        own_look: bool,
    ) -> ParagraphLook {
        let mut look = ParagraphLook {
            id: entry.id.clone(),
            role: Role::of(&entry.name),
            properties: entry.paragraph.clone(),
            run: entry.run.clone(),
        };
        let mut stripped = entry.is_default;
        for base in chain(entry, entries) {
            stripped |= base.is_default;
            if look.role == Role::Text
                && matches!(
                    Role::of(&base.name),
                    Role::Quote | Role::Code | Role::Title | Role::Subtitle
                )
            {
                look.role = Role::of(&base.name);
            }
            let mut inherited = base.paragraph.clone();
            if stripped {
                inherited.look = ParagraphStyle::default();
            } else {
                look.run.inherit(&base.run);
            }
            look.properties.inherit(&inherited);
        }
        if entry.is_default || own_look {
            look.properties.look = ParagraphStyle::default();
            look.run = RunProperties::default();
        }
        if own_look {
            look.properties.page_break_before = None;
        }
        if let Role::Heading(level) = look.role {
            look.properties.outline.get_or_insert(level - 1);
        }
        look
    }

    /// What a paragraph of that style takes from it; of the default style where it names none.
    pub(crate) fn paragraph(&self, id: Option<&str>) -> Option<&ParagraphLook> {
        self.paragraphs
            .get(id.or(self.default_paragraph.as_deref())?)
    }

    /// The lines of tables of a style.
    pub(crate) fn lines(&self, id: &str) -> Lines {
        self.tables.get(id).copied().unwrap_or_default()
    }

    /// Whether tables of a style have cells with a ground.
    pub(crate) fn shades(&self, id: &str) -> bool {
        self.shaded.contains(id)
    }

    /// The numbering instance that a numbering style refers to.
    pub(crate) fn numbering(&self, id: &str) -> Option<&str> {
        self.numbering.get(id).map(String::as_str)
    }

    /// The marks of a run, the font that its characters are of, and whether it is hidden. Properties
    /// that toggle are on where an odd number of styles has them on (ECMA-376 17.7.3).
    pub(crate) fn marks(&self, run: &RunProperties, paragraph: &RunProperties) -> RunLook {
        let nothing = RunProperties::default();
        let style = run.style.as_ref().and_then(|id| self.characters.get(id));
        let character = style.unwrap_or(&nothing);
        let toggled = |get: fn(&RunProperties) -> Option<bool>| {
            get(run).unwrap_or_else(|| {
                let styled = get(character).unwrap_or(false) ^ get(paragraph).unwrap_or(false);
                get(&self.defaults).unwrap_or(false) || styled
            })
        };
        let plain = |get: fn(&RunProperties) -> Option<bool>| {
            let said = get(run).or_else(|| get(character));
            said.or_else(|| get(paragraph)).unwrap_or(false)
        };
        let mut marks = Marks::NONE;
        let mut add = |on: bool, mark: Mark| {
            if on {
                marks = marks.with(mark);
            }
        };
        if plain(|p| p.rtl) || plain(|p| p.complex) {
            add(toggled(|p| p.complex_bold), Mark::Bold);
            add(toggled(|p| p.complex_italic), Mark::Italic);
        } else {
            add(toggled(|p| p.bold), Mark::Bold);
            add(toggled(|p| p.italic), Mark::Italic);
        }
        add(
            toggled(|p| p.strike) || toggled(|p| p.double_strike),
            Mark::Strike,
        );
        add(toggled(|p| p.small_caps), Mark::Smallcaps);
        add(plain(|p| p.underline), Mark::Underline);
        add(plain(|p| p.highlight), Mark::Highlight);
        add(character.code, Mark::Code);
        let vertical = run.vertical.or(character.vertical).or(paragraph.vertical);
        if let Some(mark) = vertical.flatten() {
            add(true, mark);
        }
        let levels = [run, character, paragraph, &self.usual];
        let font = [run, character, paragraph]
            .into_iter()
            .find_map(|properties| properties.font.clone());
        RunLook {
            marks,
            hidden: toggled(|p| p.vanish),
            font,
            coloured: plain(|p| p.coloured),
            capitals: toggled(|p| p.capitals),
            decorated: plain(|p| p.decorated),
            other_letters: levels[..3].iter().any(|p| {
                let other =
                    |own: &Option<String>, usual: &Option<String>| own.is_some() && own != usual;
                p.size
                    .is_some_and(|size| size != self.usual.size.unwrap_or(USUAL_SIZE))
                    || other(&p.font, &self.usual.font)
                    || other(&p.east_asian, &self.usual.east_asian)
            }),
            size: levels.iter().find_map(|p| p.size).unwrap_or(USUAL_SIZE),
            east_asian: levels.iter().find_map(|p| p.east_asian.clone()),
        }
    }
}

/// How a run is set.
pub(crate) struct RunLook {
    pub(crate) marks: Marks,
    pub(crate) hidden: bool,
    pub(crate) font: Option<String>,
    /// Whether letters have a colour other than black.
    pub(crate) coloured: bool,
    /// Whether small letters are shown as capitals.
    pub(crate) capitals: bool,
    /// Whether letters are spaced, raised, dotted, boxed and the like.
    pub(crate) decorated: bool,
    /// Whether they are of another font or size than most.
    pub(crate) other_letters: bool,
    /// Half points.
    pub(crate) size: u32,
    /// The font of East Asian characters.
    pub(crate) east_asian: Option<String>,
}

impl Entry {
    fn of(element: &Element) -> Self {
        let text = |name| attribute(element, name).unwrap_or_default().to_owned();
        let kind = text("type");
        let properties = |name| element.child(Ns::W, name);
        let mut inside = element.descendants();
        let shaded =
            kind == "table" && inside.any(|inner| inner.is(Ns::W, "shd") && is_shaded(inner));
        Self {
            id: text("styleId"),
            name: child_val(element, "name").unwrap_or_default().to_owned(),
            kind: if kind.is_empty() {
                "paragraph".to_owned()
            } else {
                kind
            },
            base: element
                .child(Ns::W, "basedOn")
                .and_then(val)
                .map(str::to_owned),
            is_default: matches!(attribute(element, "default"), Some("1" | "true" | "on")),
            paragraph: properties("pPr")
                .map(ParagraphProperties::of)
                .unwrap_or_default(),
            run: properties("rPr").map(RunProperties::of).unwrap_or_default(),
            shaded,
            lines: properties("tblPr")
                .and_then(|table| table.child(Ns::W, "tblBorders"))
                .map(Lines::of)
                .unwrap_or_default(),
        }
    }
}

/// The styles that a style is based on, the nearest first. A circle ends at the bound.
fn chain<'e>(
    entry: &'e Entry,
    entries: &'e BTreeMap<String, Entry>,
) -> impl Iterator<Item = &'e Entry> {
    let base = |entry: &'e Entry| entries.get(entry.base.as_ref()?);
    std::iter::successors(base(entry), move |&entry| base(entry)).take(CHAIN)
}
