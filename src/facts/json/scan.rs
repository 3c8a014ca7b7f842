//! The words and numbers of JSON, and what to say where something else stands.

use std::borrow::Cow;

use super::{Json, State};
use crate::facts::event::{Event, Stopped};
use crate::facts::findings::Findings;
use crate::facts::record::ScalarShape;
use crate::text::Span;

impl<'t> Json<'t> {
    /// The run of signs that could belong to one word or number, from the current position.
    pub(super) fn run(&mut self) -> (&'t str, Span) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let belongs = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.' | b'@') || *byte >= 0x80
        };
        self.at += rest.iter().take_while(|byte| belongs(byte)).count();
        (self.text.get(start..self.at).unwrap_or(""), self.span(start, self.at))
    }

    /// `true`, `false`, `null` or a word that is none of them, which is reported and taken as text.
    pub(super) fn word(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        let (word, span) = self.run();
        self.state = State::After;
        let shape = match word {
            "null" => return Ok((Event::Null, span)),
            "true" | "false" => ScalarShape::Flag,
            _ => {
                self.unquoted(word, span, findings);
                ScalarShape::Quoted
            }
        };
        Ok((Event::Scalar(Cow::Borrowed(word), shape), span))
    }

    /// A number.
    pub(super) fn number(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        let (word, span) = self.run();
        self.state = State::After;
        if !is_number(word.as_bytes()) {
            self.unquoted(word, span, findings);
            return Ok((Event::Scalar(Cow::Borrowed(word), ScalarShape::Quoted), span));
        }
        Ok((Event::Scalar(Cow::Borrowed(word), ScalarShape::Number), span))
    }

    /// Reports text without its quotes.
    pub(super) fn unquoted(&self, word: &str, span: Span, findings: &mut Findings<'_>) {
        let help = format!("text in JSON stands in double quotes: `\"{}\"`", shortened(word));
        findings.malformed(span, format!("`{}` is not a JSON value", shortened(word)), Some(help));
    }

    /// The place of the character at the current position; empty at the end.
    pub(super) fn here(&self) -> Span {
        let rest = self.text.get(self.at..self.bytes.len()).unwrap_or("");
        let len = rest.chars().next().map_or(0, char::len_utf8);
        self.span(self.at, self.at + len)
    }

    /// Reports that `wanted` was expected at the current position.
    #[cold]
    pub(super) fn stop(&self, wanted: &str, findings: &mut Findings<'_>) -> Stopped {
        let rest = self.text.get(self.at..self.bytes.len()).unwrap_or("");
        let message = match rest.chars().next() {
            None if self.bytes.len() == self.text.len() => {
                format!("expected {wanted}, found the end of the file")
            }
            None => format!("expected {wanted}, found the end of the line"),
            Some(found) if found.is_control() => format!("expected {wanted}, found a control character"),
            Some(found) => format!("expected {wanted}, found `{found}`"),
        };
        let help = match rest.chars().next() {
            Some('\'') => Some("text in JSON stands in double quotes".to_owned()),
            Some('#' | '/') => Some("JSON has no comments".to_owned()),
            _ => None,
        };
        findings.malformed(self.here(), message, help);
        Stopped
    }
}

/// The start of a text, for a message.
fn shortened(word: &str) -> &str {
    const LONGEST: usize = 40;
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => word.get(..end).unwrap_or(word),
        None => word,
    }
}

/// Whether a text is a number as JSON writes it.
fn is_number(text: &[u8]) -> bool {
    fn digits(text: &[u8]) -> (usize, &[u8]) {
        let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count, text.get(count..).unwrap_or_default())
    }
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, mut rest) = digits(text);
    if whole == 0 || (whole > 1 && text.first() == Some(&b'0')) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix(b".") {
        let (count, after) = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let exponent =
            exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let (count, after) = digits(exponent);
        return count > 0 && after.is_empty();
    }
    rest.is_empty()
}
