//! Policy tests.

use super::clauses::repeated;
use super::{Lowering, Node};
use crate::syntax::ast::{Assertion, AssertionKind, Condition, Entity, ItemKind, Name, PolicyTest};
use crate::syntax::explain;
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

/// A test whose entries are being read.
pub(in crate::syntax) struct TestParts {
    test: PolicyTest,
}

impl TestParts {
    /// A test without entries.
    pub(in crate::syntax) fn new(name: Name) -> Self {
        Self { test: PolicyTest { name, at: None, given: Vec::new(), assertions: Vec::new() } }
    }

    /// Adds the entity of a `given`.
    pub(in crate::syntax) fn add_given(&mut self, entity: Entity) {
        self.test.given.push(entity);
    }

    /// The test.
    pub(in crate::syntax) fn finish(self) -> ItemKind {
        ItemKind::Test(Box::new(self.test))
    }
}

impl Lowering<'_> {
    /// `test "…" at DATE { … }`
    pub(super) fn test(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.name(&name);
        let head = self.head(whole, name.span);
        let mut test = TestParts::new(name);
        for part in inner {
            self.test_entry(&mut test, part);
        }
        Some((head, test.finish()))
    }

    /// One entry of a test; also the `at` before its brace.
    pub(in crate::syntax) fn test_entry(&mut self, parts_so_far: &mut TestParts, node: Node<'_>) {
        let test = &mut parts_so_far.test;
        match node.as_rule() {
            Rule::at => test.at = self.date(node),
            Rule::given => {
                let entity = parts(node).next().and_then(|entity| self.entity(entity));
                test.given.extend(entity);
            }
            Rule::assertion => test.assertions.extend(self.assertion(node)),
            _ => {}
        }
    }

    /// `allow`, `deny` or `only`; nothing if a part of it could not be read.
    fn assertion(&mut self, node: Node<'_>) -> Option<Assertion> {
        let span = self.span(&node);
        let mut inner = parts(node);
        let verdict = inner.next()?;
        let verdict = verdict.as_str();
        let (people, apps) = (inner.next()?, inner.next()?);
        let (people, apps) = (self.people(people), self.apps(apps));
        let mut when: Option<(Option<Condition>, Span)> = None;
        let mut with: Option<(Vec<Name>, Span)> = None;
        for clause in inner {
            let keyword = self.first(&clause, "when".len());
            match (clause.as_rule(), &when, &with) {
                (Rule::when, Some((_, first)), _) => self.push(repeated(keyword, "when", *first)),
                (Rule::with, _, Some((_, first))) => self.push(repeated(keyword, "with", *first)),
                (Rule::when, ..) => {
                    let condition = parts(clause).next().and_then(|condition| self.condition(condition));
                    when = Some((condition, keyword));
                }
                _ => with = Some((self.names(clause), keyword)),
            }
        }
        // A condition that could not be read leaves no assertion: without it, it would claim more.
        let when = match when {
            Some((condition, _)) => Some(condition?),
            None => None,
        };
        let kind = match (verdict, with) {
            ("deny", with) => AssertionKind::Deny { with: with.map(|(codes, _)| codes).unwrap_or_default() },
            (_, Some((_, keyword))) => {
                self.push(explain::messages::with_needs_deny(keyword, verdict));
                return None;
            }
            ("allow", None) => AssertionKind::Allow,
            _ => AssertionKind::Only,
        };
        Some(Assertion { span, kind, people: people?, apps: apps?, when })
    }
}
