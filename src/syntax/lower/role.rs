//! Roles.

use super::clauses::repeated;
use super::{Lowering, Node};
use crate::syntax::ast::{ItemKind, Name, ScopeTerm, Spanned};
use crate::syntax::explain;
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

/// A role whose clauses are being read.
pub(in crate::syntax) struct RoleParts {
    name: Name,
    extends: Vec<Name>,
    privileges: Option<Spanned<Vec<Name>>>,
    scopes: Option<Spanned<Vec<ScopeTerm>>>,
}

impl RoleParts {
    /// A role without clauses.
    pub(in crate::syntax) fn new(name: Name) -> Self {
        Self { name, extends: Vec::new(), privileges: None, scopes: None }
    }

    /// The role.
    pub(in crate::syntax) fn finish(self) -> ItemKind {
        ItemKind::Role {
            name: self.name,
            extends: self.extends,
            privileges: self.privileges.map(|clause| clause.value).unwrap_or_default(),
            scopes: self.scopes.map(|clause| clause.value).unwrap_or_default(),
        }
    }
}

impl Lowering<'_> {
    /// `role NAME [extends …] { … }`
    pub(super) fn role(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.name(&name);
        let head = self.head(whole, name.span);
        let mut role = RoleParts::new(name);
        for part in inner {
            self.role_clause(&mut role, part);
        }
        Some((head, role.finish()))
    }

    fn privileges(&mut self, node: Node<'_>) -> Vec<Name> {
        parts(node).filter_map(|part| self.privilege(&part)).collect()
    }

    /// A privilege. A pattern is reported.
    pub(super) fn privilege(&mut self, node: &Node<'_>) -> Option<Name> {
        let name = self.name(node);
        if name.quoted || !name.text.contains('*') {
            return Some(name);
        }
        self.push(explain::messages::privilege_pattern(&name));
        None
    }

    /// One clause of a role; also the `extends` before its brace.
    pub(in crate::syntax) fn role_clause(&mut self, role: &mut RoleParts, node: Node<'_>) {
        match node.as_rule() {
            Rule::extends => role.extends = self.names(node),
            Rule::privileges => {
                let span = self.first(&node, "privileges".len());
                match &role.privileges {
                    Some(first) => self.push(repeated(span, "privileges", first.span)),
                    None => role.privileges = Some(Spanned { value: self.privileges(node), span }),
                }
            }
            Rule::scopes => {
                let span = self.first(&node, "scopes".len());
                match &role.scopes {
                    Some(first) => self.push(repeated(span, "scopes", first.span)),
                    None => role.scopes = Some(Spanned { value: self.scope_terms(node), span }),
                }
            }
            _ => {}
        }
    }
}
