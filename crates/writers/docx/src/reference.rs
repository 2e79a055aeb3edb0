//! A document of the user whose styles, page, headers and footers are taken (`--reference-doc`).
//!
//! Its styles stand as they are; a style of ours whose name they have is theirs, the others are added
//! behind. Its numbering is not taken, since labels come with the text.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Budget, Error};
use tabulary_package::xml::{Element, Event, Ns, Pull, decode};
use tabulary_package::{Package, Relationship};

use crate::writing::RELATIONSHIPS;

/// What is taken of a document.
pub(crate) struct Reference {
    /// The part of its styles.
    styles: Option<String>,
    /// Width, height, top, right, bottom and left margin in twentieths of a point.
    pub(crate) page: Option<[i64; 6]>,
    /// Header and footer distances, and the attributes of its grid.
    pub(crate) edges: Option<(String, String)>,
    pub(crate) grid: Vec<(String, String)>,
    /// Whether its first page has headers and footers of its own, and its even pages.
    pub(crate) has_first: bool,
    pub(crate) has_even: bool,
    /// Headers and footers: the element that refers to one, the pages, and the part.
    pub(crate) furniture: Vec<(&'static str, String, String)>,
    /// The theme that its styles refer to.
    pub(crate) theme: Option<String>,
    pub(crate) parts: Vec<CopiedPart>,
}

/// A part that is taken over with what it refers to.
pub(crate) struct CopiedPart {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) relationships: Vec<Relationship>,
}

impl Reference {
    /// Reads what is taken of a document.
    ///
    /// # Errors
    /// Of kind `Input` where it is no Word document of the transitional form.
    pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Self, Error> {
        let wrong = |message: &str| {
            Error::caller(format!("the reference document {message}"))
                .help("give a document that Word has saved as .docx or .dotx")
        };
        let mut package = Package::open(bytes, budget)
            .map_err(|error| wrong("is no package").caused_by(error))?;
        let main = package.main_part()?.filter(|main| package.has(main));
        let main = main.ok_or_else(|| wrong("has no main part"))?;
        let relationships = package.relationships(&main)?;
        let text = decode(&package.read(&main)?).into_owned();
        if !text.contains("http://schemas.openxmlformats.org/wordprocessingml/2006/main") {
            return Err(wrong("is no Word document of the transitional form"));
        }
        let mut reference = Self {
            styles: None,
            page: None,
            edges: None,
            grid: Vec::new(),
            has_first: false,
            has_even: false,
            furniture: Vec::new(),
            theme: None,
            parts: Vec::new(),
        };
        let target = |kind: &str| {
            let found = relationships.iter().find(|r| r.kind == kind && !r.external);
            found.map(|found| found.target.clone())
        };
        if let Some(part) = target("styles").filter(|part| package.has(part)) {
            let styles = decode(&package.read(&part)?).into_owned();
            reference.styles = styles.contains("<w:styles").then_some(styles);
        }
        if let Some(part) = target("theme").filter(|part| package.has(part)) {
            reference.copy(
                &mut package,
                &part,
                "word/theme/theme1.xml",
                &mut BTreeSet::new(),
            )?;
            reference.theme = Some("theme/theme1.xml".to_owned());
        }
        if let Some(part) = target("settings").filter(|part| package.has(part)) {
            let settings = decode(&package.read(&part)?).into_owned();
            reference.has_even = settings.contains("<w:evenAndOddHeaders/>");
        }
        if let Some(section) = last_section(&text, budget)? {
            reference.section(&section, &relationships, &mut package)?;
        }
        Ok(reference)
    }

    fn section(
        &mut self,
        section: &Element,
        relationships: &[Relationship],
        package: &mut Package<'_>,
    ) -> Result<(), Error> {
        let child = |name: &str| section.child(Ns::W, name);
        let twips =
            |element: &Element, name: &str| element.attribute(Ns::W, name)?.parse::<i64>().ok();
        if let (Some(size), Some(margins)) = (child("pgSz"), child("pgMar")) {
            let sides = ["top", "right", "bottom", "left"].map(|side| twips(margins, side));
            let both = (twips(size, "w"), twips(size, "h"));
            if let ((Some(width), Some(height)), [Some(t), Some(r), Some(b), Some(l)]) =
                (both, sides)
            {
                self.page = Some([width, height, t, r, b, l]);
            }
            let edge = |name| margins.attribute(Ns::W, name).map(str::to_owned);
            self.edges = edge("header").zip(edge("footer"));
        }
        if let Some(grid) = child("docGrid") {
            let attributes = grid.attributes.iter().filter(|a| a.ns == Ns::W);
            self.grid = attributes
                .map(|a| (format!("w:{}", a.local), a.value.to_string()))
                .collect();
        }
        self.has_first = child("titlePg").is_some();
        let mut copied = BTreeSet::new();
        for element in section.elements() {
            let kind = match element.local.as_str() {
                "headerReference" => "w:headerReference",
                "footerReference" => "w:footerReference",
                _ => continue,
            };
            let id = element.attribute(Ns::R, "id").unwrap_or_default();
            let found = relationships.iter().find(|r| r.id == id && !r.external);
            let Some(found) = found.filter(|found| package.has(&found.target)) else {
                continue;
            };
            let number = self.furniture.len() + 1;
            let name = format!("word/reference{number}.xml");
            self.copy(package, &found.target, &name, &mut copied)?;
            let pages = element.attribute(Ns::W, "type").unwrap_or("default");
            self.furniture.push((kind, pages.to_owned(), name));
        }
        Ok(())
    }

