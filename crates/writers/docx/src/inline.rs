//! Lines: runs, links, fields, references (ECMA-376 17.3.2).

use tabulary_ir::{Code, Inline, InlineMath, Link, Mark, Marks};

use crate::math;
use crate::writing::{Place, Setting, Writing};
use crate::xml::Xml;

/// How the runs of a line are set beyond their own marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunSetting {
    pub(crate) size: Option<i64>,
    place: Place,
    /// The room between left and right in twentieths of a point.
    pub(crate) width: i64,
    linked: bool,
    /// Whether its paragraph is read from right to left.
    rtl: bool,
}

impl RunSetting {
    /// The runs of a paragraph, which is read from right to left or not.
    pub(crate) fn of(setting: Setting, rtl: bool) -> Self {
        Self {
            size: setting.size,
            place: setting.place,
            width: setting.width,
            linked: false,
            rtl,
        }
    }
}

impl From<Setting> for RunSetting {
    fn from(setting: Setting) -> Self {
        Self::of(setting, false)
    }
}

/// Fields that any program works out, and that read nothing from outside of the document.
const FIELDS: [&str; 26] = [
    "AUTHOR",
    "COMMENTS",
    "CREATEDATE",
    "DATE",
    "DOCPROPERTY",
    "EDITTIME",
    "KEYWORDS",
    "LASTSAVEDBY",
    "NOTEREF",
    "NUMCHARS",
    "NUMPAGES",
    "NUMWORDS",
    "PAGE",
    "PAGEREF",
    "PRINTDATE",
    "REF",
    "REVNUM",
    "SAVEDATE",
    "SECTION",
    "SECTIONPAGES",
    "SEQ",
    "STYLEREF",
    "SUBJECT",
    "TIME",
    "TITLE",
    "TOC",
];

impl Writing<'_> {
    /// Writes a line.
    pub(crate) fn line(&mut self, content: &[Inline], setting: RunSetting, out: &mut Xml) {
        let mut marks = Marks::NONE;
        for inline in content {
            match inline {
                Inline::Text(run) => {
                    marks = run.marks;
                    self.run(&run.text, run.marks, setting, out);
                }
                // A break between two runs with the same marks is set as they are.
                Inline::Tab => wrapped(marks, "", setting, out, |out| out.empty("w:tab", &[])),
                Inline::LineBreak => wrapped(marks, "", setting, out, |out| out.empty("w:br", &[])),
                Inline::Link(link) => self.link(link, setting, out),
                Inline::Image(image) => self.image(image, setting, out),
                Inline::NoteRef(reference) => {
                    self.note_reference(&reference.note, setting.place, out);
                }
                Inline::Math(math) => self.math(math, out),
                Inline::Field(field) => match &field.control {
                    Some(control) => self.control(control, &field.content, setting, out),
                    None => self.field(&field.instruction, &field.content, setting, out),
                },
                Inline::Anchor(anchor) => self.anchor(&anchor.name, out),
            }
        }
    }

    pub(crate) fn run(&mut self, text: &str, marks: Marks, setting: RunSetting, out: &mut Xml) {
        if text.is_empty() {
            return;
        }
        self.check_text(text);
        wrapped(marks, text, setting, out, |out| out.leaf("w:t", text));
    }

    /// A link (ECMA-376 17.16.22). Its address stands in the relationships of the part, and a place of
    /// the document as an anchor.
    fn link(&mut self, link: &Link, setting: RunSetting, out: &mut Xml) {
        let inner = RunSetting {
            linked: true,
            ..setting
        };
        self.check_text(&link.href);
        if matches!(link.href.as_str(), "" | "#") {
            return self.line(&link.content, setting, out);
        }
        if let Some(place) = link.href.strip_prefix('#') {
            out.open("w:hyperlink", &[("w:anchor", place)]);
        } else {
            let id = self.relate("hyperlink", &link.href, true);
            out.open("w:hyperlink", &[("r:id", &id)]);
        }
        self.line(&link.content, inner, out);
        out.close("w:hyperlink");
    }

    fn field(&mut self, instruction: &str, content: &[Inline], setting: RunSetting, out: &mut Xml) {
        let name = instruction.split_whitespace().next().unwrap_or_default();
        if !name.starts_with('=') && !FIELDS.contains(&name.to_uppercase().as_str()) {
            let message =
                format!("the instruction of the field {name} was left out; its result stands");
            self.tell(Code::ContentSkipped, message, None);
            self.line(content, setting, out);
            return;
        }
        let character = |out: &mut Xml, kind: &str| {
            wrapped(Marks::NONE, "", setting, out, |out| {
                out.empty("w:fldChar", &[("w:fldCharType", kind)]);
            });
        };
        character(out, "begin");
        wrapped(Marks::NONE, "", setting, out, |out| {
            out.open("w:instrText", &[("xml:space", "preserve")]);
            out.text(&format!(" {instruction} "));
            out.close("w:instrText");
        });
        character(out, "separate");
        self.line(content, setting, out);
        character(out, "end");
    }

    /// A formula (ECMA-376 22.1.2.77). One that is no MathML is a run of its text.
    pub(crate) fn math(&mut self, math: &InlineMath, out: &mut Xml) {
        let mathml = math.mathml.as_deref();
        let built = mathml.and_then(|mathml| math::write(mathml, &self.budget));
        out.open("m:oMath", &[]);
        if let Some(built) = built {
            if built.is_cut {
                let message = "parts of a formula stand too deep in one another; they are text";
                self.tell(Code::MathAsText, message, None);
            }
            out.raw(&built.xml);
        } else {
            self.check_text(&math.text);
            let is_latex = math.text.contains(['\\', '^', '_', '{']);
            if mathml.is_some() || is_latex {
                let message = format!(
                    "the formula {:?} was written as one line of text",
                    math.text
                );
                self.tell(Code::MathAsText, message, None);
            }
            out.open("m:r", &[]);
            // What is no LaTeX is literal, so that it is read back as the text that it was.
            if !is_latex {
                out.raw("<m:rPr><m:lit/><m:nor/></m:rPr>");
            }
            out.leaf("m:t", &math.text);
            out.close("m:r");
        }
        out.close("m:oMath");
    }
}

