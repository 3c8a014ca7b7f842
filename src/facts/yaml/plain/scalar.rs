//! Values on one line.

use std::borrow::Cow;

use super::{Odd, Plain};
use crate::facts::event::Event;
use crate::facts::record::ScalarShape;
use crate::facts::yaml::is_null;

impl<'t> Plain<'t> {
    /// A value without quotes that goes to the end of its line, or to a comment.
    pub(super) fn plain_to_end(&mut self, start: usize, end: usize) -> Result<(), Odd> {
        let content = self.text.get(start..end).unwrap_or("");
        let bytes = content.as_bytes();
        begins_plain(bytes)?;
        let mut len = bytes.len();
        for at in memchr::memchr2_iter(b'#', b':', bytes) {
            let space_before = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b' ');
            let space_after = matches!(bytes.get(at + 1), None | Some(b' '));
            match bytes.get(at) {
                Some(b'#') if space_before => {
                    len = at;
                    break;
                }
                Some(b':') if space_after => return Err(Odd),
                _ => {}
            }
        }
        let value = content.get(..len).unwrap_or("").trim_end_matches(' ');
        self.push(plain(value), start, start + value.len());
        Ok(())
    }

    /// A quoted value that ends on its line; gives the position after it. Backslashes are not plain.
    pub(super) fn quoted(&mut self, start: usize, end: usize) -> Result<usize, Odd> {
        let content = self.text.get(start + 1..end).unwrap_or("");
        let bytes = content.as_bytes();
        if self.text.as_bytes().get(start) == Some(&b'"') {
            let len = memchr::memchr2(b'"', b'\\', bytes).ok_or(Odd)?;
            if bytes.get(len) != Some(&b'"') {
                return Err(Odd);
            }
            return Ok(self.quoted_event(start, Cow::Borrowed(content.get(..len).unwrap_or("")), len));
        }
        let mut len = memchr::memchr(b'\'', bytes).ok_or(Odd)?;
        if bytes.get(len + 1) != Some(&b'\'') {
            return Ok(self.quoted_event(start, Cow::Borrowed(content.get(..len).unwrap_or("")), len));
        }
        while bytes.get(len + 1) == Some(&b'\'') {
            let rest = bytes.get(len + 2..).unwrap_or_default();
            len += 2 + memchr::memchr(b'\'', rest).ok_or(Odd)?;
        }
        let text = content.get(..len).unwrap_or("").replace("''", "'");
        Ok(self.quoted_event(start, Cow::Owned(text), len))
    }

    fn quoted_event(&mut self, start: usize, text: Cow<'t, str>, len: usize) -> usize {
        let after = start + len + 2;
        self.push(Event::Scalar(text, ScalarShape::Quoted), start, after);
        after
    }
}

/// The event of a scalar without quotes.
pub(super) fn plain(text: &str) -> Event<'_> {
    if is_null(text) { Event::Null } else { Event::Scalar(Cow::Borrowed(text), ScalarShape::Bare) }
}

/// Refuses a value that begins with a sign which means something in YAML.
pub(super) fn begins_plain(content: &[u8]) -> Result<(), Odd> {
    match content {
        [b'-', next, ..] if next.is_ascii_alphanumeric() || *next == b'.' => Ok(()),
        [first, ..] if b"-?:,[]{}#&*!|>'\"%@`".contains(first) => Err(Odd),
        // `...` ends a document.
        [b'.', b'.', ..] | [] => Err(Odd),
        _ => Ok(()),
    }
}
