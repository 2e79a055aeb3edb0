//! Operators that are worked out here: those that compare and join, and the last sum of a formula.
//!
//! Excel takes numbers as equal that agree in fifteen digits, and writes no more than these into a text.

use std::cmp::Ordering;
use std::sync::Arc;

use formualizer_eval::engine::DateSystem;
use formualizer_eval::function::Function;
use formualizer_eval::traits::{ArgumentHandle, CalcValue, FunctionContext};
use formualizer_parse::{BinaryOperator, ExcelError, ExcelErrorKind, LiteralValue};

use super::guard::TEXT_LENGTH;
use super::own::value;
use super::reason::Reason;
use super::text::{AsNumber, as_number, number_text};
use super::trace::Trace;

/// An operator that is called as a function.
struct Operator {
    op: BinaryOperator,
    name: &'static str,
    dates: DateSystem,
    trace: Arc<Trace>,
}

const OPERATORS: [(&str, BinaryOperator); 9] = [
    ("&", BinaryOperator::Concat),
    ("+", BinaryOperator::Add),
    ("-", BinaryOperator::Subtract),
    ("<", BinaryOperator::Less),
    ("<=", BinaryOperator::LessEqual),
    ("<>", BinaryOperator::NotEqual),
    ("=", BinaryOperator::Equal),
    (">", BinaryOperator::Greater),
    (">=", BinaryOperator::GreaterEqual),
];

/// The name by which an operator is called.
pub(super) fn name(op: BinaryOperator) -> Option<&'static str> {
    let (name, _) = OPERATORS.iter().find(|(_, other)| *other == op)?;
    Some(name)
}

/// The operators that are called as functions.
pub(super) fn functions(
    trace: &Arc<Trace>,
    dates: DateSystem,
) -> impl Iterator<Item = (&'static str, Arc<dyn Function>)> {
    OPERATORS.into_iter().map(move |(name, op)| {
        let trace = Arc::clone(trace);
        let operator = Operator {
            op,
            name,
            dates,
            trace,
        };
        (name, Arc::new(operator) as Arc<dyn Function>)
    })
}

impl Function for Operator {
    fn name(&self) -> &'static str {
        self.name
    }

    fn dispatch<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        ctx: &dyn FunctionContext<'b>,
    ) -> Result<CalcValue<'b>, ExcelError> {
        self.eval(args, ctx)
    }

    fn eval<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        _ctx: &dyn FunctionContext<'b>,
    ) -> Result<CalcValue<'b>, ExcelError> {
        let left = self.plain(value(args, 0)?);
        let right = self.plain(value(args, 1)?);
        let result = match self.op {
            BinaryOperator::Concat => self.joined(&left, &right)?,
            BinaryOperator::Add => self.sum(&left, &right, 1.0)?,
            BinaryOperator::Subtract => self.sum(&left, &right, -1.0)?,
            _ => LiteralValue::Boolean(self.compared(&left, &right)?),
        };
        Ok(CalcValue::Scalar(result))
    }
}

impl Operator {
    fn refuse(&self, reason: Reason) -> ExcelError {
        self.trace.refuse(reason);
        ExcelError::new(ExcelErrorKind::Cancelled)
    }

    fn unsure(&self, what: &str) -> ExcelError {
        self.refuse(Reason::Unsure(what.to_owned()))
    }

    /// Days and whole numbers as numbers.
    fn plain(&self, value: LiteralValue) -> LiteralValue {
        match value {
            LiteralValue::Text(_) | LiteralValue::Boolean(_) | LiteralValue::Empty => value,
            other => match other.as_serial_number_for(self.dates) {
                Some(number) => LiteralValue::Number(number),
                None => other,
            },
        }
    }

    fn joined(
        &self,
        left: &LiteralValue,
        right: &LiteralValue,
    ) -> Result<LiteralValue, ExcelError> {
        let mut joined = self.text(left)?;
        joined.push_str(&self.text(right)?);
        if joined.len() > 4 * TEXT_LENGTH || !self.trace.text(joined.len() as u64) {
            return Err(self.refuse(Reason::Limit));
        }
        Ok(LiteralValue::Text(joined))
    }

