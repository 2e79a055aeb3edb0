//! What functions are asked before the engine works them out.
//!
//! For some arguments the engine gives another result than Excel. Such calls are refused; the formula
//! then stays without a value.

use std::sync::Arc;

use formualizer_eval::function::{FnCaps, Function, FunctionResolution};
use formualizer_eval::traits::{ArgumentHandle, CalcValue, FunctionContext};
use formualizer_eval::{args::ArgSchema, function_registry};
use formualizer_parse::parser::ReferenceType;
use formualizer_parse::{ExcelError, ExcelErrorKind, LiteralValue};

use super::own;
use super::reason::Reason;
use super::rules;
use super::trace::Trace;

/// The most characters of a cell (Excel: 32,767).
pub(super) const TEXT_LENGTH: usize = 32_767;

/// The function of that name, with what it is asked before.
pub(super) fn function(
    name: &'static str,
    trace: &Arc<Trace>,
    is_1904: bool,
) -> Option<Arc<dyn Function>> {
    if let Some(own) = own::function(name, trace, is_1904) {
        return Some(own);
    }
    let inner = function_registry::get("", name)?;
    Some(Arc::new(Guarded {
        name,
        inner,
        trace: Arc::clone(trace),
    }))
}

/// A function of the engine and what it is asked before.
struct Guarded {
    name: &'static str,
    inner: Arc<dyn Function>,
    trace: Arc<Trace>,
}

impl Guarded {
    /// Looks at what was given.
    fn look<'b>(
        &self,
        result: Result<CalcValue<'b>, ExcelError>,
    ) -> Result<CalcValue<'b>, ExcelError> {
        let value = result?;
        match &value {
            CalcValue::Scalar(LiteralValue::Text(text))
                if text.len() > 4 * TEXT_LENGTH || !self.trace.text(text.len() as u64) =>
            {
                self.trace.refuse(Reason::Limit);
            }
            CalcValue::Range(view)
                if self.name == "INDIRECT"
                    && self.trace.is_one_indirect()
                    && view.dims() != (1, 1) =>
            {
                self.trace.refuse(Reason::Array);
            }
            _ => {}
        }
        Ok(value)
    }
}

impl Function for Guarded {
    fn caps(&self) -> FnCaps {
        self.inner.caps()
    }

    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn min_args(&self) -> usize {
        self.inner.min_args()
    }

    fn variadic(&self) -> bool {
        self.inner.variadic()
    }

    fn arg_schema(&self) -> &'static [ArgSchema] {
        self.inner.arg_schema()
    }

    fn eval<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        ctx: &dyn FunctionContext<'b>,
    ) -> Result<CalcValue<'b>, ExcelError> {
        self.dispatch(args, ctx)
    }

    fn eval_reference<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        ctx: &dyn FunctionContext<'b>,
    ) -> Option<Result<ReferenceType, ExcelError>> {
        self.inner.eval_reference(args, ctx)
    }

    fn resolve_reference_or_value<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        ctx: &dyn FunctionContext<'b>,
        value_fallback: &dyn Fn() -> Result<CalcValue<'b>, ExcelError>,
    ) -> Result<FunctionResolution<'b>, ExcelError> {
        self.inner
            .resolve_reference_or_value(args, ctx, value_fallback)
    }

    fn dispatch<'a, 'b, 'c>(
        &self,
        args: &'c [ArgumentHandle<'a, 'b>],
        ctx: &dyn FunctionContext<'b>,
    ) -> Result<CalcValue<'b>, ExcelError> {
        if let Err(reason) = rules::check(self.name, args, &self.trace) {
            self.trace.refuse(reason);
            return Err(ExcelError::new(ExcelErrorKind::Cancelled));
        }
        self.look(self.inner.dispatch(args, ctx))
    }
}
