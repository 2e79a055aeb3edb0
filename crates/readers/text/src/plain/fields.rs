//! The labelled lines above a report: `索 引 号:4311230009/2020-00156 分 类:`.

use tabulary_ir::{Code, Diagnostics, Metadata, Origin, civil::Date};

/// What a labelled line says about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Title,
    Publisher,
    Creator,
    Issued,
    Created,
    Identifier,
    Subjects,
    Description,
    /// Nothing that Dublin Core has a term for.
    Field,
}

/// The labels that portals put above a document (国务院办公厅《政府信息公开目录系统实施指引》 and what sites
/// made of it), and those of letters, with what they mean.
const LABELS: &[(&str, Means)] = &[
    ("索引号", Means::Identifier),
    ("信息索引号", Means::Identifier),
    ("文号", Means::Identifier),
    ("发文字号", Means::Identifier),
    ("文件编号", Means::Identifier),
    ("统一登记号", Means::Identifier),
    ("名称", Means::Title),
    ("标题", Means::Title),
    ("信息名称", Means::Title),
    ("文件名称", Means::Title),
    ("发文机关", Means::Publisher),
    ("发文单位", Means::Publisher),
    ("发布机构", Means::Publisher),
    ("发布机关", Means::Publisher),
    ("发布单位", Means::Publisher),
    ("公开机构", Means::Publisher),
    ("公开主体", Means::Publisher),
    ("责任部门", Means::Publisher),
    ("信息来源", Means::Publisher),
    ("来源", Means::Publisher),
    ("作者", Means::Creator),
    ("发文日期", Means::Issued),
    ("发布日期", Means::Issued),
    ("发布时间", Means::Issued),
    ("公开日期", Means::Issued),
    ("公开时间", Means::Issued),
    ("成文日期", Means::Issued),
    ("生成日期", Means::Created),
    ("主题词", Means::Subjects),
    ("关键词", Means::Subjects),
    ("内容概述", Means::Description),
    ("摘要", Means::Description),
    ("分类", Means::Field),
    ("主题分类", Means::Field),
    ("体裁分类", Means::Field),
    ("组配分类", Means::Field),
    ("服务对象分类", Means::Field),
    ("主题导航", Means::Field),
    ("信息类别", Means::Field),
    ("有效性", Means::Field),
    ("时效", Means::Field),
    ("效力状态", Means::Field),
    ("公开方式", Means::Field),
    ("公开范围", Means::Field),
    ("公开形式", Means::Field),
    ("公文种类", Means::Field),
    ("语种", Means::Field),
    ("格式", Means::Field),
    ("浏览次数", Means::Field),
    ("点击数", Means::Field),
    ("字体", Means::Field),
    ("title", Means::Title),
    ("author", Means::Creator),
    ("publisher", Means::Publisher),
    ("date", Means::Issued),
    ("keywords", Means::Subjects),
    ("subject", Means::Field),
    ("from", Means::Field),
    ("to", Means::Field),
];

/// The longest label that is taken where it is not a known one.
const LONGEST_LABEL: usize = 8;
/// The longest text of such a label.
const LONGEST_TEXT: usize = 60;

/// A label and its text.
type Pair = (String, String);

/// Reads the labelled lines at the beginning of a text. Gives how many lines they are; 0 where fewer
/// than two labels of them are known.
pub(super) fn read(lines: &[&str], meta: &mut Metadata, diagnostics: &mut Diagnostics) -> usize {
    let mut pairs: Vec<Pair> = Vec::new();
    let (mut known, mut end, mut first) = (0, 0, None);
    for (index, line) in lines.iter().enumerate() {
        let line = unbulleted(line);
        if line.is_empty() {
            continue;
        }
        let found = known_pairs(line);
        // Behind a blank line a label that is not known begins the text: 各位代表：
        let follows = known > 0 && lines[end..index].iter().all(|line| !line.trim().is_empty());
        if !found.is_empty() {
            known += found.len();
            pairs.extend(found);
        } else if let Some(pair) = unknown_pair(line).filter(|_| follows) {
            pairs.push(pair);
        } else {
            break;
        }
        first = first.or(Some(index));
        end = index + 1;
    }
    if known < 2 {
        return 0;
    }
    let count = pairs.len();
    for (label, text) in pairs {
        set(meta, &label, &text);
        meta.fields.set(label, text);
    }
    let message = format!("{count} labelled fields above the text were taken for metadata");
    let line = u32::try_from(first.unwrap_or_default()).unwrap_or(u32::MAX - 1) + 1;
    diagnostics.add(Code::MetadataGuessed, message, Origin::line(line));
    end
}

