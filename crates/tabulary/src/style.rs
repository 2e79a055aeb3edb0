//! Finding a style of the user's own.

use std::path::Path;
use std::sync::Arc;

use tabulary_ir::{Error, StyleFile};

/// The longest style, in bytes.
const LONGEST: u64 = 1 << 20;

/// Loads a style: a file of Typst, which gets the document as data.
///
/// # Errors
/// `Io` where it cannot be read, `Limit` where it is too long, `Caller` where it is no text.
pub fn load_style(path: &Path) -> Result<Arc<StyleFile>, Error> {
    let name = path.display().to_string();
    let failed =
        |error| Error::io(format!("the style {name} cannot be read"), error).help("check the path");
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > LONGEST {
        return Err(Error::limit(format!(
            "the style {name} has {size} bytes, more than {LONGEST}"
        )));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::caller(format!("the style {name} is no UTF-8 text")))?;
    Ok(Arc::new(StyleFile { name, text }))
}
