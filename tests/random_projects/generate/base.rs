//! A folder of the project's own that it builds on: what it declares holds where the project says nothing of the same name.

use super::{Generator, owned};
use crate::random_projects::vocabulary::*;
use crate::reference::project::{
    Account, Allowlist, AppSelector, Developer, Effect, Group, People, Principal, Project, Role, Rule,
    ScopeSet,
};

impl Generator<'_> {
    /// Things of which some have the names of the project's own. None leads to another, so that whatever replaces them nothing goes round.
    pub(super) fn base(&mut self) -> Project {
        let mut base = Project { account: self.base_account(), ..Project::default() };
        for name in self.dice.some(&owned(&["head", "member", "admin", "only-in-base"]), 0, 3) {
            let privileges = self.dice.some(&owned(&PRIVILEGES), 0, 3);
            base.roles.push(Role {
                name,
                privileges,
                scopes: self.plain_scope_terms(0, 2),
                ..Role::default()
            });
        }
        for name in self.dice.some(&owned(&["mine", "capture", "only-in-base"]), 0, 2) {
            base.scope_sets.push(ScopeSet { name, terms: self.plain_scope_terms(0, 2) });
        }
        for name in self.dice.some(&owned(&["vetted", "by", "only-in-base"]), 0, 2) {
            let selectors =
                vec![self.dice.one(&[AppSelector::Listed, AppSelector::Internal, AppSelector::All])];
            base.allowlists.push(Allowlist { name, selectors });
        }
        for name in self.dice.some(&owned(&["sales", "field", "only-in-base"]), 0, 2) {
            base.groups.push(Group {
                name,
                members: self.dice.some(&owned(&EMAILS), 0, 2),
                ..Group::default()
            });
        }
        for id in self.dice.some(&owned(&["contoso", "4dev", "only-in-base"]), 0, 2) {
            let kind = self.dice.maybe(70, |dice| dice.pick(&["internal", "third-party"]).to_owned());
            base.developers.push(Developer { id, kind, ..Developer::default() });
        }
        for id in self.dice.some(&owned(&["deal-sync", "note.taker", "base-app"]), 0, 2) {
            base.apps.push(self.app(id));
        }
        for email in self.dice.some(&owned(&EMAILS), 0, 2) {
            base.users.push(self.user(email));
        }
        if self.dice.chance(50) {
            let apps = Some(self.apps());
            let people = Some(People { include: vec![Principal::Everyone], except: Vec::new() });
            let effect = self.dice.one(&[Effect::Block, Effect::Approve { reviewed: None }]);
            let id = Some("of-the-base".to_owned());
            base.rules.push(Rule {
                effect,
                apps,
                people,
                id,
                until: Some(self.dice.pick(&DAYS).to_owned()),
                ..Rule::default()
            });
        }
        base
    }

    fn base_account(&mut self) -> Account {
        let roles = self.role_names();
        Account {
            default_role: self.dice.maybe(60, |dice| dice.one(&roles)),
            requests_via: self.dice.maybe(50, |_| "https://base.example/".to_owned()),
            ..Account::default()
        }
    }
}
