//! Header rows whose cells were pushed together: a tree of labels.
//!
//! Each label either reaches down to the last header row over one column, or covers labels of the row
//! below that follow one another. The trees that give as many columns as there are numbers are scored
//! by what real headers do, and the best one is taken where no other is as good:
//! a total closes its group, a group names nothing twice, a label that stands again in a lower row is
//! the same column there and covers nothing here, and a label shares words with what it covers.

use super::pipe::Placed;

/// The most labels in a row that are tried.
const MOST: usize = 40;

const REPEATED: i32 = -20;
const TOTAL_INSIDE: i32 = -10;
const TOTAL_COVERS: i32 = -10;
const STANDS_BELOW: i32 = -5;
const NO_CORNER: i32 = -5;
const ONLY_CHILD: i32 = -3;
const MIXED: i32 = -1;
const MOST_SHARED: i32 = 3;

/// Where the labels of the header rows belong, above `labels` columns of labels and `numbers` columns
/// of numbers. `None` where that cannot be told, or not with the effort that is left.
pub(super) fn solve(
    rows: &[&[String]],
    labels: usize,
    numbers: usize,
    effort: &mut u64,
) -> Option<Vec<Placed>> {
    let usable = !rows.is_empty() && rows.iter().all(|row| (1..=MOST).contains(&row.len()));
    if !usable || !spend(rows, effort) {
        return None;
    }
    let mut corners = vec![0];
    corners.extend([1, labels].into_iter().filter(|&c| c > 0 && c <= labels));
    corners.dedup();
    let mut best: Option<(Tree, usize)> = None;
    for corner in corners {
        let Some(mut tree) = tree_below(rows, corner, numbers) else {
            continue;
        };
        if corner == 0 && labels > 0 {
            tree.score += NO_CORNER;
        }
        match &mut best {
            Some((known, _)) if known.score > tree.score => {}
            Some((known, _)) if known.score == tree.score => known.tied = true,
            _ => best = Some((tree, corner)),
        }
    }
    let (tree, corner) = best.filter(|(tree, _)| !tree.tied)?;
    Some(place(rows, &tree, corner, labels))
}

/// Takes what the search costs at most from the effort that is left for a text; not if there is less.
fn spend(rows: &[&[String]], effort: &mut u64) -> bool {
    let pairs = rows.windows(2).map(|pair| {
        let (upper, lower) = (pair[0].len() as u64, pair[1].len() as u64);
        upper * upper * upper * lower * lower
    });
    let cost: u64 = pairs.sum();
    let enough = *effort >= cost;
    *effort -= if enough { cost } else { 0 };
    enough
}

/// How many labels of the row below each label covers, for all rows but the last.
#[derive(Clone, Debug)]
struct Tree {
    score: i32,
    tied: bool,
    covers: Vec<Vec<usize>>,
}

/// The best tree where the first `corner` labels of the first row stand above the labels.
fn tree_below(rows: &[&[String]], corner: usize, numbers: usize) -> Option<Tree> {
    let first = rows[0].get(corner..)?;
    let all: usize = rows.iter().map(|row| row.len()).sum::<usize>() - corner;
    let parents = all.checked_sub(numbers)?;
    let mut rows: Vec<&[String]> = rows.to_vec();
    rows[0] = first;
    let mut trees = vec![(
        0,
        Tree {
            score: 0,
            tied: false,
            covers: Vec::new(),
        },
    )];
    // From the lowest pair of rows up; of each count of covering labels the best tree is kept.
    for level in (0..rows.len() - 1).rev() {
        let mut next: Vec<(usize, Tree)> = Vec::new();
        for (used, tree) in &trees {
            let covering = |child: usize| tree.covers.first().is_some_and(|row| row[child] > 0);
            let most = parents.saturating_sub(*used).min(rows[level].len());
            for (count, found) in level_groups(rows[level], rows[level + 1], most, &covering) {
                let mut covers = vec![found.covers];
                covers.extend(tree.covers.iter().cloned());
                let tree = Tree {
                    score: tree.score + found.score,
                    tied: tree.tied || found.tied,
                    covers,
                };
                keep_best(&mut next, used + count, tree);
            }
        }
        trees = next;
    }
    let found = trees.into_iter().find(|(used, _)| *used == parents);
    found.map(|(_, tree)| tree)
}

