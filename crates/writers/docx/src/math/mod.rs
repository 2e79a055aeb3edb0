//! Formulas in presentation MathML (MathML Core, and what MathML 3 has beyond it) as office mathematics
//! (ECMA-376-1 22.1).
//!
//! `items` tells what stands side by side in a row, `tokens` writes runs, `row` and `structure` the rest.

mod items;
mod row;
mod scripts;
mod structure;
mod tokens;

use tabulary_ir::Budget;
use tabulary_package::mathml;
use tabulary_package::xml::Element;

use crate::xml::Xml;

/// Structures stand no deeper in one another than this before their text alone is written.
const NESTING: u32 = 90;

/// A formula as it is written.
pub(crate) struct Written {
    /// What stands in `m:oMath`.
    pub(crate) xml: String,
    /// Parts of it stand too deep, and are their text.
    pub(crate) is_cut: bool,
}

/// Writes a formula in MathML. `None` where it is no MathML, or says nothing.
pub(crate) fn write(formula: &str, budget: &Budget) -> Option<Written> {
    let math = mathml::root(formula, budget)?;
    let mut omml = Omml::default();
    let children: Vec<&Element> = math.elements().collect();
    omml.row(&items::of(&children), 0);
    omml.flush();
    let written = Written {
        xml: omml.out.finish(),
        is_cut: omml.is_cut,
    };
    (!written.xml.is_empty()).then_some(written)
}

/// Office mathematics while it is written.
#[derive(Default)]
struct Omml {
    out: Xml,
    /// Characters of a run that may still grow.
    run: String,
    is_cut: bool,
}

impl Omml {
    /// An argument of a structure: the row that an element is.
    fn argument(&mut self, name: &str, element: &Element, depth: u32) {
        self.part(name, &items::of(&[element]), depth);
    }

    /// An argument of a structure.
    fn part(&mut self, name: &str, items: &[&Element], depth: u32) {
        self.flush();
        if items.is_empty() {
            self.out.empty(name, &[]);
            return;
        }
        self.out.open(name, &[]);
        self.row(items, depth + 1);
        self.flush();
        self.out.close(name);
    }

    /// A structure, with its properties and their values.
    fn structure(
        &mut self,
        name: &str,
        properties: &[(&str, &str)],
        inner: impl FnOnce(&mut Self),
    ) {
        self.flush();
        self.out.open(name, &[]);
        if !properties.is_empty() {
            let container = format!("{name}Pr");
            self.out.open(&container, &[]);
            for (property, value) in properties {
                self.out.empty(property, &[("m:val", value)]);
            }
            self.out.close(&container);
        }
        inner(self);
        self.out.close(name);
    }
}
