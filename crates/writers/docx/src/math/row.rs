//! Rows: delimiters, functions, and sums with what they sum up.

use tabulary_package::xml::Element;

use super::{NESTING, Omml, items};

impl Omml {
    /// Writes items that stand side by side.
    pub(super) fn row(&mut self, items: &[&Element], depth: u32) {
        if depth > NESTING {
            self.is_cut = true;
            items.iter().for_each(|item| self.sign(&items::text(item)));
            return;
        }
        let partners = items::partners(items);
        let mut at = 0;
        while at < items.len() {
            at = self.item(items, &partners, at, depth);
        }
    }

    /// Writes the item at a place with all that belongs to it, and gives the place behind.
    fn item(
        &mut self,
        items: &[&Element],
        partners: &[Option<usize>],
        at: usize,
        depth: u32,
    ) -> usize {
        let item = items[at];
        if items
            .get(at + 1)
            .is_some_and(|next| items::is_applied(next))
        {
            let end = items.len().min(items::end(partners, at + 2));
            let inner = items.get(at + 2..end).unwrap_or_default();
            self.function(item, inner, depth);
            return end.max(at + 2);
        }
        if let Some(partner) = partners[at] {
            let close = items.get(partner).map(|close| items::text(close));
            self.fence(
                &items::text(item),
                &items[at + 1..partner],
                &close.unwrap_or_default(),
                depth,
            );
            return partner + 1;
        }
        if let Some(nary) = items::nary(item) {
            let end = summed(items, partners, at + 1);
            self.nary(&nary, &items[at + 1..end], depth);
            return end;
        }
        if item.local == "mrow" {
            self.group(item, depth);
        } else if !self.token(item) {
            self.element(item, depth);
        }
        at + 1
    }

    /// A group that belongs together: what follows its sum or its function is all that this is for.
    fn group(&mut self, group: &Element, depth: u32) {
        let inner = items::inside(group);
        match inner.as_slice() {
            [name, applied, rest @ ..] if items::is_applied(applied) => {
                self.function(name, rest, depth);
            }
            [first, rest @ ..] => match items::nary(first) {
                Some(nary) => self.nary(&nary, rest, depth),
                None => self.row(&inner, depth + 1),
            },
            [] => {}
        }
    }

    /// A function (ECMA-376-1 22.1.2.39).
    fn function(&mut self, name: &Element, inner: &[&Element], depth: u32) {
        self.structure("m:func", &[], |omml| {
            omml.argument("m:fName", name, depth);
            omml.part("m:e", inner, depth);
        });
    }

    /// A sum, an integral or the like (ECMA-376-1 22.1.2.70).
    fn nary(&mut self, nary: &items::Nary<'_>, inner: &[&Element], depth: u32) {
        let place = if nary.stacked { "undOvr" } else { "subSup" };
        let mut properties = vec![("m:chr", nary.sign.as_str()), ("m:limLoc", place)];
        if nary.sub.is_none() {
            properties.push(("m:subHide", "1"));
        }
        if nary.sup.is_none() {
            properties.push(("m:supHide", "1"));
        }
        self.structure("m:nary", &properties, |omml| {
            for (name, limit) in [("m:sub", nary.sub), ("m:sup", nary.sup)] {
                match limit {
                    Some(limit) => omml.argument(name, limit, depth),
                    None => omml.part(name, &[], depth),
                }
            }
            omml.part("m:e", inner, depth);
        });
    }

    /// Something between delimiters (ECMA-376-1 22.1.2.24), with separators that say that they are.
    fn fence(&mut self, open: &str, inner: &[&Element], close: &str, depth: u32) {
        let is_separator =
            |item: &Element| item.local == "mo" && item.plain("separator") == Some("true");
        let partners = items::partners(inner);
        let mut separator: Option<String> = None;
        let mut parts: Vec<&[&Element]> = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(item) = inner.get(at) {
            if is_separator(item) {
                let sign = items::text(item);
                if *separator.get_or_insert_with(|| sign.clone()) == sign {
                    parts.push(&inner[start..at]);
                    start = at + 1;
                }
            }
            at = items::end(&partners, at);
        }
        parts.push(&inner[start..]);
        let separator = separator.as_deref().unwrap_or("|");
        self.delimited([open, separator, close], &parts, depth);
    }

    /// Something between delimiters: what opens it, stands between its parts, and closes it.
    pub(super) fn delimited(
        &mut self,
        [open, separator, close]: [&str; 3],
        parts: &[&[&Element]],
        depth: u32,
    ) {
        let signs = [
            ("m:begChr", open, "("),
            ("m:sepChr", separator, "|"),
            ("m:endChr", close, ")"),
        ];
        let said = signs.iter().filter(|(_, sign, usual)| sign != usual);
        let properties: Vec<_> = said
            .map(|(name, sign, _)| (*name, one_character(sign)))
            .collect();
        self.structure("m:d", &properties, |omml| {
            for part in parts {
                omml.part("m:e", part, depth);
            }
        });
    }
}

/// A property holds one character at most (ECMA-376-1 22.1.3.3).
pub(super) fn one_character(sign: &str) -> &str {
    let second = sign.char_indices().nth(1);
    second.map_or(sign, |(at, _)| &sign[..at])
}

/// Where what is summed up ends, of what no group holds together: before a relation or a comma.
fn summed(items: &[&Element], partners: &[Option<usize>], from: usize) -> usize {
    let mut at = from;
    while let Some(item) = items.get(at) {
        let ends = item.local == "mo"
            && matches!(
                items::text(item).as_str(),
                "=" | "<"
                    | ">"
                    | "≤"
                    | "≥"
                    | "≠"
                    | "≈"
                    | "≡"
                    | "∼"
                    | "→"
                    | "⇒"
                    | "⇔"
                    | ","
                    | ";"
            );
        if ends {
            break;
        }
        at = items::end(partners, at);
    }
    at
}
