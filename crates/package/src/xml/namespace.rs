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
    /// SpreadsheetML extensions of Excel 2010.
    X14: "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main";
    /// Formulas and ranges in extensions of Excel.
    Xm: "http://schemas.microsoft.com/office/excel/2006/main";
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
    /// The Resource Description Framework, in which metadata of XMP stand.
    Rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    /// The basic properties of XMP.
    Xmp: "http://ns.adobe.com/xap/1.0/";
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
    /// OpenDocument: styles.
    OdfStyle: "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    /// OpenDocument: formats of numbers, dates and times.
    OdfNumber: "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0";
    /// OpenDocument: formatting properties that XSL has too.
    OdfFo: "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
    /// OpenDocument: properties that SVG has too.
    OdfSvg: "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0";
    /// OpenDocument: drawings.
    OdfDraw: "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
    /// OpenDocument: metadata.
    OdfMeta: "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";
    /// OpenDocument: settings of programs.
    OdfConfig: "urn:oasis:names:tc:opendocument:xmlns:config:1.0";
    /// OpenDocument: the list of a package's files.
    OdfManifest: "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    /// Extensions of OpenDocument by LibreOffice, for spreadsheets.
    Calcext: "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";
    /// Extensions of OpenDocument by LibreOffice.
    Loext: "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0";
    /// Links.
    Xlink: "http://www.w3.org/1999/xlink";
    /// SpreadsheetML 2003: a workbook as one XML text.
    Ss: "urn:schemas-microsoft-com:office:spreadsheet";
    /// What Excel keeps in SpreadsheetML 2003 beside the cells.
    Excel: "urn:schemas-microsoft-com:office:excel";
    /// HTML as it stands in SpreadsheetML 2003.
    Html40: "http://www.w3.org/TR/REC-html40";
}
