//! The namespaces of office documents.

macro_rules! namespaces {
    ($($(#[doc = $doc:literal])+ $variant:ident: $($uri:literal),+;)*) => {
        /// A namespace. The transitional and the strict URI of ISO/IEC 29500 are the same namespace.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Ns {
            $($(#[doc = $doc])+ $variant,)*
            /// No namespace.
            #[default]
            None,
            /// A namespace that is not listed here.
            Other,
        }

        impl Ns {
            /// The namespace of a URI.
            pub fn from_uri(uri: &str) -> Self {
                match uri {
                    $($($uri)|+ => Self::$variant,)*
                    "" => Self::None,
                    _ => Self::Other,
                }
            }
        }
    };
}

namespaces! {
    /// WordprocessingML.
    W: "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main";
    /// Word 2010 extensions.
    W14: "http://schemas.microsoft.com/office/word/2010/wordml";
    /// SpreadsheetML.
    S: "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main";
    /// Relationship identifiers in markup.
    R: "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships";
    /// DrawingML.
    A: "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main";
    /// DrawingML charts.
    C: "http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart";
    /// DrawingML diagrams (SmartArt).
    Dgm: "http://schemas.openxmlformats.org/drawingml/2006/diagram", "http://purl.oclc.org/ooxml/drawingml/diagram";
    /// DrawingML pictures.
    Pic: "http://schemas.openxmlformats.org/drawingml/2006/picture", "http://purl.oclc.org/ooxml/drawingml/picture";
    /// DrawingML in Word.
    Wp: "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing";
    /// Shapes in Word.
    Wps: "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
    /// DrawingML in spreadsheets.
    Xdr: "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing";
    /// Office mathematics.
    M: "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math";
    /// Vector Markup Language.
    V: "urn:schemas-microsoft-com:vml";
    /// Office extensions of VML.
    O: "urn:schemas-microsoft-com:office:office";
    /// Markup compatibility.
    Mc: "http://schemas.openxmlformats.org/markup-compatibility/2006";
    /// Content types of a package.
    ContentTypes: "http://schemas.openxmlformats.org/package/2006/content-types";
    /// Relationships of a package.
    Relationships: "http://schemas.openxmlformats.org/package/2006/relationships";
    /// Core properties of a package.
    CoreProperties: "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    /// Custom properties of a document.
    CustomProperties: "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "http://purl.oclc.org/ooxml/officeDocument/customProperties";
    /// Typed values of properties.
    VariantTypes: "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes";
    /// Extended properties of a document.
    ExtendedProperties: "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties";
    /// Flat OPC: a package as one XML file.
    FlatOpc: "http://schemas.microsoft.com/office/2006/xmlPackage";
    /// Dublin Core elements.
    Dc: "http://purl.org/dc/elements/1.1/";
    /// Dublin Core terms.
    DcTerms: "http://purl.org/dc/terms/";
    /// What Tabulary's Word writer notes in a part of its own for the reader.
    Record: "urn:tabulary:docx:1";
    /// The namespace of `xml:space`.
    Xml: "http://www.w3.org/XML/1998/namespace";
    /// OpenDocument: document structure.
    OdfOffice: "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    /// OpenDocument: tables.
    OdfTable: "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    /// OpenDocument: text.
    OdfText: "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
}
