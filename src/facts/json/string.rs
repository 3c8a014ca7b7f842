//! JSON strings: borrowed from the text where they have no escapes.

use std::borrow::Cow;

use super::Json;
use crate::facts::event::Stopped;
use crate::facts::findings::Findings;
use crate::text::Span;

impl<'t> Json<'t> {
    /// The string whose opening quote stands at the current position. Its span includes the quotes.
    #[inline(always)]
    pub(super) fn string(&mut self, findings: &mut Findings<'_>) -> Result<(Cow<'t, str>, Span), Stopped> {
        let start = self.at;
        let inside = start + 1;
        let rest = self.bytes.get(inside..).unwrap_or_default();
        let end = inside + plain_len(rest);
        if self.bytes.get(end) != Some(&b'"') {
            return self.string_with_escapes(start, end, findings);
        }
        self.at = end + 1;
        let text = self.text.get(inside..end).unwrap_or("");
        Ok((Cow::Borrowed(text), self.span(start, self.at)))
    }

    /// The string that begins at `start` and has something other than plain text at `first`.
    #[cold]
    fn string_with_escapes(
        &mut self,
        start: usize,
        first: usize,
        findings: &mut Findings<'_>,
    ) -> Result<(Cow<'t, str>, Span), Stopped> {
        let mut text = self.text.get(start + 1..first).unwrap_or("").to_owned();
        self.at = first;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape(&mut text, findings),
                Some(0..=0x1f) | None => return Err(self.unclosed(start, findings)),
                Some(_) => {
                    let from = self.at;
                    self.at += plain_len(self.bytes.get(from..).unwrap_or_default()).max(1);
                    text.push_str(self.text.get(from..self.at).unwrap_or(""));
                }
            }
        }
        self.at += 1;
        Ok((Cow::Owned(text), self.span(start, self.at)))
    }

    /// Reports a string that a line break, another control character or the end cuts off.
    fn unclosed(&self, start: usize, findings: &mut Findings<'_>) -> Stopped {
        match self.peek() {
            Some(byte) if byte != b'\n' && byte != b'\r' => {
                let help = "write it as an escape, such as `\\t`";
                findings.malformed(self.here(), "a control character stands in a string", Some(help.into()));
            }
            _ => {
                let help = "end it with `\"`; a line break in a string is written `\\n`";
                let span = self.span(start, start + 1);
                findings.malformed(span, "this string does not end on its line", Some(help.into()));
            }
        }
        Stopped
    }

    /// Reads the escape at the current position. A wrong one is reported and passed over.
    fn escape(&mut self, text: &mut String, findings: &mut Findings<'_>) {
        let start = self.at;
        self.at += 2;
        let plain = match self.bytes.get(start + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => {
                match self.unicode_escape() {
                    Some(character) => text.push(character),
                    None => {
                        let span = self.span(start, self.at);
                        let help =
                            "`\\u` takes four hexadecimal digits, and two of them make a surrogate pair";
                        findings.malformed(span, "this escape is no character", Some(help.into()));
                    }
                }
                return;
            }
            _ => {
                // The character after the backslash is read again, whatever it is.
                self.at = start + 1;
                let span = self.span(start, start + 1).to(self.here());
                let help = "a backslash is written `\\\\`";
                findings.malformed(span, "JSON has no such escape", Some(help.into()));
                return;
            }
        };
        text.push(plain);
    }

    /// The character of a `\u` escape whose digits begin at the current position.
    fn unicode_escape(&mut self) -> Option<char> {
        let high = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        if self.bytes.get(self.at..self.at + 2) != Some(b"\\u") {
            return None;
        }
        self.at += 2;
        let low = self.four_digits()?;
        if !(0xDC00..0xE000).contains(&low) {
            return None;
        }
        char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        let mut value = 0;
        for &digit in digits {
            value = value * 16 + char::from(digit).to_digit(16)?;
        }
        self.at += 4;
        Some(value)
    }
}

/// How many bytes from the start are neither `"`, `\` nor a control character. Eight at a time.
#[inline]
fn plain_len(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // The high bit of each byte of `word` that is zero; a false one only ever stands above a true one, so the lowest is right.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quotes = zeros(word ^ (ONES * u64::from(b'"')));
        let slashes = zeros(word ^ (ONES * u64::from(b'\\')));
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let special = quotes | slashes | controls;
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}

#[cfg(test)]
mod tests {
    use super::plain_len;

    #[test]
    fn eight_at_a_time_finds_what_one_at_a_time_finds() {
        let naive = |bytes: &[u8]| bytes.iter().take_while(|b| !matches!(b, b'"' | b'\\' | 0..=0x1f)).count();
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..random.usize(0..40))
                .map(|_| if random.u8(0..12) == 0 { random.u8(..) } else { random.u8(b' '..) })
                .collect();
            assert_eq!(plain_len(&bytes), naive(&bytes), "{bytes:?}");
        }
    }
}
