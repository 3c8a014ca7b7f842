//! Layer 1: the compiled policy as plain data.
//!
//! Dense ids, vectors, bit sets and indexes over them: no logic beyond finding things, no syntax, no pointers. A [`Program`] is made by
//! `compile` alone, never changes, and may be read by any number of threads.
//!
//! Words: a *principal* is what a rule selects people by (everyone, a group, a user, a role), a *selector* what it selects apps by. Those
//! that rules name are numbered, each user and app has the sorted list of those that select it, and rules are found by pairs of them, so
//! that neither the number of rules nor what a rule expands to matters to a decision. What a closure over deeply nested groups,
//! allowlists or scope sets would make too large is left [unstored](Run::UNSTORED) and found anew where it is asked for.

mod account;
mod app;
mod condition;
mod day;
mod index;
mod names;
mod people;
mod role;
mod rule;
mod run;
mod scope;

pub(crate) use account::{Account, Notify};
pub(crate) use app::{Allowlists, App, Apps, Developer, Gaps, Selector, SelectorId};
pub(crate) use condition::{
    Ask, Attribute, Column, Comparand, ConditionId, Conditions, Node, Subject, Test, Value,
};
pub(crate) use day::Day;
pub(crate) use index::{Entry, Head, RuleIndex, RuleKind, Slot, hash};
pub(crate) use names::{Name, NameIndex, Names};
pub(crate) use people::{Groups, Principal, PrincipalId, TimedRole, User, Users};
pub(crate) use role::{Grant, Role, Roles};
pub(crate) use rule::{Rule, RuleEffect, RuleText, Rules};
pub(crate) use run::{Jagged, Run};
pub(crate) use scope::{Scope, ScopeList, ScopeListId, ScopeTerm, Scopes, Widening};

use crate::text::{AppId, AttributeId, Id, IdVec, PrivilegeId, ScopeId, UserId};

/// A compiled project: everything that decisions and their explanations need.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub(crate) names: Names,
    pub(crate) account: Account,
    pub(crate) users: Users,
    pub(crate) groups: Groups,
    pub(crate) roles: Roles,
    pub(crate) privileges: IdVec<PrivilegeId, Name>,
    pub(crate) apps: Apps,
    pub(crate) scopes: Scopes,
    pub(crate) attributes: IdVec<AttributeId, Attribute>,
    pub(crate) conditions: Conditions,
    pub(crate) rules: Rules,
}

impl Program {
    /// The user with this e-mail address, in any case.
    #[inline]
    pub fn user(&self, email: &str) -> Option<UserId> {
        let find = |email: &str| self.users.index.find(email, &self.names).map(UserId);
        // Nearly always it is written as it is stored: in lower case.
        find(email).or_else(|| {
            let folds = email.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
            if folds { find(&email.to_lowercase()) } else { None }
        })
    }

    /// The app with this id.
    #[inline]
    pub fn app(&self, name: &str) -> Option<AppId> {
        self.apps.index.find(name, &self.names).map(AppId)
    }

    /// The scope with this name, if the program knows it.
    pub(crate) fn scope(&self, name: &str) -> Option<ScopeId> {
        self.scopes.index.find(name, &self.names).map(ScopeId)
    }

    /// The e-mail address of a user, in lower case.
    pub fn user_name(&self, user: UserId) -> &str {
        self.names.text(Name(user.0))
    }

    /// The id of an app as people write it.
    pub fn app_name(&self, app: AppId) -> &str {
        self.apps.rows.get(app).map_or("", |row| self.names.text(row.name))
    }

    /// The name of a scope.
    pub(crate) fn scope_name(&self, scope: ScopeId) -> &str {
        self.scopes.rows.get(scope).map_or("", |row| self.names.text(row.name))
    }

    /// All users, in the order of their ids.
    pub fn users(&self) -> impl ExactSizeIterator<Item = UserId> + use<> {
        (0..self.users.rows.len()).map(UserId::from_index)
    }

    /// All apps, in the order of their ids.
    pub fn apps(&self) -> impl ExactSizeIterator<Item = AppId> + use<> {
        (0..self.apps.rows.len()).map(AppId::from_index)
    }
}
