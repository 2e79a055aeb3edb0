//! Prose: a row a line, merged over as many columns as a line is wide.

use tabulary_ir::{
    Align, Area, Block, Code, Error, Figure, Heading, Inline, List, Mark, Marks, Note, Origin,
    Paragraph, Points, push_text,
};

use crate::attach::{attach, images, write_image};
use crate::content::{lines, write_line};
use crate::look::Look;
use crate::refused;
use crate::shared::Shared;
use crate::sheet::{COLUMN_WIDTH, HIGHEST, LINE_HEIGHT, SheetWriter};
use crate::table::narrow;

impl SheetWriter<'_> {
    pub(crate) fn heading(
        &mut self,
        heading: &Heading,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        let size = match heading.level {
            1 => 16,
            2 => 14,
            _ => 12,
        };
        let look = Look {
            size: Points::new(f64::from(size)),
            ..Look::of_line(heading.label.as_deref(), heading.style.align, 0)
        };
        let place = self.place(heading.origin.as_ref());
        let first = place.map_or(self.row, |area| area.row);
        let column = place.map_or(0, |area| area.col);
        let column = tabulary_ir::column_letters(column);
        self.names.push((
            format!("heading.{}", heading.level),
            format!("${column}${}", first + 1),
        ));
        self.line(
            &heading.content,
            place,
            look.marked(Mark::Bold.into()),
            shared,
        )
    }

    pub(crate) fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        depth: u8,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        let look = Look::of_line(paragraph.label.as_deref(), paragraph.style.align, depth);
        let place = self.place(paragraph.origin.as_ref());
        if paragraph.style.indent.is_some() || paragraph.style.first_line.is_some() {
            let message = "indents of paragraphs were left out";
            let place = paragraph.origin.clone();
            shared.diagnostics.once(Code::StyleDropped, message, place);
        }
        self.line(&paragraph.content, place, look, shared)
    }

    pub(crate) fn list(
        &mut self,
        list: &List,
        depth: u8,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        shared.diagnostics.once(
            Code::BlockDropped,
            "lists were written as paragraphs with their labels",
            list.origin.clone(),
        );
        let inner = depth.saturating_add(1).min(15);
        for (index, item) in list.items.iter().enumerate() {
            let usual = if list.ordered {
                format!("{}.", index + 1)
            } else {
                "•".to_owned()
            };
            let mut label = Some(item.label.as_deref().unwrap_or(&usual));
            for block in &item.blocks {
                match (block, label.take()) {
                    (Block::Paragraph(paragraph), Some(label)) if paragraph.label.is_none() => {
                        let look = Look::of_line(Some(label), paragraph.style.align, inner);
                        self.line(&paragraph.content, None, look, shared)?;
                    }
                    (block, _) => self.block(block, inner, shared)?,
                }
            }
        }
        Ok(())
    }

    /// Images, each over as many rows as it is high, and the line under them.
    pub(crate) fn figure(&mut self, figure: &Figure, shared: &mut Shared<'_>) -> Result<(), Error> {
        let place = self.floating_place(figure.origin.as_ref());
        for image in images(&figure.content) {
            if let Some(area) = place {
                let corner = (area.row, narrow(area.col));
                write_image(&mut self.worksheet, corner, image, shared)?;
                continue;
            }
            if let Some(height) = write_image(&mut self.worksheet, (self.row, 0), image, shared)? {
                let rows = (height.to_f64() / LINE_HEIGHT).ceil().max(1.0) as u32;
                self.reserve(u64::from(rows) + 1)?;
                self.row += rows + 1;
            }
        }
        let beside = |inline: &&Inline| !matches!(inline, Inline::Image(_));
        let text: Vec<Inline> = figure.content.iter().filter(beside).cloned().collect();
        for content in [&text, &figure.caption] {
            if !content.is_empty() {
                let look = Look::of_line(None, Some(Align::Center), 0);
                self.line(content, None, look, shared)?;
            }
        }
        Ok(())
    }

    pub(crate) fn text(
        &mut self,
        text: &str,
        look: Look,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        let mut content = Vec::new();
        push_text(&mut content, text, Marks::NONE);
        self.line(&content, None, look, shared)
    }

    /// The cells of this sheet where a block stood in its source, where it can stand there again: no
    /// row above it was passed yet.
    pub(crate) fn place(&self, origin: Option<&Origin>) -> Option<Area> {
        self.floating_place(origin)
            .filter(|area| area.row >= self.row)
    }

    /// The cells of this sheet over which something lay in its source.
    fn floating_place(&self, origin: Option<&Origin>) -> Option<Area> {
        match origin? {
            Origin::Cells { range, sheet } if self.source.as_deref() == Some(sheet) => {
                Area::parse(range)
            }
            _ => None,
        }
    }

    /// A line of prose. An empty one is a blank row.
    pub(crate) fn line(
        &mut self,
        content: &[Inline],
        place: Option<Area>,
        look: Look,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        self.row = place.map_or(self.row, |area| area.row);
        self.reserve(1)?;
        let is_blank = tabulary_ir::inline_text(content).is_empty();
        if is_blank && images(content).is_empty() {
            // What is left out of the line is told all the same.
            if !content.is_empty() {
                let first = (self.row, place.map_or(0, |area| narrow(area.col)));
                attach(&mut self.worksheet, first, content, shared)?;
                write_line(&mut self.worksheet, first, content, look, shared)?;
            }
            self.row += 1;
            return Ok(());
        }
        let area = place.unwrap_or_else(|| {
            let last = u32::from(self.line_columns.max(1)) - 1;
            Area::new(self.row, 0, self.row, last)
        });
        if area.width() > 1 || area.height() > 1 {
            let format = shared.formats.get(look.clone());
            self.worksheet
                .merge_range(
                    area.row,
                    narrow(area.col),
                    area.last_row,
                    narrow(area.last_col),
                    "",
                    &format,
                )
                .map_err(refused)?;
        }
        let first = (area.row, narrow(area.col));
        let height = self.height(content, &look, area);
        write_line(&mut self.worksheet, first, content, look, shared)?;
        attach(&mut self.worksheet, first, content, shared)?;
        if area.height() == 1 && (place.is_none() || area.width() > 1) {
            self.worksheet
                .set_row_height(area.row, height.min(HIGHEST))
                .map_err(refused)?;
        }
        self.row = area.last_row + 1;
        Ok(())
    }

    /// The height that a line takes over these columns, in points.
    fn height(&self, content: &[Inline], look: &Look, area: Area) -> f64 {
        let columns = (area.col..=area.last_col).map(|col| {
            self.widths
                .get(col as usize)
                .copied()
                .unwrap_or(COLUMN_WIDTH)
        });
        let width: f64 = columns.sum::<f64>()
            - f64::from(look.indent) * 1.5
            - look
                .code
                .as_ref()
                .map_or(0.0, |code| code.len() as f64 / 2.0);
        let scale = if look.size == Points::default() {
            1.0
        } else {
            look.size.to_f64() / 11.0
        };
        let text = lines(content, (width / scale).max(10.0)) * LINE_HEIGHT * scale;
        let heights = images(content).into_iter().filter_map(|image| image.size);
        heights
            .map(|[_, height]| height.to_f64() + 4.0)
            .fold(text, f64::max)
    }

    /// A note, below the text.
    pub(crate) fn note(&mut self, note: &Note, shared: &mut Shared<'_>) -> Result<(), Error> {
        let label = note.label.as_deref().unwrap_or(&note.id);
        for block in &note.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let look = Look::of_line(Some(&format!("[{label}]")), None, 0);
                    self.line(&paragraph.content, None, look, shared)?;
                }
                block => self.block(block, 0, shared)?,
            }
        }
        Ok(())
    }
}
