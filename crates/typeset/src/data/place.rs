//! Where in its document a block stands.

use tabulary_ir::{Block, Content, Document, Origin};

/// The place of a block: where it stood in the source, or the block around it; else where it stands in canonical
/// JSON. None for blocks of headers, footers and notes without a place.
pub(super) fn of(document: &Document, wanted: &Block) -> Option<Origin> {
    if let Some(origin) = wanted.origin() {
        return Some(origin.clone());
    }
    let mut path = Vec::new();
    if !find(&document.body, wanted, &mut path) {
        return None;
    }
    let known = path.iter().rev().find_map(|(_, _, block)| block.origin());
    Some(known.cloned().unwrap_or_else(|| {
        Origin::Pointer {
            pointer: path
                .iter()
                .map(|(key, index, _)| format!("/{key}/{index}"))
                .collect(),
        }
    }))
}

/// Finds a block by its identity; the way to it is in `path`.
fn find<'a>(
    blocks: &'a [Block],
    wanted: &Block,
    path: &mut Vec<(&'static str, usize, &'a Block)>,
) -> bool {
    within("body", blocks, wanted, path)
}

fn within<'a>(
    key: &'static str,
    blocks: &'a [Block],
    wanted: &Block,
    path: &mut Vec<(&'static str, usize, &'a Block)>,
) -> bool {
    for (index, block) in blocks.iter().enumerate() {
        path.push((key, index, block));
        let found = std::ptr::eq(block, wanted)
            || match block {
                Block::Section(section) => within("body", &section.body, wanted, path),
                Block::Quote(quote) => within("blocks", &quote.blocks, wanted, path),
                Block::List(list) => list
                    .items
                    .iter()
                    .any(|item| within("items", &item.blocks, wanted, path)),
                Block::Table(table) => table.cells().iter().any(|cell| match &cell.content {
                    Content::Blocks(blocks) => within("cells", blocks, wanted, path),
                    Content::Text(_) => false,
                }),
                _ => false,
            };
        if found {
            return true;
        }
        path.pop();
    }
    false
}
