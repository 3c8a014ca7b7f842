//! What is kept of an item that was read.

use compact_str::CompactString;

use super::ast::{Item, ItemKind, Suppression};
use super::lower::{Lowering, Node};
use super::outline::{Outline, outline};
use crate::text::Span;

/// What can be kept of an item: its tree, or only its [`Outline`], which is a tenth of it.
pub(super) trait Kept: From<Item> + Send {
    /// Of an item that fits. Nothing if what it cannot be without is missing.
    fn whole(node: Node<'_>, lowering: Lowering<'_>) -> Option<Self>;

    /// Where the item stands.
    fn span(&self) -> Span;

    /// The exemption in it that starts at this offset.
    fn exemption_at(&self, start: usize) -> Option<Span>;

    /// Takes in a comment before the item, or before an exemption in it.
    fn comment(&mut self, comment: Attached);
}

/// A comment that belongs to an item.
pub(super) enum Attached {
    /// The text of a `##` comment.
    Doc(CompactString),
    /// An exception.
    Suppression(Suppression),
}

impl Kept for Item {
    fn whole(node: Node<'_>, mut lowering: Lowering<'_>) -> Option<Self> {
        lowering.item(node)
    }

    fn span(&self) -> Span {
        self.span
    }

    fn exemption_at(&self, start: usize) -> Option<Span> {
        let ItemKind::Account(account) = &self.kind else { return None };
        [&account.listed, &account.unlisted].into_iter().flatten().find_map(|section| {
            let at = section.exempts.binary_search_by_key(&start, |exempt| exempt.span.start as usize);
            section.exempts.get(at.ok()?).map(|exempt| exempt.span)
        })
    }

    fn comment(&mut self, comment: Attached) {
        match comment {
            Attached::Doc(text) => self.docs.push(text),
            Attached::Suppression(suppression) => self.suppressions.push(suppression),
        }
    }
}

impl Kept for Outline {
    fn whole(node: Node<'_>, mut lowering: Lowering<'_>) -> Option<Self> {
        let parts = outline(node.clone(), lowering.base);
        lowering.item(node).map(|item| Self { parts, ..Self::from(item) })
    }

    fn span(&self) -> Span {
        self.span
    }

    fn exemption_at(&self, start: usize) -> Option<Span> {
        let at = self.exemptions.binary_search_by_key(&start, |exempt| exempt.start as usize);
        self.exemptions.get(at.ok()?).copied()
    }

    fn comment(&mut self, _: Attached) {}
}

/// The outline of an item of which something could not be read: nobody lays that out.
impl From<Item> for Outline {
    fn from(item: Item) -> Self {
        let mut exemptions: Vec<Span> = match &item.kind {
            ItemKind::Account(account) => account.exempts().map(|exempt| exempt.span).collect(),
            _ => Vec::new(),
        };
        exemptions.sort_unstable();
        Self { span: item.span, parts: Vec::new(), exemptions }
    }
}
