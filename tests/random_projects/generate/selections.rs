//! Which apps, which people, which scopes.

use super::{Generator, owned};
use crate::random_projects::vocabulary::*;
use crate::reference::project::{AppSelector, Apps, People, Principal, ScopeTerm};

impl Generator<'_> {
    /// Scopes, patterns and levels.
    pub(super) fn plain_scope_terms(&mut self, low: usize, high: usize) -> Vec<ScopeTerm> {
        let count = self.dice.number(low, high);
        let mut terms = Vec::new();
        for _ in 0..count {
            terms.push(match self.dice.number(0, 9) {
                0..5 => ScopeTerm::Scope(self.dice.one(&scopes())),
                5..8 => ScopeTerm::Pattern(self.dice.pick(&PATTERNS).to_owned()),
                _ => ScopeTerm::Level(self.dice.pick(&["user", "user", "admin", "master"]).to_owned()),
            });
        }
        terms
    }

    /// Scopes, patterns, levels and sets.
    pub(super) fn scope_terms(&mut self, low: usize, high: usize) -> Vec<ScopeTerm> {
        let mut terms = self.plain_scope_terms(low, high);
        let sets = self.set_names();
        if terms.len() < high && !sets.is_empty() && self.dice.chance(25) {
            terms.push(ScopeTerm::Set(self.dice.one(&sets)));
        }
        terms
    }

    pub(super) fn app_selectors(&mut self, low: usize, high: usize) -> Vec<AppSelector> {
        let apps: Vec<String> = self.own.apps.iter().map(|app| app.id.clone()).collect();
        let lists: Vec<String> = self.own.allowlists.iter().map(|list| list.name.clone()).collect();
        let mut developers: Vec<String> =
            self.own.developers.iter().map(|developer| developer.id.clone()).collect();
        developers.push("zoom".to_owned());
        let count = self.dice.number(low, high);
        let mut selectors = Vec::new();
        for _ in 0..count {
            selectors.push(match self.dice.number(0, 14) {
                0..6 => AppSelector::App(self.dice.one(&apps)),
                6..8 => AppSelector::By(self.dice.one(&developers)),
                8..10 if !lists.is_empty() => AppSelector::In(self.dice.one(&lists)),
                8..11 => AppSelector::Listed,
                11 => AppSelector::Unlisted,
                12 => AppSelector::Internal,
                _ => AppSelector::All,
            });
        }
        selectors
    }

    pub(super) fn apps(&mut self) -> Apps {
        let include = self.app_selectors(1, 2);
        let except = if self.dice.chance(20) { self.app_selectors(1, 2) } else { Vec::new() };
        Apps { include, except }
    }

    /// People of a rule. Blocks, withholds and what `except` takes away name only users that some fact knows.
    pub(super) fn selected_people(&mut self, strangers: bool, roles: bool) -> People {
        let mut include = self.principals(strangers, roles, 1, 2);
        let except = if self.dice.chance(20) { self.principals(false, roles, 1, 2) } else { Vec::new() };
        if self.dice.chance(20) {
            include.push(Principal::Everyone);
        }
        People { include, except }
    }

    fn principals(&mut self, strangers: bool, with_roles: bool, low: usize, high: usize) -> Vec<Principal> {
        let mut users: Vec<String> = self.own.users.iter().map(|user| user.email.clone()).collect();
        users.extend(self.listed.iter().cloned());
        if strangers {
            users.push(STRANGER.to_owned());
        }
        let mut groups: Vec<String> = self.own.groups.iter().map(|group| group.name.clone()).collect();
        groups.extend(self.own.users.iter().flat_map(|user| user.groups.iter().cloned()));
        let roles = self.role_names();
        let count = self.dice.number(low, high);
        let mut principals = Vec::new();
        for _ in 0..count {
            principals.push(match self.dice.number(0, 9) {
                0..3 => Principal::User(self.dice.one(&users)),
                3..7 if !groups.is_empty() => Principal::Group(self.dice.one(&groups)),
                3..9 if with_roles => Principal::Role(self.dice.one(&roles)),
                _ => Principal::Everyone,
            });
        }
        principals
    }

    /// Names of groups that somebody declares or is in.
    pub(super) fn group_names(&self) -> Vec<String> {
        let mut groups: Vec<String> = self.own.groups.iter().map(|group| group.name.clone()).collect();
        groups.extend(self.own.users.iter().flat_map(|user| user.groups.iter().cloned()));
        groups
    }

    /// Every address that projects name.
    pub(super) fn emails() -> Vec<String> {
        owned(&EMAILS)
    }
}
