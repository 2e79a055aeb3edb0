//! Images in a line (ECMA-376 20.4.2.8).

use tabulary_ir::{Code, Image, Marks, Points};

use crate::inline::{RunSetting, wrapped};
use crate::media;
use crate::writing::Writing;
use crate::xml::Xml;

/// The side of an image whose size nothing tells, in English Metric Units: 3 cm.
const UNKNOWN: i64 = 1_080_000;
/// English Metric Units to a pixel of 1/96 inch, and to a twentieth of a point.
const EMU_PER_PIXEL: i64 = 9525;
const EMU_PER_TWIP: i64 = 635;

impl Writing<'_> {
    /// Writes an image; where Word cannot show it, its description.
    pub(crate) fn image(&mut self, image: &Image, setting: RunSetting, out: &mut Xml) {
        self.check_text(&image.alt);
        let bytes = image
            .resource
            .as_ref()
            .and_then(|id| self.document.resources.get(id));
        let embedded = bytes.and_then(|resource| media::extension(&resource.media_type));
        let pixels = bytes.and_then(|resource| media::pixels(&resource.data));
        let (attribute, id) = match (embedded, &image.resource, &image.href) {
            (Some(extension), Some(_), _) => {
                let target = self.image_part(image, extension);
                ("r:embed", self.relate("image", &target, false))
            }
            (None, None, Some(href)) => ("r:link", self.relate("image", href, true)),
            _ => {
                let why = match bytes {
                    Some(resource) => format!("an image of the type {}", resource.media_type),
                    None => "an image without bytes".to_owned(),
                };
                let message =
                    format!("{why} cannot stand in a Word document; its description stands");
                self.tell(Code::ImageDropped, message, None);
                self.run(&image.alt, Marks::NONE, setting, out);
                return;
            }
        };
        self.drawings += 1;
        let number = self.drawings.to_string();
        let [width, height] = size(image, pixels, setting.width).map(|side| side.to_string());
        let picture = Picture {
            attribute,
            id: &id,
            number: &number,
            alt: &image.alt,
            width: &width,
            height: &height,
        };
        wrapped(Marks::NONE, "", setting, out, |out| picture.write(out));
    }

    /// The part that holds the bytes of an image, relative to the folder of the main part.
    fn image_part(&mut self, image: &Image, extension: &str) -> String {
        let Some(id) = &image.resource else {
            return String::new();
        };
        if let Some(target) = self.images.get(id) {
            return target.clone();
        }
        let number = self.images.len() + 1;
        let resource = self.document.resources.get(id);
        let wanted = media::part_name(resource.and_then(|r| r.name.as_deref()), extension, number);
        let mut target = format!("media/{wanted}");
        let same = |target: &str| self.images.values().any(|t| t.eq_ignore_ascii_case(target));
        if same(&target) {
            target = format!("media/image{number}.{extension}");
        }
        if same(&target) {
            target = format!("media/picture-{number}.{extension}");
        }
        if let Some(resource) = resource {
            let kind = format!("image/{extension}");
            let kind = match extension {
                "emf" | "wmf" => format!("image/x-{extension}"),
                _ => kind,
            };
            let part = format!("word/{target}");
            self.package.part(&part, &kind, resource.data.clone());
        }
        self.images.insert(id.clone(), target.clone());
        target
    }
}

/// The size of an image in English Metric Units: its own, else that of its pixels, no wider than the text.
fn size(image: &Image, pixels: Option<[u32; 2]>, width: i64) -> [i64; 2] {
    let given = image.size.map(|sides| sides.map(to_emu));
    if let Some(sides) = given.filter(|sides| sides.iter().all(|&side| side > 0)) {
        return sides;
    }
    let sides = pixels.map(|sides| sides.map(|side| i64::from(side) * EMU_PER_PIXEL));
    let [wide, high] = sides.unwrap_or([UNKNOWN, UNKNOWN]);
    let room = width * EMU_PER_TWIP;
    if wide <= room {
        return [wide, high];
    }
    [room, (high * room / wide).max(1)]
}

/// The least number of units that is read back as the same length.
fn to_emu(length: Points) -> i64 {
    (length.thousandths().saturating_mul(127) + 9) / 10
}

/// What a picture says.
struct Picture<'a> {
    attribute: &'a str,
    id: &'a str,
    number: &'a str,
    alt: &'a str,
    width: &'a str,
    height: &'a str,
}

impl Picture<'_> {
    fn write(&self, out: &mut Xml) {
        const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
        let name = format!("Picture {}", self.number);
        let mut named = vec![("id", self.number), ("name", name.as_str())];
        if !self.alt.is_empty() {
            named.push(("descr", self.alt));
        }
        out.open("w:drawing", &[]);
        let none = [
            ("distT", "0"),
            ("distB", "0"),
            ("distL", "0"),
            ("distR", "0"),
        ];
        out.open("wp:inline", &none);
        out.empty("wp:extent", &[("cx", self.width), ("cy", self.height)]);
        out.empty("wp:docPr", &named);
        out.open("wp:cNvGraphicFramePr", &[]);
        out.empty("a:graphicFrameLocks", &[("noChangeAspect", "1")]);
        out.close("wp:cNvGraphicFramePr");
        out.open("a:graphic", &[]);
        out.open("a:graphicData", &[("uri", PICTURE)]);
        out.open("pic:pic", &[]);
        out.open("pic:nvPicPr", &[]);
        out.empty("pic:cNvPr", &named);
        out.empty("pic:cNvPicPr", &[]);
        out.close("pic:nvPicPr");
        out.open("pic:blipFill", &[]);
        out.empty("a:blip", &[(self.attribute, self.id)]);
        out.raw("<a:stretch><a:fillRect/></a:stretch>");
        out.close("pic:blipFill");
        out.open("pic:spPr", &[]);
        out.raw(r#"<a:xfrm><a:off x="0" y="0"/>"#);
        out.empty("a:ext", &[("cx", self.width), ("cy", self.height)]);
        out.raw(r#"</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>"#);
        out.close("pic:spPr");
        for name in [
            "pic:pic",
            "a:graphicData",
            "a:graphic",
            "wp:inline",
            "w:drawing",
        ] {
            out.close(name);
        }
    }
}