    fn text(&self, value: &LiteralValue) -> Result<String, ExcelError> {
        match value {
            LiteralValue::Text(text) => Ok(text.clone()),
            LiteralValue::Empty => Ok(String::new()),
            LiteralValue::Boolean(truth) => Ok(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
            LiteralValue::Number(number) => {
                number_text(*number).ok_or_else(|| self.unsure("a number as text"))
            }
            _ => Err(self.unsure("text")),
        }
    }

    fn sum(
        &self,
        left: &LiteralValue,
        right: &LiteralValue,
        sign: f64,
    ) -> Result<LiteralValue, ExcelError> {
        let (left, right) = (self.number(left)?, sign * self.number(right)?);
        // What is left of two numbers that agree in fifteen digits is nothing.
        let sum = if agree(left, -right) {
            0.0
        } else {
            left + right
        };
        Ok(LiteralValue::Number(sum))
    }

    fn number(&self, value: &LiteralValue) -> Result<f64, ExcelError> {
        match value {
            LiteralValue::Number(number) => Ok(*number),
            LiteralValue::Boolean(truth) => Ok(f64::from(u8::from(*truth))),
            LiteralValue::Empty => Ok(0.0),
            LiteralValue::Text(text) => match as_number(text) {
                AsNumber::Number => text.parse().map_err(|_| self.unsure("text as a number")),
                AsNumber::Words => Err(ExcelError::new(ExcelErrorKind::Value)),
                AsNumber::Unsure => Err(self.unsure("text as a number")),
            },
            _ => Err(self.unsure("a number")),
        }
    }

    fn compared(&self, left: &LiteralValue, right: &LiteralValue) -> Result<bool, ExcelError> {
        use BinaryOperator as B;
        let ordering = match self.order(left, right) {
            Some(ordering) => ordering,
            // Texts that differ; which comes first is for the language of the user to say.
            None if self.op == B::Equal => return Ok(false),
            None if self.op == B::NotEqual => return Ok(true),
            None => return Err(self.unsure("the order of texts")),
        };
        Ok(match self.op {
            B::Equal => ordering.is_eq(),
            B::NotEqual => ordering.is_ne(),
            B::Less => ordering.is_lt(),
            B::LessEqual => ordering.is_le(),
            B::Greater => ordering.is_gt(),
            _ => ordering.is_ge(),
        })
    }

    /// Numbers come before texts, and these before truth values. A blank cell is 0, no text or false.
    fn order(&self, left: &LiteralValue, right: &LiteralValue) -> Option<Ordering> {
        use LiteralValue as V;
        match (left, right) {
            (V::Empty, V::Empty) => Some(Ordering::Equal),
            (V::Empty, other) => self.order(&like(other), other),
            (other, V::Empty) => self.order(other, &like(other)),
            (V::Number(a), V::Number(b)) if agree(*a, *b) => Some(Ordering::Equal),
            (V::Number(a), V::Number(b)) => a.partial_cmp(b),
            (V::Text(a), V::Text(b)) => {
                let (a, b) = (a.to_lowercase(), b.to_lowercase());
                let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
                (a == b || (plain(&a) && plain(&b))).then(|| a.cmp(&b))
            }
            (V::Boolean(a), V::Boolean(b)) => Some(a.cmp(b)),
            (V::Number(_), _) | (V::Text(_), V::Boolean(_)) => Some(Ordering::Less),
            _ => Some(Ordering::Greater),
        }
    }
}

/// What a blank cell is beside a value.
fn like(value: &LiteralValue) -> LiteralValue {
    match value {
        LiteralValue::Text(_) => LiteralValue::Text(String::new()),
        LiteralValue::Boolean(_) => LiteralValue::Boolean(false),
        _ => LiteralValue::Number(0.0),
    }
}

/// Whether numbers agree in fifteen digits.
fn agree(a: f64, b: f64) -> bool {
    let apart = (a - b).abs();
    apart <= 0.0
        || (apart <= 1e-14 * a.abs().max(b.abs()) && format!("{a:.14e}") == format!("{b:.14e}"))
}
