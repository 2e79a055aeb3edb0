//! Boxes on a page.

use std::cmp::Ordering;

/// A box on a page, in points from the page's top left corner, with y growing downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x0: f32,
    /// The top edge.
    pub y0: f32,
    /// The right edge.
    pub x1: f32,
    /// The bottom edge.
    pub y1: f32,
}

impl Rect {
    /// A box from its edges.
    pub const fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0, y0, x1, y1 }
    }

    /// The box around nothing: whatever it is joined with, the other remains.
    pub const NONE: Self = Self::new(f32::MAX, f32::MAX, f32::MIN, f32::MIN);

    /// The box around two points.
    pub fn around(a: [f32; 2], b: [f32; 2]) -> Self {
        Self::new(
            a[0].min(b[0]),
            a[1].min(b[1]),
            a[0].max(b[0]),
            a[1].max(b[1]),
        )
    }

    /// From left to right.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// From top to bottom.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The middle between left and right.
    pub fn center_x(&self) -> f32 {
        (self.x0 + self.x1) / 2.0
    }

    /// The middle between top and bottom.
    pub fn center_y(&self) -> f32 {
        (self.y0 + self.y1) / 2.0
    }

    /// Which of two boxes comes first: the upper one, and of those at one height the left one.
    pub fn order(&self, other: &Self) -> Ordering {
        self.y0
            .total_cmp(&other.y0)
            .then(self.x0.total_cmp(&other.x0))
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(
            self.x0.min(other.x0),
            self.y0.min(other.y0),
            self.x1.max(other.x1),
            self.y1.max(other.y1),
        )
    }

    /// The part that both share; its width or height is negative where there is none.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self::new(
            self.x0.max(other.x0),
            self.y0.max(other.y0),
            self.x1.min(other.x1),
            self.y1.min(other.y1),
        )
    }

    /// The box with every edge moved outwards by `by` points.
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }

    /// Whether the point lies inside or on an edge.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// Whether the other box lies inside, with `slack` points of room.
    pub fn holds(&self, other: &Self, slack: f32) -> bool {
        let room = self.grown(slack);
        room.contains(other.x0, other.y0) && room.contains(other.x1, other.y1)
    }

    /// Whether they share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.overlap_x(other) > 0.0 && self.overlap_y(other) > 0.0
    }

    /// How far they overlap between left and right; negative: how far they are apart.
    pub fn overlap_x(&self, other: &Self) -> f32 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    /// How far they overlap between top and bottom; negative: how far they are apart.
    pub fn overlap_y(&self, other: &Self) -> f32 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }

    /// Whether it has no extent or an edge that is no number.
    pub fn is_empty(&self) -> bool {
        !(self.x1 > self.x0 && self.y1 > self.y0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_and_unions() {
        let a = Rect::new(0.0, 0.0, 10.0, 10.0);
        let b = Rect::new(10.0, 5.0, 20.0, 15.0);
        assert!(!a.overlaps(&b), "they share an edge only");
        assert_eq!(a.union(&b), Rect::new(0.0, 0.0, 20.0, 15.0));
        assert_eq!(Rect::NONE.union(&a), a);
        assert!(a.overlap_y(&b) > 4.9 && a.overlap_x(&b) < 0.1);
    }
}
