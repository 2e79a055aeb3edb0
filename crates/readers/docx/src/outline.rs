//! Headings of documents that have none by style: plain paragraphs told by their number, brevity and
//! letters.
//!
//! Many reports are typed with headings as paragraphs, `一、` above `（一）` above `1.` (GB/T 9704 7.3.3),
//! or a line in bold. Only a document without one heading by style or outline level is looked through, and
//! what speaks for a list or a sentence speaks against a heading.

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Block, Code, Heading, HeadingsFrom, Inline, Origin, Paragraph, ParagraphRole,
    inline_text,
};

use crate::reading::Reading;
use tabulary_ir::ordinal::{Kind, ordinal};

/// A heading is at most this many characters long.
const LONGEST: usize = 50;
/// Lines of the title at the start of a document.
const MOST_TITLES: usize = 3;
/// Half points by which letters stand out from those of usual text.
const LARGER: u32 = 2;
/// What stands above a table of contents.
const CONTENTS: [&str; 4] = ["目录", "目次", "contents", "tableofcontents"];
/// Looks of headings without numbers that are told apart.
const MOST_LOOKS: usize = 3;

/// How most letters of a line are set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Face {
    /// Half points.
    pub(crate) size: u32,
    pub(crate) bold: bool,
    pub(crate) font: String,
}

/// The faces of the lines of the body, by the path of their paragraph.
pub(crate) type Faces = BTreeMap<String, Face>;

/// A paragraph that may be a heading.
struct Candidate {
    /// Its index in the body.
    at: usize,
    kind: Option<(Kind, u32)>,
    face: Face,
    centred: bool,
    /// Whether it is a label with what it asks for: `Total: 7`.
    is_labelled: bool,
    /// Whether it stands above a table of contents.
    is_contents: bool,
}

impl Reading<'_> {
    /// Whether how letters are set matters: in the body, where headings may be told by it.
    pub(crate) fn wants_faces(&self) -> bool {
        self.depth == 0 && !self.record.own && self.headings == HeadingsFrom::Look
    }

    /// Makes headings of the paragraphs that look like it, where that is asked.
    pub(crate) fn guess_headings(&mut self, body: &mut [Block]) {
        let faces = std::mem::take(&mut self.faces);
        self.headings = HeadingsFrom::Styles;
        let guessed = guess(body, &faces);
        if guessed > 0 {
            let message = format!(
                "no style says what is a heading; {guessed} paragraphs were taken for headings by \
                 their number and look"
            );
            self.tell(Code::HeadingGuessed, message, "");
        }
    }
}

/// Makes headings and the title of the paragraphs that look like it. Gives how many became headings.
fn guess(body: &mut [Block], faces: &Faces) -> usize {
    let has_heading = body.iter().any(|block| matches!(block, Block::Heading(_)));
    if has_heading || faces.is_empty() {
        return 0;
    }
    let Some(usual) = usual_face(body, faces) else {
        return 0;
    };
    let candidates: Vec<Candidate> = (0..body.len())
        .filter_map(|at| candidate(body, at, faces))
        .collect();
    let titles = titles(body, &candidates, &usual);
    let mut levels = numbered(body, &candidates, &usual);
    if levels.is_empty() {
        levels = by_look(body, &candidates, &usual, &titles);
    }
    for at in titles.into_iter().filter(|at| !levels.contains_key(at)) {
        if let Some(Block::Paragraph(paragraph)) = body.get_mut(at) {
            paragraph.style.role = Some(ParagraphRole::Title);
        }
    }
    for (at, level) in &levels {
        let block = &mut body[*at];
        if let Some(paragraph) = line_of(block).cloned() {
            let label = label_of(block);
            *block = Block::Heading(Heading::of(Paragraph { label, ..paragraph }, *level));
        }
    }
    levels.len()
}

