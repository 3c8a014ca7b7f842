//! References of roles, scope sets, groups and allowlists.

use super::Resolver;
use super::selection::Strictness;
use crate::diagnostics::Sink;
use crate::model::{Origin, Ref};
use crate::syntax::ast;

impl Resolver<'_> {
    pub(super) fn resolve_structure(&mut self, out: &mut Sink) {
        for (id, members) in std::mem::take(&mut self.todo.groups) {
            for member in members {
                match &member.kind {
                    ast::PrincipalKind::User(name) => {
                        let user = self.named_user(&name.text, name.span, Origin::Listed);
                        self.model.groups.at_mut(id).members.push(Ref { id: user, span: name.span });
                    }
                    ast::PrincipalKind::Group(name) => {
                        let group = self.group(name, out).map(|group| Ref { span: member.span, ..group });
                        self.model.groups.at_mut(id).groups.extend(group);
                    }
                    // The grammar has no other members.
                    ast::PrincipalKind::Role(_) | ast::PrincipalKind::Everyone => {}
                }
            }
        }
        self.report_listed_strangers(out);
        for (id, extends, privileges, scopes) in std::mem::take(&mut self.todo.roles) {
            let extends = extends.iter().filter_map(|name| self.role(name, out)).collect();
            let privileges = privileges.iter().map(|name| self.privilege_ref(name)).collect();
            let scopes = self.scope_terms(scopes, out);
            let role = self.model.roles.at_mut(id);
            (role.extends, role.privileges, role.scopes) = (extends, privileges, scopes);
        }
        for (id, terms) in std::mem::take(&mut self.todo.scope_sets) {
            self.model.scope_sets.at_mut(id).terms = self.scope_terms(terms, out);
        }
        self.resolve_library();
        for (id, selectors) in std::mem::take(&mut self.todo.allowlists) {
            self.model.allowlists.at_mut(id).selectors = self.app_selectors(selectors, out);
        }
    }

    /// Where a project describes its users, a listed one who is not described is probably a typo.
    fn report_listed_strangers(&self, out: &mut Sink) {
        if !self.has_users {
            return;
        }
        for member in self.model.groups.iter().flat_map(|group| &group.members) {
            let user = self.model.users.rows.at(member.id);
            if user.origin < Origin::Given {
                self.unknown_user(self.model.name(user.email), member.span, Strictness::Warning, out);
            }
        }
    }
}