    /// Takes a part over, with the parts that it refers to.
    fn copy(
        &mut self,
        package: &mut Package<'_>,
        part: &str,
        name: &str,
        copied: &mut BTreeSet<String>,
    ) -> Result<(), Error> {
        let mut relationships = package.relationships(part)?;
        relationships.retain(|r| r.external || package.has(&r.target));
        for relationship in relationships.iter_mut().filter(|r| !r.external) {
            let target = relationship.target.clone();
            let file = target.rsplit('/').next().unwrap_or_default();
            let own = format!("word/media/reference_{file}");
            if copied.insert(own.clone()) {
                let bytes = package.read(&target)?;
                self.parts.push(CopiedPart {
                    name: own.clone(),
                    content_type: package.content_type(&target).to_owned(),
                    bytes,
                    relationships: Vec::new(),
                });
            }
            relationship.target = format!("/{own}");
        }
        self.parts.push(CopiedPart {
            name: name.to_owned(),
            content_type: package.content_type(part).to_owned(),
            bytes: package.read(part)?,
            relationships,
        });
        Ok(())
    }

    /// The part of the styles: theirs, and behind them those of ours whose names they do not have; and
    /// which identifiers of ours became others.
    pub(crate) fn styles(&self, own: &str) -> (String, BTreeMap<String, String>) {
        let Some(theirs) = &self.styles else {
            return (own.to_owned(), BTreeMap::new());
        };
        let mut names = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for style in styles_of(theirs) {
            taken.insert(style.id.to_owned());
            names
                .entry(style.key())
                .or_insert_with(|| style.id.to_owned());
        }
        let mut changed = BTreeMap::new();
        let mut added = Vec::new();
        for style in styles_of(own) {
            match names.get(&style.key()) {
                Some(id) if id == style.id => {}
                Some(id) => {
                    changed.insert(style.id.to_owned(), id.clone());
                }
                None => {
                    if taken.contains(style.id) {
                        changed.insert(style.id.to_owned(), format!("{}Tabulary", style.id));
                    }
                    added.push(style.xml);
                }
            }
        }
        let mut all = without_numbering(theirs);
        let end = all.rfind("</w:styles>").unwrap_or(all.len());
        let mut more = added.concat().replace(r#" w:default="1""#, "");
        for (id, other) in &changed {
            let own = format!("w:styleId=\"{id}\"");
            more = more.replace(&own, &format!("w:styleId=\"{other}\""));
        }
        more = with_names(&more, &changed);
        all.insert_str(end, &more);
        (all, changed)
    }
}

/// References to styles with their names changed.
pub(crate) fn with_names(xml: &str, changed: &BTreeMap<String, String>) -> String {
    const REFERENCES: [&str; 6] = ["pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"];
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(" w:val=\"") {
        let (before, behind) = rest.split_at(at + " w:val=\"".len());
        out.push_str(before);
        let end = behind.find('"').unwrap_or(behind.len());
        let (value, behind) = behind.split_at(end);
        let element = before[..at].rsplit("<w:").next().unwrap_or_default();
        match changed.get(value).filter(|_| REFERENCES.contains(&element)) {
            Some(other) => out.push_str(other),
            None => out.push_str(value),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A style in the text of its part.
struct Style<'x> {
    id: &'x str,
    kind: &'x str,
    name: &'x str,
    xml: &'x str,
}

impl Style<'_> {
    /// Its kind and its name, whose case does not count (ECMA-376 17.7.4.9).
    fn key(&self) -> (String, String) {
        (self.kind.to_owned(), self.name.to_lowercase())
    }
}

fn styles_of(xml: &str) -> impl Iterator<Item = Style<'_>> {
    xml.match_indices("<w:style ").filter_map(move |(at, _)| {
        const END: &str = "</w:style>";
        let rest = &xml[at..];
        let end = rest.find(END)? + END.len();
        let style = &rest[..end];
        let start = &style[..style.find('>')?];
        let name = style.split_once("<w:name w:val=\"")?.1;
        Some(Style {
            id: quoted(start, "w:styleId=\"")?,
            kind: quoted(start, "w:type=\"").unwrap_or("paragraph"),
            name: &name[..name.find('"')?],
            xml: style,
        })
    })
}

fn quoted<'x>(xml: &'x str, start: &str) -> Option<&'x str> {
    let rest = xml.split_once(start)?.1;
    Some(&rest[..rest.find('"')?])
}

/// Styles without the numbering that they refer to.
fn without_numbering(xml: &str) -> String {
    const END: &str = "</w:numPr>";
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find("<w:numPr>") {
        let Some(end) = rest[at..].find(END) else {
            break;
        };
        out.push_str(&rest[..at]);
        rest = &rest[at + end + END.len()..];
    }
    out.push_str(rest);
    out
}

/// The properties of the last section of a document.
fn last_section(text: &str, budget: &Budget) -> Result<Option<Element>, Error> {
    let mut pull = Pull::new(text, budget);
    let mut last = None;
    loop {
        match pull.next_event() {
            Ok(Event::Start(start)) if start.is(Ns::W, "sectPr") => {
                last = Some(pull.element(start)?);
            }
            Ok(Event::Eof) => return Ok(last),
            Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
}

/// The full type of a relationship.
pub(crate) fn kind_of(relationship: &Relationship) -> String {
    format!("{RELATIONSHIPS}{}", relationship.kind)
}
