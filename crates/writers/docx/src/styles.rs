//! The look of the document: styles (ECMA-376 17.7) and fonts.
//!
//! Official documents are set by GB/T 9704-2012: letters of 16 points in 仿宋, headings in 黑体 and 楷体,
//! a grid of 22 lines with 28 characters, first lines set in by two characters. Other text is set in
//! 11 points with space between paragraphs.

use tabulary_ir::{Block, Document, PublicationStyle, block_text};

use crate::contents::DEEPEST;
use crate::fonts::{ALTERNATIVES, CHINESE, Fonts, JAPANESE, KOREAN, TRADITIONAL};
use crate::inline::is_east_asian;
use crate::xml::{DECLARATION, Xml};

/// Characters of the body that are looked at for its script.
const SAMPLE: usize = 4000;

/// How a document looks.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// Whether its text is of East Asian scripts for the most part.
    east_asian: bool,
    /// Whether it is set as official documents are (GB/T 9704-2012).
    pub(crate) is_gongwen: bool,
    /// How far first lines are set in, in twentieths of a point.
    pub(crate) first_line: i64,
    /// Half of the width of a full character of the body, in twentieths of a point.
    pub(crate) half_em: i64,
    /// The size of letters of a title, in half points.
    pub(crate) title_size: i64,
    language: String,
    fonts: Fonts,
}

impl Look {
    /// The look of a document, told by its language and its text.
    pub(crate) fn of(document: &Document, style: PublicationStyle) -> Self {
        let language = document.meta.language.clone().unwrap_or_default();
        let lower = language.to_lowercase();
        let fonts = match lower.as_str() {
            tag if tag.starts_with("ja") => JAPANESE,
            tag if tag.starts_with("ko") => KOREAN,
            tag if tag.starts_with("zh-tw")
                || tag.starts_with("zh-hk")
                || tag.starts_with("zh-hant") =>
            {
                TRADITIONAL
            }
            _ => CHINESE,
        };
        let east_asian = is_mostly_east_asian(document)
            .unwrap_or_else(|| ["zh", "ja", "ko"].iter().any(|tag| lower.starts_with(tag)));
        let is_gongwen = match style {
            PublicationStyle::ByScript => east_asian,
            PublicationStyle::Gongwen => true,
            PublicationStyle::Plain | PublicationStyle::Report => false,
        };
        Self {
            east_asian,
            is_gongwen,
            first_line: if is_gongwen { 640 } else { 0 },
            half_em: if is_gongwen { 160 } else { 110 },
            title_size: if is_gongwen { 44 } else { 40 },
            language,
            fonts: if is_gongwen { fonts } else { fonts.plain() },
        }
    }

    /// The page where the document names none: A4, with the margins of GB/T 9704 5.2 for East Asian text.
    /// Width, height, top, right, bottom and left margin in twentieths of a point.
    pub(crate) fn page(&self) -> [i64; 6] {
        if self.is_gongwen {
            [11_906, 16_838, 2098, 1474, 1984, 1588]
        } else {
            [11_906, 16_838, 1440, 1440, 1440, 1440]
        }
    }

    /// How far header and footer stand from the edges of a page.
    pub(crate) fn head_and_foot(&self, page: [i64; 6]) -> (i64, i64) {
        let [_, _, top, _, bottom, _] = page;
        let foot = if self.is_gongwen { 1400 } else { 720 };
        (
            720.min((top / 2).max(0)),
            foot.min((bottom * 7 / 10).max(0)),
        )
    }

    /// The part of the styles.
    pub(crate) fn styles(&self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        xml.open("w:styles", &[("xmlns:w", main)]);
        self.defaults(&mut xml);
        self.text_styles(&mut xml);
        self.title_styles(&mut xml);
        self.heading_styles(&mut xml);
        self.contents_styles(&mut xml);
        self.list_styles(&mut xml);
        self.table_styles(&mut xml);
        self.note_styles(&mut xml);
        character_styles(&mut xml);
        xml.finish_part("w:styles")
    }

