//! Principals, apps and scopes.

use super::{Lowering, Node};
use crate::syntax::ast::{
    AppSelection, AppSelector, AppSelectorKind, Name, People, Principal, PrincipalKind, ScopeTerm,
    ScopeTermKind,
};
use crate::syntax::grammar::{Rule, parts};
use crate::terms::Level;
use crate::text::Span;

impl Lowering<'_> {
    /// The people that `people` selects, or nothing if no principal of it could be read.
    pub(super) fn people(&mut self, node: Node<'_>) -> Option<People> {
        let span = self.span(&node);
        let (mut include, mut except) = (Vec::new(), Vec::new());
        for part in parts(node) {
            if part.as_rule() == Rule::except_people {
                except = parts(part).filter_map(|part| self.principal(part)).collect();
            } else {
                include.extend(self.principal(part));
            }
        }
        (!include.is_empty()).then_some(People { include, except, span })
    }

    /// One principal. What is no address is reported.
    pub(super) fn principal(&mut self, node: Node<'_>) -> Option<Principal> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::group_ref => PrincipalKind::Group(self.only_name(node)?),
            Rule::role_ref => PrincipalKind::Role(self.only_name(node)?),
            Rule::bare if node.as_str() == "everyone" => PrincipalKind::Everyone,
            _ => {
                let name = self.name(&node);
                PrincipalKind::User(self.address(name)?)
            }
        };
        Some(Principal { span, kind })
    }

    /// The apps that `apps` selects, or nothing if no selector of it could be read.
    pub(super) fn apps(&mut self, node: Node<'_>) -> Option<AppSelection> {
        let span = self.span(&node);
        let (mut include, mut except) = (Vec::new(), Vec::new());
        for part in parts(node) {
            if part.as_rule() == Rule::except_apps {
                except = parts(part).filter_map(|part| self.app(part)).collect();
            } else {
                include.extend(self.app(part));
            }
        }
        (!include.is_empty()).then_some(AppSelection { include, except, span })
    }

    /// One app selector. A bare `apps` is reported.
    pub(in crate::syntax) fn app(&mut self, node: Node<'_>) -> Option<AppSelector> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::apps_by => AppSelectorKind::ByDeveloper(self.only_name(node)?),
            Rule::apps_in => AppSelectorKind::InAllowlist(self.only_name(node)?),
            Rule::all_apps => AppSelectorKind::All,
            Rule::listed_apps => AppSelectorKind::Listed,
            Rule::unlisted_apps => AppSelectorKind::Unlisted,
            Rule::internal_apps => AppSelectorKind::Internal,
            Rule::word if node.as_str() == "apps" => {
                self.push(super::clauses::bare_apps(span));
                return None;
            }
            _ => AppSelectorKind::App(self.name(&node)),
        };
        Some(AppSelector { span, kind })
    }

    /// One entry of a scope list.
    pub(in crate::syntax) fn scope_term(&mut self, node: Node<'_>) -> Option<ScopeTerm> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::set_ref => ScopeTermKind::Set(self.only_name(node)?),
            _ => scope_kind(self.name(&node)),
        };
        Some(ScopeTerm { span, kind })
    }

    /// The entries of a scope list.
    pub(super) fn scope_terms(&mut self, node: Node<'_>) -> Vec<ScopeTerm> {
        parts(node).filter_map(|part| self.scope_term(part)).collect()
    }
}

/// What a word or quoted text is in a scope list.
fn scope_kind(name: Name) -> ScopeTermKind {
    if name.quoted {
        return ScopeTermKind::Scope(name);
    }
    match Level::ALL.iter().find(|level| level.list_word() == name.text) {
        Some(&level) => ScopeTermKind::Level(level),
        None if name.text.contains('*') => ScopeTermKind::Pattern(name),
        None => ScopeTermKind::Scope(name),
    }
}

/// What a word is if only scope lists have it: a pattern or a level.
pub(super) fn only_in_scope_lists(name: &Name, span: Span) -> Option<ScopeTerm> {
    match scope_kind(name.clone()) {
        ScopeTermKind::Scope(_) => None,
        kind => Some(ScopeTerm { span, kind }),
    }
}
