//! How a cell looks, as all formats of workbooks have it.

use std::sync::Arc;

use tabulary_ir::CellStyle;

use crate::display::Format;

/// A cell format: made once for each that the workbook lists, and shared among cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    /// How its numbers are shown; none for `General`.
    pub(crate) format: Option<Arc<Format>>,
    pub(crate) style: Option<Arc<CellStyle>>,
}

impl Look {
    /// A look of that style.
    pub(crate) fn new(format: Option<Arc<Format>>, style: CellStyle) -> Self {
        Self {
            format,
            style: (style != CellStyle::default()).then(|| Arc::new(style)),
        }
    }

    /// Whether a blank cell of this look can be told from one that is not there.
    pub(crate) fn is_seen(&self) -> bool {
        self.style
            .as_deref()
            .is_some_and(|style| style.fill.is_some() || style.borders.is_some())
    }
}
