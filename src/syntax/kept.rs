//! What is kept of an item that was read.

use compact_str::CompactString;

use super::ast::{Item, Suppression};
use super::lower::{Lowering, Node};
use super::outline::{Outline, outline};
use crate::text::Span;

/// What can be kept of an item: its tree, or only its [`Outline`], which is a tenth of it.
pub(super) trait Kept: From<Item> + Send {
    /// Of an item that fits. Nothing if what it cannot be without is missing.
    fn whole(node: Node<'_>, lowering: Lowering<'_>) -> Option<Self>;

    /// Where the item stands.
    fn span(&self) -> Span;

    /// Takes in a comment before the item.
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
        lowering.item(node).map(|item| Self { span: item.span, parts })
    }

    fn span(&self) -> Span {
        self.span
    }

    fn comment(&mut self, _: Attached) {}
}

/// The outline of an item of which something could not be read: nobody lays that out.
impl From<Item> for Outline {
    fn from(item: Item) -> Self {
        Self { span: item.span, parts: Vec::new() }
    }
}
