//! Diagrams, known as SmartArt (ECMA-376-1 21.4): their texts, as a list.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Block, Code, Error, List, ListItem};
use tabulary_package::xml::{Element, Ns};

use crate::reading::Reading;
use crate::run::LineReading;

/// Points stand no deeper in one another than this.
const NESTING: u32 = 20;

/// The points of a diagram.
#[derive(Default)]
struct Points<'e> {
    /// The text of each, by its identifier.
    texts: BTreeMap<&'e str, String>,
    /// What stands below each, in order.
    below: BTreeMap<&'e str, Vec<(i64, &'e str)>>,
    roots: Vec<&'e str>,
}

impl Reading<'_> {
    /// Reads the texts of a diagram as a list behind the paragraph that holds it.
    pub(crate) fn diagram(
        &mut self,
        element: &Element,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        let id = element.attribute(Ns::R, "dm").unwrap_or_default();
        let part = self.scope.relationship(id).map(|r| r.target.clone());
        let root = match part {
            Some(part) => self.root(&part)?,
            None => None,
        };
        let mut list = None;
        if let Some(root) = &root {
            let points = points(root);
            let mut seen = BTreeSet::new();
            let roots = points.roots.iter().map(|id| (0, *id)).collect::<Vec<_>>();
            // The document of the diagram is no point of it.
            list = items(&points, &roots, 0, &mut seen);
        }
        let Some(list) = list else {
            let message = "a diagram that holds no text was left out";
            self.tell(Code::ContentSkipped, message, cx.path);
            return Ok(());
        };
        let message = "a diagram was read as the list of its texts";
        self.tell(Code::ContentSkipped, message, cx.path);
        self.budget.blocks(list.items.len() as u64)?;
        cx.line.boxes.push(Block::List(List {
            origin: Some(self.origin(cx.path)),
            ..list
        }));
        Ok(())
    }
}

fn points(root: &Element) -> Points<'_> {
    let mut points = Points::default();
    let list = |name: &str| {
        root.child(Ns::Dgm, name)
            .into_iter()
            .flat_map(Element::elements)
    };
    for point in list("ptLst").filter(|e| e.is(Ns::Dgm, "pt")) {
        let id = point.plain("modelId").unwrap_or_default();
        match point.plain("type").unwrap_or("node") {
            "doc" => points.roots.push(id),
            "node" | "asst" => {
                let text = point.child(Ns::Dgm, "t").map(text).unwrap_or_default();
                points.texts.insert(id, text);
            }
            _ => {}
        }
    }
    for connection in list("cxnLst").filter(|e| e.is(Ns::Dgm, "cxn")) {
        let attribute = |name| connection.plain(name).unwrap_or_default();
        if connection.plain("type").is_none_or(|kind| kind == "parOf") {
            let order = attribute("srcOrd").parse().unwrap_or(0);
            let below = points.below.entry(attribute("srcId")).or_default();
            below.push((order, attribute("destId")));
        }
    }
    for below in points.below.values_mut() {
        below.sort_unstable();
    }
    points
}

/// The points below some; those without a text give way to what stands below them.
fn items<'e>(
    points: &Points<'e>,
    at: &[(i64, &'e str)],
    depth: u32,
    seen: &mut BTreeSet<&'e str>,
) -> Option<List> {
    let mut list = List::default();
    for (_, id) in at {
        if depth > NESTING || !seen.insert(id) {
            continue;
        }
        let none = Vec::new();
        let below = points.below.get(id).unwrap_or(&none);
        let inner = items(points, below, depth + 1, seen);
        let text = points.texts.get(id).filter(|text| !text.is_empty());
        match (text, inner) {
            (Some(text), inner) => {
                let mut blocks = vec![Block::paragraph(text)];
                blocks.extend(inner.map(Block::List));
                list.items.push(ListItem {
                    blocks,
                    label: None,
                });
            }
            (None, Some(inner)) => list.items.extend(inner.items),
            (None, None) => {}
        }
    }
    (!list.items.is_empty()).then_some(list)
}

/// The text of a point, a line for each of its paragraphs.
fn text(body: &Element) -> String {
    let paragraphs = body.elements().filter(|e| e.is(Ns::A, "p"));
    let texts = paragraphs.map(|paragraph| {
        let runs = paragraph.descendants().filter(|e| e.is(Ns::A, "t"));
        runs.map(Element::text).collect::<String>()
    });
    let lines: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
    lines.join("\n")
}
