//! Pages and texts that are turned: brought upright, so that everything else sees lines from left to right.

use crate::{Glyph, Page, Rect, Turn};

/// A frame that is turned against the page by quarters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    turn: Turn,
    width: f32,
    height: f32,
}

impl Frame {
    /// The frame in which text of that turn runs from left to right, for a page of that size.
    pub(crate) fn new(turn: Turn, page: &Page) -> Self {
        Self {
            turn,
            width: page.width,
            height: page.height,
        }
    }

    fn point(self, [x, y]: [f32; 2]) -> [f32; 2] {
        match self.turn {
            Turn::Right | Turn::Aslant => [x, y],
            Turn::Down => [y, self.width - x],
            Turn::Left => [self.width - x, self.height - y],
            Turn::Up => [self.height - y, x],
        }
    }

    fn back(self, [x, y]: [f32; 2]) -> [f32; 2] {
        match self.turn {
            Turn::Right | Turn::Aslant => [x, y],
            Turn::Down => [self.width - y, x],
            Turn::Left => [self.width - x, self.height - y],
            Turn::Up => [y, self.height - x],
        }
    }

    /// A box of the page in this frame.
    pub(crate) fn bring(self, bbox: &Rect) -> Rect {
        Rect::around(
            self.point([bbox.x0, bbox.y0]),
            self.point([bbox.x1, bbox.y1]),
        )
    }

    /// A box of this frame on the page.
    pub(crate) fn take_back(self, bbox: &Rect) -> Rect {
        Rect::around(self.back([bbox.x0, bbox.y0]), self.back([bbox.x1, bbox.y1]))
    }

    fn swaps(self) -> bool {
        matches!(self.turn, Turn::Up | Turn::Down)
    }

    /// How a direction of the page runs in this frame.
    fn direction(self, turn: Turn) -> Turn {
        const ROUND: [Turn; 4] = [Turn::Right, Turn::Down, Turn::Left, Turn::Up];
        let number = |turn| ROUND.iter().position(|other| *other == turn);
        match (number(turn), number(self.turn)) {
            (Some(a), Some(b)) => ROUND[(a + 4 - b) % 4],
            _ => turn,
        }
    }

    fn glyph(self, glyph: &mut Glyph) {
        glyph.bbox = self.bring(&glyph.bbox);
        glyph.origin = self.point(glyph.origin);
        glyph.turn = self.direction(glyph.turn);
    }

    /// A glyph of the page in this frame.
    pub(crate) fn brought(self, glyph: &Glyph) -> Glyph {
        let mut glyph = glyph.clone();
        self.glyph(&mut glyph);
        glyph
    }
}

/// Turns a page whose text is turned for the most part, and tells by which turn.
pub(crate) fn upright(page: &mut Page) -> Turn {
    let mut counts = [0_usize; 4];
    for glyph in &page.glyphs {
        let letters = glyph.text.chars().filter(|c| c.is_alphanumeric()).count();
        match glyph.turn {
            Turn::Right => counts[0] += letters,
            Turn::Down => counts[1] += letters,
            Turn::Left => counts[2] += letters,
            Turn::Up => counts[3] += letters,
            Turn::Aslant => {}
        }
    }
    let total: usize = counts.iter().sum();
    let turns = [Turn::Right, Turn::Down, Turn::Left, Turn::Up];
    let Some(number) = (1..4).find(|number| counts[*number] * 10 > total * 6) else {
        return Turn::Right;
    };
    let frame = Frame::new(turns[number], page);
    for glyph in &mut page.glyphs {
        frame.glyph(glyph);
    }
    for ruling in &mut page.rulings {
        ruling.bbox = frame.bring(&ruling.bbox);
        ruling.upright ^= frame.swaps();
    }
    for fill in &mut page.fills {
        fill.bbox = frame.bring(&fill.bbox);
    }
    for drawing in &mut page.drawings {
        *drawing = frame.bring(drawing);
    }
    for image in &mut page.images {
        image.bbox = frame.bring(&image.bbox);
    }
    for link in &mut page.links {
        link.bbox = frame.bring(&link.bbox);
    }
    if frame.swaps() {
        std::mem::swap(&mut page.width, &mut page.height);
    }
    turns[number]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_comes_back_from_every_frame() {
        let page = Page {
            width: 300.0,
            height: 500.0,
            ..Page::default()
        };
        let bbox = Rect::new(10.0, 20.0, 60.0, 50.0);
        for turn in [Turn::Right, Turn::Down, Turn::Left, Turn::Up] {
            let frame = Frame::new(turn, &page);
            assert_eq!(frame.take_back(&frame.bring(&bbox)), bbox);
            assert_eq!(frame.direction(turn), Turn::Right);
        }
    }

    #[test]
    fn text_that_runs_upwards_is_brought_level() {
        let glyph = |y: f32| Glyph {
            text: "a".into(),
            bbox: Rect::new(100.0, y - 5.0, 110.0, y),
            origin: [108.0, y],
            size: 10.0,
            turn: Turn::Up,
            ..Glyph::default()
        };
        let mut page = Page {
            width: 300.0,
            height: 500.0,
            glyphs: vec![glyph(400.0), glyph(395.0)],
            ..Page::default()
        };
        assert_eq!(upright(&mut page), Turn::Up);
        assert_eq!((page.width, page.height), (500.0, 300.0));
        let [a, b] = &page.glyphs[..] else {
            panic!("two glyphs")
        };
        assert!(a.turn == Turn::Right && a.origin[0] < b.origin[0]);
        assert!((a.origin[1] - b.origin[1]).abs() < 0.01);
    }
}
