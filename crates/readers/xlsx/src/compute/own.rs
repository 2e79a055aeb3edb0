//! Functions that are worked out here, since the engine gives other results than Excel.

use std::sync::Arc;

use formualizer_eval::function::Function;
use formualizer_eval::traits::{ArgumentHandle, CalcValue, FunctionContext};
use formualizer_parse::{ExcelError, ExcelErrorKind, LiteralValue};
use tabulary_ir::Decimal;
use tabulary_numfmt::{FormatCode, Setting};

use super::reason::Reason;
use super::text::{AsNumber, as_number, number_text};
use super::trace::Trace;

/// A function that is worked out here.
struct Own {
    name: &'static str,
    kind: Kind,
    setting: Setting,
    trace: Arc<Trace>,
}

#[derive(Clone, Copy)]
enum Kind {
    Lower,
    Upper,
    Text,
    SumProduct,
}

/// The function of that name, where it is worked out here.
pub(super) fn function(
    name: &'static str,
    trace: &Arc<Trace>,
    is_1904: bool,
) -> Option<Arc<dyn Function>> {
    let kind = match name {
        "LOWER" => Kind::Lower,
        "UPPER" => Kind::Upper,
        "TEXT" => Kind::Text,
        "SUMPRODUCT" => Kind::SumProduct,
        _ => return None,
    };
    Some(Arc::new(Own {
        name,
        kind,
        setting: Setting {
            is_1904,
            ..Setting::default()
        },
        trace: Arc::clone(trace),
    }))
}

impl Function for Own {
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
        let value = match self.kind {
            Kind::Lower => LiteralValue::Text(cased(&self.one(args, 0)?, char::to_lowercase)),
            Kind::Upper => LiteralValue::Text(cased(&self.one(args, 0)?, char::to_uppercase)),
            Kind::Text => self.text(args)?,
            Kind::SumProduct => LiteralValue::Number(self.sum_product(args)?),
        };
        if let LiteralValue::Text(text) = &value {
            self.trace.text(text.len() as u64);
        }
        Ok(CalcValue::Scalar(value))
    }
}

impl Own {
    /// An argument as text.
    fn one(&self, args: &[ArgumentHandle<'_, '_>], index: usize) -> Result<String, ExcelError> {
        match value(args, index)? {
            LiteralValue::Text(text) => Ok(text),
            LiteralValue::Empty => Ok(String::new()),
            LiteralValue::Number(number) => number_text(number).ok_or_else(|| self.refuse()),
            _ => Err(self.refuse()),
        }
    }

    fn refuse(&self) -> ExcelError {
        self.trace.refuse(Reason::Unsure(self.name.to_owned()));
        ExcelError::new(ExcelErrorKind::Cancelled)
    }

    /// A value as a number format shows it.
    fn text(&self, args: &[ArgumentHandle<'_, '_>]) -> Result<LiteralValue, ExcelError> {
        let value = value(args, 0)?;
        let code = self.one(args, 1)?;
        if code.is_empty() {
            return Ok(LiteralValue::Text(code));
        }
        let code = FormatCode::parse(&code);
        if !code.is_valid() || args.len() != 2 {
            return Err(self.refuse());
        }
        let number = match value {
            LiteralValue::Text(text) => match as_number(&text) {
                AsNumber::Number => text.parse().ok(),
                AsNumber::Words => {
                    let shown = code.text(&text).unwrap_or(text);
                    return Ok(LiteralValue::Text(shown));
                }
                AsNumber::Unsure => None,
            },
            LiteralValue::Empty => Some(0.0),
            LiteralValue::Boolean(_) => None,
            other => other.as_serial_number(),
        };
        let Some(number) = number.and_then(Decimal::from_f64) else {
            return Err(self.refuse());
        };
        let mut shown = String::new();
        code.write_number(number.as_str(), &self.setting, &mut shown);
        // What a cell fills with hashes is an error here.
        match shown.starts_with("####") {
            true => Err(self.refuse()),
            false => Ok(LiteralValue::Text(shown)),
        }
    }

    /// The sum of the products of cells that stand at the same place of each range. What is no number is 0.
    fn sum_product(&self, args: &[ArgumentHandle<'_, '_>]) -> Result<f64, ExcelError> {
        let mut products: Vec<f64> = Vec::new();
        let mut size = None;
        for arg in args {
            let view = arg.range_view_or_scalar()?;
            let (rows, columns) = view.dims();
            match size {
                None => products = vec![1.0; rows * columns],
                Some(size) if size != (rows, columns) => {
                    return Err(self.refuse());
                }
                Some(_) => {}
            }
            // One text is an error; among others it is passed over.
            if matches!(
                view.as_1x1(),
                Some(LiteralValue::Text(_) | LiteralValue::Boolean(_))
            ) {
                return Err(self.refuse());
            }
            size = Some((rows, columns));
            let mut at = 0;
            view.for_each_cell(&mut |value| {
                let number = match value {
                    LiteralValue::Number(number) => *number,
                    LiteralValue::Int(number) => *number as f64,
                    LiteralValue::Error(error) => return Err(error.clone()),
                    _ => 0.0,
                };
                if let Some(product) = products.get_mut(at) {
                    *product *= number;
                }
                at += 1;
                Ok(())
            })?;
        }
        Ok(products.iter().sum())
    }
}

/// The one value of an argument.
pub(super) fn value(
    args: &[ArgumentHandle<'_, '_>],
    index: usize,
) -> Result<LiteralValue, ExcelError> {
    let missing = || ExcelError::new(ExcelErrorKind::Error);
    let value = args.get(index).ok_or_else(missing)?.value()?;
    match value {
        CalcValue::Range(view) => view.as_1x1().ok_or_else(missing),
        other => match other.into_literal() {
            LiteralValue::Error(error) => Err(error),
            literal => Ok(literal),
        },
    }
}

/// A text in small or capital letters. A letter that would become several stays as it is.
fn cased<I: Iterator<Item = char>>(text: &str, case: impl Fn(char) -> I) -> String {
    text.chars()
        .map(|letter| {
            let mut letters = case(letter);
            match (letters.next(), letters.next()) {
                (Some(other), None) => other,
                _ => letter,
            }
        })
        .collect()
}
