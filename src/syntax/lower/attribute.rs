//! Declared attributes.

use super::{Lowering, Node};
use crate::syntax::ast::{AttributeDeclaration, AttributeType, ItemKind, Name};
use crate::syntax::explain;
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

impl Lowering<'_> {
    /// `attribute OWNER.NAME: TYPE`; nothing if the owner or the type is none.
    pub(super) fn attribute(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let path = inner.next()?;
        let path = self.name(&path);
        let subject = super::literal::attribute_path(&path);
        if subject.is_none() {
            self.push(super::condition::bad_attribute_path(path.span, &path.text));
        }
        let ty = inner.next()?;
        let type_span = self.span(&ty);
        let ty = self.attribute_type(ty);
        let subject = subject?;
        let head = self.head(whole, path.span);
        let declaration =
            AttributeDeclaration { owner: subject.owner, name: subject.name, ty: ty?, type_span };
        Some((head, ItemKind::Attribute(declaration)))
    }

    fn attribute_type(&mut self, node: Node<'_>) -> Option<AttributeType> {
        if node.as_rule() == Rule::one_of {
            return Some(self.one_of(node));
        }
        Some(match node.as_str() {
            "text" => AttributeType::Text,
            "flag" => AttributeType::Flag,
            "number" => AttributeType::Number,
            "date" => AttributeType::Date,
            _ => {
                let name = self.name(&node);
                self.push(explain::messages::unknown_type(&name));
                return None;
            }
        })
    }

    fn one_of(&mut self, node: Node<'_>) -> AttributeType {
        let mut ordered = false;
        let mut values: Vec<Name> = Vec::new();
        for part in parts(node) {
            if part.as_rule() == Rule::lower {
                ordered = true;
            } else {
                values.push(self.name(&part));
            }
        }
        AttributeType::OneOf { values, ordered }
    }
}
