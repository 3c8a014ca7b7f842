//! `# admit: allow CODE, … until DATE because "…"`.

use super::ast::{Comment, Name, Suppression};
use super::cursor::{Cursor, Kind};
use super::explain::shown;
use super::lower::{Lowering, bad_date};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest};
use crate::text::{Date, FileId, Span};

declare_code! {
    /// A comment that steers admit but cannot be read, or stands where it steers nothing.
    BAD_DIRECTIVE = Syntax, Error, "bad-directive", "an `# admit:` comment that cannot be read or is about nothing"
}

/// What a directive looks like, for help.
const FORM: &str = "write `# admit: allow CODE until YYYY-MM-DD because \"…\"` (the date may be left out, the reason may not)";

/// The suppression that a directive before `about` is, or nothing if it cannot be read: that is reported.
pub(super) fn read(
    file: FileId,
    text: &str,
    comment: Comment,
    about: Span,
    out: &mut Sink,
) -> Option<Suppression> {
    let end = comment.span.end as usize;
    // The comment ends the text here, so that nothing behind it is read.
    let text = text.get(..end)?;
    let start = text.get(comment.span.start as usize..)?.find(':')? + comment.span.start as usize + 1;
    let mut directive = Directive { cursor: Cursor::new(file, text, start), comment, about, out };
    directive.read().map_err(|diagnostic| directive.out.push(*diagnostic)).ok()
}

/// The finding for a directive that stands before nothing that it could be about.
pub(super) fn misplaced(comment: Comment) -> Diagnostic {
    Diagnostic::new(&BAD_DIRECTIVE, comment.span, "this comment stands before no item and no exemption")
        .help("put it on a line of its own right before the item or the `exempt` that it is about")
}

struct Directive<'t, 'o> {
    cursor: Cursor<'t>,
    comment: Comment,
    about: Span,
    out: &'o mut Sink,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl Directive<'_, '_> {
    fn read(&mut self) -> Read<Suppression> {
        if !self.cursor.take_word("allow") {
            return Err(self.expected("`allow`", &["allow"]));
        }
        let mut codes = vec![self.code()?];
        while self.cursor.take_mark(",") {
            codes.push(self.code()?);
        }
        let until = if self.cursor.take_word("until") { Some(self.date()?) } else { None };
        if !self.cursor.take_word("because") {
            let end = self.cursor.peek().kind == Kind::End;
            if end {
                let diagnostic =
                    Diagnostic::new(&BAD_DIRECTIVE, self.comment.span, "this comment gives no reason");
                return Err(Box::new(
                    diagnostic.help("add `because \"…\"`: whoever reads it later wants to know why"),
                ));
            }
            return Err(self.expected("`,`, `until` or `because`", &["until", "because"]));
        }
        let because = self.reason()?;
        if self.cursor.peek().kind != Kind::End {
            return Err(self.expected("the end of the comment", &[]));
        }
        Ok(Suppression { span: self.comment.span, about: self.about, codes, until, because: because.text })
    }

    fn code(&mut self) -> Read<Name> {
        let token = self.cursor.peek();
        // With the stage before it, as in `lint/unused-group`, a code is printed by reports.
        let fits =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/');
        if token.kind != Kind::Word || !token.text.bytes().all(fits) {
            return Err(self.expected("the code of a finding, such as `unused-group`", &[]));
        }
        self.cursor.at = token.end();
        Ok(Name { text: token.text.into(), span: self.cursor.span(token), quoted: false })
    }

    fn date(&mut self) -> Read<Date> {
        let token = self.cursor.peek();
        if token.kind != Kind::Word {
            return Err(self.expected("a day", &[]));
        }
        self.cursor.at = token.end();
        Date::parse(token.text)
            .map_err(|error| Box::new(bad_date(self.cursor.span(token), token.text, error)))
    }

    fn reason(&mut self) -> Read<Name> {
        let token = self.cursor.peek();
        if token.kind != (Kind::Text { closed: true }) {
            return Err(self.expected("a reason in double quotes", &[]));
        }
        self.cursor.at = token.end();
        let (file, span) = (self.cursor.file, self.cursor.span(token));
        let name = Lowering { file, base: token.start, out: self.out }.quoted(token.text, span);
        if name.text.trim().is_empty() {
            let diagnostic = Diagnostic::new(&BAD_DIRECTIVE, span, "the reason is empty");
            return Err(Box::new(diagnostic.help("say why: whoever reads it later wants to know")));
        }
        Ok(name)
    }

    fn expected(&self, what: &str, words: &[&'static str]) -> Box<Diagnostic> {
        let token = self.cursor.peek();
        let (found, span) = match token.kind {
            Kind::End => ("the end of the comment".to_owned(), self.comment.span),
            _ => (shown(token.text), Span::new(self.cursor.file, token.start, token.end())),
        };
        let near = nearest(token.text, words.iter().copied());
        let help = near.map_or_else(|| FORM.to_owned(), |near| format!("did you mean `{near}`?"));
        Box::new(Diagnostic::new(&BAD_DIRECTIVE, span, format!("expected {what}, found {found}")).help(help))
    }
}
