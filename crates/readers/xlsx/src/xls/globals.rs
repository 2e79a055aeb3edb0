//! What the sheets of a workbook share ([MS-XLS] 2.1.7.20.3, the globals substream).

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1252;
use tabulary_ir::{Budget, Error, Marks, Rgb};

use super::records::{Record, Records, kind};
use super::strings::{Codec, shared};
use super::version::{Biff, Substream, beginning, code_page};
use super::{formats, supporting};
use crate::biff::{Bytes, Font, Formula, LinkedName, Links};
use crate::colour::Colours;
use crate::display::Display;
use crate::look::Look;
use crate::text::Text;

/// What the sheets of a workbook share.
pub(super) struct Globals<'a> {
    pub(super) codec: Codec,
    pub(super) is_1904: bool,
    pub(super) sheets: Vec<Bound>,
    pub(super) fonts: Vec<Font>,
    pub(super) strings: Vec<Text>,
    pub(super) links: Links,
    pub(super) names: Vec<Name<'a>>,
    /// Pictures of the workbook ([MS-ODRAW] 2.2.12), in pieces.
    pub(super) drawings: Vec<&'a [u8]>,
    /// Whether the substream ends as it should.
    pub(super) is_whole: bool,
    formats: BTreeMap<u16, String>,
    xfs: Vec<&'a [u8]>,
    fills: BTreeMap<u16, Rgb>,
    colours: Colours,
}

/// A sheet as the workbook lists it ([MS-XLS] 2.4.28).
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) kind: u8,
}

/// A defined name ([MS-XLS] 2.4.150).
pub(super) struct Name<'a> {
    pub(super) name: String,
    pub(super) sheet: Option<usize>,
    /// Whether it is hidden, or one of a function or macro.
    pub(super) is_of_program: bool,
    pub(super) formula: Formula<'a>,
}

impl<'a> Globals<'a> {
    /// Reads the first substream. Where it is that of a sheet, this is the only sheet.
    pub(super) fn read(stream: &'a [u8], budget: &Budget) -> Result<Self, Error> {
        let mut records = Records::new(stream, 0);
        let first = records.take().and_then(beginning);
        let Some((biff, content)) = first else {
            return Err(Error::input("the workbook does not begin as one does")
                .help("open and save it in the program that made it"));
        };
        if content == Substream::Workspace {
            return Err(Error::unsupported("a workspace of Excel 4 is not read")
                .help("save it as xlsx, with a program that opens it"));
        }
        let mut globals = Self {
            codec: Codec {
                biff,
                encoding: WINDOWS_1252,
            },
            is_1904: false,
            sheets: Vec::new(),
            fonts: Vec::new(),
            strings: Vec::new(),
            links: Links::default(),
            names: Vec::new(),
            drawings: Vec::new(),
            is_whole: false,
            formats: BTreeMap::new(),
            xfs: Vec::new(),
            fills: BTreeMap::new(),
            colours: Colours::default(),
        };
        while let Some(record) = records.take() {
            if record.kind == kind::EOF {
                globals.is_whole = true;
                break;
            }
            // A record that does not hold what it should says nothing.
            let _ = globals.record(record, &mut records, budget)?;
        }
        if content != Substream::Globals {
            globals.sheets = vec![Bound {
                at: 0,
                name: "Sheet1".to_owned(),
                hidden: false,
                kind: u8::from(content == Substream::Macro),
            }];
        }
        globals.links.sheets = globals.sheets.iter().map(|s| s.name.clone()).collect();
        let names = globals.names.iter().map(|name| LinkedName {
            name: name.name.clone(),
            sheet: name.sheet,
        });
        globals.links.names = names.collect();
        globals.links.encoding = globals.codec.encoding;
        Ok(globals)
    }

    fn record(
        &mut self,
        record: Record<'a>,
        records: &mut Records<'a>,
        budget: &Budget,
    ) -> Result<Option<()>, Error> {
        let mut data = Bytes::new(record.data);
        match record.kind {
            0x002F => {
                return Err(
                    Error::unsupported("the xls workbook is encrypted").help("remove the password")
                );
            }
            0x00FC => {
                let parts = records.continued(record);
                let marks = |font| marks_of(&self.fonts, font);
                self.strings = shared(parts, &marks, budget)?;
            }
            // Pictures go on in records of the same kind, and in continuations.
            0x00EB => self.drawings.extend(records.continued(record)),
            _ => return Ok(self.small_record(record.kind, &mut data)),
        }
        Ok(Some(()))
    }

