//! What a paragraph style means beyond how it looks: told by its name, as the formats of office
//! documents have no other word for it.

use tabulary_ir::SectionKind;

/// What paragraphs of a style are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing in particular.
    #[default]
    Text,
    /// A heading by its name, with its level.
    Heading(u8),
    /// The title of the whole.
    Title,
    /// What stands below the title.
    Subtitle,
    /// Words of someone else.
    Quote,
    /// Lines of code.
    Code,
    /// A horizontal line, where the paragraph is empty.
    Rule,
    /// Images that a caption may follow.
    Figure,
    /// The caption below a figure.
    Caption,
    /// The caption above a table.
    TableCaption,
    /// A further paragraph of a list item at a level, from 0.
    Continuation(u8),
    /// A paragraph with a label that is no item of a list.
    Labelled,
    /// An empty paragraph that the format asks for, and that says nothing.
    Separator,
    /// The name of a section that begins here.
    Section(SectionKind),
    /// The end of a section.
    SectionEnd,
    /// Title or labelled field that the writer sets above the text.
    Front,
    /// A line of a table of contents.
    Contents,
    /// The page number that the writer puts below a document without a footer of its own.
    PageNumber,
}

/// Names of headings in the languages of office programs, before their level.
const HEADINGS: [&str; 13] = [
    "heading",
    "标题",
    "標題",
    "見出し",
    "제목",
    "überschrift",
    "titre",
    "título",
    "titolo",
    "kop",
    "rubrik",
    "заголовок",
    "nagłówek",
];

impl Role {
    /// The role that a style's name tells; case and outer blanks do not count.
    pub(crate) fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        match name.as_str() {
            "quote" | "intense quote" | "block text" | "quotations" | "引用" | "明显引用" => {
                return Self::Quote;
            }
            "code" | "code block" | "source code" | "html preformatted" | "preformatted text" => {
                return Self::Code;
            }
            "title" | "标题" | "標題" | "titel" | "titre" | "título" | "titolo" => {
                return Self::Title;
            }
            "subtitle" | "副标题" | "副標題" | "untertitel" | "sous-titre" => {
                return Self::Subtitle;
            }
            "horizontal line" => return Self::Rule,
            "figure" | "captioned figure" => return Self::Figure,
            "caption" | "image caption" => return Self::Caption,
            "table caption" => return Self::TableCaption,
            "labelled paragraph" => return Self::Labelled,
            "table separator" => return Self::Separator,
            "sheet title" => return Self::Section(SectionKind::Sheet),
            "page title" => return Self::Section(SectionKind::Page),
            "part title" => return Self::Section(SectionKind::Part),
            "section end" => return Self::SectionEnd,
            "front title" | "front matter" => return Self::Front,
            "toc heading" | "toc 1" | "toc 2" | "toc 3" => return Self::Contents,
            "page number line" => return Self::PageNumber,
            _ => {}
        }
        if let Some(level) = name.strip_prefix("list continue") {
            return match level.trim() {
                "" => Self::Continuation(0),
                level => level
                    .parse::<u8>()
                    .ok()
                    .filter(|level| (1..=9).contains(level))
                    .map_or(Self::Text, |level| Self::Continuation(level - 1)),
            };
        }
        let level = HEADINGS.iter().find_map(|word| {
            let level = name.strip_prefix(word)?.trim().parse::<u8>().ok()?;
            (1..=9).contains(&level).then_some(level)
        });
        level.map_or(Self::Text, Self::Heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_roles() {
        for (name, role) in [
            ("heading 1", Role::Heading(1)),
            ("标题 3", Role::Heading(3)),
            ("Heading2", Role::Heading(2)),
            ("heading 10", Role::Text),
            ("List Continue", Role::Continuation(0)),
            ("List Continue 3", Role::Continuation(2)),
            ("Source Code", Role::Code),
            ("Normal", Role::Text),
        ] {
            assert_eq!(Role::of(name), role, "{name}");
        }
    }
}
