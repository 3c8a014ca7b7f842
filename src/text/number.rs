//! Numbers as people write them, held without loss.

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is no decimal.
    NotDecimal,
    /// Other numbers would be held as the same: it has more than [`MOST_DIGITS`] digits, or is too far from 1.
    Imprecise,
}

/// So many digits of a decimal are kept by an `f64`, whatever they are; zeros at both ends are not counted.
/// Source: DBL_DIG of the C standard for IEEE 754 binary64.
pub const MOST_DIGITS: usize = f64::DIGITS as usize;

/// Reads a decimal: digits with an optional sign, fraction and exponent. Of two different decimals that it takes, the values differ too, and
/// in the same order.
///
/// # Errors
/// Where it is no decimal, or one whose value cannot be held without taking it for another.
pub fn number(text: &str) -> Result<f64, NumberError> {
    let (digits, _) = text.split_once(['e', 'E']).unwrap_or((text, ""));
    let decimal = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(decimal) {
        return Err(NumberError::NotDecimal);
    }
    let value: f64 = text.parse().map_err(|_| NumberError::NotDecimal)?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0');
    let is_held = match digits.len() {
        0 => true,
        1..=MOST_DIGITS => value.is_normal(),
        _ => false,
    };
    // Zero has one sign only.
    if is_held { Ok(value + 0.0) } else { Err(NumberError::Imprecise) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_held_without_loss() {
        for (text, value) in [
            ("12", 12.0),
            ("-0.5", -0.5),
            ("1e3", 1000.0),
            ("+1.50", 1.5),
            ("000123456789012345", 123_456_789_012_345.0),
            ("100000000000000000000", 1e20),
            ("0.000", 0.0),
        ] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        assert_eq!(number("-0").map(f64::to_bits), Ok(0));
    }

    #[test]
    fn what_would_be_taken_for_another_is_refused() {
        for text in [
            "12345678901234567",
            "12345678901234568",
            "0.1000000000000001",
            "1e400",
            "-1e400",
            "1e-400",
            "1e-310",
        ] {
            assert_eq!(number(text), Err(NumberError::Imprecise), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "-", ".", "e5", "inf", "NaN", "1_000", "1,5", "0x10", "1e", "1-2"] {
            assert_eq!(number(text), Err(NumberError::NotDecimal), "{text}");
        }
    }
}
