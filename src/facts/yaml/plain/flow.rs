//! `[a, b]` and `{key: value}` on one line.

use super::scalar::{begins_plain, plain};
use super::{DEEPEST, Odd, Plain, key_len};
use crate::facts::event::Event;

/// A line holds at most about this many events: they are kept until all of it was read. (A whole file may stand on one line.)
const LONGEST: usize = 10_000;

/// What is open on the line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    List,
    Map,
}

impl<'t> Plain<'t> {
    /// What the bracket at `start` opens; gives the position after its end.
    pub(super) fn flow(&mut self, start: usize, end: usize) -> Result<usize, Odd> {
        let mut open: Vec<Bracket> = Vec::new();
        let mut at = start;
        loop {
            // A value stands here: a bracket goes deeper, anything else is a scalar.
            at = match self.byte(at, end) {
                Some(b'[') => self.open_bracket(Bracket::List, &mut open, at)?,
                Some(b'{') => self.open_bracket(Bracket::Map, &mut open, at)?,
                Some(b'"' | b'\'') => self.quoted(at, end)?,
                _ => self.plain_in_brackets(at, end)?,
            };
            let opened = matches!(self.ready.last(), Some((Event::ListStart | Event::MapStart, _)));
            at = self.between(at, end, opened, &mut open)?;
            let Some(&inner) = open.last() else { return Ok(at) };
            if inner == Bracket::Map {
                at = self.key_in_brackets(at, end)?;
            }
        }
    }

    fn byte(&self, at: usize, end: usize) -> Option<u8> {
        self.text.as_bytes().get(at..end).and_then(<[u8]>::first).copied()
    }

    fn spaces(&self, at: usize, end: usize) -> usize {
        let rest = self.text.as_bytes().get(at..end).unwrap_or_default();
        at + rest.iter().take_while(|&&byte| byte == b' ').count()
    }

    fn open_bracket(&mut self, bracket: Bracket, open: &mut Vec<Bracket>, at: usize) -> Result<usize, Odd> {
        if open.len() >= DEEPEST || self.ready.len() > LONGEST {
            return Err(Odd);
        }
        open.push(bracket);
        let event = if bracket == Bracket::List { Event::ListStart } else { Event::MapStart };
        self.push(event, at, at + 1);
        Ok(at + 1)
    }

    /// From the end of a value, or from an opening bracket, to the next value: over commas and closing brackets. Gives the position of the
    /// next value or key, or that after the last bracket.
    fn between(
        &mut self,
        mut at: usize,
        end: usize,
        mut opened: bool,
        open: &mut Vec<Bracket>,
    ) -> Result<usize, Odd> {
        let mut comma = false;
        loop {
            at = self.spaces(at, end);
            let Some(&inner) = open.last() else { return Ok(at) };
            let close = if inner == Bracket::List { b']' } else { b'}' };
            match self.byte(at, end) {
                Some(byte) if byte == close => {
                    let event = if inner == Bracket::List { Event::ListEnd } else { Event::MapEnd };
                    self.push(event, at, at + 1);
                    open.pop();
                    at += 1;
                    if open.is_empty() {
                        return Ok(at);
                    }
                    (opened, comma) = (false, false);
                }
                Some(b',') if !opened && !comma => {
                    comma = true;
                    at += 1;
                }
                Some(b']' | b'}' | b',') | None => return Err(Odd),
                Some(_) if opened || comma => return Ok(at),
                Some(_) => return Err(Odd),
            }
        }
    }

    /// `key:` and the space after it; gives the position of the value, which must stand there.
    fn key_in_brackets(&mut self, at: usize, end: usize) -> Result<usize, Odd> {
        let content = self.text.as_bytes().get(at..end).unwrap_or_default();
        let len = key_len(content).ok_or(Odd)?;
        let key = self.text.get(at..at + len).unwrap_or("");
        self.push(plain(key), at, at + len);
        let value = self.spaces(at + len + 1, end);
        match self.byte(value, end) {
            None | Some(b',' | b']' | b'}' | b'#') => Err(Odd),
            Some(_) => Ok(value),
        }
    }

    /// A value without quotes, up to a comma or closing bracket.
    fn plain_in_brackets(&mut self, at: usize, end: usize) -> Result<usize, Odd> {
        let content = self.text.get(at..end).unwrap_or("");
        let bytes = content.as_bytes();
        begins_plain(bytes)?;
        if self.ready.len() > LONGEST {
            return Err(Odd);
        }
        let len = bytes.iter().position(|byte| b",[]{}#".contains(byte)).ok_or(Odd)?;
        let value = content.get(..len).unwrap_or("");
        let colon_ends = memchr::memchr_iter(b':', value.as_bytes())
            .any(|colon| matches!(value.as_bytes().get(colon + 1), None | Some(b' ')));
        if colon_ends || matches!(bytes.get(len), Some(b'[' | b'{' | b'#')) {
            return Err(Odd);
        }
        let trimmed = value.trim_end_matches(' ');
        self.push(plain(trimmed), at, at + trimmed.len());
        Ok(at + len)
    }
}