fn keep_best(trees: &mut Vec<(usize, Tree)>, used: usize, tree: Tree) {
    match trees.iter_mut().find(|(known, _)| *known == used) {
        None => trees.push((used, tree)),
        Some((_, known)) if known.score < tree.score => *known = tree,
        Some((_, known)) if known.score == tree.score => known.tied = true,
        Some(_) => {}
    }
}

/// How the labels of one row cover those of the next.
#[derive(Clone, Debug)]
struct Groups {
    score: i32,
    tied: bool,
    covers: Vec<usize>,
}

/// What is known about the labels of the lower row.
struct Lower<'a> {
    texts: &'a [String],
    /// Where the same text stood last before each label.
    before: Vec<Option<usize>>,
    totals: Vec<bool>,
    covering: Vec<bool>,
}

impl<'a> Lower<'a> {
    fn new(texts: &'a [String], covering: &dyn Fn(usize) -> bool) -> Self {
        let before =
            |(index, text): (usize, &String)| texts[..index].iter().rposition(|t| t == text);
        Self {
            texts,
            before: texts.iter().enumerate().map(before).collect(),
            totals: texts.iter().map(|text| is_total(text)).collect(),
            covering: (0..texts.len()).map(covering).collect(),
        }
    }

    /// How well a label covers the labels from `start` to each end behind it, nearest first.
    fn scores(&self, label: &Upper, start: usize) -> Vec<i32> {
        let (mut repeated, mut totals, mut covering, mut shared) = (0, 0, 0, 0_u64);
        let mut scores = Vec::new();
        for index in start..self.texts.len() {
            repeated += i32::from(self.before[index].is_some_and(|before| before >= start));
            covering += usize::from(self.covering[index]);
            shared |= label.shared[index];
            let size = index + 1 - start;
            let mut score = label.score + repeated * REPEATED + totals * TOTAL_INSIDE;
            // A total closes its group: it only counts against a group that goes on behind it.
            totals += i32::from(self.totals[index]);
            if size == 1 {
                score += ONLY_CHILD;
            }
            if covering > 0 && covering < size {
                score += MIXED;
            }
            let pairs = i32::try_from(shared.count_ones()).unwrap_or(MOST_SHARED);
            scores.push(score + pairs.min(MOST_SHARED));
        }
        scores
    }
}

/// What is known about a label of the upper row.
struct Upper {
    /// What counts against its covering anything.
    score: i32,
    /// Which of its pairs of characters stand in each label of the lower row, as bits.
    shared: Vec<u64>,
}

impl Upper {
    fn new(label: &str, lower: &[String]) -> Self {
        let mut score = if is_total(label) { TOTAL_COVERS } else { 0 };
        if lower.iter().any(|below| below == label) {
            score += STANDS_BELOW;
        }
        let chars: Vec<char> = label.chars().take(60).collect();
        let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
        let shared = |text: &String| {
            let bits = pairs.iter().enumerate();
            bits.fold(0, |all, (bit, pair)| {
                all | u64::from(text.contains(pair)) << bit
            })
        };
        Self {
            score,
            shared: lower.iter().map(shared).collect(),
        }
    }
}

/// The best way so far to cover the first labels of the lower row.
#[derive(Clone, Copy, Debug)]
struct Best {
    score: i32,
    tied: bool,
    /// How many labels the upper label seen last covers.
    size: usize,
}

