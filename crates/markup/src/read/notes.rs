//! Notes as our writer keeps them.

use tabulary_ir::{Error, Note, NoteKind};

use super::flow::Flow;
use crate::dom::NodeId;

/// Reads the notes in a section of notes.
pub(super) fn read(flow: &mut Flow<'_, '_, '_>, section: NodeId) -> Result<(), Error> {
    let dom = flow.dom;
    let lists = dom.children(section).filter(|&n| dom.name(n) == "ol");
    let items: Vec<NodeId> = lists.flat_map(|list| dom.children(list)).collect();
    for item in items {
        let Some(id) = dom.attribute(item, "data-note") else {
            continue;
        };
        let kind = match dom.attribute(item, "data-kind") {
            Some("endnote") => NoteKind::Endnote,
            Some("comment") => NoteKind::Comment,
            _ => NoteKind::Footnote,
        };
        if !flow.down(item) {
            continue;
        }
        let (blocks, _) = flow.under(item)?;
        flow.up();
        let note = Note {
            blocks,
            id: id.to_owned(),
            kind,
            label: dom.attribute(item, "data-label").map(str::to_owned),
        };
        flow.reading.notes.push(note);
    }
    Ok(())
}
