//! Conditions: attributes looked up and types checked.

use super::Resolver;
use super::subject::Type;
use super::type_errors as errors;
use crate::diagnostics::Sink;
use crate::model::{Comparand, Condition, SetTerms, Subject, Test};
use crate::syntax::ast;
use crate::terms::EntityKind;
use crate::text::Span;

/// Where a condition stands, as far as that matters to it.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// In an `exempt`, which is about apps only.
    pub(super) exempt: bool,
    /// In a `block` or `withhold`, where an unknown user would open access.
    pub(super) strict: bool,
}

impl Setting {
    /// A condition with no demands of its own.
    pub(super) const PLAIN: Self = Self { exempt: false, strict: false };
}

impl Resolver<'_> {
    /// Resolves a condition. The parser's nesting limit bounds the recursion.
    pub(super) fn condition(
        &mut self,
        condition: &ast::Condition,
        setting: Setting,
        out: &mut Sink,
    ) -> Condition {
        let all = |this: &mut Self, parts: &[ast::Condition], out: &mut Sink| -> Vec<Condition> {
            parts.iter().map(|part| this.condition(part, setting, out)).collect()
        };
        match &condition.kind {
            ast::ConditionKind::And(parts) => Condition::And(all(self, parts, out)),
            ast::ConditionKind::Or(parts) => Condition::Or(all(self, parts, out)),
            ast::ConditionKind::Not(inner) => Condition::Not(Box::new(self.condition(inner, setting, out))),
            ast::ConditionKind::Test { subject, test } => {
                let span = condition.span;
                match self.test(span, subject, test, setting, out) {
                    Some((subject, test)) => Condition::Test { span, subject, test },
                    None => Condition::Invalid,
                }
            }
        }
    }

    fn test(
        &mut self,
        span: Span,
        path: &ast::AttributePath,
        test: &ast::TestKind,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<(Subject, Test)> {
        let subject = self.subject(path, out)?;
        if setting.exempt && self.owner_of(subject) == EntityKind::User {
            out.push(errors::user_in_exemption(path));
            return None;
        }
        let left = Left { path, subject, ty: self.type_of(subject), span };
        let test = match test {
            ast::TestKind::Flag => self.flag(&left, out)?,
            ast::TestKind::Is(value) => Test::Is(self.scalar(&left, "is", value, setting, out)?),
            ast::TestKind::IsNot(value) => Test::IsNot(self.scalar(&left, "is not", value, setting, out)?),
            ast::TestKind::Compare(op, value) => {
                Test::Compare(*op, self.ordered(&left, op.name(), value, setting, out)?)
            }
            ast::TestKind::In(values) => Test::In(self.scalars(&left, values, setting, out)?),
            ast::TestKind::AnyIn(values) => Test::AnyIn(self.set(&left, "any in", values, out)?),
            ast::TestKind::AllIn(values) => Test::AllIn(self.set(&left, "all in", values, out)?),
            ast::TestKind::Contains(value) => Test::Contains(self.contains(&left, value, out)?),
        };
        Some((subject, test))
    }

    fn flag(&self, left: &Left<'_>, out: &mut Sink) -> Option<Test> {
        if left.ty == Type::Flag {
            return Some(Test::Flag);
        }
        out.push(errors::flag_expected(left.path, &self.describe(left.subject), left.ty));
        None
    }

    fn scalar(
        &mut self,
        left: &Left<'_>,
        operator: &str,
        value: &ast::Literal,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Comparand> {
        if left.ty.is_set() {
            out.push(errors::single_value_expected(
                left.path,
                &self.describe(left.subject),
                operator,
                left.span,
            ));
            return None;
        }
        self.comparand(left.subject, left.ty, value, setting, out)
    }

    fn ordered(
        &mut self,
        left: &Left<'_>,
        operator: &str,
        value: &ast::Literal,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Comparand> {
        match left.ty {
            Type::Number | Type::Date | Type::Choice { ordered: true } => {
                self.comparand(left.subject, left.ty, value, setting, out)
            }
            _ => {
                let ty = self.describe(left.subject);
                out.push(errors::unordered_comparison(left.path, &ty, operator, left.ty, left.span));
                None
            }
        }
    }

    fn scalars(
        &mut self,
        left: &Left<'_>,
        values: &[ast::Literal],
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Vec<Comparand>> {
        if left.ty.is_set() {
            out.push(errors::single_value_expected(left.path, &self.describe(left.subject), "in", left.span));
            return None;
        }
        let found: Vec<Option<Comparand>> =
            values.iter().map(|value| self.comparand(left.subject, left.ty, value, setting, out)).collect();
        found.into_iter().collect()
    }

    fn set(
        &mut self,
        left: &Left<'_>,
        operator: &str,
        values: &[ast::Literal],
        out: &mut Sink,
    ) -> Option<SetTerms> {
        if !left.ty.is_set() {
            out.push(errors::set_expected(left.path, &self.describe(left.subject), operator, left.span));
            return None;
        }
        self.set_terms(left.subject, left.ty, values, out)
    }

    fn contains(&mut self, left: &Left<'_>, value: &ast::Literal, out: &mut Sink) -> Option<SetTerms> {
        if left.ty == Type::Scopes
            && let ast::LiteralKind::Scopes(term) = &value.kind
            && !matches!(term.kind, ast::ScopeTermKind::Scope(_))
        {
            out.push(errors::pattern_in_contains(self.sources.slice(value.span), left.path, value.span));
            return None;
        }
        self.set(left, "contains", std::slice::from_ref(value), out)
    }

    /// The type of a subject in words.
    pub(super) fn describe(&self, subject: Subject) -> String {
        match self.type_of(subject) {
            Type::Text => "a text".into(),
            Type::Flag => "a flag".into(),
            Type::Number => "a number".into(),
            Type::Date => "a date".into(),
            Type::Scopes => "a set of scopes".into(),
            Type::Roles => "a set of roles".into(),
            Type::Groups => "a set of groups".into(),
            Type::Choice { ordered } => {
                let choices = self.choices(subject);
                let some: Vec<String> = choices.iter().take(8).map(|choice| format!("`{choice}`")).collect();
                let more = if choices.len() > some.len() { ", …" } else { "" };
                format!("one of {}{more}", some.join(if ordered { " < " } else { ", " }))
            }
        }
    }
}

/// The left side of a test.
struct Left<'t> {
    path: &'t ast::AttributePath,
    subject: Subject,
    ty: Type,
    /// The whole test.
    span: Span,
}
