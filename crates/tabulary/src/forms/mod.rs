//! Forms: finding them, and reading reports of them out of files of any format.

mod folder;
mod reports;

pub use folder::load_form;
pub use reports::{Reading, read_report, recognise};

pub use tabulary_forms::*;

use tabulary_ir::Error;

/// The forms that a run knows: those that are built in, and those of folders.
#[derive(Debug, Default)]
pub struct Forms {
    own: Vec<Form>,
}

impl Forms {
    /// The forms that are built in.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a form.
    pub fn add(&mut self, form: Form) {
        self.own.push(form);
    }

    /// Every form, those of folders first.
    pub fn all(&self) -> Vec<&Form> {
        self.own.iter().chain(built_in()).collect()
    }

    /// The forms of a name: `cn.xxgk.annual-report` for all editions, or with `/2019` for one.
    ///
    /// # Errors
    /// `Caller` where there is none.
    pub fn named(&self, name: &str) -> Result<Vec<&Form>, Error> {
        let (id, edition) = match name.split_once('/') {
            Some((id, edition)) => (id, Some(edition)),
            None => (name, None),
        };
        let is_it = |form: &&Form| form.id() == id && edition.is_none_or(|it| it == form.edition());
        let found: Vec<&Form> = self.all().into_iter().filter(is_it).collect();
        if found.is_empty() {
            let known: Vec<String> = self.all().into_iter().map(name_of).collect();
            return Err(
                Error::caller(format!("there is no form {name:?}")).help(format!(
                    "forms that are known: {}; a folder with a form.toml is one too",
                    known.join(", ")
                )),
            );
        }
        Ok(found)
    }
}

/// The name of a form with its edition.
pub fn name_of(form: &Form) -> String {
    format!("{}/{}", form.id(), form.edition())
}
