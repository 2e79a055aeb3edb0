//! Runs the content of a page and notes what it paints (ISO 32000-1 7.8.2, 8 and 9).

mod marked;
mod matrix;
mod path;
mod state;
mod text;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use tabulary_ir::{Budget, Error};
use tabulary_pages::{Page, Picture, Rect};

use crate::content::Decoder;
use crate::font::Fonts;
use crate::images::{File, Taken, encode};
use crate::layers::Layers;
use crate::structure::Ties;
use marked::MarkedContent;
use path::Path;
use state::State;
use text::Pen;

pub(crate) use marked::say_actual;
pub(crate) use matrix::Matrix;

/// How deep forms may stand in forms.
const DEPTH: usize = 24;
/// How many times a page may show forms.
const FORMS: usize = 100_000;
/// The most operators of one page, those of its forms included.
const OPERATORS: usize = 3_000_000;
/// The most characters of one page.
const GLYPHS: usize = 1_000_000;
/// The most lines and boxes of one page.
const SHAPES: usize = 500_000;
/// How many states may be saved at a time.
const SAVED: usize = 512;

/// What a page could not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// It has more content than is looked at.
    pub(crate) too_much: bool,
    /// Content that could not be decoded.
    pub(crate) damaged: bool,
    /// Characters of fonts that could not be loaded, or that say nothing.
    pub(crate) unknown_glyphs: usize,
    /// Forms that contain themselves, or stand too deep.
    pub(crate) loops: bool,
    /// Text, forms or images of layers that are switched off.
    pub(crate) off: bool,
    /// Forms or images that are not where they should be.
    pub(crate) missing: bool,
}

/// An image that a page shows.
pub(crate) enum Shown<'a> {
    /// One that stands in the file, with what explains the names in it.
    Stream(Stream<'a>, Resources<'a>),
    /// One that stood in the content, as a file.
    File(File),
    /// One that stood in the content, and what became of it.
    Nothing(Taken),
}

/// A form that is being run.
struct OpenForm {
    id: ObjectIdentifier,
    /// Whether what is marked in it is tied to the structure by itself.
    has_marks: bool,
}

/// Runs content streams onto a page.
pub(crate) struct Interpreter<'a, 'r> {
    fonts: &'r mut Fonts<'a>,
    layers: &'r Layers,
    ties: &'r Ties,
    decoder: &'r Decoder<'r>,
    budget: &'r Budget,
    pub(crate) page: Page,
    /// The images that the page shows, by the number that its pictures give.
    pub(crate) images: Vec<Shown<'a>>,
    pub(crate) trouble: Trouble,
    marked: MarkedContent,
    operators: usize,
    forms: Vec<OpenForm>,
    /// How many forms were shown.
    shown: usize,
}

impl<'a, 'r> Interpreter<'a, 'r> {
    pub(crate) fn new(
        fonts: &'r mut Fonts<'a>,
        layers: &'r Layers,
        ties: &'r Ties,
        decoder: &'r Decoder<'r>,
        budget: &'r Budget,
        page: Page,
    ) -> Self {
        Self {
            fonts,
            layers,
            ties,
            decoder,
            budget,
            page,
            images: Vec::new(),
            trouble: Trouble::default(),
            marked: MarkedContent::default(),
            operators: 0,
            forms: Vec::new(),
            shown: 0,
        }
    }

