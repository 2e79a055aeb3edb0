//! Comments on cells (ECMA-376-1 18.7) and threads of them ([MS-XLSX] 2.6.205).

use std::collections::BTreeMap;

use tabulary_ir::{Block, Budget, Error, ErrorKind, Marks, Paragraph, push_text};
use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::strings::string;
use crate::place::parse_cell;
use crate::sheet::SheetNote;
use crate::text::Text;

/// What is lost of the comments of a sheet.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// How many comments name no cell.
    pub(super) unplaced: usize,
    /// Why a part was not read to its end.
    pub(super) damage: Option<Error>,
}

/// The elements of that name in a part, as far as it is whole.
fn elements(
    text: &str,
    name: &str,
    budget: &Budget,
    lost: &mut Lost,
) -> Result<Vec<Element>, Error> {
    let mut pull = Pull::new(text, budget);
    let mut found = Vec::new();
    loop {
        match pull.next_event() {
            Ok(Event::Start(start)) if start.local == name => {
                budget.blocks(1)?;
                let (element, fault) = pull.partial_element(start);
                found.push(element);
                if let Some(error) = fault {
                    if error.kind() == ErrorKind::Limit {
                        return Err(error);
                    }
                    lost.damage = Some(error);
                    break;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                lost.damage = Some(error);
                break;
            }
        }
    }
    Ok(found)
}

/// The comments of a part.
pub(super) fn comments(
    text: &str,
    budget: &Budget,
    lost: &mut Lost,
) -> Result<Vec<SheetNote>, Error> {
    let authors = elements(text, "author", budget, lost)?;
    let mut notes = Vec::new();
    for comment in elements(text, "comment", budget, lost)? {
        let Some((row, col)) = comment.plain("ref").and_then(parse_cell) else {
            lost.unplaced += 1;
            continue;
        };
        let author = comment.plain("authorId").and_then(|id| id.parse().ok());
        let author = author
            .and_then(|id: usize| authors.get(id))
            .map(Element::text);
        let mut content = Vec::new();
        match comment.child(Ns::S, "text").map(string) {
            Some(Text::Plain(text)) => push_text(&mut content, &text, Marks::NONE),
            Some(Text::Rich(runs)) => content = runs,
            None => {}
        }
        let paragraph = Paragraph {
            content,
            ..Paragraph::default()
        };
        notes.push(SheetNote {
            row,
            col,
            author: author.filter(|author| !author.trim().is_empty()),
            blocks: vec![Block::Paragraph(paragraph)],
        });
    }
    Ok(notes)
}

/// The names of persons by their identifier.
pub(super) fn persons(text: &str, budget: &Budget) -> Result<BTreeMap<String, String>, Error> {
    let persons = elements(text, "person", budget, &mut Lost::default())?;
    let named = persons.iter().filter_map(|person| {
        let id = person.plain("id")?.to_owned();
        Some((id, person.plain("displayName")?.to_owned()))
    });
    Ok(named.collect())
}

/// Threads of comments: a note a cell, a paragraph a comment. Where an answer is someone else's, their
/// name stands before it.
pub(super) fn threads(
    text: &str,
    persons: &BTreeMap<String, String>,
    budget: &Budget,
    lost: &mut Lost,
) -> Result<Vec<SheetNote>, Error> {
    let mut notes: Vec<SheetNote> = Vec::new();
    let mut places: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for comment in elements(text, "threadedComment", budget, lost)? {
        let Some((row, col)) = comment.plain("ref").and_then(parse_cell) else {
            lost.unplaced += 1;
            continue;
        };
        let author = comment.plain("personId").and_then(|id| persons.get(id));
        let said = comment.elements().find(|child| child.local == "text");
        let said = said.map(Element::text).unwrap_or_default();
        match places
            .get(&(row, col))
            .and_then(|index| notes.get_mut(*index))
        {
            Some(note) => {
                let said = match author {
                    Some(author) if note.author.as_ref() != Some(author) => {
                        format!("{author}: {said}")
                    }
                    _ => said,
                };
                note.blocks.push(Block::paragraph(&said));
            }
            None => {
                places.insert((row, col), notes.len());
                notes.push(SheetNote {
                    row,
                    col,
                    author: author.cloned(),
                    blocks: vec![Block::paragraph(&said)],
                });
            }
        }
    }
    Ok(notes)
}
