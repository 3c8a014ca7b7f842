//! Words, quoted texts, dates and e-mail addresses.

use compact_str::CompactString;

use super::{Lowering, Node};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::syntax::ast::{Name, Spanned};
use crate::syntax::grammar::{Rule, parts};
use crate::terms::written;
use crate::text::{Date, DateError, Span};

declare_code! {
    /// A backslash in a quoted text that starts no escape.
    BAD_ESCAPE = Syntax, Error, "bad-escape", "a backslash in a quoted text that starts no known escape"
}
declare_code! {
    /// A word where a day is meant that is no day.
    BAD_DATE = Syntax, Error, "bad-date", "a word that should be a day, but is no day of the calendar written `YYYY-MM-DD`"
}
declare_code! {
    /// A word where a user is meant that is no e-mail address.
    BAD_ADDRESS = Syntax, Error, "bad-address", "a word where a user is meant that is no e-mail address"
}

impl Lowering<'_> {
    /// The name that a `word`, `bare` or `string` is.
    pub(in crate::syntax) fn name(&mut self, node: &Node<'_>) -> Name {
        let span = self.span(node);
        if node.as_rule() != Rule::string {
            return Name { text: CompactString::new(node.as_str()), span, quoted: false };
        }
        self.quoted(node.as_str(), span)
    }

    /// The name that a quoted text is, which stands at `span`.
    pub(in crate::syntax) fn quoted(&mut self, quoted: &str, span: Span) -> Name {
        let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
        let text = if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            CompactString::new(inner)
        } else {
            self.unescaped(inner, span.start as usize + 1)
        };
        Name { text, span, quoted: true }
    }

    /// The text of a string, whose inside starts at offset `start`. What is no escape is reported and left out.
    fn unescaped(&mut self, inner: &str, start: usize) -> CompactString {
        let mut text = CompactString::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            let (before, escape) = rest.split_at(at);
            text.push_str(before);
            let offset = start + inner.len() - escape.len();
            let (length, character) = read_escape(escape);
            match character {
                Some(character) => text.push(character),
                None => {
                    let span = Span::new(self.file, offset, offset + length);
                    self.push(bad_escape(span, escape.get(..length).unwrap_or(escape)));
                }
            }
            rest = escape.get(length..).unwrap_or("");
        }
        text.push_str(rest);
        text
    }

    /// The only name in a pair, such as the one after `id`.
    pub(super) fn only_name(&mut self, node: Node<'_>) -> Option<Name> {
        let part = parts(node).next()?;
        Some(self.name(&part))
    }

    /// The names in a pair, in order.
    pub(super) fn names(&mut self, node: Node<'_>) -> Vec<Name> {
        parts(node).map(|part| self.name(&part)).collect()
    }

    /// The day in a pair, such as the one after `until`. What is no day is reported.
    pub(super) fn date(&mut self, node: Node<'_>) -> Option<Spanned<Date>> {
        let name = self.only_name(node)?;
        match Date::parse(&name.text) {
            Ok(value) => Some(Spanned { value, span: name.span }),
            Err(error) => {
                self.push(bad_date(name.span, &name.text, error));
                None
            }
        }
    }

    /// The e-mail address after `owner`. What is none is reported.
    pub(super) fn owner(&mut self, node: Node<'_>) -> Option<Name> {
        let name = self.only_name(node)?;
        if is_address(&name.text, name.quoted) {
            return Some(name);
        }
        self.push(bad_owner(name.span, &name.text));
        None
    }

    /// The name itself if it is an e-mail address. What is none is reported.
    pub(super) fn address(&mut self, name: Name) -> Option<Name> {
        if is_address(&name.text, name.quoted) {
            return Some(name);
        }
        self.push(bad_address(name.span, &name.text));
        None
    }
}

/// How long the escape at the start of `text` is, and which character it stands for if it is one.
fn read_escape(text: &str) -> (usize, Option<char>) {
    let mut characters = text.chars().skip(1);
    let first = match characters.next() {
        Some(first @ ('"' | '\\')) => return (2, Some(first)),
        Some('n') => return (2, Some('\n')),
        Some('u') if characters.next() == Some('{') => 'u',
        Some(other) => other,
        None => return (1, None),
    };
    if first != 'u' || !text.starts_with("\\u{") {
        return (1 + first.len_utf8(), None);
    }
    let digits = text.get(3..).unwrap_or("");
    let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    let closed = digits.as_bytes().get(length) == Some(&b'}');
    let digits = digits.get(..length).unwrap_or("");
    let value = if (1..=6).contains(&length) { u32::from_str_radix(digits, 16).ok() } else { None };
    (3 + length + usize::from(closed), value.filter(|_| closed).and_then(char::from_u32))
}

/// Whether a text can be an e-mail address. A quoted one may hold any characters around its `@`.
pub(in crate::syntax) fn is_address(text: &str, quoted: bool) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
    let domain_fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    !local.is_empty()
        && !domain.is_empty()
        && (quoted || (local.bytes().all(local_fits) && domain.bytes().all(domain_fits)))
}

fn bad_escape(span: Span, text: &str) -> Diagnostic {
    let help = if text.starts_with("\\u") {
        "a character by its number is written `\\u{…}` with one to six hexadecimal digits, such as `\\u{e9}`"
    } else {
        "only `\\\"`, `\\\\`, `\\n` and `\\u{…}` are known; write a backslash itself as `\\\\`"
    };
    Diagnostic::new(&BAD_ESCAPE, span, format!("`{text}` is no escape")).help(help)
}

/// The finding for a word that should be a day.
pub(in crate::syntax) fn bad_date(span: Span, text: &str, error: DateError) -> Diagnostic {
    match error {
        DateError::Calendar => Diagnostic::new(&BAD_DATE, span, format!("the calendar has no day `{text}`"))
            .help("days are written `YYYY-MM-DD`"),
        DateError::Form => {
            let help = match padded(text) {
                Some(date) => format!("did you mean `{date}`?"),
                None => "days are written `YYYY-MM-DD`, such as `2027-03-31`".to_owned(),
            };
            Diagnostic::new(&BAD_DATE, span, format!("`{text}` is no day")).help(help)
        }
    }
}

/// The day that was meant by `2026-1-1`, `2026/01/01`, `2026.1.1` or a day with something after it.
fn padded(text: &str) -> Option<Date> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let [year, month, day] = [numbers.next()?, numbers.next()?, numbers.next()?];
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The finding for an owner that is no e-mail address.
pub(in crate::syntax) fn bad_owner(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(&BAD_ADDRESS, span, format!("`{text}` is no e-mail address"))
        .help("an owner is one person, named by e-mail address")
}

/// The finding for a word that should be an e-mail address.
pub(in crate::syntax) fn bad_address(span: Span, text: &str) -> Diagnostic {
    let (message, help) = match text {
        "group" | "role" => {
            (format!("expected the name of a {text} after `{text}`"), format!("write `{text} NAME`"))
        }
        _ if text.contains('@') => (
            format!("`{text}` is no e-mail address"),
            "an unusual address is written in double quotes".to_owned(),
        ),
        _ if nearest(text, ["everyone"]).is_some() => {
            (format!("`{text}` is no e-mail address"), "did you mean `everyone`?".to_owned())
        }
        _ => {
            let name = written(text);
            (
                format!("`{text}` is no e-mail address"),
                format!("a user is named by e-mail address; did you mean `group {name}` or `role {name}`?"),
            )
        }
    };
    Diagnostic::new(&BAD_ADDRESS, span, message).help(help)
}
