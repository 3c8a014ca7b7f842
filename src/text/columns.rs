//! Columns without counting a long line from its start each time.

/// How far apart the marks of a [`Columns`] stand, in bytes: so much text is counted for a place at most.
const STEP: usize = 1024;

/// How many characters a text has, in both ways of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    /// Characters (Unicode scalar values).
    pub(super) chars: u32,
    /// Units of UTF-16.
    pub(super) utf16: u32,
}

impl Units {
    /// The characters of some bytes of a text.
    fn of(bytes: &[u8]) -> Self {
        // Bytes that do not continue a character start one; those of four bytes take two units of UTF-16.
        let chars = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        let long = bytes.iter().filter(|&&byte| byte >= 0xF0).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { chars: number(chars), utf16: number(chars + long) }
    }

    fn plus(self, other: Self) -> Self {
        Self { chars: self.chars.saturating_add(other.chars), utf16: self.utf16.saturating_add(other.utf16) }
    }

    fn minus(self, other: Self) -> Self {
        Self { chars: self.chars.saturating_sub(other.chars), utf16: self.utf16.saturating_sub(other.utf16) }
    }
}

/// How many characters stand before every 1024th byte of a text.
#[derive(Debug)]
pub(super) struct Columns {
    marks: Vec<Units>,
}

impl Columns {
    /// Counts a text once.
    pub(super) fn of(text: &str) -> Self {
        let mut before = Units::default();
        let count = |block: &[u8]| {
            let after = before.plus(Units::of(block));
            std::mem::replace(&mut before, after)
        };
        Self { marks: text.as_bytes().chunks(STEP).map(count).collect() }
    }

    /// The characters of `text`, which this was made of, between two offsets.
    pub(super) fn between(&self, text: &str, start: usize, end: usize) -> Units {
        self.before(text, end).minus(self.before(text, start))
    }

    fn before(&self, text: &str, offset: usize) -> Units {
        let mark = (offset / STEP).min(self.marks.len().saturating_sub(1));
        let rest = text.as_bytes().get(mark * STEP..offset).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or_default().plus(Units::of(rest))
    }
}

/// The characters between two offsets of a text; `columns` is asked for where counting them would take long.
pub(super) fn between<'c>(
    text: &str,
    start: usize,
    end: usize,
    columns: impl FnOnce() -> &'c Columns,
) -> Units {
    if end.saturating_sub(start) <= 2 * STEP {
        return Units::of(text.as_bytes().get(start..end).unwrap_or_default());
    }
    columns().between(text, start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_like_counting() {
        let text = "aé日😀\r\n".repeat(700);
        let columns = Columns::of(&text);
        let stops: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for start in [0, stops[5], stops[1300], text.len()] {
            for &end in stops.iter().filter(|&&end| end >= start) {
                assert_eq!(columns.between(&text, start, end), Units::of(&text.as_bytes()[start..end]));
            }
        }
        assert_eq!(Units::of("aé日😀".as_bytes()), Units { chars: 4, utf16: 5 });
        assert_eq!(Columns::of("").between("", 0, 0), Units::default());
    }
}
