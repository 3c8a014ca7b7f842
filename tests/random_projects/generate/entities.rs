//! Scopes, roles, developers, apps, allowlists, groups and users.

use std::collections::BTreeMap;

use super::{Generator, owned};
use crate::random_projects::vocabulary::*;
use crate::reference::project::{
    Allowlist, App, Developer, Group, Role, Scope, ScopeSet, ScopeTerm, Type, User, Value,
};

impl Generator<'_> {
    pub(super) fn scopes(&mut self) {
        let names = self.dice.some(&owned(&SCOPE_SETS), 0, 3);
        for (at, name) in names.iter().enumerate() {
            let mut terms = self.plain_scope_terms(0, 3);
            if at > 0 && self.dice.chance(40) {
                terms.push(ScopeTerm::Set(self.dice.one(&names[..at])));
            }
            self.own.scope_sets.push(ScopeSet { name: name.clone(), terms });
        }
        let most = if self.dice.chance(60) { 0 } else { 4 };
        let mut described = self.dice.some(&scopes(), 0, most);
        described.sort_unstable();
        described.dedup();
        for name in described {
            let level = self.dice.pick(&["user", "admin", "master"]).to_owned();
            let privileges =
                if self.dice.chance(50) { self.dice.some(&owned(&PRIVILEGES), 1, 2) } else { vec![] };
            let implies = if self.dice.chance(60) { self.dice.some(&scopes(), 1, 2) } else { vec![] };
            self.own.scopes.push(Scope { name, level, privileges, implies });
        }
    }

    pub(super) fn roles(&mut self) {
        let names = self.dice.some(&owned(&ROLES), 1, 5);
        for (at, name) in names.iter().enumerate() {
            // A role of the library extends none of the project's, and the project's `member` extends nothing, so nothing goes round.
            let mut before = names[..at].to_vec();
            if self.zoom {
                before.extend(owned(&["admin", "owner"]));
            }
            let extends = name != "member" && !before.is_empty() && self.dice.chance(40);
            let extends = if extends { self.dice.some(&before, 1, 2) } else { Vec::new() };
            let privileges = self.dice.some(&owned(&PRIVILEGES), 0, 4);
            let scopes = self.scope_terms(0, 4);
            self.own.roles.push(Role { name: name.clone(), extends, privileges, scopes });
        }
    }

    pub(super) fn entities(&mut self) {
        for id in self.dice.some(&owned(&DEVELOPERS), 1, 4) {
            let kind =
                self.dice.maybe(75, |dice| dice.pick(&["internal", "third-party", "third-party", "zoom"]));
            let kind = kind.map(str::to_owned);
            let attributes = self.values("developer");
            self.own.developers.push(Developer { id, kind, attributes });
        }
        for id in self.dice.some(&owned(&APPS), 2, if self.large { 8 } else { 4 }) {
            let app = self.app(id);
            self.own.apps.push(app);
        }
        let names = self.dice.some(&owned(&ALLOWLISTS), 0, 3);
        for name in names {
            let selectors = self.app_selectors(0, 3);
            self.own.allowlists.push(Allowlist { name, selectors });
        }
    }

    pub(super) fn app(&mut self, id: String) -> App {
        let stage = self.dice.maybe(91, |dice| {
            dice.pick(&["published", "published", "published", "beta", "beta", "development", "private"])
                .to_owned()
        });
        // An app that is not published is never listed.
        let is_published = stage.as_deref().is_none_or(|stage| stage == "published");
        let listings: &[&str] = if is_published { &["listed", "listed", "unlisted"] } else { &["unlisted"] };
        let beta = stage.as_deref() == Some("beta");
        let developers: Vec<String> =
            self.own.developers.iter().map(|developer| developer.id.clone()).collect();
        App {
            id,
            developer: self
                .dice
                .maybe(80, |dice| if dice.chance(10) { "zoom".to_owned() } else { dice.one(&developers) }),
            listing: self.dice.maybe(91, |dice| dice.pick(listings).to_owned()),
            managed_by: self.dice.maybe(91, |dice| dice.pick(&["user", "user", "admin"]).to_owned()),
            scopes: self.dice.maybe(92, |dice| dice.some(&scopes(), 0, 3)),
            optional_scopes: if self.dice.chance(40) { self.dice.some(&scopes(), 0, 2) } else { Vec::new() },
            beta_until: if beta { self.dice.maybe(75, |dice| dice.pick(&DAYS).to_owned()) } else { None },
            attributes: self.values("app"),
            stage,
        }
    }

    pub(super) fn people(&mut self) {
        let emails = owned(&EMAILS);
        let groups = self.dice.some(&owned(&GROUPS), 0, 4);
        for (at, name) in groups.iter().enumerate() {
            let members = if self.dice.chance(50) { self.dice.some(&emails, 0, 2) } else { Vec::new() };
            let inner = self.dice.some(&groups[..at], 0, 2);
            self.listed.extend(members.iter().cloned());
            self.own.groups.push(Group { name: name.clone(), members, groups: inner });
        }
        for email in self.dice.some(&emails, 2, if self.large { 7 } else { 4 }) {
            let user = self.user(email);
            self.own.users.push(user);
        }
    }

    pub(super) fn user(&mut self, email: String) -> User {
        let mut groups: Vec<String> = self.own.groups.iter().map(|group| group.name.clone()).collect();
        groups.push("by-facts".to_owned());
        let roles = self.role_names();
        User {
            email,
            roles: self.dice.maybe(60, |dice| dice.some(&roles, 0, 2)),
            groups: self.dice.some(&groups, 0, 3),
            attributes: self.values("user"),
        }
    }

    /// A value for most of the attributes of a kind of entity.
    fn values(&mut self, owner: &str) -> BTreeMap<String, Value> {
        let attributes: Vec<_> = self.own.attributes.iter().filter(|a| a.owner == owner).cloned().collect();
        let mut values = BTreeMap::new();
        for attribute in attributes {
            if self.dice.chance(75) {
                values.insert(attribute.name, self.value(&attribute.ty));
            }
        }
        values
    }

    /// Some value of a type.
    pub(super) fn value(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Text => Value::Word(self.dice.pick(&TEXTS).to_owned()),
            Type::Flag => Value::Flag(self.dice.chance(50)),
            Type::Number => Value::Number(self.dice.one(&NUMBERS)),
            Type::Date => Value::Date(self.dice.pick(&DAYS).to_owned()),
            Type::OneOf { choices, .. } => Value::Word(self.dice.one(choices)),
        }
    }
}
