//! Names of sheets.

use std::collections::BTreeSet;

use tabulary_ir::{Code, Diagnostics};

use crate::content::cut;

/// The longest name that a workbook allows, in UTF-16 code units.
const LONGEST: usize = 31;

/// The names that are taken, in lower case.
#[derive(Default)]
pub(crate) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// Whether a sheet has that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }

    /// A name for a sheet: the wanted one, changed where a workbook does not allow it or has it
    /// already. `tell` is whether a change is worth telling.
    pub(crate) fn take(
        &mut self,
        wanted: &str,
        tell: bool,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let allowed =
            |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control();
        let mut base: String = wanted
            .chars()
            .map(|c| if allowed(c) { c } else { ' ' })
            .collect();
        base = cut(base.trim_matches('\''), LONGEST);
        // What is cut may end with one again.
        base.truncate(base.trim_end_matches('\'').len());
        // Excel keeps this name for itself.
        if base.trim().is_empty() || base.eq_ignore_ascii_case("history") {
            base = format!("Sheet{}", self.0.len() + 1);
        }
        let mut name = base.clone();
        let mut number = 2;
        while self.0.contains(&name.to_lowercase()) {
            let tail = format!(" ({number})");
            name = cut(&base, LONGEST - tail.len()) + &tail;
            number += 1;
        }
        self.0.insert(name.to_lowercase());
        if tell && name != wanted {
            let message = format!(
                "the sheet name {wanted:?} is not allowed or taken; the sheet is named {name:?}"
            );
            diagnostics.add(Code::NameChanged, message, None);
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_their_own() {
        let mut names = SheetNames::default();
        let mut diagnostics = Diagnostics::new();
        let mut take = |wanted: &str| names.take(wanted, true, &mut diagnostics);
        assert_eq!(take("表一"), "表一");
        assert_eq!(take("a/b"), "a b");
        assert_eq!(take("A B"), "A B (2)");
        assert_eq!(take(""), "Sheet4");
        assert_eq!(take(&"长".repeat(40)), "长".repeat(31));
        assert_eq!(take(&"长".repeat(40)), "长".repeat(27) + " (2)");
        assert_eq!(take(&("b".repeat(30) + "'c")), "b".repeat(30));
        assert_eq!(diagnostics.count(Code::NameChanged), 6);
    }
}
