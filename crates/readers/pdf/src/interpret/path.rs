//! Paths, as far as they rule tables: straight lines, boxes, and shapes as thin as lines (ISO 32000-1 8.5).

use tabulary_pages::{Fill, Page, Rect, Ruling};

use super::matrix::Matrix;
use super::state::State;

/// What is at most this thin is a line, though it is painted as a box or an image; in points.
const THIN: f32 = 3.0;
/// How far a straight line may lean and still be level or upright, in points.
const LEAN: f32 = 1.0;
/// The most points of a path that are kept; no ruling has more.
const MOST_POINTS: usize = 200_000;

#[derive(Default)]
pub(crate) struct Path {
    parts: Vec<Part>,
    points: usize,
    /// Whether the path becomes a bound of what is painted later, once it is painted.
    pub(crate) clips: bool,
}

#[derive(Default)]
struct Part {
    points: Vec<[f32; 2]>,
    /// Whether a curve leads to the point of the same index.
    curved: Vec<bool>,
}

impl Path {
    pub(crate) fn move_to(&mut self, at: [f32; 2]) {
        self.parts.push(Part::default());
        self.push(at, false);
    }

    pub(crate) fn line_to(&mut self, at: [f32; 2]) {
        self.push(at, false);
    }

    pub(crate) fn curve_to(&mut self, control: &[[f32; 2]], at: [f32; 2]) {
        for point in control {
            self.push(*point, true);
        }
        self.push(at, true);
    }

    pub(crate) fn close(&mut self) {
        if let Some(first) = self.parts.last().and_then(|part| part.points.first()) {
            let first = *first;
            self.push(first, false);
        }
    }

    pub(crate) fn rectangle(&mut self, ctm: Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(ctm.apply(x, y));
        self.line_to(ctm.apply(x + width, y));
        self.line_to(ctm.apply(x + width, y + height));
        self.line_to(ctm.apply(x, y + height));
        self.close();
    }

    fn push(&mut self, at: [f32; 2], curved: bool) {
        if self.points >= MOST_POINTS || !(at[0].is_finite() && at[1].is_finite()) {
            return;
        }
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        if let Some(part) = self.parts.last_mut() {
            part.points.push(at);
            part.curved.push(curved);
            self.points += 1;
        }
    }

    /// Paints the path and starts a new one.
    pub(crate) fn paint(
        &mut self,
        page: &mut Page,
        state: &mut State<'_>,
        fill: bool,
        stroke: bool,
    ) {
        if fill && !state.fill_is_clear {
            for part in &self.parts {
                part.fill(page, state.clip, state.fill.color);
                part.draw(page, state.clip);
            }
        }
        if stroke && !state.stroke_is_clear {
            let thickness = state.line_thickness();
            for part in &self.parts {
                part.stroke(page, state.clip, thickness, state.stroke.color);
                if !fill {
                    part.draw(page, state.clip);
                }
            }
        }
        if self.clips {
            let bounds = self.parts.iter().map(Part::bounds);
            let bounds = bounds.fold(Rect::NONE, |all, part| all.union(&part));
            state.clip = state.clip.intersection(&bounds);
        }
        *self = Self::default();
    }
}

impl Part {
    fn bounds(&self) -> Rect {
        self.points.iter().fold(Rect::NONE, |all, point| {
            all.union(&Rect::around(*point, *point))
        })
    }

    /// Whether all of its edges are level or upright.
    fn is_boxed(&self) -> bool {
        let pairs = self.points.windows(2).zip(self.curved.iter().skip(1));
        pairs.into_iter().all(|(pair, curved)| {
            let (dx, dy) = (
                (pair[1][0] - pair[0][0]).abs(),
                (pair[1][1] - pair[0][1]).abs(),
            );
            !curved && (dx <= LEAN || dy <= LEAN)
        })
    }

    /// Notes a shape most of whose outline is slanted or curved.
    fn draw(&self, page: &mut Page, clip: Rect) {
        let (mut straight, mut slanted) = (0.0, 0.0);
        let steps = self.points.windows(2).zip(self.curved.iter().skip(1));
        for (pair, curved) in steps {
            let (dx, dy) = (
                (pair[1][0] - pair[0][0]).abs(),
                (pair[1][1] - pair[0][1]).abs(),
            );
            if *curved || (dx > LEAN && dy > LEAN) {
                slanted += dx.hypot(dy);
            } else {
                straight += dx.max(dy);
            }
        }
        let bbox = self.bounds().intersection(&clip);
        if slanted > straight
            && bbox.width().max(bbox.height()) > 4.0
            && bbox.width() >= 0.0
            && bbox.height() >= 0.0
        {
            page.drawings.push(bbox);
        }
    }

    fn fill(&self, page: &mut Page, clip: Rect, color: [u8; 3]) {
        if self.points.len() < 3 {
            return;
        }
        add_box(
            page,
            self.bounds().intersection(&clip),
            color,
            self.is_boxed(),
        );
    }

    fn stroke(&self, page: &mut Page, clip: Rect, thickness: f32, color: [u8; 3]) {
        let lines = self.points.windows(2).zip(self.curved.iter().skip(1));
        for (pair, curved) in lines {
            let (a, b) = (pair[0], pair[1]);
            let (dx, dy) = ((b[0] - a[0]).abs(), (b[1] - a[1]).abs());
            if *curved || (dx > LEAN && dy > LEAN) || dx.max(dy) < 0.1 {
                continue;
            }
            let half = thickness / 2.0;
            let mut bbox = Rect::around(a, b);
            // A line that is thicker than long is a box: some producers draw the grounds of cells so.
            if thickness > THIN && thickness > dx.max(dy) {
                let bbox = if dx >= dy {
                    Rect::new(bbox.x0, bbox.y0 - half, bbox.x1, bbox.y1 + half)
                } else {
                    Rect::new(bbox.x0 - half, bbox.y0, bbox.x1 + half, bbox.y1)
                };
                add_box(page, bbox.intersection(&clip), color, true);
                continue;
            }
            let upright = dy > dx;
            if upright {
                let x = bbox.center_x();
                (bbox.x0, bbox.x1) = (x - half, x + half);
            } else {
                let y = bbox.center_y();
                (bbox.y0, bbox.y1) = (y - half, y + half);
            }
            if thickness > THIN {
                add_box(page, bbox.intersection(&clip), color, true);
            } else {
                add_ruling(page, bbox, clip, upright, color);
            }
        }
    }
}

/// Adds a painted box: a ruling where it is thin.
pub(crate) fn add_box(page: &mut Page, bbox: Rect, color: [u8; 3], is_boxed: bool) {
    let (width, height) = (bbox.width(), bbox.height());
    if !(width >= 0.0 && height >= 0.0) {
        return;
    }
    if width.min(height) <= THIN {
        // A dot or a short dash of a letter is no line, but a dash of a dashed line may be short.
        if width.max(height) > width.min(height) * 1.5 {
            let upright = height > width;
            page.rulings.push(Ruling {
                bbox,
                upright,
                color,
            });
        } else if width.max(height) <= THIN && width.max(height) > 0.0 {
            page.rulings.push(Ruling {
                bbox,
                upright: false,
                color,
            });
        }
    } else if is_boxed {
        page.fills.push(Fill { bbox, color });
    }
}

fn add_ruling(page: &mut Page, bbox: Rect, clip: Rect, upright: bool, color: [u8; 3]) {
    let shown = bbox.intersection(&clip.grown(THIN));
    if shown.width() >= 0.0 && shown.height() >= 0.0 {
        page.rulings.push(Ruling {
            bbox: shown,
            upright,
            color,
        });
    }
}
