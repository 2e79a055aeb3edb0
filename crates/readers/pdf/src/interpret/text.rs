//! Text: from strings to glyphs at their places (ISO 32000-1 9.4).

use std::rc::Rc;

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Number, Object};
use hayro_syntax::page::Resources;
use tabulary_pages::{Face, Glyph, Rect, Turn};

use super::matrix::Matrix;
use super::{Interpreter, Run, around};
use crate::font::PageFont;

/// How far a line reaches above its base line, in parts of the type's size.
const ASCENT: f64 = 0.8;
/// How far a line reaches below its base line.
const DESCENT: f64 = 0.2;

/// Where the next glyph goes, and where the line began.
pub(crate) struct Pen {
    matrix: Matrix,
    line: Matrix,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

impl Pen {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.matrix = self.line;
    }

    fn advance(&mut self, x: f64, y: f64) {
        self.matrix = Matrix::translation(x, y).then(self.matrix);
    }
}

impl<'a> Interpreter<'a, '_> {
    /// Does what an operator of text says.
    pub(super) fn write(
        &mut self,
        operation: &Op<'_, '_>,
        run: &mut Run<'a>,
        resources: &Resources<'a>,
    ) {
        let n = |number: &Number| number.as_f64();
        let text = &mut run.state.text;
        match operation {
            Op::BeginText(_) => run.pen = Pen::default(),
            Op::CharacterSpacing(x) => text.character_spacing = n(&x.0),
            Op::WordSpacing(x) => text.word_spacing = n(&x.0),
            Op::HorizontalScaling(x) => text.scaling = n(&x.0) / 100.0,
            Op::TextLeading(x) => text.leading = n(&x.0),
            Op::TextRise(x) => text.rise = n(&x.0),
            Op::TextRenderingMode(x) => text.mode = x.0.as_i64(),
            Op::TextFont(font) => {
                text.size = n(&font.1);
                text.font = resources
                    .get_font(font.0)
                    .and_then(|dict| self.fonts.get(&dict, self.decoder));
            }
            Op::NextLine(t) => run.pen.next_line(n(&t.0), n(&t.1)),
            Op::NextLineAndSetLeading(t) => {
                text.leading = -n(&t.1);
                run.pen.next_line(n(&t.0), n(&t.1));
            }
            Op::NextLineUsingLeading(_) => run.pen.next_line(0.0, -run.state.text.leading),
            Op::SetTextMatrix(m) => {
                let m = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(n);
                run.pen.line = Matrix(m);
                run.pen.matrix = run.pen.line;
            }
            Op::ShowText(string) => self.show(run, string.0.as_bytes()),
            Op::NextLineAndShowText(string) => {
                run.pen.next_line(0.0, -run.state.text.leading);
                self.show(run, string.0.as_bytes());
            }
            Op::ShowTextWithParameters(t) => {
                text.word_spacing = n(&t.0);
                text.character_spacing = n(&t.1);
                run.pen.next_line(0.0, -run.state.text.leading);
                self.show(run, t.2.as_bytes());
            }
            Op::ShowTexts(parts) => {
                for part in parts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(string) => self.show(run, string.as_bytes()),
                        Object::Number(number) => {
                            let text = &run.state.text;
                            let by = -number.as_f64() / 1000.0 * text.size;
                            match &text.font {
                                Some(font) if !font.is_horizontal() => run.pen.advance(0.0, by),
                                _ => run.pen.advance(by * text.scaling, 0.0),
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, run: &mut Run<'a>, bytes: &[u8]) {
        let Some(font) = run.state.text.font.clone() else {
            self.trouble.unknown_glyphs += bytes.len();
            return;
        };
        let face = self.face(&font, run.state.text.mode);
        let horizontal = font.is_horizontal();
        let mut at = 0;
        while at < bytes.len() {
            let (number, length) = font.next(bytes, at);
            at += length;
            let code = font.code(number, length);
            let text = &run.state.text;
            let is_blank = length == 1 && number == 32;
            let spacing = text.character_spacing + if is_blank { text.word_spacing } else { 0.0 };
            if self.marked.is_hidden() {
                self.trouble.off |= !code.text.trim().is_empty();
            } else {
                self.place(run, &font, &code, face);
            }
            let text = &run.state.text;
            if horizontal {
                let by = (code.advance[0] * text.size + spacing) * text.scaling;
                run.pen.advance(by, 0.0);
            } else {
                run.pen.advance(0.0, code.advance[1] * text.size + spacing);
            }
        }
    }

    fn place(&mut self, run: &Run<'a>, font: &PageFont<'a>, code: &crate::font::Code, face: u16) {
        let (state, text) = (&run.state, &run.state.text);
        let em = Matrix([
            text.size * text.scaling,
            0.0,
            0.0,
            text.size,
            0.0,
            text.rise,
        ]);
        let page = Matrix::translation(code.shift[0], code.shift[1])
            .then(em)
            .then(run.pen.matrix)
            .then(state.ctm);
        if !page.is_sane() {
            return;
        }
        let horizontal = font.is_horizontal();
        let width = if horizontal { code.width } else { 1.0 };
        let (top, bottom) = (ASCENT * font.em, -DESCENT * font.em);
        let corners = [(0.0, bottom), (width, bottom), (width, top), (0.0, top)];
        let bbox = around(page, &corners);
        let (x, y) = (bbox.center_x(), bbox.center_y());
        let sheet = Rect::new(0.0, 0.0, self.page.width, self.page.height);
        if !sheet.grown(1.0).contains(x, y) {
            return;
        }
        // What is cut off, as the text of a cell that is too narrow, is not seen and yet there.
        let is_clipped = !state.clip.grown(1.0).contains(x, y);
        if code.is_unknown {
            self.trouble.unknown_glyphs += 1;
        }
        self.page.glyphs.push(Glyph {
            text: code.text.clone(),
            bbox,
            origin: page.apply(0.0, 0.0),
            size: (page.height() * font.em) as f32,
            face,
            turn: turn(page),
            vertical: !horizontal,
            // Neither filled nor stroked (ISO 32000-1 table 106).
            hidden: matches!(text.mode, 3 | 7) || state.fill_is_clear || is_clipped,
            artifact: self.marked.artifact(),
            color: if matches!(text.mode, 1 | 5) {
                state.stroke.color
            } else {
                state.fill.color
            },
            mark: self.marked.mark(),
        });
    }

    /// The number of a face among the page's. Text that is filled and stroked is bold (ISO 32000-1 table 106).
    fn face(&mut self, font: &Rc<PageFont<'a>>, mode: i64) -> u16 {
        let bold = font.face.bold || matches!(mode, 2 | 6);
        let same = |face: &Face| face.bold == bold && face.name == font.face.name;
        let found = self.page.faces.iter().position(same);
        let number = found.unwrap_or_else(|| {
            self.page.faces.push(Face {
                bold,
                ..font.face.clone()
            });
            self.page.faces.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }
}

/// Where the lines of a transform run to on the page.
fn turn(page: Matrix) -> Turn {
    let (x, y) = page.right();
    let lean = 0.1 * x.hypot(y);
    if y.abs() <= lean {
        if x >= 0.0 { Turn::Right } else { Turn::Left }
    } else if x.abs() <= lean {
        if y >= 0.0 { Turn::Down } else { Turn::Up }
    } else {
        Turn::Aslant
    }
}
