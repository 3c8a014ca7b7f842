//! Attributes and values in conditions.

use super::selection::only_in_scope_lists;
use super::{Lowering, Node};
use crate::syntax::ast::{AttributePath, Literal, LiteralKind, Name, ScopeTerm, ScopeTermKind};
use crate::syntax::explain;
use crate::syntax::grammar::Rule;
use crate::terms::EntityKind;
use crate::text::{Date, NumberError, Span, number};

impl Lowering<'_> {
    /// A value in a condition.
    pub(super) fn literal(&mut self, node: Node<'_>) -> Option<Literal> {
        let span = self.span(&node);
        if node.as_rule() == Rule::set_ref {
            let set = self.only_name(node)?;
            let kind = LiteralKind::Scopes(ScopeTerm { span, kind: ScopeTermKind::Set(set) });
            return Some(Literal { span, kind });
        }
        let name = self.name(&node);
        if !name.quoted && name.text == "not" {
            self.push(explain::messages::bare_not(span));
            return None;
        }
        if !name.quoted && is_decimal(&name.text) && number(&name.text) == Err(NumberError::Imprecise) {
            self.push(explain::messages::imprecise_number(&name));
            return None;
        }
        Some(Literal { span, kind: literal_kind(name) })
    }
}

/// What a word or quoted text is as a value.
fn literal_kind(name: Name) -> LiteralKind {
    if name.quoted {
        return LiteralKind::Word(name);
    }
    if name.text == "today" {
        return LiteralKind::Today;
    }
    if let Ok(date) = Date::parse(&name.text) {
        return LiteralKind::Date(date, name);
    }
    if is_decimal(&name.text)
        && let Ok(number) = number(&name.text)
    {
        return LiteralKind::Number(number, name);
    }
    if let Some(path) = attribute_path(&name) {
        return LiteralKind::Attribute(path);
    }
    match only_in_scope_lists(&name, name.span) {
        Some(term) => LiteralKind::Scopes(term),
        None => LiteralKind::Word(name),
    }
}

/// `app.risk` and the like.
pub(in crate::syntax) fn attribute_path(name: &Name) -> Option<AttributePath> {
    let (owner, rest) = name.text.split_once('.')?;
    let owner_kind = EntityKind::from_name(owner)?;
    if rest.is_empty() || rest.contains(':') || rest.contains('@') || rest.contains('*') {
        return None;
    }
    let start = name.span.start as usize + owner.len() + 1;
    let span = Span::new(name.span.file, start, name.span.end as usize);
    let rest = Name { text: rest.into(), span, quoted: false };
    Some(AttributePath { owner: owner_kind, name: rest, span: name.span })
}

/// Whether a word is a decimal such as `12`, `-3` or `0.5`.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}
