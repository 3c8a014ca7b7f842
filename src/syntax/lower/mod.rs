//! Pairs of the grammar to the syntax tree, one file per construct.
//!
//! Lowering also says what a well-formed item may not say: clauses that stand twice, do not belong or are missing, words that are no
//! date or address, escapes that do not exist. Such an item is kept where its tree is still whole.

mod account;
mod attribute;
mod clauses;
mod condition;
mod entity;
mod lists;
mod literal;
mod name;
mod role;
mod rule;
mod selection;
mod test;

pub(super) use account::AccountParts;
pub(super) use clauses::{
    BARE_APPS, Clause, MISPLACED_CLAUSE, MISSING_CLAUSE, REPEATED_CLAUSE, RuleShape, bare_apps,
};
pub(super) use condition::{BAD_ATTRIBUTE_PATH, MIXED_AND_OR};
pub(super) use entity::EntityParts;
pub(super) use name::{BAD_ADDRESS, BAD_DATE, BAD_ESCAPE, bad_address, bad_date, bad_owner, is_address};
pub(super) use role::RoleParts;
pub(super) use test::TestParts;

use pest::iterators::Pair;

use super::ast::{Item, ItemKind};
use super::grammar::Rule;
use crate::diagnostics::{Diagnostic, Sink};
use crate::text::{FileId, Span};

/// A pair of the grammar.
pub(super) type Node<'i> = Pair<'i, Rule>;

/// Where lowering stands: the file, the offset at which the text that pest was given starts, and where findings go.
pub(super) struct Lowering<'o> {
    /// The file.
    pub file: FileId,
    /// The offset in the file of the first byte that pest was given.
    pub base: usize,
    /// Where findings go.
    pub out: &'o mut Sink,
}

impl Lowering<'_> {
    /// Where a pair stands.
    fn span(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    /// The first `length` bytes of a pair: the keyword it starts with.
    fn first(&self, node: &Node<'_>, length: usize) -> Span {
        let start = self.base + node.as_span().start();
        Span::new(self.file, start, start + length)
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// The item that a pair of an item rule is, or nothing if something that it cannot be without is missing.
    pub(super) fn item(&mut self, node: Node<'_>) -> Option<Item> {
        let span = self.span(&node);
        let keyword = node.as_rule();
        let (head, kind) = match keyword {
            Rule::approve | Rule::block | Rule::withhold | Rule::waive | Rule::grant => {
                let rule = self.rule(node)?;
                (rule.head, ItemKind::Rule(Box::new(rule)))
            }
            Rule::user | Rule::app_facts | Rule::developer => {
                let entity = self.entity(node)?;
                (self.head(span, entity.name.span), ItemKind::Entity(entity))
            }
            Rule::group => self.group(node)?,
            Rule::allowlist => self.allowlist(node)?,
            Rule::scope_set => self.scope_set(node)?,
            Rule::role => self.role(node)?,
            Rule::attribute => self.attribute(node)?,
            Rule::account => self.account(node),
            Rule::test => self.test(node)?,
            Rule::accept => self.accept(node)?,
            _ => return None,
        };
        Some(Item { span, head, docs: Vec::new(), suppressions: Vec::new(), kind })
    }

    /// From the start of an item to the end of its name.
    fn head(&self, item: Span, name: Span) -> Span {
        Span { end: name.end, ..item }
    }
}
