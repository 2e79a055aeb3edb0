//! Finding the user's own fonts.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tabulary_ir::{Error, FontFile};

/// Loads the fonts of files and folders, in the order of their paths; folders with all that is below
/// them.
///
/// # Errors
/// `Caller` where a path is not there, `Io` where a font cannot be read.
pub fn load_fonts(paths: &[PathBuf]) -> Result<Vec<FontFile>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            let message = format!("the font path {} is not there", path.display());
            return Err(Error::caller(message).help("give a font file or a folder of fonts"));
        }
        find(path, 0, &mut files);
    }
    files.iter().map(|path| load(path)).collect()
}

/// The folders in which this kind of machine keeps its fonts. `home` is the user's own folder.
pub fn system_font_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ]
    .iter()
    .map(PathBuf::from)
    .collect();
    if let Some(home) = home {
        folders.extend(
            [".fonts", ".local/share/fonts", "Library/Fonts"].map(|folder| home.join(folder)),
        );
    }
    folders.retain(|folder| folder.is_dir());
    folders
}

fn find(path: &Path, depth: u32, files: &mut Vec<PathBuf>) {
    const DEEPEST: u32 = 16;
    if path.is_file() {
        files.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for path in inside {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let is_font = matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"));
        if is_font || (path.is_dir() && depth < DEEPEST) {
            find(&path, depth + 1, files);
        }
    }
}

fn load(path: &Path) -> Result<FontFile, Error> {
    let data = fs::read(path)
        .map_err(|error| Error::io(format!("the font {} cannot be read", path.display()), error))?;
    Ok(FontFile {
        name: path.display().to_string(),
        data: Arc::from(data),
    })
}
