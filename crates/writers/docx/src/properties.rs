//! The properties of the package (ECMA-376-2 8, ECMA-376 22.2, 22.3).

use tabulary_ir::{Code, Metadata};
use tabulary_package::{OWN_PROPERTY, is_of_program};

use crate::writing::Writing;
use crate::xml::{DECLARATION, Xml};

/// What stands behind [`OWN_PROPERTY`] in the name of the property that holds the day of publication.
const ISSUED: &str = "issued";

/// The start of the content types and relationships of properties.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/";

impl Writing<'_> {
    /// Writes the parts of the properties, and refers to them from the package.
    pub(crate) fn property_parts(&mut self) {
        let meta = &self.document.meta;
        self.check_metadata();
        let core = self.core(meta);
        self.package.part(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            core,
        );
        let kind =
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        self.package.relate("", kind, "docProps/core.xml", false);
        let relate = |writing: &mut Self, kind: &str, target: &str| {
            let kind = format!("{OFFICE}relationships/{kind}");
            writing.package.relate("", &kind, target, false);
        };
        let content_type = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        self.package
            .part("docProps/app.xml", content_type, extended(meta));
        relate(self, "extended-properties", "docProps/app.xml");
        if let Some(custom) = custom(meta) {
            let content_type =
                "application/vnd.openxmlformats-officedocument.custom-properties+xml";
            self.package
                .part("docProps/custom.xml", content_type, custom);
            relate(self, "custom-properties", "docProps/custom.xml");
        }
    }

    fn check_metadata(&mut self) {
        let meta = &self.document.meta;
        let single = [
            &meta.title,
            &meta.description,
            &meta.publisher,
            &meta.language,
        ];
        for text in single.into_iter().flatten() {
            self.check_text(text);
        }
        for (name, text) in meta.fields.iter() {
            self.check_text(name);
            self.check_text(text);
            if is_of_program(name) {
                let message = format!(
                    "the field {name:?} has the name of a property of a program, and is not read back"
                );
                self.tell(Code::MetadataDropped, message, None);
            }
        }
        let lists = [&meta.creators, &meta.subjects, &meta.identifiers];
        if lists.into_iter().flatten().any(|text| text.contains(';')) {
            let message = "a creator, subject or identifier with a semicolon in it reads as two";
            self.tell(Code::MetadataDropped, message, None);
        }
    }

    fn core(&mut self, meta: &Metadata) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        xml.open(
            "cp:coreProperties",
            &[
                (
                    "xmlns:cp",
                    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
                ),
                ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
                ("xmlns:dcterms", "http://purl.org/dc/terms/"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ],
        );
        let mut add = |name: &str, text: &str| {
            if !text.is_empty() {
                xml.open(name, &[]);
                xml.text(text);
                xml.close(name);
            }
        };
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        add("dc:title", &said(&meta.title));
        add("dc:creator", &meta.creators.join("; "));
        add("cp:keywords", &meta.subjects.join("; "));
        add("dc:description", &said(&meta.description));
        add("dc:identifier", &meta.identifiers.join("; "));
        add("dc:language", &said(&meta.language));
        for (name, date) in [
            ("dcterms:created", &meta.created),
            ("dcterms:modified", &meta.modified),
        ] {
            let Some(date) = date else {
                continue;
            };
            if is_w3cdtf(date) {
                xml.open(name, &[("xsi:type", "dcterms:W3CDTF")]);
                xml.text(date);
                xml.close(name);
            } else {
                let message = format!(
                    "the date {date:?} of {name} is not in the form of ISO 8601 and was left out"
                );
                self.diagnostics.add(Code::MetadataDropped, message, None);
            }
        }
        xml.finish_part("cp:coreProperties")
    }
}

fn extended(meta: &Metadata) -> String {
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    let namespace = format!("{OFFICE}extended-properties");
    xml.open("Properties", &[("xmlns", &namespace)]);
    xml.raw("<Application>Tabulary</Application>");
    if let Some(publisher) = &meta.publisher {
        xml.open("Company", &[]);
        xml.text(publisher);
        xml.close("Company");
    }
    xml.finish_part("Properties")
}

/// Labelled fields in order, and the day of publication, as custom properties.
fn custom(meta: &Metadata) -> Option<String> {
    let name = format!("{OWN_PROPERTY}{ISSUED}");
    let issued = meta.issued.iter();
    let issued = issued.map(|day| (name.as_str(), day.as_str()));
    let properties: Vec<_> = issued.chain(meta.fields.iter()).collect();
    if properties.is_empty() {
        return None;
    }
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    let namespace = format!("{OFFICE}custom-properties");
    let types = format!("{OFFICE}docPropsVTypes");
    xml.open("Properties", &[("xmlns", &namespace), ("xmlns:vt", &types)]);
    for (number, (name, text)) in (2..).zip(properties) {
        let number = i32::to_string(&number);
        xml.open(
            "property",
            &[
                // The set of properties that users define ([MS-OLEPS] 2.21).
                ("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"),
                ("pid", &number),
                ("name", name),
            ],
        );
        xml.open("vt:lpwstr", &[]);
        xml.text(text);
        xml.close("vt:lpwstr");
        xml.close("property");
    }
    Some(xml.finish_part("Properties"))
}

/// Whether a text is a date of the W3C profile of ISO 8601: year, month, day, and a time with a zone.
fn is_w3cdtf(text: &str) -> bool {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let date_fits = match parts.as_slice() {
        [year] => digits(year, 4) && time.is_none(),
        [year, month] => digits(year, 4) && digits(month, 2) && time.is_none(),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    let time_fits = time.is_none_or(|time| {
        let clock = time.strip_suffix('Z').or_else(|| {
            let at = time.rfind(['+', '-'])?;
            let (hours, minutes) = time[at + 1..].split_once(':')?;
            (digits(hours, 2) && digits(minutes, 2)).then_some(&time[..at])
        });
        clock.is_some_and(|clock| {
            let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
            let parts: Vec<&str> = whole.split(':').collect();
            (2..=3).contains(&parts.len())
                && parts.iter().all(|part| digits(part, 2))
                && !fraction.is_empty()
                && fraction.bytes().all(|b| b.is_ascii_digit())
        })
    });
    date_fits && time_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_profile() {
        for (text, fits) in [
            ("2020", true),
            ("2020-01-20", true),
            ("2020-01-20T08:30:00Z", true),
            ("2020-01-20T08:30+08:00", true),
            ("2020-01-20T08:30:00.5Z", true),
            ("2020-01-20T08:30:00", false),
            ("2020-01-20 10:04", false),
            ("20 January", false),
            ("", false),
        ] {
            assert_eq!(is_w3cdtf(text), fits, "{text}");
        }
    }
}
