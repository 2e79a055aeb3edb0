//! Drawings: images, text boxes, and what is passed over (ECMA-376 20.4, and 14.1 for VML).

use tabulary_ir::{Block, Code, Error, Image, Inline, Points, ResourceId};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{css_length, number};
use crate::reading::{Reading, alternative};
use crate::run::LineReading;
use crate::scope::Steps;

/// Shapes stand no deeper in one another than this before they are cut.
const NESTING: u32 = 100;

/// What is said of an image around the place where it stands.
#[derive(Clone, Debug, Default)]
struct Frame {
    alt: String,
    size: Option<[Points; 2]>,
    nesting: u32,
}

impl Reading<'_> {
    /// Reads a drawing, an old picture, or an embedded object with its preview.
    pub(crate) fn drawing(
        &mut self,
        element: &Element,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        self.shapes(element, &Frame::default(), cx)
    }

    fn shapes(
        &mut self,
        parent: &Element,
        frame: &Frame,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        if frame.nesting >= NESTING {
            let message =
                format!("shapes stand more than {NESTING} deep; the inner ones were left out");
            self.tell(Code::ContentSkipped, message, cx.path);
            return Ok(());
        }
        for element in parent.elements() {
            self.shape(element, frame, cx)?;
        }
        Ok(())
    }

    fn shape(
        &mut self,
        element: &Element,
        outer: &Frame,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        let mut frame = Frame {
            nesting: outer.nesting + 1,
            ..outer.clone()
        };
        match (element.ns, element.local.as_str()) {
            (Ns::Wp, "inline" | "anchor") => {
                frame.alt = element
                    .child(Ns::Wp, "docPr")
                    .map(description)
                    .unwrap_or_default();
                frame.size = element.child(Ns::Wp, "extent").and_then(extent);
                self.shapes(element, &frame, cx)
            }
            (Ns::Pic, "pic") => {
                if frame.alt.is_empty() {
                    let named = element.child(Ns::Pic, "nvPicPr");
                    let named = named.and_then(|names| names.child(Ns::Pic, "cNvPr"));
                    frame.alt = named.map(description).unwrap_or_default();
                }
                let own = element.child(Ns::Pic, "spPr");
                let own = own.and_then(|shape| shape.child(Ns::A, "xfrm"));
                let own = own.and_then(|place| place.child(Ns::A, "ext"));
                if frame.nesting > 4 || frame.size.is_none() {
                    frame.size = own.and_then(extent).or(frame.size);
                }
                self.shapes(element, &frame, cx)
            }
            (Ns::A, "blip") => {
                let id = element
                    .attribute(Ns::R, "embed")
                    .or_else(|| element.attribute(Ns::R, "link"));
                id.map_or(Ok(()), |id| self.image(id, frame, cx))
            }
            (Ns::W, "txbxContent") => self.text_box(element, cx),
            (Ns::C, "chart") => {
                let id = element.attribute(Ns::R, "id").unwrap_or_default();
                self.chart(id, cx)
            }
            (Ns::Dgm, "relIds") => self.diagram(element, cx),
            (Ns::V, _) => self.vector(element, frame, cx),
            (Ns::O, "OLEObject") => {
                let id = element.attribute(Ns::R, "id").unwrap_or_default();
                let target = self.scope.relationship(id).map(|r| r.target.as_str());
                let kind = element.plain("ProgID").unwrap_or("an unknown program");
                let what = format!(
                    "the embedded object {} of {kind}",
                    target.unwrap_or("without a part")
                );
                self.pass_over(&what, cx)
            }
            (Ns::W, "control") => self.pass_over("a control", cx),
            (Ns::Mc, "AlternateContent") => match alternative(element) {
                Some(chosen) => self.shapes(chosen, &frame, cx),
                None => Ok(()),
            },
            _ => self.shapes(element, &frame, cx),
        }
    }

    /// A shape of VML: an image, a text box, letters that are drawn, a horizontal line.
    fn vector(
        &mut self,
        element: &Element,
        mut frame: Frame,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        if let Some(style) = element.plain("style") {
            let width = css_length(style, "width");
            let height = css_length(style, "height");
            frame.size = width.zip(height).map(|(w, h)| [w, h]).or(frame.size);
        }
        if let Some(alt) = element.plain("alt") {
            alt.clone_into(&mut frame.alt);
        }
        let horizontal = element.attribute(Ns::O, "hr");
        cx.line.rule |= matches!(horizontal, Some("t" | "true"));
        if element.local == "imagedata" {
            if frame.alt.is_empty() {
                let title = element.attribute(Ns::O, "title");
                title.unwrap_or_default().clone_into(&mut frame.alt);
            }
            let id = element
                .attribute(Ns::R, "id")
                .or_else(|| element.attribute(Ns::R, "pict"))
                .or_else(|| element.attribute(Ns::R, "href"));
            return id.map_or(Ok(()), |id| self.image(id, frame, cx));
        }
        if element.local == "textpath"
            && let Some(text) = element.plain("string").filter(|text| !text.is_empty())
        {
            cx.line.boxes.push(Block::paragraph(text));
        }
        self.shapes(element, &frame, cx)
    }

    fn pass_over(&mut self, what: &str, cx: &LineReading<'_>) -> Result<(), Error> {
        let message = format!("{what} was left out");
        self.tell(Code::ContentSkipped, message, cx.path);
        Ok(())
    }

    /// What stands in a text box stands behind the paragraph that anchors it.
    fn text_box(&mut self, element: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        let mut flow = self.flow();
        let mut steps = Steps::below(&format!("{}/txbxContent", cx.path));
        self.blocks(element, &mut steps, &mut flow)?;
        cx.line.boxes.extend(flow.finish());
        Ok(())
    }

    fn image(&mut self, id: &str, frame: Frame, cx: &mut LineReading<'_>) -> Result<(), Error> {
        self.budget.images(1)?;
        let mut image = Image {
            alt: frame.alt,
            href: None,
            resource: None,
            size: frame.size,
        };
        match self.scope.relationship(id).cloned() {
            Some(relationship) if relationship.external => {
                let message = format!("the image {} was not fetched", relationship.target);
                self.tell(Code::ExternalResource, message, cx.path);
                image.href = Some(relationship.target);
            }
            Some(relationship) if self.package.has(&relationship.target) => {
                image.resource = self.image_bytes(&relationship.target)?;
            }
            _ => {
                let message =
                    format!("the image {id} is not in the package; its description stands");
                self.tell(Code::ReferenceMissing, message, cx.path);
            }
        }
        cx.line.content.push(Inline::Image(image));
        Ok(())
    }

    fn image_bytes(&mut self, part: &str) -> Result<Option<ResourceId>, Error> {
        if let Some(id) = self.images.get(part) {
            return Ok(Some(id.clone()));
        }
        let bytes = self.package.read(part);
        let Some(bytes) = self.or_damaged(part, bytes)? else {
            return Ok(None);
        };
        let kind = media_type(self.package.content_type(part), part);
        let name = part.rsplit('/').next().map(str::to_owned);
        let id = self.resources.add(bytes, &kind, name);
        self.images.insert(part.to_owned(), id.clone());
        Ok(Some(id))
    }
}

/// What a drawing shows: its description, else its title (ECMA-376 20.1.2.2.8).
fn description(properties: &Element) -> String {
    let described = properties.plain("descr").filter(|text| !text.is_empty());
    let described = described.or_else(|| properties.plain("title"));
    described.unwrap_or_default().to_owned()
}

/// A size in English Metric Units.
fn extent(element: &Element) -> Option<[Points; 2]> {
    let side = |name| {
        let side = number(element.plain(name)?)?;
        (side > 0).then(|| Points::from_emu(side))
    };
    Some([side("cx")?, side("cy")?])
}

/// The media type of an image: what the package declares, else what its extension tells.
fn media_type(declared: &str, part: &str) -> String {
    if declared.starts_with("image/") && !matches!(declared, "image/jpg" | "image/pjpeg") {
        return declared.to_owned();
    }
    let extension = part.rsplit('.').next().unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" | "jpe" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" | "dib" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "emf" => "image/x-emf",
        "wmf" => "image/x-wmf",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
    .to_owned()
}
