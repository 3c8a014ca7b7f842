//! The bundled library's roles and scope sets, for those names that nothing else declares.

use super::declare::Claim;
use super::{Layer, Resolver};
use crate::library::{self, BakedTerm, BakedTermKind};
use crate::model::{Ref, ScopeTerm, ScopeTermKind};
use crate::text::{FileId, RoleId, ScopeSetId, Span};

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
        let at = |(start, end): (u32, u32), file| Span { file, start, end };
        let file = self.model.roles.at(id).span.file;
        let mut extends = Vec::new();
        for name in role.extends {
            extends.extend(self.model.role(name.text).map(|id| Ref { id, span: at(name.place, file) }));
        }
        let mut privileges = Vec::with_capacity(role.privileges.len());
        for name in role.privileges {
            privileges.push(Ref { id: self.privilege(name.text), span: at(name.place, file) });
        }
        let scopes = self.library_terms(role.scopes, file);
        let role = self.model.roles.at_mut(id);
        (role.extends, role.privileges, role.scopes) = (extends, privileges, scopes);
    }

    fn library_set(&mut self, id: ScopeSetId, set: &library::BakedScopeSet) {
        let file = self.model.scope_sets.at(id).span.file;
        self.model.scope_sets.at_mut(id).terms = self.library_terms(set.scopes, file);
    }

    fn library_terms(&mut self, terms: &[BakedTerm], file: FileId) -> Vec<ScopeTerm> {
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            let (start, end) = term.place;
            let span = Span { file, start, end };
            let kind = match term.kind {
                BakedTermKind::Scope(name) => ScopeTermKind::Scope(self.scope(name, span)),
                BakedTermKind::Pattern(pattern) => ScopeTermKind::Pattern(self.model.names.intern(pattern)),
                BakedTermKind::Level(level) => ScopeTermKind::Level(level),
                BakedTermKind::Set(name) => match self.model.scope_set(name) {
                    Some(set) => ScopeTermKind::Set(set),
                    None => continue,
                },
            };
            found.push(ScopeTerm { span, kind });
        }
        found
    }
}

/// A place in a text of the library.
fn place(files: &[FileId], file: usize, (start, end): (u32, u32)) -> Option<Span> {
    files.get(file).map(|&file| Span { file, start, end })
}
