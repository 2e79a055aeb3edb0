//! The graphics state (ISO 32000-1 8.4).

use std::rc::Rc;

use tabulary_pages::Rect;

use super::matrix::Matrix;
use crate::color::Space;
use crate::font::PageFont;

/// A colour, and the space that later components of it are in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Paint {
    pub(crate) space: Space,
    pub(crate) color: [u8; 3],
}

impl Paint {
    pub(crate) fn set(&mut self, space: Space, color: [u8; 3]) {
        (self.space, self.color) = (space, color);
    }
}

#[derive(Clone)]
pub(crate) struct State<'a> {
    pub(crate) ctm: Matrix,
    pub(crate) fill: Paint,
    pub(crate) stroke: Paint,
    /// Whether the paint of fills is wholly transparent.
    pub(crate) fill_is_clear: bool,
    pub(crate) stroke_is_clear: bool,
    pub(crate) line_width: f64,
    /// The box that nothing is painted outside of, on the page.
    pub(crate) clip: Rect,
    pub(crate) text: TextState<'a>,
}

/// How text is shown (ISO 32000-1 9.3).
#[derive(Clone)]
pub(crate) struct TextState<'a> {
    pub(crate) font: Option<Rc<PageFont<'a>>>,
    pub(crate) size: f64,
    pub(crate) character_spacing: f64,
    pub(crate) word_spacing: f64,
    /// 1 where characters are as wide as they are drawn.
    pub(crate) scaling: f64,
    pub(crate) leading: f64,
    pub(crate) rise: f64,
    pub(crate) mode: i64,
}

impl State<'_> {
    pub(crate) fn new(ctm: Matrix, clip: Rect) -> Self {
        Self {
            ctm,
            fill: Paint::default(),
            stroke: Paint::default(),
            fill_is_clear: false,
            stroke_is_clear: false,
            line_width: 1.0,
            clip,
            text: TextState {
                font: None,
                size: 1.0,
                character_spacing: 0.0,
                word_spacing: 0.0,
                scaling: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }

    /// The thickness of a line on the page, in points.
    pub(crate) fn line_thickness(&self) -> f32 {
        (self.line_width * self.ctm.scale()) as f32
    }
}