/// The line of a paragraph, or of the only item of a list.
fn line_of(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::List(list) => match list.items.as_slice() {
            [item] => match item.blocks.as_slice() {
                [Block::Paragraph(paragraph)] => Some(paragraph),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn label_of(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => paragraph.label.clone(),
        Block::List(list) => list.items.first()?.label.clone(),
        _ => None,
    }
}

fn path(paragraph: &Paragraph) -> Option<&str> {
    match paragraph.origin.as_ref()? {
        Origin::Part { path, .. } => Some(path.as_str()),
        _ => None,
    }
}

/// The face of most characters of the longer paragraphs; of all where none is long.
fn usual_face(body: &[Block], faces: &Faces) -> Option<Face> {
    let count = |shortest: usize| {
        let mut counts: BTreeMap<&Face, usize> = BTreeMap::new();
        for paragraph in body.iter().filter_map(line_of) {
            let length = inline_text(&paragraph.content).chars().count();
            let face = path(paragraph).and_then(|path| faces.get(path));
            if let Some(face) = face.filter(|_| length > shortest) {
                *counts.entry(face).or_default() += length;
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(face, _)| face.clone())
    };
    count(LONGEST).or_else(|| count(0))
}

/// A short line that does not end like a sentence or one that goes on.
fn candidate(body: &[Block], at: usize, faces: &Faces) -> Option<Candidate> {
    let paragraph = line_of(&body[at])?;
    let is_text = |inline: &Inline| !matches!(inline, Inline::Image(_) | Inline::LineBreak);
    let text = inline_text(&paragraph.content);
    let text = text.trim();
    if paragraph.style.role.is_some()
        || text.is_empty()
        || text.contains('\t')
        || !paragraph.content.iter().all(is_text)
    {
        return None;
    }
    let label = label_of(&body[at]).unwrap_or_default();
    let whole = format!("{label}{text}");
    let found = ordinal(&whole);
    let rest = found.as_ref().map_or(text, |found| found.rest);
    let ends_sentence = rest.ends_with([
        '。', '；', '：', '，', '、', '！', '？', '.', ';', ':', ',', '!', '?',
    ]);
    let length = rest.chars().count();
    let has_letters = rest.contains(char::is_alphabetic);
    if length == 0 || length > LONGEST || ends_sentence || rest.contains('。') || !has_letters {
        return None;
    }
    Some(Candidate {
        at,
        kind: found.map(|found| (found.kind, found.number)),
        face: faces.get(path(paragraph)?)?.clone(),
        centred: paragraph.style.align == Some(Align::Center),
        is_labelled: rest.contains([':', '：']),
        is_contents: CONTENTS
            .contains(&rest.replace([' ', '\u{3000}'], "").to_lowercase().as_str()),
    })
}

/// Lines at the start that are larger than usual text and stand in the middle.
fn titles(body: &[Block], candidates: &[Candidate], usual: &Face) -> Vec<usize> {
    let first_text = body.iter().position(|block| match line_of(block) {
        Some(paragraph) => inline_text(&paragraph.content).chars().count() > LONGEST,
        None => !matches!(block, Block::PageBreak(_) | Block::Rule(_)),
    });
    let first_text = first_text.unwrap_or(body.len());
    let is_title = |candidate: &&Candidate| {
        candidate.at < first_text
            && candidate.kind.is_none()
            && candidate.centred
            && !candidate.is_contents
            && candidate.face.size >= usual.size + LARGER
    };
    let found = candidates.iter().filter(is_title).take(MOST_TITLES);
    found.map(|candidate| candidate.at).collect()
}

/// The levels of headings with numbers, by the kinds of numbers that the document uses.
fn numbered(body: &[Block], candidates: &[Candidate], usual: &Face) -> BTreeMap<usize, u8> {
    let mut kinds: BTreeMap<Kind, Vec<&Candidate>> = BTreeMap::new();
    for candidate in candidates {
        if let Some((kind, _)) = candidate.kind {
            kinds.entry(kind).or_default().push(candidate);
        }
    }
    kinds.retain(|kind, found| {
        let all = body.iter().filter(|block| kind_of(block) == Some(*kind));
        let all = all.count();
        found.retain(|candidate| kind.is_of_headings() || stands_out(&candidate.face, usual));
        // Where most lines with such a number are long, it counts sentences.
        let is_most = found.len() * 2 > all;
        let begins = found.first().and_then(|first| first.kind);
        let begins = begins.is_some_and(|(_, number)| number <= 1);
        let is_sure = found.len() > 1 || found.iter().all(|one| stands_out(&one.face, usual));
        begins && is_sure && (is_most || found.iter().all(|one| stands_out(&one.face, usual)))
    });
    // Parts of what is no heading are none.
    let is_counted = |kind: Kind| body.iter().any(|block| kind_of(block) == Some(kind));
    if is_counted(Kind::Han) && !kinds.contains_key(&Kind::Han) {
        kinds.remove(&Kind::HanInBrackets);
    }
    let mut levels = BTreeMap::new();
    for (level, (_, found)) in (1..=9).zip(&kinds) {
        for candidate in found {
            levels.insert(candidate.at, level);
        }
    }
    levels
}

fn kind_of(block: &Block) -> Option<Kind> {
    let paragraph = line_of(block)?;
    let label = label_of(block).unwrap_or_default();
    let whole = format!("{label}{}", inline_text(&paragraph.content).trim());
    ordinal(&whole).map(|found| found.kind)
}

/// The levels of short lines in bold or large letters above usual text.
fn by_look(
    body: &[Block],
    candidates: &[Candidate],
    usual: &Face,
    titles: &[usize],
) -> BTreeMap<usize, u8> {
    let is_heading = |candidate: &&Candidate| {
        matches!(body[candidate.at], Block::Paragraph(_))
            && !titles.contains(&candidate.at)
            && candidate.kind.is_none()
            && !candidate.is_labelled
            && (candidate.face.bold && !usual.bold || candidate.face.size >= usual.size + LARGER)
            && leads(body, candidate.at, candidates)
    };
    let found: Vec<&Candidate> = candidates.iter().filter(is_heading).collect();
    if found.len() < 2 || found.len() * 2 > body.len() {
        return BTreeMap::new();
    }
    let mut looks: Vec<(u32, bool)> = found
        .iter()
        .map(|one| (one.face.size, one.face.bold))
        .collect();
    looks.sort_unstable_by(|a, b| b.cmp(a));
    looks.dedup();
    let level = |candidate: &Candidate| {
        let look = (candidate.face.size, candidate.face.bold);
        let at = looks.iter().position(|other| *other == look);
        let at = at.unwrap_or_default().min(MOST_LOOKS - 1);
        u8::try_from(at + 1).unwrap_or(1)
    };
    found.iter().map(|one| (one.at, level(one))).collect()
}

/// Whether what follows a line, but for blank lines and other short ones, is text or a table.
fn leads(body: &[Block], at: usize, candidates: &[Candidate]) -> bool {
    let is_short = |at: usize| candidates.iter().any(|candidate| candidate.at == at);
    let mut below = (at + 1..body.len()).filter(|&next| match line_of(&body[next]) {
        Some(paragraph) => !inline_text(&paragraph.content).trim().is_empty(),
        None => true,
    });
    match below.next() {
        Some(next) if is_short(next) => below.next().is_some_and(|next| !is_short(next)),
        Some(next) => !matches!(body[next], Block::PageBreak(_)),
        None => false,
    }
}

/// Whether letters are set apart from usual text.
fn stands_out(face: &Face, usual: &Face) -> bool {
    face.bold && !usual.bold
        || face.size >= usual.size + LARGER
        || face.font != usual.font && !face.font.is_empty()
}
