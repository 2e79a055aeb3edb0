//! Transforms of coordinates (ISO 32000-1 8.3.3).

/// A transform: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 6]);

impl Matrix {
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(crate) const fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This transform, and then `after`.
    #[must_use]
    pub(crate) fn then(self, after: Self) -> Self {
        let ([a, b, c, d, e, f], m) = (self.0, after.0);
        Self([
            a * m[0] + b * m[2],
            a * m[1] + b * m[3],
            c * m[0] + d * m[2],
            c * m[1] + d * m[3],
            e * m[0] + f * m[2] + m[4],
            e * m[1] + f * m[3] + m[5],
        ])
    }

    pub(crate) fn apply(self, x: f64, y: f64) -> [f32; 2] {
        let [a, b, c, d, e, f] = self.0;
        [(a * x + c * y + e) as f32, (b * x + d * y + f) as f32]
    }

    /// Where the unit vector to the right ends, without the shift.
    pub(crate) fn right(self) -> (f64, f64) {
        (self.0[0], self.0[1])
    }

    /// How long the unit vector upwards becomes.
    pub(crate) fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// How much longer lengths become in the mean.
    pub(crate) fn scale(self) -> f64 {
        (self.0[0] * self.0[3] - self.0[1] * self.0[2]).abs().sqrt()
    }

    /// Whether every coefficient is a number that a page can hold.
    pub(crate) fn is_sane(self) -> bool {
        self.0.iter().all(|n| n.is_finite() && n.abs() < 1e9)
    }
}
