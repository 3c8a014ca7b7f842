//! The bundled library's roles and scope sets, for those names that nothing else declares.

use super::declare::Claim;
use super::{Layer, Resolver};
use crate::library::{self, BakedTerm};
use crate::model::{Ref, ScopeTerm, ScopeTermKind};
use crate::text::{RoleId, ScopeSetId, Span};

impl Resolver<'_> {
    /// Declares what no policy replaces.
    pub(super) fn declare_library(&mut self) {
        let Some(files) = self.zoom else { return };
        for (at, role) in library::roles().iter().enumerate() {
            let Some(span) = place(files, role.file, role.head) else { continue };
            let name = self.model.names.intern(role.name);
            if self.model.lookup.roles.get(name).is_none() {
                let id = self.new_role(name, span, Claim { rank: Layer::LIBRARY, span });
                self.todo.library_roles.push((id, at));
            }
        }
        for (at, set) in library::scope_sets().iter().enumerate() {
            let Some(span) = place(files, set.file, set.head) else { continue };
            let name = self.model.names.intern(set.name);
            if self.model.lookup.scope_sets.get(name).is_none() {
                let id = self.new_scope_set(name, span, Claim { rank: Layer::LIBRARY, span });
                self.todo.library_sets.push((id, at));
            }
        }
    }

    /// Looks up what the library's roles and sets refer to.
    pub(super) fn resolve_library(&mut self) {
        for (id, at) in std::mem::take(&mut self.todo.library_roles) {
            if let Some(role) = library::roles().get(at) {
                self.library_role(id, role);
            }
        }
        for (id, at) in std::mem::take(&mut self.todo.library_sets) {
            if let Some(set) = library::scope_sets().get(at) {
                self.library_set(id, set);
            }
        }
    }

    fn library_role(&mut self, id: RoleId, role: &library::BakedRole) {
        let span = self.model.roles[id].span;
        let extends = role.extends.iter().filter_map(|name| self.model.role(name)).map(|id| Ref { id, span });
        let extends = extends.collect();
        let privileges = role.privileges.iter().map(|name| Ref { id: self.privilege(name), span }).collect();
        let scopes = self.library_terms(role.scopes, span);
        let role = &mut self.model.roles[id];
        (role.extends, role.privileges, role.scopes) = (extends, privileges, scopes);
    }

    fn library_set(&mut self, id: ScopeSetId, set: &library::BakedScopeSet) {
        let span = self.model.scope_sets[id].span;
        self.model.scope_sets[id].terms = self.library_terms(set.scopes, span);
    }

    fn library_terms(&mut self, terms: &[BakedTerm], span: Span) -> Vec<ScopeTerm> {
        let kinds = terms.iter().filter_map(|term| {
            Some(match *term {
                BakedTerm::Scope(name) => ScopeTermKind::Scope(self.scope(name, span)),
                BakedTerm::Pattern(pattern) => ScopeTermKind::Pattern(self.model.names.intern(pattern)),
                BakedTerm::Level(level) => ScopeTermKind::Level(level),
                BakedTerm::Set(name) => ScopeTermKind::Set(self.model.scope_set(name)?),
            })
        });
        kinds.map(|kind| ScopeTerm { span, kind }).collect()
    }
}

/// A place in a text of the library.
fn place(files: &[crate::text::FileId], file: usize, (start, end): (u32, u32)) -> Option<Span> {
    files.get(file).map(|&file| Span { file, start, end })
}
