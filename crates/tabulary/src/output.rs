//! Outputs that appear whole or not at all.

use std::io::Write;
use std::path::Path;

use tabulary_ir::Error;
use tempfile::NamedTempFile;

/// Writes a file beside its final place and renames it, so that a failed run leaves what was there.
pub(crate) fn write_beside(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), Error> {
    let cannot = |error: std::io::Error| {
        let help = match error.kind() {
            std::io::ErrorKind::NotFound => "make the folder first",
            std::io::ErrorKind::PermissionDenied => "choose a folder that you may write to",
            std::io::ErrorKind::StorageFull => "make room on the disk",
            _ => "choose another place with --output",
        };
        Error::io(format!("{} cannot be written", path.display()), error).help(help)
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if path.is_dir() {
        return Err(Error::caller(format!(
            "{} is a folder, where a file was expected",
            path.display()
        ))
        .help("end the path with the name of a file"));
    }
    let mut file = new_file(folder).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    file.as_file().sync_data().map_err(cannot)?;
    if overwrite {
        file.persist(path).map_err(|error| cannot(error.error))?;
    } else {
        file.persist_noclobber(path).map_err(|error| {
            if error.error.kind() == std::io::ErrorKind::AlreadyExists {
                is_there(path)
            } else {
                cannot(error.error)
            }
        })?;
    }
    Ok(())
}

/// Makes a folder, and those above it, where they are not there.
///
/// # Errors
/// `Io` where it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(|error| {
        Error::io(
            format!("the folder {} cannot be made", path.display()),
            error,
        )
        .help("choose another place with --output")
    })
}

pub(crate) fn is_there(path: &Path) -> Error {
    Error::caller(format!("{} is there already", path.display()))
        .help("overwrite it with --force, or name another file")
}

/// A new file beside the output. Temporary files are private as a rule; this one has the rights that
/// any new file of the user has.
#[cfg(unix)]
fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .prefix(".tabulary-")
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    NamedTempFile::with_prefix_in(".tabulary-", folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays_unless_it_may_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        write_beside(&path, b"one", false).expect("a new file");
        let error = write_beside(&path, b"two", false).expect_err("the file is there");
        assert!(error.to_string().contains("--force"), "{error}");
        assert_eq!(std::fs::read(&path).expect("the file"), b"one");
        write_beside(&path, b"two", true).expect("a file that may be overwritten");
        assert_eq!(std::fs::read(&path).expect("the file"), b"two");
        assert_eq!(
            std::fs::read_dir(folder.path())
                .expect("the folder")
                .count(),
            1
        );
    }
}
