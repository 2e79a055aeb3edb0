//! The conversion of each input.

use tabulary::ir::{Error, Input};
use tabulary::{Options, convert_bytes, detect};

use crate::answer::{Answer, Failure, Made, Received, Task, Told};

/// Converts each input into the format that the options name.
#[derive(Debug)]
pub struct Convert {
    /// How.
    pub options: Options,
}

impl Task for Convert {
    fn work(&self, received: &Received<'_>) -> Answer {
        Answer::of(|answer| self.convert(received, answer))
    }
}

impl Convert {
    fn convert(&self, received: &Received<'_>, answer: &mut Answer) -> Result<(), Error> {
        let Received { bytes, name, .. } = *received;
        let mut options = self.options.clone();
        if options.from.is_none() {
            let found = detect(Input { bytes, name })?;
            answer.told.extend(found.warning.as_ref().map(Told::from));
            options.from = Some(found.row.format.id.to_owned());
            answer.format.clone_from(&options.from);
            // The warning of detection can be denied like any other.
            let denied = found.warning.iter().any(|told| options.deny.denies(told));
            if denied {
                answer.failure = Some(Failure::denied());
                return Ok(());
            }
        }
        answer.format.clone_from(&options.from);
        let (bytes, converted) = convert_bytes(bytes, name, &options)?;
        answer
            .told
            .extend(converted.diagnostics.iter().map(Told::from));
        if converted.denied {
            answer.failure = Some(Failure::denied());
        } else {
            answer.made = Some(Made::File(bytes));
        }
        Ok(())
    }
}