/// A run around something, with the properties of its marks.
pub(crate) fn wrapped(
    marks: Marks,
    text: &str,
    setting: RunSetting,
    out: &mut Xml,
    inner: impl FnOnce(&mut Xml),
) {
    out.open("w:r", &[]);
    properties(marks, text, setting, out);
    inner(out);
    out.close("w:r");
}

/// Run properties in the order of their schema (ECMA-376 17.3.2.28).
fn properties(marks: Marks, text: &str, setting: RunSetting, out: &mut Xml) {
    let wide = marks.is_empty() && !setting.linked && setting.size.is_none();
    let hint = takes_east_asian_signs(text);
    let rtl = runs_to_the_left(text, setting.rtl);
    if wide && !hint && !rtl {
        return;
    }
    out.open("w:rPr", &[]);
    if marks.has(Mark::Code) {
        out.val("w:rStyle", "HTMLCode");
    } else if setting.linked {
        out.val("w:rStyle", "Hyperlink");
    }
    if hint {
        out.empty("w:rFonts", &[("w:hint", "eastAsia")]);
    }
    let toggles = [
        (Mark::Bold, "w:b", "w:bCs"),
        (Mark::Italic, "w:i", "w:iCs"),
        (Mark::Smallcaps, "w:smallCaps", ""),
        (Mark::Strike, "w:strike", ""),
        (Mark::Hidden, "w:vanish", ""),
    ];
    for (_, name, complex) in toggles.into_iter().filter(|(mark, ..)| marks.has(*mark)) {
        out.empty(name, &[]);
        if rtl && !complex.is_empty() {
            out.empty(complex, &[]);
        }
    }
    if let Some(size) = setting.size {
        out.val("w:sz", &size.to_string());
        out.val("w:szCs", &size.to_string());
    }
    if marks.has(Mark::Highlight) {
        out.val("w:highlight", "yellow");
    }
    if marks.has(Mark::Underline) {
        out.val("w:u", "single");
    }
    if marks.has(Mark::Superscript) {
        out.val("w:vertAlign", "superscript");
    } else if marks.has(Mark::Subscript) {
        out.val("w:vertAlign", "subscript");
    }
    if rtl {
        out.empty("w:rtl", &[]);
    }
    out.close("w:rPr");
}

/// Whether a run is set from right to left (ECMA-376 17.3.2.30): one with letters of a script that runs so,
/// and in a paragraph that does, one without letters of another.
fn runs_to_the_left(text: &str, paragraph: bool) -> bool {
    let is_rtl = |c: char| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    text.contains(is_rtl) || paragraph && !text.is_empty() && !text.contains(char::is_alphabetic)
}

/// Whether a run holds signs that are narrow or wide by the font (“ ” ‘ ’ … — ·), among East Asian
/// characters (ECMA-376 17.3.2.26).
fn takes_east_asian_signs(text: &str) -> bool {
    text.contains([
        '“', '”', '‘', '’', '…', '—', '·', '①', '②', '③', '×', '℃', '‰',
    ]) && text.chars().any(is_east_asian)
}

/// Whether a character is of the scripts that are set with an East Asian font.
pub(crate) fn is_east_asian(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
