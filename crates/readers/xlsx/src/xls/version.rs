//! Versions of the format, and the code pages of the older ones.

use encoding_rs::{self as enc, Encoding};

use super::records::{Record, kind};
use crate::biff::{Bytes, Dialect};

/// A version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Biff {
    Biff2,
    Biff3,
    Biff4,
    /// Excel 5 and 95.
    Biff5,
    /// Excel 97 to 2003.
    Biff8,
}

/// What a substream holds ([MS-XLS] 2.4.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Substream {
    Globals,
    Worksheet,
    Chart,
    Macro,
    /// Several sheets of Excel 4, one behind the other.
    Workspace,
    Other,
}

/// The version and content of the substream that a record begins.
pub(super) fn beginning(record: Record<'_>) -> Option<(Biff, Substream)> {
    let place = kind::BOF.iter().position(|&bof| bof == record.kind)?;
    let mut data = Bytes::new(record.data);
    let version = data.u16()?;
    let biff = match (place, version) {
        (0, _) => Biff::Biff2,
        (1, _) => Biff::Biff3,
        (2, _) => Biff::Biff4,
        (_, 0x0600) => Biff::Biff8,
        _ => Biff::Biff5,
    };
    let content = match data.u16()? {
        0x0005 => Substream::Globals,
        0x0010 => Substream::Worksheet,
        0x0020 => Substream::Chart,
        0x0040 => Substream::Macro,
        0x0100 => Substream::Workspace,
        _ => Substream::Other,
    };
    Some((biff, content))
}

impl Biff {
    pub(super) fn dialect(self) -> Dialect {
        match self {
            Self::Biff2 | Self::Biff3 => Dialect::Biff3,
            Self::Biff4 | Self::Biff5 => Dialect::Biff5,
            Self::Biff8 => Dialect::Biff8,
        }
    }

    /// How many rows and columns a sheet has.
    pub(super) fn size(self) -> (u32, u32) {
        // Programs that are not Excel write more than the 16,384 rows of the older versions.
        (1 << 16, 1 << 8)
    }
}

/// The encoding of a code page ([MS-XLS] 2.4.52).
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        866 => enc::IBM866,
        874 => enc::WINDOWS_874,
        932 => enc::SHIFT_JIS,
        936 | 10008 => enc::GBK,
        949 | 1361 | 10003 => enc::EUC_KR,
        950 | 10002 => enc::BIG5,
        1250 => enc::WINDOWS_1250,
        1251 => enc::WINDOWS_1251,
        1253 => enc::WINDOWS_1253,
        1254 => enc::WINDOWS_1254,
        1255 => enc::WINDOWS_1255,
        1256 => enc::WINDOWS_1256,
        1257 => enc::WINDOWS_1257,
        1258 => enc::WINDOWS_1258,
        10000 | 0x8000 => enc::MACINTOSH,
        10001 => enc::SHIFT_JIS,
        10007 => enc::X_MAC_CYRILLIC,
        54936 => enc::GB18030,
        65001 => enc::UTF_8,
        _ => enc::WINDOWS_1252,
    }
}
