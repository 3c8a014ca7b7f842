//! The values that conditions compare with.

use super::Resolver;
use super::condition::Setting;
use super::selection::Strictness;
use super::subject::Type;
use super::type_errors as errors;
use crate::diagnostics::Sink;
use crate::model::{Comparand, ScopeTerm, ScopeTermKind, SetTerms, Subject, Value};
use crate::syntax::ast;
use crate::terms::{EntityKind, fold_email};

impl Resolver<'_> {
    /// What a scalar subject is compared with; a value of another type is reported.
    pub(super) fn comparand(
        &mut self,
        subject: Subject,
        ty: Type,
        literal: &ast::Literal,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Comparand> {
        match (&literal.kind, ty) {
            (ast::LiteralKind::Attribute(path), _) => self.other_subject(subject, path, setting, out),
            (ast::LiteralKind::Today, Type::Date) => Some(Comparand::Today),
            (ast::LiteralKind::Date(date, _), Type::Date) => Some(Comparand::Value(Value::Date(*date))),
            (ast::LiteralKind::Number(number, _), Type::Number) => {
                Some(Comparand::Value(Value::Number(*number)))
            }
            (ast::LiteralKind::Word(word), Type::Flag) if !word.quoted && is_flag(&word.text) => {
                Some(Comparand::Value(Value::Flag(word.text == "true")))
            }
            (
                ast::LiteralKind::Word(word)
                | ast::LiteralKind::Date(_, word)
                | ast::LiteralKind::Number(_, word),
                Type::Text | Type::Choice { .. },
            ) => self.word(subject, ty, word, setting, out).map(Comparand::Value),
            _ => {
                let (left, ty_text) = (self.subject_name(subject), self.describe(subject));
                out.push(errors::type_mismatch(
                    &left,
                    &ty_text,
                    ty,
                    literal,
                    self.sources.slice(literal.span),
                ));
                None
            }
        }
    }

    fn other_subject(
        &mut self,
        subject: Subject,
        path: &ast::AttributePath,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Comparand> {
        let other = self.subject(path, out)?;
        if setting.exempt && self.owner_of(other) == EntityKind::User {
            out.push(errors::user_in_exemption(path));
            return None;
        }
        if self.comparable(subject, other) {
            return Some(Comparand::Subject(other));
        }
        let (left, right) = (self.subject_name(subject), self.subject_name(other));
        let (left_type, right_type) = (self.describe(subject), self.describe(other));
        out.push(errors::attributes_differ(&left, &left_type, &right, &right_type, path.span));
        None
    }

    /// A word that a text or a choice is compared with.
    fn word(
        &mut self,
        subject: Subject,
        ty: Type,
        word: &ast::Name,
        setting: Setting,
        out: &mut Sink,
    ) -> Option<Value> {
        if let Type::Choice { .. } = ty {
            let found = self.choice(subject, &word.text);
            if found.is_none() {
                self.unknown_choice(subject, word, out);
            }
            return found.map(Value::Choice);
        }
        match subject {
            Subject::AppId => {
                self.app(word, out)?;
            }
            Subject::AppDeveloper => {
                self.developer(word, out)?;
            }
            Subject::UserEmail => {
                let strictness = if setting.strict { Strictness::Error } else { Strictness::Warning };
                self.user(word, strictness, out);
            }
            _ => {}
        }
        let text = match subject {
            Subject::UserEmail | Subject::UserDomain => fold_email(&word.text),
            _ => word.text.as_str().into(),
        };
        Some(Value::Text(self.model.names.intern(&text)))
    }

    fn unknown_choice(&self, subject: Subject, word: &ast::Name, out: &mut Sink) {
        let choices = self.choices(subject);
        let near = self.budget.nearest(&word.text, choices.iter().copied());
        let left = self.subject_name(subject);
        out.push(errors::unknown_choice(&left, &self.describe(subject), &word.text, word.span, near));
    }

    /// What the members of a set are matched with.
    pub(super) fn set_terms(
        &mut self,
        subject: Subject,
        ty: Type,
        values: &[ast::Literal],
        out: &mut Sink,
    ) -> Option<SetTerms> {
        let mut fits = true;
        let (mut scopes, mut roles, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for value in values {
            let found = match (&value.kind, ty) {
                (ast::LiteralKind::Scopes(term), Type::Scopes) => {
                    self.scope_term(term, out).map(|term| scopes.push(term))
                }
                (
                    ast::LiteralKind::Word(word)
                    | ast::LiteralKind::Date(_, word)
                    | ast::LiteralKind::Number(_, word),
                    _,
                ) => match ty {
                    Type::Roles => self.role(word, out).map(|role| roles.push(role.id)),
                    Type::Groups => self.group(word, out).map(|group| groups.push(group.id)),
                    _ => {
                        let id = self.scope(&word.text, word.span);
                        scopes.push(ScopeTerm { span: word.span, kind: ScopeTermKind::Scope(id) });
                        Some(())
                    }
                },
                _ => {
                    let (left, ty_text) = (self.subject_name(subject), self.describe(subject));
                    let text = self.sources.slice(value.span);
                    out.push(errors::type_mismatch(&left, &ty_text, ty, value, text));
                    None
                }
            };
            fits &= found.is_some();
        }
        fits.then_some(match ty {
            Type::Roles => SetTerms::Roles(roles),
            Type::Groups => SetTerms::Groups(groups),
            _ => SetTerms::Scopes(scopes),
        })
    }
}

fn is_flag(word: &str) -> bool {
    word == "true" || word == "false"
}