    fn small_record(&mut self, kind: u16, data: &mut Bytes<'a>) -> Option<()> {
        match kind {
            0x0042 => self.codec.encoding = code_page(data.u16()?),
            0x0022 => self.is_1904 = data.u16()? == 1,
            0x0085 => self.sheet(data)?,
            0x001E | 0x041E => self.format(kind, data)?,
            0x0031 | 0x0231 => self
                .fonts
                .push(formats::font(data.rest(), self.codec.biff)?),
            0x00E0 | 0x0043 | 0x0243 | 0x0443 => {
                // The colours that it names come behind it.
                self.xfs.push(data.rest());
            }
            0x087D => {
                let (number, fill) = formats::extended_fill(data.rest())?;
                self.fills.insert(number, fill);
            }
            0x0092 => self.palette(data)?,
            0x0018 | 0x0218 => {
                // One that cannot be read keeps its number.
                let name = self.name(data).unwrap_or_else(|| Name {
                    name: String::new(),
                    sheet: None,
                    is_of_program: true,
                    formula: Formula::default(),
                });
                self.names.push(name);
            }
            0x0017 if self.codec.biff == Biff::Biff8 => {
                supporting::targets(data, &mut self.links)?;
            }
            0x01AE => {
                let book = supporting::book(data, &self.codec);
                self.links.books.push(book);
            }
            0x0023 | 0x0223 => supporting::name(data, &self.codec, &mut self.links)?,
            _ => {}
        }
        Some(())
    }

    fn sheet(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let at = data.length()?;
        let hidden = data.u8()? & 3 != 0;
        let kind = data.u8()?;
        let name = self.codec.short(data)?;
        self.sheets.push(Bound {
            at,
            name,
            hidden,
            kind,
        });
        Some(())
    }

    /// A number format ([MS-XLS] 2.4.126). Before Excel 5 they are numbered as they come.
    fn format(&mut self, kind: u16, data: &mut Bytes<'_>) -> Option<()> {
        let coming = u16::try_from(self.formats.len()).ok()?;
        let number = match (self.codec.biff, kind) {
            (Biff::Biff5 | Biff::Biff8, _) => data.u16()?,
            (_, 0x041E) => {
                data.skip(2)?;
                coming
            }
            _ => coming,
        };
        let code = if self.codec.biff == Biff::Biff8 {
            self.codec.long(data)?
        } else {
            self.codec.short(data)?
        };
        self.formats.insert(number, code);
        Some(())
    }

    /// The colours of the workbook ([MS-XLS] 2.4.188).
    fn palette(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let mut colours = Vec::new();
        for _ in 0..data.u16()? {
            let [r, g, b, _] = data.u32()?.to_le_bytes();
            colours.push(Rgb([r, g, b]));
        }
        self.colours.set_indexed(colours);
        Some(())
    }

    fn name(&self, data: &mut Bytes<'a>) -> Option<Name<'a>> {
        const BUILT_IN: [&str; 14] = [
            "Consolidate_Area",
            "Auto_Open",
            "Auto_Close",
            "Extract",
            "Database",
            "Criteria",
            "Print_Area",
            "Print_Titles",
            "Recorder",
            "Data_Form",
            "Auto_Activate",
            "Auto_Deactivate",
            "Sheet_Title",
            "_FilterDatabase",
        ];
        let bits = data.u16()?;
        data.skip(1)?;
        let length = data.u8()?;
        let size = usize::from(data.u16()?);
        let mut sheet = 0;
        if self.codec.biff >= Biff::Biff5 {
            data.skip(2)?;
            sheet = data.u16()?;
            data.skip(4)?;
        }
        let name = self.codec.sized(data, length.into())?;
        let built_in = name
            .chars()
            .next()
            .filter(|_| bits & 0x20 != 0)
            .and_then(|first| BUILT_IN.get(first as usize));
        Some(Name {
            name: built_in.map_or(name, |name| format!("_xlnm.{name}")),
            sheet: usize::from(sheet).checked_sub(1),
            is_of_program: bits & 0x0F != 0,
            formula: Formula {
                tokens: data.take(size)?,
                extra: data.rest(),
            },
        })
    }

    /// The marks of a font.
    pub(super) fn marks(&self, font: u16) -> Marks {
        marks_of(&self.fonts, font)
    }

    /// The looks of the workbook, in the order of its cell formats.
    pub(super) fn looks(&self, display: &mut Display) -> Vec<Look> {
        let usual = self.fonts.first().copied().unwrap_or_default();
        let mut looks = Vec::with_capacity(self.xfs.len());
        for (number, xf) in (0..).zip(&self.xfs) {
            // One that cannot be read keeps its number.
            let xf = formats::xf(xf, self.codec.biff, &self.colours);
            let mut xf = xf.unwrap_or_default();
            if let Some(fill) = self.fills.get(&number) {
                xf.fill = xf.fill.and(Some(*fill));
            }
            let format = match self.formats.get(&xf.format) {
                Some(code) => display.format(code),
                None => display.built_in(xf.format),
            };
            let font = font_of(&self.fonts, xf.font);
            looks.push(xf.look(format, font, usual));
        }
        looks
    }
}

/// A font by its number; number 4 does not exist ([MS-XLS] 2.5.129).
fn font_of(fonts: &[Font], number: u16) -> Font {
    let index = usize::from(number);
    let index = if index > 4 { index - 1 } else { index };
    fonts.get(index).copied().unwrap_or_default()
}

fn marks_of(fonts: &[Font], number: u16) -> Marks {
    font_of(fonts, number).marks
}
