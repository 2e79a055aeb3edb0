//! Documents whose look others take.

use std::path::Path;
use std::sync::Arc;

use tabulary_ir::{Error, Limits};

/// Reads a document whose styles, page, headers and footers a document takes that is written.
///
/// # Errors
/// Of kind `Io` where it cannot be read, of kind `Limit` where it is larger than an input may be.
pub fn load_reference(path: &Path) -> Result<Arc<[u8]>, Error> {
    let unread = |error| Error::io(format!("{} cannot be read", path.display()), error);
    let size = std::fs::metadata(path).map_err(unread)?.len();
    let bound = Limits::default().input_bytes;
    if size > bound {
        let message = format!("{} has more than {bound} bytes", path.display());
        return Err(Error::limit(message).help("give a document without large images"));
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    Ok(bytes.into())
}
