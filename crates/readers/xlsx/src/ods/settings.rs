//! What programs keep of how a document is looked at (OpenDocument 1.3 part 3, 3.10).

use std::collections::BTreeMap;

use tabulary_package::xml::{Element, Ns};

/// How a frozen pane is marked, where other splits can be moved.
const FROZEN: &str = "2";

/// The rows and columns that are frozen, by sheet.
pub(super) fn frozen(settings: &Element) -> BTreeMap<String, (u32, u32)> {
    let mut frozen = BTreeMap::new();
    let tables = settings.descendants().filter(|element| {
        element.is(Ns::OdfConfig, "config-item-map-named") && name(element) == "Tables"
    });
    for entry in tables.flat_map(Element::elements) {
        let item = |wanted: &str| {
            let found = entry.elements().find(|item| name(item) == wanted)?;
            Some(found.text().trim().to_owned())
        };
        let split = |mode: &str, position: &str| {
            item(mode)
                .filter(|mode| mode == FROZEN)
                .and_then(|_| item(position)?.parse::<u32>().ok())
                .unwrap_or_default()
        };
        let rows = split("VerticalSplitMode", "VerticalSplitPosition");
        let columns = split("HorizontalSplitMode", "HorizontalSplitPosition");
        if (rows, columns) != (0, 0) {
            frozen.insert(name(entry).to_owned(), (rows, columns));
        }
    }
    frozen
}

fn name(element: &Element) -> &str {
    element.attribute(Ns::OdfConfig, "name").unwrap_or_default()
}
