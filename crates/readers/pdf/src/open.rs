//! Opens a file.

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use tabulary_ir::{Budget, Error, ReadOptions};

use crate::guard;

/// Opens a file.
///
/// # Errors
/// Where it is damaged beyond use, is encrypted and does not open, or passes a limit.
pub(crate) fn open(bytes: &[u8], options: &ReadOptions, budget: &Budget) -> Result<Pdf, Error> {
    budget.limits().admit(bytes.len() as u64)?;
    guard::check(bytes, budget)?;
    let password = options.password.as_deref().unwrap_or_default();
    Pdf::new_with_password(bytes.to_vec(), password).map_err(|error| match error {
        LoadPdfError::Decryption(error) => locked(error, options.password.is_some()),
        LoadPdfError::Invalid => Error::input(
            "the file begins as a PDF, and no pages were found in it; it is damaged or cut off",
        ),
    })
}

/// Why an encrypted file does not open (ISO 32000-1 7.6).
fn locked(error: DecryptionError, is_given: bool) -> Error {
    match error {
        DecryptionError::PasswordProtected if is_given => {
            Error::caller("the PDF is encrypted, and the password that was given does not open it")
                .help("give the password that opens the document")
        }
        DecryptionError::PasswordProtected => {
            Error::unsupported("the PDF is encrypted and takes a password to be opened")
                .help("give it with --password, or as `password` of the options")
        }
        DecryptionError::UnsupportedAlgorithm => {
            Error::unsupported("the PDF is encrypted in a way that is not read")
                .help("save it without encryption")
        }
        _ => Error::input("the PDF is encrypted, and what tells how is damaged"),
    }
}
