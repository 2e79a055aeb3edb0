//! What a sheet has in parts of its own: list objects, comments, pictures, targets of links.

use std::collections::BTreeMap;

use tabulary_ir::{Budget, Code, Diagnostics, Error, Image, Origin, Resources};
use tabulary_package::xml::{Event, Ns, Pull, decode};
use tabulary_package::{Package, Relationship};

use super::anchor::Axes;
use super::worksheet::References;
use super::{comments, drawing, part};
use crate::place::Area;
use crate::sheet::{ListObject, Picture, Sheet, SheetLink, SheetNote};

/// What the parts of all sheets share.
pub(crate) struct Attached {
    pub(crate) resources: Resources,
    /// The names of those who comment, by their identifier.
    persons: BTreeMap<String, String>,
}

impl Attached {
    pub(crate) fn new(
        package: &mut Package<'_>,
        relationships: &[Relationship],
    ) -> Result<Self, Error> {
        let budget = package.budget();
        let mut persons = BTreeMap::new();
        for found in relationships.iter().filter(|r| r.kind == "person") {
            if let Ok(bytes) = package.read(&found.target) {
                persons.append(&mut comments::persons(&decode(&bytes), budget)?);
            }
        }
        Ok(Self {
            resources: Resources::default(),
            persons,
        })
    }

    /// Reads what belongs to a sheet.
    pub(crate) fn read(
        &mut self,
        package: &mut Package<'_>,
        sheet_part: &str,
        references: References,
        sheet: &mut Sheet,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let relationships = package.relationships(sheet_part)?;
        let budget = package.budget();
        let links = links(&references, &relationships, &sheet.name, diagnostics);
        sheet.links.extend(links);
        let mut lost = comments::Lost::default();
        let mut threads = Vec::new();
        for found in relationships.iter().filter(|r| !r.external) {
            let is_drawing =
                found.kind == "drawing" && references.drawing.as_ref() == Some(&found.id);
            let kind = found.kind.as_str();
            // Tables and comments of binary workbooks are records, which their own reader reads.
            let is_xml = !found.target.ends_with(".bin");
            let is_read = is_xml && matches!(kind, "table" | "comments" | "threadedComment");
            if !is_drawing && !is_read {
                continue;
            }
            let Some(bytes) = part(package, &found.target, diagnostics)? else {
                continue;
            };
            let text = decode(&bytes);
            match kind {
                "table" => sheet.lists.extend(list_object(&text, budget)),
                "comments" => {
                    let notes = comments::comments(&text, budget, &mut lost)?;
                    sheet.notes.extend(notes);
                }
                "threadedComment" => {
                    let found = comments::threads(&text, &self.persons, budget, &mut lost)?;
                    threads.extend(found);
                }
                _ => {
                    let mut drawing = drawing::read(&text, &Axes::of(sheet), budget)?;
                    lost.damage = drawing.damage.take();
                    self.drawing(package, &found.target, drawing, sheet, diagnostics)?;
                }
            }
            if let Some(error) = lost.damage.take() {
                let message = format!("{error}; what stands before it was read");
                let place = Origin::part(&found.target, "");
                diagnostics.add(Code::XmlDamaged, message, place);
            }
        }
        if lost.unplaced > 0 {
            let message = format!("{} comments name no cell and were left out", lost.unplaced);
            let place = Origin::cells(&sheet.name, "A1");
            diagnostics.add(Code::NoteMoved, message, place);
        }
        give_threads(sheet, threads);
        Ok(())
    }

    fn drawing(
        &mut self,
        package: &mut Package<'_>,
        drawing_part: &str,
        drawing: drawing::Drawing,
        sheet: &mut Sheet,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let relationships = package.relationships(drawing_part)?;
        for (area, id, mut image) in drawing.pictures {
            let place = Origin::cells(&sheet.name, area.to_string());
            match relationships.iter().find(|r| r.id == id) {
                Some(found) if found.external => image.href = Some(found.target.clone()),
                Some(found) => {
                    if let Some(bytes) = part(package, &found.target, diagnostics)? {
                        let media_type = package.content_type(&found.target).to_owned();
                        image.resource = Some(self.resources.add(bytes, &media_type, None));
                    }
                }
                None => {}
            }
            if image.resource.is_none() && image.href.is_none() {
                let message = "the bytes of a picture are not in the package";
                diagnostics.add(Code::ReferenceMissing, message, place);
                if image == Image::default() {
                    continue;
                }
            }
            sheet.pictures.push(Picture { area, image });
        }
        sheet.shapes.extend(drawing.shapes);
        Ok(())
    }
}

/// The comment that a program writes for readers that know no threads gives way to the thread.
fn give_threads(sheet: &mut Sheet, threads: Vec<SheetNote>) {
    for thread in threads {
        sheet
            .notes
            .retain(|note| (note.row, note.col) != (thread.row, thread.col));
        sheet.notes.push(thread);
    }
    sheet.notes.sort_by_key(|note| (note.row, note.col));
}

/// The links of a sheet. Those that lead to nothing are told.
fn links(
    references: &References,
    relationships: &[Relationship],
    sheet: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<SheetLink> {
    let mut links = Vec::new();
    for (area, id, location) in &references.links {
        let found = relationships.iter().find(|r| r.id == *id && !id.is_empty());
        let href = match (found, location) {
            (Some(found), None) => found.target.clone(),
            (Some(found), Some(place)) => format!("{}#{place}", found.target),
            (None, Some(place)) if id.is_empty() => {
                format!("#{}", place.trim_start_matches('#'))
            }
            (None, _) => {
                let message = if id.is_empty() {
                    "a link that leads nowhere was left out".to_owned()
                } else {
                    format!("the relationship {id:?} of a link is not there; its text stands")
                };
                let place = Origin::cells(sheet, area.to_string());
                diagnostics.add(Code::ReferenceMissing, message, place);
                continue;
            }
        };
        links.push(SheetLink { area: *area, href });
    }
    links
}

/// The range of a list object and its header rows (ECMA-376-1 18.5.1.2).
fn list_object(text: &str, budget: &Budget) -> Option<ListObject> {
    let mut pull = Pull::new(text, budget);
    while let Ok(event) = pull.next_event() {
        match event {
            Event::Start(start) if start.is(Ns::S, "table") => {
                let area = Area::parse(start.plain("ref")?)?;
                let rows = start.plain("headerRowCount");
                let name = start.plain("displayName").or_else(|| start.plain("name"));
                return Some(ListObject {
                    area,
                    header_rows: rows.and_then(|rows| rows.parse().ok()).unwrap_or(1),
                    name: name.map(str::to_owned),
                });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}
