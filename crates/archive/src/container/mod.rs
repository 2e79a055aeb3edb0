//! Bags as folders, zips and tars.

mod folder;
mod open;
mod pack;
mod tar;
mod zip;

use std::fs;
use std::path::Path;

use tabulary::ir::Error;
use tabulary::write_file;

use crate::deposit::Deposit;
use crate::names::safe_name;

pub use self::tar::to_tar;
pub use self::zip::to_zip;
pub use open::Bag;
pub(crate) use pack::checked;

/// What holds a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A folder.
    Folder,
    /// A zip (APPNOTE.TXT), in which all files stand below one folder, as BagIt tools pack bags.
    Zip,
    /// A tar (POSIX.1-2001, pax), in the same manner.
    Tar,
}

impl Container {
    /// The container that the extension of a path asks for; a folder where it asks for none.
    ///
    /// # Errors
    /// `Caller` where it asks for an archive of another kind.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        match extension.to_ascii_lowercase().as_str() {
            "zip" => Ok(Self::Zip),
            "tar" => Ok(Self::Tar),
            other @ ("gz" | "tgz" | "bz2" | "xz" | "zst" | "7z" | "rar") => Err(Error::caller(
                format!("deposits are not written as .{other}"),
            )
            .help("name a folder, a .zip or a .tar")),
            _ => Ok(Self::Folder),
        }
    }

    /// The extension of its files; none for a folder.
    pub fn extension(self) -> Option<&'static str> {
        match self {
            Self::Folder => None,
            Self::Zip => Some("zip"),
            Self::Tar => Some("tar"),
        }
    }
}

/// Writes a deposit, whole or not at all: beside its place, and renamed. Files are on the disk when this returns.
///
/// # Errors
/// `Caller` where something is there: a file that may not be overwritten, or a folder, which is never replaced; `Io` where
/// it cannot be written.
pub fn store(
    deposit: &Deposit,
    path: &Path,
    container: Container,
    overwrite: bool,
) -> Result<(), Error> {
    refuse_replacing(path, container, overwrite)?;
    let base = path.file_stem().unwrap_or_default().to_string_lossy();
    match container {
        Container::Folder => folder::write(deposit, path),
        Container::Zip => write_file(path, &to_zip(deposit, &base)?, overwrite),
        Container::Tar => write_file(path, &to_tar(deposit, &base)?, overwrite),
    }
}

/// Refuses a place where something is that may not go, before any work is done for it.
///
/// # Errors
/// `Caller` where something is there: a file that may not be overwritten, or anything where a folder should go.
pub fn refuse_replacing(path: &Path, container: Container, overwrite: bool) -> Result<(), Error> {
    let is_file = container != Container::Folder;
    if fs::symlink_metadata(path).is_err() || (is_file && overwrite) {
        return Ok(());
    }
    let help = if is_file {
        "overwrite it with --force, or name another file"
    } else {
        "name another folder; a deposit is never replaced"
    };
    Err(Error::caller(format!("{} is there already", path.display())).help(help))
}

/// The folder in a zip or tar: that of the archive's name, as BagIt tools have it.
fn base_name(name: &str) -> String {
    safe_name(name)
}
