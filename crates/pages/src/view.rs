//! A picture of what was found on pages: for looking at what went wrong.

use std::fmt::Write as _;

use tabulary_ir::{Block, Content, Document, Inline, Origin};

use crate::turn::upright;
use crate::{Page, Rect};

/// A web page that draws the glyphs, lines and grounds of pages, and over them the blocks of the document that was
/// made of them: tables with their cells in green, headings in red, paragraphs in orange, lists in violet, images in
/// blue, running headers and footers in grey.
pub fn view(mut pages: Vec<Page>, document: &Document) -> String {
    let mut marks = Vec::new();
    collect(&document.body, &mut marks);
    for furniture in document.headers.iter().chain(&document.footers) {
        for block in &furniture.blocks {
            mark(block.origin(), "running", "running", &mut marks);
        }
    }
    let mut html = String::from(HEAD);
    for page in &mut pages {
        upright(page);
        draw(page, &marks, &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>What was found on the pages</title>
<style>
body { background: #888; font-family: sans-serif; }
svg { background: #fff; display: block; margin: 1em auto; width: 60em; max-width: 98%; height: auto; }
text { font-family: "Noto Sans CJK SC", "Noto Sans", sans-serif; white-space: pre; }
.mark { fill: none; stroke-width: 1; }
.table { stroke: #080; stroke-width: 2; } .cell { stroke: #0a0; stroke-width: .5; fill: #0a01; }
.heading { stroke: #d00; } .paragraph { stroke: #e80; } .list { stroke: #80c; }
.figure { stroke: #06c; } .running { stroke: #777; stroke-dasharray: 3 2; }
.drawing { fill: none; stroke: #0bb; stroke-width: .3; }
</style>
</head>
<body>
"#;

/// A box to draw, with its class and what it says when pointed at.
struct Mark {
    page: u32,
    bbox: Rect,
    class: &'static str,
    title: String,
}

fn mark(origin: Option<&Origin>, class: &'static str, title: &str, marks: &mut Vec<Mark>) {
    if let Some(Origin::Page {
        bbox: Some(edges),
        page,
        ..
    }) = origin
    {
        let [x0, y0, x1, y1] = edges.map(|edge| edge.to_f64() as f32);
        marks.push(Mark {
            page: *page,
            bbox: Rect::new(x0, y0, x1, y1),
            class,
            title: title.to_owned(),
        });
    }
}

fn collect(blocks: &[Block], marks: &mut Vec<Mark>) {
    for block in blocks {
        let origin = block.origin();
        match block {
            Block::Heading(heading) => {
                mark(
                    origin,
                    "heading",
                    &format!("heading {}", heading.level),
                    marks,
                );
            }
            Block::List(list) => {
                for item in &list.items {
                    for block in &item.blocks {
                        mark(block.origin(), "list", "list item", marks);
                    }
                }
            }
            Block::Table(table) => {
                let mut size = format!("table of {} rows, {} columns", table.rows(), table.width());
                if let Some(Origin::Page {
                    found: Some(found), ..
                }) = &table.origin
                {
                    size += &format!(", told {found}");
                }
                mark(origin, "table", &size, marks);
                for cell in table.cells() {
                    let place = format!(
                        "row {}, column {}, {} x {}",
                        cell.row, cell.col, cell.row_span, cell.col_span
                    );
                    mark(cell.origin.as_deref(), "cell", &place, marks);
                    if let Content::Blocks(blocks) = &cell.content {
                        collect(blocks, marks);
                    }
                }
            }
            Block::Figure(figure) => {
                let images = figure
                    .content
                    .iter()
                    .filter(|inline| matches!(inline, Inline::Image(_)));
                mark(
                    origin,
                    "figure",
                    &format!("{} images", images.count()),
                    marks,
                );
            }
            Block::Section(section) => collect(&section.body, marks),
            _ => mark(origin, "paragraph", "paragraph", marks),
        }
    }
}

fn draw(page: &Page, marks: &[Mark], html: &mut String) {
    let (width, height) = (page.width, page.height);
    // Writing to a text does not fail.
    let _ = writeln!(
        html,
        "<svg viewBox=\"0 0 {width:.1} {height:.1}\"><title>page {}</title>",
        page.number
    );
    for fill in &page.fills {
        let [r, g, b] = fill.color;
        let color = format!("fill=\"#{r:02x}{g:02x}{b:02x}\" fill-opacity=\".4\"");
        rectangle(&fill.bbox, &color, "", html);
    }
    for ruling in &page.rulings {
        let [r, g, b] = ruling.color;
        let bbox = Rect::new(
            ruling.bbox.x0,
            ruling.bbox.y0,
            ruling.bbox.x1.max(ruling.bbox.x0 + 0.3),
            ruling.bbox.y1.max(ruling.bbox.y0 + 0.3),
        );
        rectangle(&bbox, &format!("fill=\"#{r:02x}{g:02x}{b:02x}\""), "", html);
    }
    for drawing in &page.drawings {
        rectangle(drawing, "class=\"drawing\"", "", html);
    }
    for image in &page.images {
        rectangle(&image.bbox, "fill=\"#ccd\"", "image", html);
    }
    for glyph in &page.glyphs {
        let [x, y] = glyph.origin;
        let opacity = if glyph.hidden { " opacity=\".3\"" } else { "" };
        let _ = writeln!(
            html,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.1}\"{opacity}>{}</text>",
            glyph.size,
            escaped(&glyph.text)
        );
    }
    for mark in marks.iter().filter(|mark| mark.page == page.number) {
        rectangle(
            &mark.bbox,
            &format!("class=\"mark {}\"", mark.class),
            &mark.title,
            html,
        );
    }
    html.push_str("</svg>\n");
}

fn rectangle(bbox: &Rect, attributes: &str, title: &str, html: &mut String) {
    let (x, y) = (bbox.x0, bbox.y0);
    let (width, height) = (bbox.width().max(0.0), bbox.height().max(0.0));
    let title = if title.is_empty() {
        String::new()
    } else {
        format!("<title>{}</title>", escaped(title))
    };
    let _ = writeln!(
        html,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {attributes}>{title}</rect>"
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
