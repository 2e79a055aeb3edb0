//! Optional content: layers that are switched off (ISO 32000-1 8.11).

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

/// The layers of a document that its default view does not show.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    off: BTreeSet<ObjectIdentifier>,
}

impl Layers {
    pub(crate) fn of(catalog: &Dict<'_>) -> Self {
        let mut layers = Self::default();
        let Some(properties) = catalog.get::<Dict<'_>>(&b"OCProperties"[..]) else {
            return layers;
        };
        let config = properties.get::<Dict<'_>>(&b"D"[..]).unwrap_or_default();
        let base = config.get::<Name<'_>>(&b"BaseState"[..]);
        if base.is_some_and(|name| name.as_ref() == b"OFF") {
            layers.off.extend(references(&properties, b"OCGs"));
        }
        for id in references(&config, b"ON") {
            layers.off.remove(&id);
        }
        layers.off.extend(references(&config, b"OFF"));
        layers
    }

    /// Whether content of a group, or of a rule over groups (ISO 32000-1 8.11.2.2), is not shown.
    pub(crate) fn hides(&self, id: Option<ObjectIdentifier>, dict: Option<&Dict<'_>>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let rule = dict.filter(|dict| {
            dict.get::<Name<'_>>(&b"Type"[..])
                .is_some_and(|name| name.as_ref() == b"OCMD")
        });
        let Some(rule) = rule else {
            return id.is_some_and(|id| self.off.contains(&id));
        };
        let groups: Vec<_> = match rule.get_ref(&b"OCGs"[..]) {
            Some(group) if rule.get::<Array<'_>>(&b"OCGs"[..]).is_none() => vec![group.into()],
            _ => references(rule, b"OCGs").collect(),
        };
        if groups.is_empty() {
            return false;
        }
        let is_off = |id: &ObjectIdentifier| self.off.contains(id);
        let policy = rule.get::<Name<'_>>(&b"P"[..]);
        let shown = match policy.as_ref().map(AsRef::as_ref) {
            Some(b"AllOn") => !groups.iter().any(is_off),
            Some(b"AnyOff") => groups.iter().any(is_off),
            Some(b"AllOff") => groups.iter().all(is_off),
            _ => !groups.iter().all(is_off),
        };
        !shown
    }
}

fn references<'d>(dict: &Dict<'d>, key: &[u8]) -> impl Iterator<Item = ObjectIdentifier> + use<'d> {
    let array = dict.get::<Array<'_>>(key);
    let items: Vec<_> = array
        .iter()
        .flat_map(|array| array.raw_iter())
        .filter_map(|item| item.as_obj_ref())
        .map(Into::into)
        .collect();
    items.into_iter()
}
