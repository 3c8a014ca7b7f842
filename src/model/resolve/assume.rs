//! Hypothetical facts, laid over a model.

use super::entity::Entity;
use super::intake::{Intake, UserFacts, set};
use super::tests::named_by;
use super::{Input, Layer, Resolver};
use crate::diagnostics::Sink;
use crate::facts::RecordKind;
use crate::model::{Model, Origin, Ref, RoleList};
use crate::syntax::ast;
use crate::terms::EntityKind;
use crate::text::{FileId, SourceMap, UserId};

/// Lays hypothetical facts over a model, as the `given` of a test and `--assume` state them.
///
/// A stated field replaces that field; `groups` replaces all direct memberships, those by groups' own lists included. A user or app that
/// does not exist comes into being, and so does a developer that an app names, of unknown kind. What is wrong goes to `out`.
pub fn assume(model: &mut Model, entities: &[ast::Entity], sources: &SourceMap, out: &mut Sink) {
    let mut resolver = Resolver::over(std::mem::take(model), sources);
    let scopes = resolver.model.scopes.len();
    for (kind, name) in entities.iter().flat_map(named_by) {
        resolver.bring_into_being(kind, name);
    }
    for entity in entities {
        let mut intake = Intake::new(&mut resolver, Layer::PROJECT);
        intake.enter(entity.span.file);
        intake.assume(&Entity::new(entity), &entity.name, out);
    }
    resolver.resolve_app_developers(out);
    resolver.close_scopes(scopes);
    resolver.report_unknown_scopes(out);
    *model = resolver.model;
}

impl<'a> Resolver<'a> {
    /// A resolver that adds to a resolved model.
    fn over(model: Model, sources: &'a SourceMap) -> Self {
        let zoom: Option<&'a [FileId]> = model.extends_zoom.then_some(&[]);
        let input = Input { trees: &[], baselines: &[], zoom, terms: &[] };
        let lists = model.users.role_lists.iter().enumerate();
        let role_lists = lists
            .map(|(at, roles)| {
                let list = RoleList(u32::try_from(at).unwrap_or(u32::MAX));
                (roles.as_slice().into(), list)
            })
            .collect();
        Self { role_lists, model, ..Self::new(&input, sources) }
    }

    fn bring_into_being(&mut self, kind: EntityKind, name: &ast::Name) {
        let symbol = self.model.names.intern(&name.text);
        match kind {
            EntityKind::User => {
                self.named_user(&name.text, name.span, Origin::Described);
            }
            EntityKind::App if self.model.lookup.apps.get(symbol).is_none() => {
                self.new_app(symbol, name.span);
            }
            EntityKind::Developer if self.model.lookup.developers.get(symbol).is_none() => {
                self.new_developer(symbol, Some(name.span));
            }
            EntityKind::App | EntityKind::Developer => {}
        }
    }

    /// Lays stated facts over a user.
    fn lay_user(&mut self, id: UserId, facts: &UserFacts) {
        let users = &mut self.model.users;
        if let Some(roles) = facts.roles {
            users.rows.at_mut(id).roles = Some(roles);
        }
        if facts.states_groups {
            let start = u32::try_from(users.memberships.len()).unwrap_or(u32::MAX);
            users.memberships.extend_from_slice(&facts.groups);
            users.rows.at_mut(id).groups = (start, u32::try_from(facts.groups.len()).unwrap_or(0));
            for group in self.model.groups.iter_mut() {
                group.members.retain(|member: &Ref<UserId>| member.id != id);
            }
        }
        for &(attribute, value) in &facts.attributes {
            set(&mut self.model.attributes.at_mut(attribute).column, id, value);
        }
    }
}

impl Intake<'_, '_> {
    fn assume(&mut self, entity: &Entity<'_>, name: &ast::Name, out: &mut Sink) {
        let record = entity.record();
        match entity.kind {
            RecordKind::User => {
                let mut facts = UserFacts::default();
                self.user_facts(&record, &mut facts, out);
                if let Some(id) = self.resolver.model.user(&name.text) {
                    self.resolver.lay_user(id, &facts);
                }
            }
            RecordKind::Developer => {
                let facts = self.developer_facts(&record, out);
                if let Some(id) = self.resolver.model.developer(&name.text) {
                    self.resolver.lay_developer(id, facts);
                }
            }
            RecordKind::App => {
                let facts = self.app_facts(&record, out);
                if let Some(id) = self.resolver.model.app(&name.text) {
                    self.resolver.lay_app(id, facts);
                }
            }
            RecordKind::Group | RecordKind::Scope => {}
        }
    }
}
