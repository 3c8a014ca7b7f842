//! Items that are one list in braces: groups, allowlists and scope sets.

use super::{Lowering, Node};
use crate::syntax::ast::{ItemKind, Principal, PrincipalKind};
use crate::syntax::explain;
use crate::syntax::grammar::parts;
use crate::text::Span;

impl Lowering<'_> {
    /// `group NAME { … }`
    pub(super) fn group(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.name(&name);
        let members = inner.filter_map(|part| self.member(part)).collect();
        Some((self.head(whole, name.span), ItemKind::Group { name, members }))
    }

    /// One member of a group: a user or a group.
    pub(in crate::syntax) fn member(&mut self, node: Node<'_>) -> Option<Principal> {
        let principal = self.principal(node)?;
        if matches!(principal.kind, PrincipalKind::Role(_) | PrincipalKind::Everyone) {
            self.push(explain::messages::bad_member(&principal));
            return None;
        }
        Some(principal)
    }

    /// `allowlist NAME { … }`
    pub(super) fn allowlist(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.name(&name);
        let apps = inner.filter_map(|part| self.app(part)).collect();
        Some((self.head(whole, name.span), ItemKind::Allowlist { name, apps }))
    }

    /// `scope-set NAME { … }`
    pub(super) fn scope_set(&mut self, node: Node<'_>) -> Option<(Span, ItemKind)> {
        let whole = self.span(&node);
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.name(&name);
        let scopes = inner.filter_map(|part| self.scope_term(part)).collect();
        Some((self.head(whole, name.span), ItemKind::ScopeSet { name, scopes }))
    }
}