    /// Fonts and language of all text (ECMA-376 17.7.5.1).
    fn defaults(&self, xml: &mut Xml) {
        let latin = if self.east_asian || self.language.is_empty() {
            "en-US"
        } else {
            &self.language
        };
        let east_asian = if self.east_asian && !self.language.is_empty() {
            &self.language
        } else {
            self.fonts.language
        };
        xml.raw("<w:docDefaults><w:rPrDefault><w:rPr>");
        xml.raw(&fonts(self.fonts.body));
        let size = if self.is_gongwen { "32" } else { "22" };
        xml.val("w:sz", size);
        xml.val("w:szCs", size);
        xml.empty(
            "w:lang",
            &[
                ("w:val", latin),
                ("w:eastAsia", east_asian),
                ("w:bidi", "ar-SA"),
            ],
        );
        xml.raw("</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>");
    }

    fn text_styles(&self, xml: &mut Xml) {
        let (normal, body) = if self.is_gongwen {
            (
                r#"<w:spacing w:line="579" w:lineRule="atLeast"/><w:jc w:val="both"/>"#,
                r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#,
            )
        } else {
            (
                r#"<w:spacing w:after="120" w:line="264" w:lineRule="auto"/>"#,
                "",
            )
        };
        let plain = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>"#;
        let letters = if self.is_gongwen { TIGHT } else { "" };
        paragraph(xml, "Normal", "Normal", "", normal, letters);
        paragraph(xml, "BodyText", "Body Text", "Normal", body, "");
        paragraph(
            xml,
            "LabelledParagraph",
            "Labelled Paragraph",
            "Normal",
            "",
            "",
        );
        let caption = format!("<w:keepLines/>{plain}<w:jc w:val=\"center\"/>");
        let small = r#"<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#;
        paragraph(xml, "Caption", "caption", "Normal", &caption, small);
        let above = format!("<w:keepNext/>{caption}");
        paragraph(xml, "TableCaption", "Table Caption", "Caption", &above, "");
        let figure = format!("<w:keepNext/>{plain}<w:jc w:val=\"center\"/>");
        paragraph(xml, "Figure", "Figure", "Normal", &figure, "");
        let quote = r#"<w:ind w:left="640" w:right="640"/>"#;
        paragraph(
            xml,
            "Quote",
            "Quote",
            "Normal",
            quote,
            "<w:i/><w:color w:val=\"404040\"/>",
        );
        let code = format!(
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>{plain}<w:jc w:val=\"left\"/>"
        );
        let typed = format!(
            "{MONOSPACED}<w:spacing w:val=\"0\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>"
        );
        paragraph(xml, "Code", "Code", "Normal", &code, &typed);
        let line = concat!(
            r#"<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>"#,
            r#"<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/>"#,
        );
        paragraph(xml, "HorizontalLine", "Horizontal Line", "Normal", line, "");
    }

    /// The title and what stands below it (GB/T 9704 7.3.1).
    fn title_styles(&self, xml: &mut Xml) {
        let properties = concat!(
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="240"/>"#,
            r#"<w:jc w:val="center"/>"#,
        );
        let letters = |size: i64, fonts: &str| {
            let weight = if self.is_gongwen { "" } else { "<w:b/>" };
            format!(
                "{fonts}{weight}<w:spacing w:val=\"0\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"
            )
        };
        let (title, subtitle) = match self.is_gongwen {
            true => (fonts(self.fonts.title), fonts(self.fonts.subheading)),
            false => (String::new(), String::new()),
        };
        let title = letters(self.title_size, &title);
        let subtitle = letters(self.title_size * 3 / 4 / 2 * 2, &subtitle);
        paragraph(xml, "Title", "Title", "Normal", properties, &title);
        paragraph(xml, "Subtitle", "Subtitle", "Normal", properties, &subtitle);
        paragraph(xml, "FrontTitle", "Front Title", "Title", "", "");
        let small = r#"<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#;
        // Room below the last of them alone.
        let flush = concat!(
            r#"<w:spacing w:before="0" w:after="120"/><w:contextualSpacing/>"#,
            r#"<w:jc w:val="left"/>"#,
        );
        paragraph(xml, "FrontMatter", "Front Matter", "Normal", flush, small);
    }

