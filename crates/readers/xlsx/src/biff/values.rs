//! Values of cells as binary workbooks store them.

/// A number in 30 bits ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.123).
pub(crate) fn rk(stored: u32) -> f64 {
    let number = if stored & 2 == 0 {
        f64::from_bits(u64::from(stored & !3) << 32)
    } else {
        f64::from(stored.cast_signed() >> 2)
    };
    if stored & 1 == 0 {
        number
    } else {
        number / 100.0
    }
}

/// The text of an error ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.98.2).
pub(crate) fn error_text(code: u8) -> Option<&'static str> {
    Some(match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn short_numbers_are_whole_or_doubles_and_may_be_hundredths() {
        for (stored, wanted) in [
            (0x0000_0006, 1.0),
            (0x0000_0007, 0.01),
            (0xFFFF_FFFE, -1.0),
            (0x3FF0_0000, 1.0),
            (0x0000_007B << 2 | 3, 1.23),
        ] {
            assert!((rk(stored) - wanted).abs() < f64::EPSILON, "{stored:x}");
        }
    }
}
