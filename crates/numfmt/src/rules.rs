//! Which section a number falls into, and whether it is shown with a minus there.

use std::cmp::Ordering;

/// A condition of a section: `[>=100]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Test {
    operator: Operator,
    limit: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Other,
}

impl Test {
    pub(crate) const ABOVE_ZERO: Self = Self {
        operator: Operator::Greater,
        limit: 0.0,
    };
    pub(crate) const BELOW_ZERO: Self = Self {
        operator: Operator::Less,
        limit: 0.0,
    };

    /// Reads what stands in the bracket.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        const OPERATORS: [(&str, Operator); 6] = [
            ("<=", Operator::AtMost),
            ("<>", Operator::Other),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::Greater),
            ("=", Operator::Equal),
        ];
        let (operator, limit) = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)))?;
        let limit: f64 = limit.trim().parse().ok()?;
        limit.is_finite().then_some(Self { operator, limit })
    }

    pub(crate) fn holds(self, number: f64) -> bool {
        let order = number.partial_cmp(&self.limit);
        match self.operator {
            Operator::Less => order == Some(Ordering::Less),
            Operator::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Operator::Greater => order == Some(Ordering::Greater),
            Operator::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            Operator::Equal => order == Some(Ordering::Equal),
            Operator::Other => order != Some(Ordering::Equal),
        }
    }

    /// Whether only negative numbers pass, so that the section itself says what becomes of the sign.
    fn is_negative_only(self) -> bool {
        match self.operator {
            Operator::Less => self.limit <= 0.0,
            Operator::AtMost | Operator::Equal => self.limit < 0.0,
            _ => false,
        }
    }

    /// Whether what fails the test may be a number of either sign.
    fn leaves_sign(self) -> bool {
        match self.operator {
            Operator::Equal => true,
            Operator::Greater | Operator::AtLeast => self.limit >= 0.0,
            _ => false,
        }
    }
}

/// A section, the numbers that it takes, and whether these keep their minus.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) section: usize,
    pub(crate) test: Option<Test>,
    pub(crate) signed: bool,
}

/// The rules of a format code, from the tests of its sections for numbers; the first that holds counts.
///
/// Without tests: one section for all; positive and zero, negative; positive, negative, zero. With tests,
/// what Excel does was observed by the tests of borgar/numfmt: a lone section leaves the rest to `General`
/// (section 1, which the caller adds), of two the second takes the rest, of three the third.
pub(crate) fn rules(tests: &[Option<Test>]) -> Vec<Rule> {
    let rule = |section, test, signed| Rule {
        section,
        test,
        signed,
    };
    if tests.iter().all(Option::is_none) {
        return match tests.len() {
            0 | 1 => vec![rule(0, None, true)],
            2 => vec![rule(1, Some(Test::BELOW_ZERO), false), rule(0, None, false)],
            _ => vec![
                rule(0, Some(Test::ABOVE_ZERO), false),
                rule(1, Some(Test::BELOW_ZERO), false),
                rule(2, None, false),
            ],
        };
    }
    let keeps_sign = |test: Test| !test.is_negative_only();
    let first = tests.first().copied().flatten().unwrap_or(Test::ABOVE_ZERO);
    let mut rules = vec![rule(0, Some(first), keeps_sign(first))];
    match tests {
        [_] => rules.push(rule(1, None, first.leaves_sign())),
        [_, Some(second)] => rules.push(rule(1, Some(*second), keeps_sign(*second))),
        [_, None] => rules.push(rule(1, None, first.leaves_sign())),
        [_, second, ..] => {
            let second = second.unwrap_or(if first.is_negative_only() {
                Test::ABOVE_ZERO
            } else {
                Test::BELOW_ZERO
            });
            rules.push(rule(1, Some(second), keeps_sign(second)));
            rules.push(rule(2, None, true));
        }
        [] => {}
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_read() {
        for (text, below, at, above) in [
            ("<10", true, false, false),
            ("<= 10", true, true, false),
            (">10", false, false, true),
            (">=10.0", false, true, true),
            ("=10", false, true, false),
            ("<>1e1", true, false, true),
        ] {
            let test = Test::parse(text).expect("a test");
            let held = (test.holds(9.0), test.holds(10.0), test.holds(11.0));
            assert_eq!(held, (below, at, above), "{text}");
        }
        for text in ["<", "<x", "=<1", "<inf", "<nan"] {
            assert!(Test::parse(text).is_none(), "{text}");
        }
    }
}