    /// Runs a content stream.
    ///
    /// # Errors
    /// Of kind `Limit` where the time is over or a limit of the whole document is passed.
    pub(crate) fn run(
        &mut self,
        content: &[u8],
        resources: &Resources<'a>,
        ctm: Matrix,
        clip: Rect,
    ) -> Result<(), Error> {
        let depth = self.marked.depth();
        let mut run = Run {
            state: State::new(ctm, clip),
            saved: Vec::new(),
            pen: Pen::default(),
            path: Path::default(),
        };
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            self.operators += 1;
            if self.operators.is_multiple_of(4096) {
                self.budget.tick()?;
            }
            let page = &self.page;
            let lines = page.rulings.len() + page.fills.len() + page.drawings.len();
            let shapes = lines + page.images.len();
            if self.operators > OPERATORS || self.page.glyphs.len() > GLYPHS || shapes > SHAPES {
                self.trouble.too_much = true;
                break;
            }
            self.step(&operation, &mut run, resources)?;
        }
        while self.marked.depth() > depth {
            self.marked.end(&mut self.page);
        }
        Ok(())
    }

    fn step(
        &mut self,
        operation: &Op<'_, '_>,
        run: &mut Run<'a>,
        resources: &Resources<'a>,
    ) -> Result<(), Error> {
        let n = |number: &Number| number.as_f64();
        match operation {
            Op::SaveState(_) => {
                if run.saved.len() < SAVED {
                    run.saved.push(run.state.clone());
                }
            }
            Op::RestoreState(_) => {
                if let Some(state) = run.saved.pop() {
                    run.state = state;
                }
            }
            Op::Transform(m) => {
                let m = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(n);
                let ctm = Matrix(m).then(run.state.ctm);
                if ctm.is_sane() {
                    run.state.ctm = ctm;
                }
            }
            Op::LineWidth(width) => run.state.line_width = n(&width.0),
            Op::SetGraphicsState(name) => self.external_state(name.0, run, resources),
            Op::XObject(name) => match resources.get_x_object(name.0) {
                Some(object) => self.object(object, run, resources)?,
                None => self.trouble.missing = true,
            },
            Op::InlineImage(image) => {
                if let Some(number) = self.image(image.0, &run.state) {
                    self.page.images[number].id = self.images.len() as u32;
                    self.images
                        .push(match encode(image.0, resources, self.decoder)? {
                            Ok(file) => Shown::File(file),
                            Err(taken) => Shown::Nothing(taken),
                        });
                }
            }
            Op::BeginMarkedContent(_) => self.marked.begin(&self.page),
            Op::BeginMarkedContentWithProperties(tag) => {
                let dict = match tag.1 {
                    Object::Dict(dict) => Some(dict.clone()),
                    Object::Name(name) => resources.properties.get::<Dict<'_>>(name.as_ref()),
                    _ => None,
                };
                let layer = match tag.1 {
                    Object::Name(name) if tag.0.as_ref() == b"OC" => {
                        resources.properties.get_ref(name.as_ref())
                    }
                    _ => None,
                };
                let is_off = tag.0.as_ref() == b"OC"
                    && self.layers.hides(layer.map(Into::into), dict.as_ref());
                let mark = dict.as_ref().and_then(|dict| self.mark_of(dict));
                self.marked
                    .begin_with(&self.page, tag.0.as_ref(), dict.as_ref(), mark, is_off);
            }
            Op::EndMarkedContent(_) => self.marked.end(&mut self.page),
            _ => {
                if !run.color(operation, resources) && !run.draw(operation, self) {
                    self.write(operation, run, resources);
                }
            }
        }
        Ok(())
    }

    /// The number that ties marked content to the structure. Those of a form are its own (ISO 32000-1 14.7.4.2).
    fn mark_of(&self, properties: &Dict<'_>) -> Option<u32> {
        let mark = properties.get::<u32>(&b"MCID"[..])?;
        match self.forms.last() {
            Some(form) if form.has_marks => self.ties.of_form(form.id, mark),
            _ => Some(mark),
        }
    }

    fn external_state(&mut self, name: &Name<'_>, run: &mut Run<'a>, resources: &Resources<'a>) {
        let Some(dict) = resources.get_ext_g_state(name) else {
            return;
        };
        let state = &mut run.state;
        if let Some(width) = dict.get::<f64>(&b"LW"[..]) {
            state.line_width = width;
        }
        if let Some(opacity) = dict.get::<f64>(&b"ca"[..]) {
            state.fill_is_clear = opacity <= 0.0;
        }
        if let Some(opacity) = dict.get::<f64>(&b"CA"[..]) {
            state.stroke_is_clear = opacity <= 0.0;
        }
        if let Some(font) = dict.get::<hayro_syntax::object::Array<'_>>(&b"Font"[..]) {
            let mut parts = font.iter::<Object<'_>>();
            if let (Some(Object::Dict(dict)), Some(Object::Number(size))) =
                (parts.next(), parts.next())
            {
                state.text.font = self.fonts.get(&dict, self.decoder);
                state.text.size = size.as_f64();
            }
        }
    }

    /// Paints an external object: a form or an image (ISO 32000-1 8.8).
    fn object(
        &mut self,
        object: Stream<'a>,
        run: &Run<'a>,
        resources: &Resources<'a>,
    ) -> Result<(), Error> {
        let dict = object.dict();
        if self.marked.is_hidden() || self.is_off(dict) {
            self.trouble.off = true;
            return Ok(());
        }
        let subtype = dict.get::<Name<'_>>(&b"Subtype"[..]);
        if subtype.is_some_and(|name| name.as_ref() == b"Image") {
            if let Some(number) = self.image(&object, &run.state) {
                self.page.images[number].id = self.images.len() as u32;
                self.images.push(Shown::Stream(object, resources.clone()));
            }
            return Ok(());
        }
        self.form(&object, run.state.ctm, run.state.clip, resources)
    }

    /// Runs a form: content that is painted as a whole (ISO 32000-1 8.10).
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub(crate) fn form(
        &mut self,
        form: &Stream<'a>,
        ctm: Matrix,
        clip: Rect,
        resources: &Resources<'a>,
    ) -> Result<(), Error> {
        let dict = form.dict();
        let id = form.obj_id();
        if self.forms.len() >= DEPTH || self.forms.iter().any(|form| form.id == id) {
            self.trouble.loops = true;
            return Ok(());
        }
        self.shown += 1;
        if self.shown > FORMS {
            self.trouble.too_much = true;
            return Ok(());
        }
        let matrix = dict
            .get::<[f64; 6]>(&b"Matrix"[..])
            .map_or(Matrix::IDENTITY, Matrix);
        let ctm = matrix.then(ctm);
        if !ctm.is_sane() {
            return Ok(());
        }
        let clip = match dict.get::<[f64; 4]>(&b"BBox"[..]) {
            Some([x0, y0, x1, y1]) => {
                let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)];
                clip.intersection(&around(ctm, &corners))
            }
            None => clip,
        };
        let Some(content) = self.decoder.decode(form)? else {
            self.trouble.damaged = true;
            return Ok(());
        };
        let own = dict.get::<Dict<'_>>(&b"Resources"[..]).map(Resources::new);
        self.forms.push(OpenForm {
            id,
            has_marks: dict.contains_key(&b"StructParents"[..]),
        });
        let done = self.run(&content, own.as_ref().unwrap_or(resources), ctm, clip);
        self.forms.pop();
        done
    }

    /// Whether an object belongs to a layer that is switched off.
    pub(crate) fn is_off(&self, dict: &Dict<'a>) -> bool {
        let layer = dict.get::<Dict<'_>>(&b"OC"[..]);
        let id = dict.get_ref(&b"OC"[..]).map(Into::into);
        layer.is_some_and(|layer| self.layers.hides(id, Some(&layer)))
    }

    /// Notes an image, and gives its place among the page's; none where it is as thin as a line.
    fn image(&mut self, image: &Stream<'_>, state: &State<'a>) -> Option<usize> {
        if self.marked.is_hidden() {
            return None;
        }
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let bbox = around(state.ctm, &corners).intersection(&state.clip);
        if bbox.width().min(bbox.height()) <= 3.0 {
            let is_mask = image.dict().get::<bool>(&b"ImageMask"[..]) == Some(true);
            let color = if is_mask { state.fill.color } else { [96; 3] };
            path::add_box(&mut self.page, bbox, color, true);
            return None;
        }
        if bbox.is_empty() {
            return None;
        }
        self.page.images.push(Picture {
            bbox,
            id: u32::MAX,
            mark: self.marked.mark(),
            ..Picture::default()
        });
        Some(self.page.images.len() - 1)
    }
}

