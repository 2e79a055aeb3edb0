//! What the layout engine sees of the world: fonts, a style and one document's data.

use std::sync::{Arc, LazyLock};

use tabulary_ir::StyleFile;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};

use crate::fonts::LoadedFonts;
use crate::style::BuiltIn;

/// What every document shares. File identifiers are kept by the engine for ever, so there are few.
struct Shared {
    library: LazyHash<Library>,
    /// What the styles build on.
    base: Source,
    styles: [(BuiltIn, Source); 3],
    /// The style of a user.
    own: FileId,
    data: FileId,
    /// The document as canonical JSON, for the style of a user.
    document: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let file = |path| {
        let path =
            VirtualPath::new(path).expect("the path is a constant without a way out of its root");
        RootedPath::new(VirtualRoot::Project, path).intern()
    };
    let built_in = |path, style: BuiltIn| {
        let source = Source::new(file(path), style.source().to_owned());
        (style, source)
    };
    let features = [Feature::A11yExtras].into_iter().collect();
    Shared {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        base: Source::new(
            file("/tabulary.typ"),
            include_str!("../styles/tabulary.typ").to_owned(),
        ),
        styles: [
            built_in("/gongwen.typ", BuiltIn::Gongwen),
            built_in("/plain.typ", BuiltIn::Plain),
            built_in("/report.typ", BuiltIn::Report),
        ],
        own: file("/style.typ"),
        data: file("/data.cbor"),
        document: file("/document.json"),
    }
});

/// One document for the engine.
pub(crate) struct DataWorld {
    fonts: Arc<LoadedFonts>,
    style: Source,
    data: Bytes,
    document: Option<Bytes>,
}

impl DataWorld {
    /// The world of a document in a style of the program.
    pub(crate) fn new(fonts: Arc<LoadedFonts>, style: BuiltIn, data: Vec<u8>) -> Self {
        let found = SHARED.styles.iter().find(|(known, _)| *known == style);
        let (_, source) = found.expect("every style has its file");
        Self {
            fonts,
            style: source.clone(),
            data: Bytes::new(data),
            document: None,
        }
    }

    /// The world of a document in the style of a user, who may ask for its canonical JSON.
    pub(crate) fn styled(
        fonts: Arc<LoadedFonts>,
        style: &StyleFile,
        data: Vec<u8>,
        document: String,
    ) -> Self {
        Self {
            fonts,
            style: Source::new(SHARED.own, style.text.clone()),
            data: Bytes::new(data),
            document: Some(Bytes::from_string(document)),
        }
    }

    /// The line, counted from 1, of the style of a user that a fault lies in.
    pub(crate) fn line(&self, fault: &SourceDiagnostic) -> Option<usize> {
        let spans =
            std::iter::once(fault.span).chain(fault.trace.iter().map(|point| point.span.into()));
        let own = spans.filter(|span| span.id() == Some(SHARED.own));
        let start = own.filter_map(|span| self.range(span)).next()?.start;
        let before = self.style.text().get(..start)?;
        Some(before.matches('\n').count() + 1)
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
        self.style.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.style, &SHARED.base];
        let found = known.into_iter().find(|source| source.id() == id);
        found.cloned().ok_or_else(|| not_there(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.data {
            return Ok(self.data.clone());
        }
        let document = self.document.as_ref().filter(|_| id == SHARED.document);
        document.cloned().ok_or_else(|| not_there(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_there(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
