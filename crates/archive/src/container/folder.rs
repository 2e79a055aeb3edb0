//! Bags as folders.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tabulary::ir::Error;

use super::open::{Found, Place};
use super::pack::MOST_FILES;
use crate::deposit::Deposit;

/// How deep folders may stand in one another.
const DEEPEST: usize = 64;

/// Writes a deposit as a folder, beside its place, and renames it.
pub(super) fn write(deposit: &Deposit, path: &Path) -> Result<(), Error> {
    let cannot = |error: io::Error| {
        let help = match error.kind() {
            io::ErrorKind::NotFound => "make the folder that it goes to first",
            io::ErrorKind::PermissionDenied => "choose a folder that you may write to",
            io::ErrorKind::StorageFull => "make room on the disk",
            _ => "choose another place with --output",
        };
        Error::io(format!("{} cannot be written", path.display()), error).help(help)
    };
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let beside = temporary(parent).map_err(cannot)?;
    fill(beside.path(), deposit).map_err(cannot)?;
    let beside = beside.keep();
    fs::rename(&beside, path).map_err(|error| {
        // What is left is of no use; that it stays is not worth another error.
        let _ = fs::remove_dir_all(&beside);
        cannot(error)
    })?;
    sync_folder(parent).map_err(cannot)
}

/// A new folder beside the deposit, with the rights that any new folder of the user has.
#[cfg(unix)]
fn temporary(parent: &Path) -> io::Result<tempfile::TempDir> {
    use std::os::unix::fs::PermissionsExt;
    let rights = Permissions::from_mode(0o777);
    tempfile::Builder::new()
        .prefix(".tabulary-")
        .permissions(rights)
        .tempdir_in(parent)
}

#[cfg(not(unix))]
fn temporary(parent: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new()
        .prefix(".tabulary-")
        .tempdir_in(parent)
}

fn fill(folder: &Path, deposit: &Deposit) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    for (path, bytes) in &deposit.files {
        let path: PathBuf = folder.join(path.split('/').collect::<PathBuf>());
        if let Some(parent) = path.parent()
            && folders.last().is_none_or(|last| last != parent)
        {
            fs::create_dir_all(parent)?;
            folders.push(parent.to_owned());
        }
        let mut file = File::create_new(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Brings the names in a folder to the disk, where the system has folders for files.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Finds the files below a folder. Links and things that are no files are not followed and not opened.
pub(super) fn list(folder: &Path) -> Result<Found, Error> {
    let mut found = Found::default();
    let mut todo = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((folder, below, depth)) = todo.pop() {
        let unread = |error| Error::io(format!("{} cannot be read", folder.display()), error);
        for entry in fs::read_dir(&folder).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                found.strange.push((
                    format!("{below}{}", name.to_string_lossy()),
                    "its name is no text",
                ));
                continue;
            };
            let name = format!("{below}{name}");
            let kind = entry.file_type().map_err(unread)?;
            if kind.is_symlink() {
                found.strange.push((name, "it is a link"));
            } else if kind.is_dir() {
                if depth == DEEPEST {
                    return Err(Error::limit(format!(
                        "{name} stands more than {DEEPEST} folders deep"
                    )));
                }
                todo.push((entry.path(), name + "/", depth + 1));
            } else if kind.is_file() {
                let size = entry.metadata().map_err(unread)?.len();
                let path = entry.path();
                found.files.push((name, Place::Path { path, size }));
            } else {
                found.strange.push((name, "it is no file"));
            }
            if found.files.len() > MOST_FILES {
                return Err(Error::limit(format!(
                    "the folder has more than {MOST_FILES} files"
                )));
            }
        }
    }
    Ok(found)
}