/// The best way for each count of covering labels, up to `most`.
fn level_groups(
    upper: &[String],
    lower: &[String],
    most: usize,
    covering: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Groups)> {
    // layers[i][c][j]: the first i labels cover the first j of the next row, c of them covering.
    let none: Vec<Vec<Option<Best>>> = vec![vec![None; lower.len() + 1]; most + 1];
    let mut first = none.clone();
    first[0][0] = Some(Best {
        score: 0,
        tied: false,
        size: 0,
    });
    let mut layers = vec![first];
    let below = Lower::new(lower, covering);
    for label in upper {
        let label = Upper::new(label, lower);
        let mut next = none.clone();
        for done in 0..=lower.len() {
            let scores = below.scores(&label, done);
            for (count, row) in layers[layers.len() - 1].iter().enumerate() {
                let Some(before) = row[done] else { continue };
                offer(&mut next[count][done], before, 0, 0);
                if count < most {
                    for (size, score) in (1..).zip(&scores) {
                        offer(&mut next[count + 1][done + size], before, size, *score);
                    }
                }
            }
        }
        layers.push(next);
    }
    let whole = |count: usize| Some((count, groups(&layers, count, lower.len())?));
    (0..=most).filter_map(whole).collect()
}

fn offer(slot: &mut Option<Best>, before: Best, size: usize, score: i32) {
    let score = before.score + score;
    match slot {
        Some(known) if known.score > score => {}
        Some(known) if known.score == score => known.tied = true,
        _ => {
            *slot = Some(Best {
                score,
                tied: before.tied,
                size,
            });
        }
    }
}

/// The groups that lead to the best way to cover all with `count` covering labels.
fn groups(layers: &[Vec<Vec<Option<Best>>>], count: usize, all: usize) -> Option<Groups> {
    let best = layers.last()?[count][all]?;
    let (mut count, mut done) = (count, all);
    let mut covers = Vec::new();
    for layer in layers[1..].iter().rev() {
        let size = layer[count][done]?.size;
        covers.push(size);
        count -= usize::from(size > 0);
        done -= size;
    }
    covers.reverse();
    Some(Groups {
        score: best.score,
        tied: best.tied,
        covers,
    })
}

fn is_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.to_lowercase();
    [
        "总计", "合计", "小计", "共计", "總計", "合計", "total", "sum",
    ]
    .iter()
    .any(|t| label.ends_with(t))
}

fn place(rows: &[&[String]], tree: &Tree, corner: usize, labels: usize) -> Vec<Placed> {
    let height = rows.len();
    let mut cells = Vec::new();
    for (col, text) in rows[0][..corner].iter().enumerate() {
        cells.push(Placed {
            row: 0,
            col,
            row_span: height,
            col_span: if corner == 1 { labels } else { 1 },
            text: text.clone(),
        });
    }
    // Widths from the lowest row up, then columns from the first row down.
    let mut widths: Vec<Vec<usize>> = vec![vec![1; rows[height - 1].len()]];
    for covers in tree.covers.iter().rev() {
        let below = &widths[0];
        let mut at = 0;
        let row = covers.iter().map(|&count| {
            let width: usize = below[at..at + count].iter().sum();
            at += count;
            width.max(1)
        });
        let row = row.collect();
        widths.insert(0, row);
    }
    // The column where each label of the row that is placed begins.
    let mut begins: Vec<usize> = Vec::new();
    let mut col = labels;
    for width in &widths[0] {
        begins.push(col);
        col += width;
    }
    for (row, row_widths) in widths.iter().enumerate() {
        let texts = if row == 0 {
            &rows[0][corner..]
        } else {
            rows[row]
        };
        let mut below = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let covers = tree.covers.get(row).map_or(0, |covers| covers[index]);
            cells.push(Placed {
                row,
                col: begins[index],
                row_span: if covers > 0 { 1 } else { height - row },
                col_span: row_widths[index],
                text: text.clone(),
            });
            let mut col = begins[index];
            for _ in 0..covers {
                let next = widths[row + 1][below.len()];
                below.push(col);
                col += next;
            }
        }
        begins = below;
    }
    cells
}
