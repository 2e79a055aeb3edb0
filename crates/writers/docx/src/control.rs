//! What a person fills in: content controls (ECMA-376 17.5.2) and boxes of old forms (17.16.17).

use tabulary_ir::{Control, ControlKind, Inline, Marks};

use crate::inline::{RunSetting, wrapped};
use crate::writing::Writing;
use crate::xml::Xml;

/// The longest name of a field of an old form.
const LONGEST_NAME: usize = 20;

impl Writing<'_> {
    /// Writes a control. A box without a sign of its own is one of an old form, which Word draws.
    pub(crate) fn control(
        &mut self,
        control: &Control,
        content: &[Inline],
        setting: RunSetting,
        out: &mut Xml,
    ) {
        if control.kind == ControlKind::Checkbox && content.is_empty() {
            return drawn_box(control, setting, out);
        }
        self.controls += 1;
        out.open("w:sdt", &[]);
        out.open("w:sdtPr", &[]);
        if let Some(title) = &control.title {
            self.check_text(title);
            out.val("w:alias", title);
        }
        if let Some(tag) = &control.tag {
            self.check_text(tag);
            out.val("w:tag", tag);
        }
        out.val("w:id", &self.controls.to_string());
        match control.kind {
            ControlKind::Text => {}
            ControlKind::Date => out.empty("w:date", &[]),
            ControlKind::Choice => {
                out.open("w:dropDownList", &[]);
                for choice in &control.choices {
                    self.check_text(choice);
                    let attributes = [("w:displayText", choice.as_str()), ("w:value", choice)];
                    out.empty("w:listItem", &attributes);
                }
                out.close("w:dropDownList");
            }
            ControlKind::Checkbox => {
                let checked = if control.checked { "1" } else { "0" };
                out.open("w14:checkbox", &[]);
                out.empty("w14:checked", &[("w14:val", checked)]);
                let state = |sign| [("w14:val", sign), ("w14:font", "MS Gothic")];
                out.empty("w14:checkedState", &state("2612"));
                out.empty("w14:uncheckedState", &state("2610"));
                out.close("w14:checkbox");
            }
        }
        out.close("w:sdtPr");
        out.open("w:sdtContent", &[]);
        self.line(content, setting, out);
        out.close("w:sdtContent");
        out.close("w:sdt");
    }

    /// Writes a place that links lead to.
    pub(crate) fn anchor(&mut self, name: &str, out: &mut Xml) {
        self.check_text(name);
        let id = self.bookmarks.to_string();
        self.bookmarks += 1;
        out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        out.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }
}

/// A box of an old form.
fn drawn_box(control: &Control, setting: RunSetting, out: &mut Xml) {
    let run = |out: &mut Xml, inner: &dyn Fn(&mut Xml)| {
        wrapped(Marks::NONE, "", setting, out, |out| inner(out));
    };
    run(out, &|out| {
        out.open("w:fldChar", &[("w:fldCharType", "begin")]);
        out.open("w:ffData", &[]);
        if let Some(tag) = &control.tag {
            let name: String = tag.chars().take(LONGEST_NAME).collect();
            out.val("w:name", &name);
        }
        out.empty("w:enabled", &[]);
        out.val("w:calcOnExit", "0");
        out.open("w:checkBox", &[]);
        out.empty("w:sizeAuto", &[]);
        out.val("w:default", if control.checked { "1" } else { "0" });
        out.close("w:checkBox");
        out.close("w:ffData");
        out.close("w:fldChar");
    });
    run(out, &|out| {
        out.open("w:instrText", &[("xml:space", "preserve")]);
        out.text(" FORMCHECKBOX ");
        out.close("w:instrText");
    });
    for kind in ["separate", "end"] {
        run(out, &|out| {
            out.empty("w:fldChar", &[("w:fldCharType", kind)]);
        });
    }
}
