//! The scope table: every scope that anything names, closed over what scopes imply.

use super::Resolver;
use crate::diagnostics::Sink;
use crate::model::{Ref, Scope, ScopeTerm, ScopeTermKind};
use crate::syntax::ast;
use crate::terms::Level;
use crate::text::{Id, PrivilegeId, ScopeId, Span};

impl Resolver<'_> {
    /// The scope of this name, which is in the table from now on.
    pub(super) fn scope(&mut self, name: &str, span: Span) -> ScopeId {
        let symbol = self.model.names.intern(name);
        let id = match self.model.lookup.scopes.get(symbol) {
            Some(id) => id,
            None => {
                let id = self.new_scope(name, span);
                self.model.lookup.scopes.insert(symbol, id);
                id
            }
        };
        if !self.model.scopes.at(id).known {
            self.doubtful_scopes.push((id, span));
        }
        id
    }

    fn new_scope(&mut self, name: &str, span: Span) -> ScopeId {
        let symbol = self.model.names.intern(name);
        let scope = match self.library_scope(name) {
            Some(entry) => Scope {
                level: entry.level,
                privileges: entry.privileges.iter().map(|name| self.privilege(name)).collect(),
                may_need: entry.may_need.iter().map(|name| self.privilege(name)).collect(),
                equivalents: entry
                    .equivalents
                    .iter()
                    .filter_map(|&at| crate::library::scopes().get(usize::from(at)))
                    .map(|other| self.model.names.intern(other.name))
                    .collect(),
                known: true,
                summary: Some(self.model.names.intern(entry.summary)),
                ..blank(symbol, span, entry.level)
            },
            None => blank(symbol, span, Level::of_unknown_scope(name)),
        };
        self.model.scopes.push(scope)
    }

    /// One entry of a scope list; an unknown set is reported.
    pub(super) fn scope_term(&mut self, term: &ast::ScopeTerm, out: &mut Sink) -> Option<ScopeTerm> {
        let kind = match &term.kind {
            ast::ScopeTermKind::Scope(name) => ScopeTermKind::Scope(self.scope(&name.text, term.span)),
            ast::ScopeTermKind::Pattern(name) => ScopeTermKind::Pattern(self.model.names.intern(&name.text)),
            ast::ScopeTermKind::Level(level) => ScopeTermKind::Level(*level),
            ast::ScopeTermKind::Set(name) => match self.model.scope_set(&name.text) {
                Some(id) => ScopeTermKind::Set(id),
                None => {
                    self.unknown_scope_set(name, out);
                    return None;
                }
            },
        };
        Some(ScopeTerm { span: term.span, kind })
    }

    pub(super) fn scope_terms(&mut self, terms: &[ast::ScopeTerm], out: &mut Sink) -> Vec<ScopeTerm> {
        terms.iter().filter_map(|term| self.scope_term(term, out)).collect()
    }

    /// The privilege of this name in any case, which exists from now on.
    pub(super) fn privilege(&mut self, name: &str) -> PrivilegeId {
        let key = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => self.model.names.intern(&name.to_ascii_lowercase()),
            false => self.model.names.intern(name),
        };
        if let Some(id) = self.model.lookup.privileges.get(key) {
            return id;
        }
        let symbol = self.model.names.intern(name);
        let id = self.model.privileges.push(symbol);
        self.model.lookup.privileges.insert(key, id);
        id
    }

    pub(super) fn privilege_ref(&mut self, name: &ast::Name) -> Ref<PrivilegeId> {
        Ref { id: self.privilege(&name.text), span: name.span }
    }

    /// Brings in what the scopes of the table imply and what implies them, by the bundled catalogue. (What the project's own catalogue
    /// implies is in the table already, because it is named there.)
    ///
    /// Scopes before `next` were closed before.
    pub(super) fn close_scopes(&mut self, mut next: usize) {
        if self.zoom.is_none() {
            return;
        }
        while next < self.model.scopes.len() {
            let id = ScopeId::from_index(next);
            next += 1;
            let (name, span) = (self.model.scopes.at(id).name, self.model.scopes.at(id).span);
            let Some(entry) = crate::library::scope(self.model.name(name)) else { continue };
            for &other in entry.implied_by {
                self.catalogue_scope(other, span);
            }
            if !self.catalogued.contains_key(&id) {
                let implied =
                    entry.implies.iter().filter_map(|&other| self.catalogue_scope(other, span)).collect();
                self.model.scopes.at_mut(id).implies = implied;
            }
        }
    }

    /// The scope at a position of the bundled catalogue.
    fn catalogue_scope(&mut self, at: u16, span: Span) -> Option<ScopeId> {
        let entry = crate::library::scopes().get(usize::from(at))?;
        Some(self.scope(entry.name, span))
    }

    fn library_scope(&self, name: &str) -> Option<crate::library::CatalogScope> {
        self.zoom.and_then(|_| crate::library::scope(name))
    }

    /// The known scope whose name is nearest.
    pub(super) fn nearest_scope(&self, name: &str) -> Option<&str> {
        let library = self.zoom.map(|_| crate::library::scopes().iter());
        let described = self.catalogued.keys();
        let mut own: Vec<&str> =
            described.map(|&id| self.model.name(self.model.scopes.at(id).name)).collect();
        own.sort_unstable();
        self.budget.nearest(name, library.into_iter().flatten().map(|entry| entry.name).chain(own))
    }
}

/// A scope that only its name is known of.
pub(super) fn blank(name: crate::text::Symbol, span: Span, level: Level) -> Scope {
    Scope {
        name,
        span,
        level,
        privileges: Vec::new(),
        may_need: Vec::new(),
        implies: Vec::new(),
        equivalents: Vec::new(),
        known: false,
        summary: None,
    }
}
