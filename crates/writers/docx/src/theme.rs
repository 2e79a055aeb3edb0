//! The theme (ECMA-376-1 14.2.7), which programs expect to be there: colours and fonts for what a person
//! adds. No style of ours refers to it.

use crate::xml::{DECLARATION, Xml};

/// The colours in the order of their schema: of text and ground, accents, links.
const COLOURS: [(&str, &str); 12] = [
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "44546A"),
    ("lt2", "E7E6E6"),
    ("accent1", "4472C4"),
    ("accent2", "ED7D31"),
    ("accent3", "A5A5A5"),
    ("accent4", "FFC000"),
    ("accent5", "5B9BD5"),
    ("accent6", "70AD47"),
    ("hlink", "0563C1"),
    ("folHlink", "954F72"),
];

/// The part, with fonts for headings and for text.
pub(crate) fn part(heading: &str, body: &str) -> String {
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    let main = "http://schemas.openxmlformats.org/drawingml/2006/main";
    xml.open("a:theme", &[("xmlns:a", main), ("name", "Tabulary")]);
    xml.open("a:themeElements", &[]);
    xml.open("a:clrScheme", &[("name", "Tabulary")]);
    for (name, colour) in COLOURS {
        let element = format!("a:{name}");
        xml.open(&element, &[]);
        xml.empty("a:srgbClr", &[("val", colour)]);
        xml.close(&element);
    }
    xml.close("a:clrScheme");
    xml.open("a:fontScheme", &[("name", "Tabulary")]);
    for (element, east_asian) in [("a:majorFont", heading), ("a:minorFont", body)] {
        xml.open(element, &[]);
        xml.empty("a:latin", &[("typeface", "Times New Roman")]);
        xml.empty("a:ea", &[("typeface", east_asian)]);
        xml.empty("a:cs", &[("typeface", "Times New Roman")]);
        xml.close(element);
    }
    xml.close("a:fontScheme");
    formats(&mut xml);
    xml.close("a:themeElements");
    xml.finish_part("a:theme")
}

/// Three fills, lines, effects and grounds each, as the schema asks (20.1.4.1.14).
fn formats(xml: &mut Xml) {
    const FILL: &str = r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#;
    xml.open("a:fmtScheme", &[("name", "Tabulary")]);
    let mut list = |name: &str, item: &str| {
        xml.open(name, &[]);
        xml.raw(&item.repeat(3));
        xml.close(name);
    };
    list("a:fillStyleLst", FILL);
    list("a:lnStyleLst", &format!(r#"<a:ln w="6350">{FILL}</a:ln>"#));
    list(
        "a:effectStyleLst",
        "<a:effectStyle><a:effectLst/></a:effectStyle>",
    );
    list("a:bgFillStyleLst", FILL);
    xml.close("a:fmtScheme");
}
