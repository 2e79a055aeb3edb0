//! Styles (OpenDocument 1.3 part 3, 16): what of them a sheet, a row, a column, a cell or a run shows.

use std::collections::BTreeMap;

use tabulary_ir::{CellStyle, Marks, Points};
use tabulary_package::xml::{Element, Ns};

use super::formats::{self, DataStyles};
use super::length::points;
use super::properties::{Properties, marks};
use crate::display::Display;
use crate::look::Look;

/// No style has more ancestors.
const DEEPEST: usize = 32;

/// The styles of a document. Automatic ones hide common ones of the same name and family.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name; the default of a family has an empty name.
    styles: BTreeMap<(String, String), Element>,
    data: DataStyles,
    looks: BTreeMap<String, Look>,
    /// The usual size of characters.
    font_size: Option<Points>,
}

impl Styles {
    /// Takes up what stands in `office:styles`, `office:automatic-styles` or `office:master-styles`.
    pub(super) fn add(&mut self, element: Element) {
        if element.is(Ns::OdfStyle, "style") || element.is(Ns::OdfStyle, "default-style") {
            let of = |name| element.attribute(Ns::OdfStyle, name).unwrap_or_default();
            let name = if element.local == "style" {
                of("name")
            } else {
                ""
            };
            let key = (of("family").to_owned(), name.to_owned());
            self.styles.insert(key, element);
        } else if formats::is_data_style(&element)
            && let Some(name) = element.attribute(Ns::OdfStyle, "name")
        {
            self.data.insert(name.to_owned(), element);
        }
    }

    /// Makes all looks anew, once every style is known.
    pub(super) fn settle(&mut self) {
        self.looks.clear();
        let mut usual = Properties::default();
        for style in self.ancestors("table-cell", "Default") {
            usual.take(style);
        }
        self.font_size = usual.font_size;
    }

    /// The look of a cell style; that of the default where the name is empty or not known.
    pub(super) fn look(&mut self, name: &str, display: &mut Display) -> Look {
        if let Some(look) = self.looks.get(name) {
            return look.clone();
        }
        let known = self.styles.contains_key(&key("table-cell", name));
        let resolved = if known { name } else { "Default" };
        let mut properties = Properties::default();
        let mut data = None;
        for style in self.ancestors("table-cell", resolved) {
            properties.take(style);
            data = style.attribute(Ns::OdfStyle, "data-style-name").or(data);
        }
        let code = data.and_then(|data| formats::code(data, &self.data));
        let format = display.format(code.as_deref().unwrap_or_default());
        let style: CellStyle = properties.cell_style(self.font_size);
        let look = Look::new(format, style);
        if known || name.is_empty() {
            self.looks.insert(name.to_owned(), look.clone());
        }
        look
    }

    /// The marks of a run or paragraph of that style in a text that has `outer`.
    pub(super) fn marks(&self, family: &str, name: &str, outer: Marks) -> Marks {
        if name.is_empty() {
            return outer;
        }
        let chain = self.ancestors(family, name);
        chain.into_iter().fold(outer, |marks_, style| {
            let properties = style.child(Ns::OdfStyle, "text-properties");
            properties.map_or(marks_, |properties| marks(properties, marks_))
        })
    }

    /// The width of a column of that style.
    pub(super) fn column_width(&self, name: &str) -> Option<Points> {
        let properties = self.properties("table-column", name, "table-column-properties")?;
        points(properties.attribute(Ns::OdfStyle, "column-width")?)
    }

    /// The height of a row of that style, where it does not follow from what the row holds.
    pub(super) fn row_height(&self, name: &str) -> Option<Points> {
        let properties = self.properties("table-row", name, "table-row-properties")?;
        let own = properties.attribute(Ns::OdfStyle, "use-optimal-row-height") != Some("true");
        let height = properties.attribute(Ns::OdfStyle, "row-height")?;
        points(height).filter(|_| own)
    }

    /// Whether a sheet of that style is hidden.
    pub(super) fn hides_table(&self, name: &str) -> bool {
        let properties = self.properties("table", name, "table-properties");
        properties.is_some_and(|p| p.attribute(Ns::OdfTable, "display") == Some("false"))
    }

    /// The master page of a sheet of that style.
    pub(super) fn master_page(&self, name: &str) -> Option<&str> {
        let style = self.styles.get(&key("table", name))?;
        style.attribute(Ns::OdfStyle, "master-page-name")
    }

    fn properties(&self, family: &str, name: &str, kind: &str) -> Option<&Element> {
        let style = self.styles.get(&key(family, name))?;
        style.child(Ns::OdfStyle, kind)
    }

    /// The style of that name behind all that it inherits from, the default of the family first.
    fn ancestors(&self, family: &str, name: &str) -> Vec<&Element> {
        let mut chain = Vec::new();
        let mut next = Some(name);
        while let Some(name) = next.filter(|name| !name.is_empty()) {
            let style = self.styles.get(&key(family, name));
            let Some(style) = style.filter(|_| chain.len() < DEEPEST) else {
                break;
            };
            chain.push(style);
            next = style.attribute(Ns::OdfStyle, "parent-style-name");
        }
        chain.extend(self.styles.get(&key(family, "")));
        chain.reverse();
        chain
    }
}

fn key(family: &str, name: &str) -> (String, String) {
    (family.to_owned(), name.to_owned())
}