/// The line without blanks at its ends and without the hyphen or bullet of a list.
fn unbulleted(line: &str) -> &str {
    let line = line.trim();
    match line.strip_prefix(['-', '*', '•', '·']) {
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim(),
        _ => line,
    }
}

/// The known labels of a line with their texts; none unless the line begins with one.
fn known_pairs(line: &str) -> Vec<Pair> {
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    for (colon, c) in line.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
        let from = marks.last().map_or(0, |(_, behind, _)| *behind);
        if let Some((start, label)) = label_before(&line[from..colon]) {
            marks.push((from + start, colon + c.len_utf8(), label));
        }
    }
    if marks.first().is_none_or(|(start, _, _)| *start > 0) {
        return Vec::new();
    }
    let ends = marks.iter().skip(1).map(|(start, _, _)| *start);
    let ends: Vec<usize> = ends.chain([line.len()]).collect();
    let texts = marks.iter().zip(ends).map(|((_, behind, label), end)| {
        let text = line[*behind..end].trim();
        (label.clone(), text.to_owned())
    });
    texts.collect()
}

/// The known label at the end of a text, however many blanks stand in it, behind a blank or nothing;
/// and where it begins.
fn label_before(text: &str) -> Option<(usize, String)> {
    let mut folded = String::new();
    let mut found = None;
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() {
            continue;
        }
        folded.insert(0, c);
        if folded.chars().count() > 12 {
            break;
        }
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        if begins && means(&folded).is_some() {
            found = Some((at, folded.clone()));
        }
    }
    found
}

fn means(label: &str) -> Option<Means> {
    let lower = label.to_lowercase();
    LABELS
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, means)| *means)
}

/// A short label with a short text that is no sentence.
fn unknown_pair(line: &str) -> Option<Pair> {
    let (label, text) = line.split_once([':', '：'])?;
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim();
    let short = !text.is_empty()
        && (1..=LONGEST_LABEL).contains(&label.chars().count())
        && text.chars().count() <= LONGEST_TEXT
        && label.chars().all(char::is_alphanumeric);
    let sentence = text.contains(['。', '；', '！', '？']);
    (short && !sentence).then(|| (label, text.to_owned()))
}

fn set(meta: &mut Metadata, label: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let once = |slot: &mut Option<String>, text: String| *slot = slot.take().or(Some(text));
    match means(label).unwrap_or(Means::Field) {
        Means::Title => once(&mut meta.title, text.to_owned()),
        Means::Publisher => once(&mut meta.publisher, text.to_owned()),
        Means::Description => once(&mut meta.description, text.to_owned()),
        Means::Creator => meta.creators.push(text.to_owned()),
        Means::Identifier => meta.identifiers.push(text.to_owned()),
        Means::Issued => {
            if let Some(date) = date(text) {
                once(&mut meta.issued, date);
            }
        }
        Means::Created => {
            let text = date(text).unwrap_or_else(|| text.to_owned());
            once(&mut meta.created, text);
        }
        Means::Subjects => {
            let words = text.split([',', '，', ';', '；', '、', ' ', '\u{3000}']);
            let words = words.filter(|word| !word.is_empty());
            meta.subjects.extend(words.map(str::to_owned));
        }
        Means::Field => {}
    }
}

/// The day that a text begins with, as `2020-01-20`: digits parted by hyphens, slashes, points or 年月日.
pub(crate) fn date(text: &str) -> Option<String> {
    let mut parts = text.trim().split(|c: char| !c.is_ascii_digit());
    let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let mut next = || parts.next()?.parse::<i8>().ok();
    let (month, day) = (next()?, next()?);
    Date::new(year, month, day)
        .ok()
        .map(|date| date.to_string())
}
