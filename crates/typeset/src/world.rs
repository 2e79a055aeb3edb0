//! What the layout engine sees of the world: fonts, a template and one document's data.

use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::fonts::LoadedFonts;

/// What every document shares. File identifiers are kept by the engine for ever, so there are two.
struct Shared {
    library: LazyHash<Library>,
    template: Source,
    data: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let file = |path| {
        let path =
            VirtualPath::new(path).expect("the path is a constant without a way out of its root");
        RootedPath::new(VirtualRoot::Project, path).intern()
    };
    let features = [Feature::A11yExtras].into_iter().collect();
    Shared {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        template: Source::new(file("/report.typ"), include_str!("report.typ").to_owned()),
        data: file("/data.cbor"),
    }
});

/// One document for the engine.
pub(crate) struct DataWorld {
    fonts: Arc<LoadedFonts>,
    data: Bytes,
}

impl DataWorld {
    pub(crate) fn new(fonts: Arc<LoadedFonts>, data: Vec<u8>) -> Self {
        Self {
            fonts,
            data: Bytes::new(data),
        }
    }
}

impl World for DataWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        SHARED.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.template.id() {
            return Ok(SHARED.template.clone());
        }
        Err(FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.data {
            return Ok(self.data.clone());
        }
        Err(FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