/// The box around points of the space that `ctm` leads from.
pub(crate) fn around(ctm: Matrix, corners: &[(f64, f64)]) -> Rect {
    corners.iter().fold(Rect::NONE, |all, (x, y)| {
        let point = ctm.apply(*x, *y);
        all.union(&Rect::around(point, point))
    })
}

/// One content stream while it runs.
struct Run<'a> {
    state: State<'a>,
    saved: Vec<State<'a>>,
    pen: Pen,
    path: Path,
}

impl<'a> Run<'a> {
    /// Sets a colour; false where the operator is another one.
    fn color(&mut self, operation: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        use crate::color::{Space, cmyk, gray, rgb};
        let n = |number: &Number| number.as_f64();
        let (fill, stroke) = (&mut self.state.fill, &mut self.state.stroke);
        match operation {
            Op::NonStrokeColorDeviceGray(c) => fill.set(Space::Gray, gray(n(&c.0))),
            Op::StrokeColorDeviceGray(c) => stroke.set(Space::Gray, gray(n(&c.0))),
            Op::NonStrokeColorDeviceRgb(c) => {
                fill.set(Space::Rgb, rgb(n(&c.0), n(&c.1), n(&c.2)));
            }
            Op::StrokeColorDeviceRgb(c) => {
                stroke.set(Space::Rgb, rgb(n(&c.0), n(&c.1), n(&c.2)));
            }
            Op::NonStrokeColorCmyk(c) => {
                fill.set(Space::Cmyk, cmyk(n(&c.0), n(&c.1), n(&c.2), n(&c.3)));
            }
            Op::StrokeColorCmyk(c) => {
                stroke.set(Space::Cmyk, cmyk(n(&c.0), n(&c.1), n(&c.2), n(&c.3)));
            }
            Op::ColorSpaceNonStroke(name) => {
                let space = Space::named(name.0, resources);
                fill.set(space, space.initial());
            }
            Op::ColorSpaceStroke(name) => {
                let space = Space::named(name.0, resources);
                stroke.set(space, space.initial());
            }
            Op::NonStrokeColor(c) => fill.color = fill.space.color(&c.0),
            Op::StrokeColor(c) => stroke.color = stroke.space.color(&c.0),
            Op::NonStrokeColorNamed(c) => fill.color = fill.space.color(&c.0),
            Op::StrokeColorNamed(c) => stroke.color = stroke.space.color(&c.0),
            _ => return false,
        }
        true
    }

