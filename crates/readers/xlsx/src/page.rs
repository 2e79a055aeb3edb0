//! The paper that a sheet is printed on (ECMA-376-1 18.3.1.62, 18.3.1.63).

use tabulary_ir::{PageSetup, Points};

/// The margins that a new sheet has, in points: top, right, bottom and left.
const MARGINS: [f64; 4] = [54.0, 50.4, 54.0, 50.4];

/// Paper sizes by their number (ECMA-376-1 18.3.1.63), as width and height in millimetres.
const PAPERS: &[(u32, f64, f64)] = &[
    (1, 215.9, 279.4),
    (3, 279.4, 431.8),
    (5, 215.9, 355.6),
    (6, 139.7, 215.9),
    (7, 184.15, 266.7),
    (8, 297.0, 420.0),
    (9, 210.0, 297.0),
    (11, 148.0, 210.0),
    (12, 250.0, 353.0),
    (13, 176.0, 250.0),
    (14, 215.9, 330.2),
    (66, 420.0, 594.0),
    (70, 105.0, 148.0),
];

/// What a sheet says of its paper.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PrintSetup {
    paper: Option<(Option<u32>, bool)>,
    margins: Option<[f64; 4]>,
}

impl PrintSetup {
    /// The number of the paper size and whether it lies on its side. Without a number it is 1
    /// (ECMA-376-1 18.3.1.63).
    pub(crate) fn paper(&mut self, number: Option<u32>, is_landscape: bool) {
        self.paper = Some((number, is_landscape));
    }

    /// The margins in inches, by the names `top`, `right`, `bottom` and `left`.
    pub(crate) fn margins<'a>(&mut self, inches: impl Fn(&str) -> Option<&'a str>) {
        let mut margins = MARGINS;
        for (margin, name) in margins.iter_mut().zip(["top", "right", "bottom", "left"]) {
            let given = inches(name).and_then(|text| text.parse::<f64>().ok());
            if let Some(given) = given.filter(|given| (0.0..50.0).contains(given)) {
                *margin = given * 72.0;
            }
        }
        self.margins = Some(margins);
    }

    /// The page, where the sheet names its paper.
    pub(crate) fn page(&self) -> Option<PageSetup> {
        let (number, is_landscape) = self.paper?;
        let number = number.unwrap_or(1);
        let known = PAPERS.iter().find(|(paper, ..)| *paper == number)?;
        let (width, height) = (Points::from_mm(known.1), Points::from_mm(known.2));
        let (width, height) = if is_landscape {
            (height, width)
        } else {
            (width, height)
        };
        Some(PageSetup {
            columns: None,
            height,
            margins: self.margins.unwrap_or(MARGINS).map(Points::new),
            width,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_lies_on_its_side_where_it_says_so() {
        let mut setup = PrintSetup::default();
        setup.margins(|name| (name == "top").then_some("1"));
        assert_eq!(setup.page(), None);
        setup.paper(Some(9), true);
        let page = setup.page().expect("a page");
        assert_eq!(page.width, Points::from_mm(297.0));
        assert_eq!(page.margins[0], Points::new(72.0));
        setup.paper(Some(255), false);
        assert_eq!(setup.page(), None);
    }
}
