//! The account.

use super::{Generator, owned};
use crate::random_projects::vocabulary::PRIVILEGES;
use crate::reference::decision::{APPROVE_PRIVILEGE, closed, have};
use crate::reference::project::{Account, Installer, Notify};

impl Generator<'_> {
    pub(super) fn account(&mut self) {
        let roles = self.role_names();
        let installers = self.dice.maybe(40, |dice| {
            let mut installers: Vec<Installer> =
                dice.some(&owned(&PRIVILEGES), 0, 2).into_iter().map(Installer::Privilege).collect();
            let least = usize::from(installers.is_empty());
            installers.extend(dice.some(&roles, least, 2).into_iter().map(Installer::Role));
            dice.shuffle(&mut installers);
            installers
        });
        self.own.account = Account {
            listed_approval_required: self.dice.chance(70),
            unlisted_approval_required: self.dice.chance(60),
            notify: Notify::Nobody,
            default_role: self.dice.maybe(75, |dice| dice.one(&roles)),
            installers,
            requests_via: self.dice.maybe(30, |_| "https://forms.example/app?a=1&b=\"x\"".to_owned()),
        };
        self.own.account.notify = match self.dice.number(0, 2) {
            0 => Notify::Automatically,
            1 => Notify::Nobody,
            _ => self.recipients(),
        };
    }

    /// Users whose facts give them the privilege to approve: every recipient must have it.
    fn recipients(&mut self) -> Notify {
        let whole = self.whole();
        let may_approve = |roles: Vec<String>| have(&whole, &closed(&whole, roles), APPROVE_PRIVILEGE);
        let by_default: Vec<String> = whole.account.default_role.iter().cloned().collect();
        let users = whole.users.iter();
        let able = users.filter(|user| may_approve(user.roles.clone().unwrap_or_else(|| by_default.clone())));
        let able: Vec<String> = able.map(|user| user.email.clone()).collect();
        if able.is_empty() { Notify::Automatically } else { Notify::Recipients(self.dice.some(&able, 1, 3)) }
    }
}