    /// Builds or paints a path; false where the operator is another one.
    fn draw(&mut self, operation: &Op<'_, '_>, to: &mut Interpreter<'a, '_>) -> bool {
        if self.build(operation) {
            return true;
        }
        let path = &mut self.path;
        let (fill, stroke) = match operation {
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => {
                path.clips = true;
                return true;
            }
            Op::EndPath(_) => (false, false),
            Op::StrokePath(_) => (false, true),
            Op::CloseAndStrokePath(_) => {
                path.close();
                (false, true)
            }
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => (true, false),
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => (true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                path.close();
                (true, true)
            }
            _ => return false,
        };
        let is_shown = !to.marked.is_hidden();
        path.paint(
            &mut to.page,
            &mut self.state,
            fill && is_shown,
            stroke && is_shown,
        );
        true
    }

    /// Adds to the path; false where the operator is another one.
    fn build(&mut self, operation: &Op<'_, '_>) -> bool {
        let ctm = self.state.ctm;
        let at = |x: &Number, y: &Number| ctm.apply(x.as_f64(), y.as_f64());
        let path = &mut self.path;
        match operation {
            Op::MoveTo(p) => path.move_to(at(&p.0, &p.1)),
            Op::LineTo(p) => path.line_to(at(&p.0, &p.1)),
            Op::CubicTo(p) => {
                let control = [at(&p.0, &p.1), at(&p.2, &p.3)];
                path.curve_to(&control, at(&p.4, &p.5));
            }
            Op::CubicStartTo(p) => path.curve_to(&[at(&p.0, &p.1)], at(&p.2, &p.3)),
            Op::CubicEndTo(p) => path.curve_to(&[at(&p.0, &p.1)], at(&p.2, &p.3)),
            Op::ClosePath(_) => path.close(),
            Op::RectPath(r) => {
                let [x, y, width, height] = [&r.0, &r.1, &r.2, &r.3].map(Number::as_f64);
                path.rectangle(ctm, x, y, width, height);
            }
            _ => return false,
        }
        true
    }
}
