//! HTML out of blocks, such that [`read`](crate::read) makes the same blocks of it.

mod block;
pub(crate) mod escape;
mod line;
mod list;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{
    Align, Block, Budget, Code, Diagnostics, Document, Error, Mark, Marks, Note, NoteKind,
    Resource, ResourceId, Resources, Value,
};

/// Writes blocks of one document as HTML.
pub struct Html<'a> {
    /// What could not be written as it is.
    pub diagnostics: Diagnostics,
    budget: &'a Budget,
    resources: &'a Resources,
    notes: BTreeMap<&'a str, (usize, &'a Note)>,
    /// The labels of notes that stand outside of the HTML, by their identifiers.
    labels: BTreeMap<&'a str, String>,
    /// Notes that were referred to: the first reference is the one that the note links back to.
    referred: BTreeSet<&'a str>,
    /// Whether no line may be blank, since a blank line ends HTML inside of Markdown.
    dense: bool,
    out: String,
    /// Whether a blank that comes next would collapse.
    at_blank: bool,
}

impl<'a> Html<'a> {
    /// A writer for blocks of `document` that stand in a page.
    pub fn new(document: &'a Document, budget: &'a Budget) -> Self {
        let notes = document.notes.iter().enumerate();
        Self {
            diagnostics: Diagnostics::new(),
            budget,
            resources: &document.resources,
            notes: notes
                .map(|(index, note)| (note.id.as_str(), (index + 1, note)))
                .collect(),
            labels: BTreeMap::new(),
            referred: BTreeSet::new(),
            dense: false,
            out: String::new(),
            at_blank: true,
        }
    }

    /// A writer for blocks that stand in a text that a blank line ends, such as Markdown. `labels` are
    /// those of the notes by their identifiers, by which the text defines them.
    pub fn dense(
        document: &'a Document,
        budget: &'a Budget,
        labels: BTreeMap<&'a str, String>,
    ) -> Self {
        Self {
            dense: true,
            labels,
            ..Self::new(document, budget)
        }
    }

    /// What was written since the last call.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// Writes blocks, each on lines of its own.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn blocks(&mut self, blocks: &'a [Block]) -> Result<(), Error> {
        for block in blocks {
            self.block(block)?;
        }
        Ok(())
    }

    /// Writes the notes as a section at the end.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn notes(&mut self, notes: &'a [Note]) -> Result<(), Error> {
        if notes.is_empty() {
            return Ok(());
        }
        self.raw("<section data-tabulary=\"notes\" role=\"doc-endnotes\">\n<ol>\n");
        for (index, note) in notes.iter().enumerate() {
            let number = index + 1;
            self.raw("<li");
            self.attribute("id", &format!("note-{number}"));
            self.attribute("role", "doc-footnote");
            self.attribute("data-note", &note.id);
            match note.kind {
                NoteKind::Footnote => {}
                NoteKind::Endnote => self.attribute("data-kind", "endnote"),
                NoteKind::Comment => self.attribute("data-kind", "comment"),
            }
            if let Some(label) = &note.label {
                self.attribute("data-label", label);
            }
            self.raw(">");
            if self.referred.contains(note.id.as_str()) {
                let label = note.label.clone().unwrap_or_else(|| number.to_string());
                self.raw("<a role=\"doc-backlink\"");
                self.attribute("href", &format!("#ref-{number}"));
                self.raw(">");
                self.text(&label);
                self.raw("</a>");
            }
            self.raw("\n");
            self.blocks(&note.blocks)?;
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
        Ok(())
    }

    /// Adds markup as it is.
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Adds text, with what HTML cannot hold left out.
    pub fn text(&mut self, text: &str) {
        self.tell_dropped(text);
        if self.dense && text.contains('\n') {
            let mut escaped = String::new();
            escape::text(text, &mut escaped);
            self.out.push_str(&escaped.replace('\n', "&#10;"));
        } else {
            escape::text(text, &mut self.out);
        }
    }

    /// Adds an attribute, with what HTML cannot hold left out.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.tell_dropped(value);
        escape::attribute(name, value, &mut self.out);
    }

    fn tell_dropped(&mut self, text: &str) {
        if let Some(c) = text.chars().find(|&c| !escape::is_allowed(c)) {
            let message = format!(
                "the character U+{:04X} cannot stand in HTML and was left out",
                u32::from(c)
            );
            self.diagnostics.add(Code::CharacterDropped, message, None);
        }
    }

    /// A resource, told where it is not there.
    fn resource(&mut self, id: &ResourceId) -> Option<&'a Resource> {
        let resource = self.resources.get(id);
        if resource.is_none() {
            let message = format!("the image {id} is not in the document; its description stands");
            self.diagnostics.add(Code::ReferenceMissing, message, None);
        }
        resource
    }
}

/// The name of a mark in `data-marks`.
pub(crate) fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Bold => "bold",
        Mark::Code => "code",
        Mark::Hidden => "hidden",
        Mark::Highlight => "highlight",
        Mark::Italic => "italic",
        Mark::Smallcaps => "smallcaps",
        Mark::Strike => "strike",
        Mark::Subscript => "subscript",
        Mark::Superscript => "superscript",
        Mark::Underline => "underline",
    }
}

/// The marks that `data-marks` names.
pub(crate) fn marks_named(names: &str) -> Marks {
    let named = |name: &str| Mark::ALL.into_iter().find(|&m| mark_name(m) == name);
    names.split_ascii_whitespace().filter_map(named).collect()
}

/// The type of a value, and its text in the form of canonical JSON.
pub(crate) fn value_text(value: &Value) -> (&'static str, String) {
    match value {
        Value::Number(number) => ("number", number.as_str().to_owned()),
        Value::Bool(bool) => ("bool", bool.to_string()),
        Value::Date(date) => ("date", date.to_string()),
        Value::Time(time) => ("time", time.to_string()),
        Value::DateTime(moment) => ("datetime", moment.to_string()),
        Value::Duration(duration) => ("duration", duration.to_string()),
        Value::Error(error) => ("error", error.to_string()),
    }
}

/// The value of `text-align`.
pub(crate) fn align_name(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "justify",
    }
}