    /// The East Asian fonts of headings and of text.
    pub(crate) fn theme_fonts(&self) -> (&'static str, &'static str) {
        (self.fonts.heading, self.fonts.body)
    }

    /// What stands above a table of contents.
    pub(crate) fn contents_title(&self) -> &'static str {
        match (self.east_asian, self.fonts.language) {
            (false, _) => "Contents",
            (true, "zh-TW") => "目錄",
            (true, "ja-JP") => "目次",
            (true, "ko-KR") => "목차",
            (true, _) => "目　录",
        }
    }

    fn contents_styles(&self, xml: &mut Xml) {
        let above =
            r#"<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/>"#;
        let letters = self.heading_letters(1);
        paragraph(xml, "TOCHeading", "TOC Heading", "Normal", above, &letters);
        for level in 1..=DEEPEST {
            let left = i64::from(level - 1) * self.half_em * 2;
            let properties = format!(
                "<w:spacing w:before=\"0\" w:after=\"0\"/><w:ind w:left=\"{left}\"/><w:jc w:val=\"left\"/>"
            );
            let (id, name) = (format!("TOC{level}"), format!("toc {level}"));
            paragraph(xml, &id, &name, "Normal", &properties, "");
        }
    }

    fn heading_styles(&self, xml: &mut Xml) {
        const NAMES: [&str; 3] = ["SheetTitle", "PageTitle", "PartTitle"];
        for level in 1..=9_u8 {
            let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
            let spacing = if self.is_gongwen {
                r#"<w:keepNext/><w:keepLines/><w:ind w:firstLineChars="200" w:firstLine="640"/>"#
                    .to_owned()
            } else {
                r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="120"/>"#.to_owned()
            };
            let outline = format!("{spacing}<w:outlineLvl w:val=\"{}\"/>", level - 1);
            paragraph(
                xml,
                &id,
                &name,
                "Normal",
                &outline,
                &self.heading_letters(level),
            );
        }
        for (id, name) in NAMES
            .into_iter()
            .zip(["Sheet Title", "Page Title", "Part Title"])
        {
            let before = concat!(
                r#"<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="120" w:after="120"/>"#,
                r#"<w:jc w:val="center"/>"#,
            );
            paragraph(xml, id, name, "Normal", before, &self.heading_letters(1));
        }
        paragraph(
            xml,
            "SectionEnd",
            "Section End",
            "Normal",
            TINY,
            TINY_LETTERS,
        );
    }

    /// Letters of a heading: 黑体, then 楷体, then 仿宋 in bold (GB/T 9704 7.3.3).
    fn heading_letters(&self, level: u8) -> String {
        if !self.is_gongwen {
            let size = match level {
                1 => 32,
                2 => 28,
                3 => 24,
                _ => 22,
            };
            return format!("<w:b/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        }
        match level {
            1 => fonts(self.fonts.heading),
            2 => fonts(self.fonts.subheading),
            _ => "<w:b/>".to_owned(),
        }
    }

    fn list_styles(&self, xml: &mut Xml) {
        paragraph(xml, "ListParagraph", "List Paragraph", "Normal", "", "");
        for level in 1..=9_u8 {
            let (id, name) = match level {
                1 => ("ListContinue".to_owned(), "List Continue".to_owned()),
                level => (
                    format!("ListContinue{level}"),
                    format!("List Continue {level}"),
                ),
            };
            let indent = if self.is_gongwen {
                let left = 420 * i64::from(level - 1);
                format!("<w:ind w:left=\"{left}\" w:firstLineChars=\"200\" w:firstLine=\"640\"/>")
            } else {
                format!("<w:ind w:left=\"{}\"/>", 420 * i64::from(level))
            };
            paragraph(xml, &id, &name, "Normal", &indent, "");
        }
    }

    fn table_styles(&self, xml: &mut Xml) {
        let spacing = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>"#;
        let small = r#"<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#;
        let left = format!("{spacing}<w:jc w:val=\"left\"/>");
        let middle = format!("{spacing}<w:jc w:val=\"center\"/>");
        paragraph(xml, "TableText", "Table Text", "Normal", &left, small);
        paragraph(xml, "TableCentre", "Table Centre", "TableText", &middle, "");
        let bold = if self.is_gongwen {
            fonts(self.fonts.heading)
        } else {
            "<w:b/>".to_owned()
        };
        let header = format!("<w:keepNext/>{middle}");
        paragraph(
            xml,
            "TableHeading",
            "Table Heading",
            "TableText",
            &header,
            &bold,
        );
        let gap = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="100" w:lineRule="exact"/>"#;
        paragraph(
            xml,
            "TableSeparator",
            "Table Separator",
            "Normal",
            gap,
            TINY_LETTERS,
        );
        let mut borders = String::new();
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            borders.push_str(&format!(
                r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#
            ));
        }
        xml.raw(concat!(
            r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>"#,
            r#"<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>"#,
            r#"<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>"#,
            r#"<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
        ));
        xml.raw(&format!(
            concat!(
                r#"<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>"#,
                r#"<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{}</w:tblBorders>"#,
                r#"<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>"#,
                r#"<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>"#,
                r#"<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>"#,
                // Tables whose cells hold text of several paragraphs.
                r#"<w:style w:type="table" w:customStyle="1" w:styleId="TextTable"><w:name w:val="Text Table"/>"#,
                r#"<w:basedOn w:val="ReportTable"/><w:qFormat/>"#,
                r#"<w:tcPr><w:vAlign w:val="top"/></w:tcPr></w:style>"#,
            ),
            borders
        ));
    }

    fn note_styles(&self, xml: &mut Xml) {
        let tight = concat!(
            r#"<w:snapToGrid w:val="0"/><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>"#,
            r#"<w:jc w:val="left"/>"#,
        );
        let small = r#"<w:spacing w:val="0"/><w:sz w:val="18"/><w:szCs w:val="18"/>"#;
        paragraph(xml, "FootnoteText", "footnote text", "Normal", tight, small);
        paragraph(xml, "EndnoteText", "endnote text", "Normal", tight, small);
        paragraph(
            xml,
            "CommentText",
            "annotation text",
            "Normal",
            tight,
            small,
        );
        paragraph(xml, "Header", "header", "Normal", tight, small);
        paragraph(xml, "Footer", "footer", "Normal", tight, small);
        let number = format!(
            "{}<w:jc w:val=\"center\"/>",
            tight.replace(r#"<w:jc w:val="left"/>"#, "")
        );
        let letters = r#"<w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/>"#;
        let letters = if self.is_gongwen { letters } else { small };
        paragraph(
            xml,
            "PageNumberLine",
            "Page Number Line",
            "Normal",
            &number,
            letters,
        );
    }

    /// The part of the fonts (ECMA-376 17.8.3.10), with other names for those of Chinese.
    pub(crate) fn fonts(&self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        xml.open("w:fonts", &[("xmlns:w", main)]);
        let fonts = self.fonts;
        let mut names = vec![fonts.title, fonts.body, fonts.heading, fonts.subheading];
        names.dedup();
        for name in names {
            xml.open("w:font", &[("w:name", name)]);
            if let Some((_, other)) = ALTERNATIVES.iter().find(|(first, _)| *first == name) {
                xml.val("w:altName", other);
            }
            xml.val("w:family", "auto");
            xml.val("w:pitch", "variable");
            xml.close("w:font");
        }
        xml.finish_part("w:fonts")
    }
}

const MONOSPACED: &str =
    r#"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>"#;
/// Characters of 16 points that are set tighter by a quarter of a point: 28 of them take 156 mm
/// (GB/T 9704 5.2.2).
const TIGHT: &str = r#"<w:spacing w:val="-5"/>"#;
const TINY: &str = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>"#;
const TINY_LETTERS: &str = r#"<w:sz w:val="2"/><w:szCs w:val="2"/>"#;

fn fonts(east_asian: &str) -> String {
    format!(
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{east_asian}" w:cs="Times New Roman"/>"#
    )
}

/// A paragraph style. Its properties are given in the order of their schema.
fn paragraph(xml: &mut Xml, id: &str, name: &str, base: &str, properties: &str, letters: &str) {
    let mut attributes = vec![("w:type", "paragraph")];
    if base.is_empty() {
        attributes.push(("w:default", "1"));
    }
    let custom = name.starts_with(char::is_uppercase)
        && !matches!(
            name,
            "Normal"
                | "Title"
                | "TOC Heading"
                | "Subtitle"
                | "Body Text"
                | "Quote"
                | "List Paragraph"
                | "List Continue"
        )
        && !(name.starts_with("List Continue") && name <= "List Continue 5");
    if custom {
        attributes.push(("w:customStyle", "1"));
    }
    attributes.push(("w:styleId", id));
    xml.open("w:style", &attributes);
    xml.val("w:name", name);
    if !base.is_empty() {
        xml.val("w:basedOn", base);
    }
    if name.starts_with("heading") {
        xml.val("w:next", "BodyText");
    }
    xml.empty("w:qFormat", &[]);
    around(xml, "w:pPr", properties);
    around(xml, "w:rPr", letters);
    xml.close("w:style");
}

fn around(xml: &mut Xml, name: &str, inner: &str) {
    if !inner.is_empty() {
        xml.open(name, &[]);
        xml.raw(inner);
        xml.close(name);
    }
}

fn character_styles(xml: &mut Xml) {
    xml.raw(concat!(
        r#"<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">"#,
        r#"<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>"#,
    ));
    let raised = r#"<w:vertAlign w:val="superscript"/>"#;
    let link = r#"<w:color w:val="0563C1"/><w:u w:val="single"/>"#;
    let small = r#"<w:sz w:val="16"/><w:szCs w:val="16"/>"#;
    for (id, name, letters) in [
        ("Hyperlink", "Hyperlink", link),
        ("FootnoteReference", "footnote reference", raised),
        ("EndnoteReference", "endnote reference", raised),
        ("CommentReference", "annotation reference", small),
        ("HTMLCode", "HTML Code", MONOSPACED),
    ] {
        xml.open("w:style", &[("w:type", "character"), ("w:styleId", id)]);
        xml.val("w:name", name);
        xml.val("w:basedOn", "DefaultParagraphFont");
        around(xml, "w:rPr", letters);
        xml.close("w:style");
    }
    let own = [
        ("w:type", "character"),
        ("w:customStyle", "1"),
        ("w:styleId", "ListLabel"),
    ];
    xml.open("w:style", &own);
    xml.val("w:name", "List Label");
    xml.val("w:basedOn", "DefaultParagraphFont");
    xml.close("w:style");
}

/// Whether a fifth of the letters of the body is East Asian; none where it has no letters.
fn is_mostly_east_asian(document: &Document) -> Option<bool> {
    let (mut east_asian, mut all) = (0_usize, 0_usize);
    document.for_each_block(|block| {
        let own = matches!(
            block,
            Block::Heading(_) | Block::Paragraph(_) | Block::Table(_)
        );
        if !own || all >= SAMPLE {
            return;
        }
        for character in sample(block).chars().filter(|c| c.is_alphabetic()) {
            all += 1;
            east_asian += usize::from(is_east_asian(character));
        }
    });
    (all > 0).then_some(east_asian * 5 >= all)
}

/// The text of a block, or of the first cells of a table.
fn sample(block: &Block) -> String {
    match block {
        Block::Table(table) => {
            let cells = table.cells().iter().take(200);
            cells.map(|cell| cell.plain_text().to_string()).collect()
        }
        block => block_text(block),
    }
}
