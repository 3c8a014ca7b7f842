//! Lines of bounded length.

use std::io::{self, BufRead, BufReader, Read};

/// A line with more bytes than this is no query.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;
const READ_AHEAD: usize = 256 * 1024;

/// One line of the input.
pub(super) struct Line<'l> {
    pub(super) number: u64,
    /// Its bytes without the line break; `None`: too many.
    pub(super) bytes: Option<&'l [u8]>,
}

/// Reads lines of bounded length.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    buffer: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { reader: BufReader::with_capacity(READ_AHEAD, input), buffer: Vec::new(), number: 0 }
    }

    /// Whether the next line may have to be waited for.
    pub(super) fn would_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next line that is not empty.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            let limit = LONGEST_LINE as u64 + 1;
            let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let ends = self.buffer.last() == Some(&b'\n');
            if !ends && self.buffer.len() > LONGEST_LINE {
                self.reader.skip_until(b'\n')?;
                return Ok(Some(Line { number: self.number, bytes: None }));
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let bytes = self.buffer.trim_ascii();
        let bytes =
            if self.number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) } else { bytes };
        Ok(Some(Line { number: self.number, bytes: Some(bytes) }))
    }
}
