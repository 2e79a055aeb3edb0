//! What can be typed about how a document is set that is published.

use std::path::PathBuf;

use clap::Args;
use tabulary::ir::{FontRole, PageStandard, Points, PublicationStyle};
use tabulary::{Options, load_fonts, load_reference, load_style, system_font_folders};

/// Sizes of paper in millimetres (ISO 216, JIS P 0138, ANSI/ASME Y14.1).
const PAPERS: &[(&str, f64, f64)] = &[
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b4", 257.0, 364.0),
    ("b5", 182.0, 257.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
    ("tabloid", 279.4, 431.8),
];

/// How a document is set that is published.
#[derive(Debug, Args)]
#[command(next_help_heading = "Publishing")]
pub(crate) struct Publishing {
    /// How pages are set: `gongwen` (official documents of China, GB/T 9704), `plain`, `report` (cover, contents, running
    /// headers), a style of your own as a file of Typst, or `auto`, which takes the first or the second by the script.
    #[arg(long, value_name = "STYLE", default_value = "auto")]
    style: String,

    /// The paper: a3, a4, a5, b4, b5, letter, legal, tabloid, one of these with `-landscape`, or as 210mmx297mm.
    #[arg(long, value_name = "PAPER")]
    page_size: Option<String>,

    /// The margins: one length for all, or above, right, below and left, such as 37mm,26mm,35mm,28mm.
    #[arg(long, value_name = "LENGTHS")]
    margin: Option<String>,

    #[command(flatten)]
    fonts: Fonts,

    /// Put a table of contents below the title.
    #[arg(long)]
    toc: bool,

    /// Print comments behind the text of a PDF. Without it they are left out.
    #[arg(long)]
    comments: bool,

    /// A Word document whose styles, page, headers and footers a Word document that is written takes.
    #[arg(long, value_name = "FILE")]
    reference_doc: Option<PathBuf>,

    /// Standards that a PDF must keep: a-1a a-1b a-2a a-2b a-2u a-3a a-3b a-3u a-4 a-4e a-4f ua-1; one of PDF/A and
    /// ua-1 go together. Without it, PDF/A-3 where the document allows it. May be repeated.
    #[arg(long, value_name = "STANDARD", value_delimiter = ',')]
    pdf_standard: Vec<String>,

    /// Attach the input to the PDF that is made from it.
    #[arg(long)]
    attach_source: bool,

    /// Write a PDF without the document that it was made from. With it, a PDF is read back exactly.
    #[arg(long)]
    no_embed: bool,

    /// The day of a PDF whose document says none, as 2020-01-20.
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

/// The fonts that text is set in.
#[derive(Debug, Args)]
pub(crate) struct Fonts {
    /// A font file or a folder of fonts, or `system` for the fonts of this machine. They come before
    /// the built-in ones. May be repeated.
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,

    /// A family of fonts for everything, or for a role as in body=FangSong: title, heading, subheading, body, table or
    /// code. May be repeated.
    #[arg(long, value_name = "[ROLE=]FAMILY")]
    font: Vec<String>,
}

impl Publishing {
    /// Whether a result holds its input, with its name.
    pub(crate) const fn attaches_source(&self) -> bool {
        self.attach_source
    }

    /// Sets the options of the library; why not, where a word is not understood.
    pub(crate) fn apply(&self, options: &mut Options) -> Result<(), String> {
        self.fonts.apply(options)?;
        let write = &mut options.write;
        write.style = PublicationStyle::ByScript;
        match self.style.as_str() {
            "auto" => {}
            "gongwen" => write.style = PublicationStyle::Gongwen,
            "plain" => write.style = PublicationStyle::Plain,
            "report" => write.style = PublicationStyle::Report,
            path if path.ends_with(".typ") => {
                let style =
                    load_style(path.as_ref()).map_err(|error| format!("--style: {error}"))?;
                write.style_file = Some(style);
            }
            other => {
                return Err(format!(
                    "--style {other}: auto, gongwen, plain, report or a file that ends in .typ was expected"
                ));
            }
        }
        let paper = self.page_size.as_deref().map(paper).transpose()?;
        write.setting.paper = paper;
        write.setting.margins = self.margin.as_deref().map(margins).transpose()?;
        write.contents = self.toc;
        write.comments = self.comments;
        write.embed = !self.no_embed;
        for name in &self.pdf_standard {
            let standard = PageStandard::from_name(name)
                .map_err(|error| format!("--pdf-standard: {error}"))?;
            if !write.standards.contains(&standard) {
                write.standards.push(standard);
            }
        }
        if let Some(day) = &self.date {
            if day.parse::<tabulary::ir::civil::Date>().is_err() {
                return Err(format!(
                    "--date {day}: a day such as 2020-01-20 was expected"
                ));
            }
            write.day = Some(day.clone());
        }
        if let Some(path) = &self.reference_doc {
            let bytes =
                load_reference(path).map_err(|error| format!("--reference-doc: {error}"))?;
            write.reference = Some(bytes);
        }
        options.attach_source = self.attach_source;
        Ok(())
    }
}

impl Fonts {
    /// Sets the options of the library; why not, where a word is not understood.
    pub(crate) fn apply(&self, options: &mut Options) -> Result<(), String> {
        let mut paths = Vec::new();
        for path in &self.font_path {
            if path.as_os_str() == "system" {
                paths.extend(system_font_folders(home().as_deref()));
            } else {
                paths.push(path.clone());
            }
        }
        let fonts = load_fonts(&paths).map_err(|error| format!("--font-path: {error}"))?;
        options.write.fonts = fonts.into();
        for word in &self.font {
            let (roles, family) = match word.split_once('=') {
                None => (FontRole::ALL.to_vec(), word.as_str()),
                Some((name, family)) => {
                    let role = FontRole::ALL.into_iter().find(|role| role.as_str() == name);
                    let known = FontRole::ALL.map(FontRole::as_str).join(", ");
                    let role = role.ok_or_else(|| {
                        format!("--font {word}: {name:?} is no role; the roles are {known}")
                    })?;
                    (vec![role], family)
                }
            };
            if family.is_empty() {
                return Err(format!("--font {word}: the name of a family was expected"));
            }
            let families = roles.into_iter().map(|role| (role, family.to_owned()));
            options.write.setting.families.extend(families);
        }
        Ok(())
    }
}

fn paper(word: &str) -> Result<[Points; 2], String> {
    let lower = word.to_ascii_lowercase();
    let (name, turned) = match lower.strip_suffix("-landscape") {
        Some(name) => (name, true),
        None => (lower.as_str(), false),
    };
    if let Some((_, width, height)) = PAPERS.iter().find(|(known, _, _)| *known == name) {
        let [width, height] = [width, height].map(|length| Points::from_mm(*length));
        return Ok(if turned {
            [height, width]
        } else {
            [width, height]
        });
    }
    let sides = lower
        .split_once('x')
        .map(|(width, height)| [length(width), length(height)]);
    match sides {
        Some([Some(width), Some(height)]) => Ok([width, height]),
        _ => {
            let known: Vec<_> = PAPERS.iter().map(|(name, _, _)| *name).collect();
            Err(format!(
                "--page-size {word}: {} or two lengths such as 210mmx297mm were expected",
                known.join(", ")
            ))
        }
    }
}

fn margins(word: &str) -> Result<[Points; 4], String> {
    let lengths: Option<Vec<_>> = word.split(',').map(length).collect();
    match lengths.as_deref() {
        Some([all]) => Ok([*all; 4]),
        Some([top, right, bottom, left]) => Ok([*top, *right, *bottom, *left]),
        _ => Err(format!(
            "--margin {word}: one length or four (above, right, below, left) were expected, such as 25mm"
        )),
    }
}

/// A length in mm, cm, in or pt.
fn length(word: &str) -> Option<Points> {
    let word = word.trim();
    let units = [("mm", 1.0), ("cm", 10.0), ("in", 25.4), ("pt", 25.4 / 72.0)];
    let (number, unit) = units
        .iter()
        .find_map(|(name, unit)| Some((word.strip_suffix(name)?, unit)))?;
    let number: f64 = number.trim().parse().ok()?;
    (0.0..=5000.0)
        .contains(&number)
        .then(|| Points::from_mm(number * unit))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is what reads the environment"
)]
fn home() -> Option<PathBuf> {
    std::env::var("HOME").ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        assert_eq!(length("72pt"), Some(Points::from_mm(25.4)));
        assert_eq!(length("2.54cm"), length("1in"));
        assert_eq!(length("10"), None);
        assert_eq!(length("-1mm"), None);
    }

    #[test]
    fn paper_is_named_or_measured() {
        assert_eq!(paper("A4"), paper("210mmx297mm"));
        assert_eq!(paper("a4-landscape"), paper("297mmx210mm"));
        assert!(paper("a9").is_err_and(|message| message.contains("letter")));
    }

    #[test]
    fn margins_are_one_or_four() {
        assert_eq!(margins("1cm"), margins("10mm,10mm,10mm,10mm"));
        assert!(margins("1cm,2cm").is_err());
    }
}
