//! Rules and accepted widenings.

use super::clauses::Tail;
use super::{Lowering, Node, RuleShape};
use crate::syntax::ast::{Accept, AppSelection, ItemKind, Rule as PolicyRule, RuleKind};
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

/// What a rule is about: the part between its keyword and its clauses.
enum Subject {
    Apps(AppSelection),
    Kind(RuleKind),
}

impl Lowering<'_> {
    /// The rule that a pair of a rule's grammar rule is; nothing if its subject or the people it needs could not be read.
    pub(super) fn rule(&mut self, node: Node<'_>) -> Option<PolicyRule> {
        let (span, rule) = (self.span(&node), node.as_rule());
        let shape = RuleShape::of(rule);
        let keyword = self.first(&node, shape.keyword.len());
        let mut inner = parts(node);
        let subject = inner.next()?;
        let head = keyword.to(self.tight(&subject));
        let subject = self.subject(rule, subject);
        let tail = self.tail(inner, shape, head);
        let Tail { people, apps, when, reviewed, clauses, .. } = tail;
        let needs_people = rule != Rule::block && rule != Rule::exempt;
        if needs_people && people.is_none() {
            return None;
        }
        let (apps, kind) = match subject? {
            Subject::Kind(kind) => (apps, kind),
            Subject::Apps(apps) => {
                let kind = match rule {
                    Rule::approve => RuleKind::Approve { reviewed },
                    Rule::block => RuleKind::Block,
                    _ => RuleKind::Exempt,
                };
                (Some(apps), kind)
            }
        };
        Some(PolicyRule { span, head, kind, apps, people, when, clauses })
    }

    /// The part of a subject that the head covers: all of it, or its first entry if it runs over several lines.
    fn tight(&self, subject: &Node<'_>) -> Span {
        let first = parts(subject.clone()).next();
        match first {
            Some(first) if memchr::memchr(b'\n', subject.as_str().as_bytes()).is_some() => self.span(&first),
            _ => self.span(subject),
        }
    }

    fn subject(&mut self, rule: Rule, node: Node<'_>) -> Option<Subject> {
        Some(match rule {
            Rule::withhold => Subject::Kind(RuleKind::Withhold { scopes: self.scope_terms(node) }),
            Rule::waive => Subject::Kind(RuleKind::Waive { rule: self.name(&node) }),
            Rule::grant => Subject::Kind(RuleKind::Grant { role: self.name(&node) }),
            _ => Subject::Apps(self.apps(node)?),
        })
    }

    /// `accept PEOPLE gain APPS …`; nothing if a part of it is missing.
    pub(super) fn accept(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let span = self.span(&node);
        let shape = RuleShape::of(Rule::accept);
        let keyword = self.first(&node, shape.keyword.len());
        let mut inner = parts(node);
        let (people, apps) = (inner.next()?, inner.next()?);
        let head = keyword.to(self.tight(&people));
        let (people, apps) = (self.people(people), self.apps(apps));
        let clauses = self.tail(inner, shape, head).clauses;
        if clauses.owner.is_none() || clauses.until.is_none() || clauses.because.is_none() {
            return None;
        }
        let accept = Accept { span, people: people?, apps: apps?, clauses };
        Some((head, ItemKind::Accept(Box::new(accept))))
    }
}
