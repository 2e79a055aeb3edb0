//! Headings of a form, found in a document.

use crate::fold::{LIKELY, alike, is_part};
use crate::form::Form;
use crate::view::Item;

/// The longest line that may be a heading, in characters.
const LONGEST: usize = 80;

/// Where the headings of a form stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sections {
    /// The item of each heading, in the order of the form.
    pub(crate) places: Vec<Option<usize>>,
    /// How many items there are.
    pub(crate) end: usize,
}

impl Sections {
    /// The items behind so many headings of the form, up to the next that was found; none where the
    /// heading before was not found.
    pub(crate) fn range(&self, after: usize) -> Option<(usize, usize)> {
        let start = match after.checked_sub(1) {
            None => 0,
            Some(before) => (*self.places.get(before)?)? + 1,
        };
        let next = self.places.get(after..).unwrap_or_default();
        let end = next.iter().flatten().next().copied().unwrap_or(self.end);
        Some((start, end.max(start)))
    }

    /// The item of the first heading that was found.
    pub(crate) fn first(&self) -> usize {
        self.places
            .iter()
            .flatten()
            .next()
            .copied()
            .unwrap_or(self.end)
    }
}

/// Finds the headings of a form, in their order.
pub(crate) fn sections(form: &Form, items: &[Item<'_>]) -> Sections {
    let headings = &form.template.headings;
    let lines: Vec<(usize, String, u32)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| match item {
            Item::Line(line) if line.text.chars().count() <= LONGEST => {
                let key = form.aliases.key(&line.text);
                (!key.is_empty()).then_some((index, key, if line.is_heading { 100 } else { 0 }))
            }
            _ => None,
        })
        .collect();
    let score = |heading: usize, line: usize| {
        let (_, key, bonus) = &lines[line];
        let wanted = &headings[heading].key;
        let mut score = alike(wanted, key);
        if score < LIKELY
            && is_part(wanted, key)
            && key.chars().count() < wanted.chars().count() * 2
        {
            score = LIKELY;
        }
        (score >= LIKELY).then(|| u32::from(score) + bonus)
    };
    let mut best = vec![vec![0_u32; lines.len() + 1]; headings.len() + 1];
    for i in 1..=headings.len() {
        for j in 1..=lines.len() {
            let skip = best[i - 1][j].max(best[i][j - 1]);
            let matched = score(i - 1, j - 1).map(|score| best[i - 1][j - 1] + score);
            best[i][j] = matched.map_or(skip, |matched| matched.max(skip));
        }
    }
    let mut places = vec![None; headings.len()];
    let (mut i, mut j) = (headings.len(), lines.len());
    while i > 0 && j > 0 {
        // Of equal choices the first line.
        if best[i][j] == best[i][j - 1] {
            j -= 1;
        } else if best[i][j] == best[i - 1][j] {
            i -= 1;
        } else {
            places[i - 1] = Some(lines[j - 1].0);
            (i, j) = (i - 1, j - 1);
        }
    }
    Sections {
        places,
        end: items.len(),
    }
}
