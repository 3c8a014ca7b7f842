//! Roles that people get on a later day.

use fixedbitset::FixedBitSet;

use crate::census::Census;
use crate::eval::{Case, Truth};
use crate::lint::Context;
use crate::model::{Effect, Rule};
use crate::program::{Day, Program};
use crate::text::{AppId, Id, RoleId, RuleId, UserId};

/// What all grants that begin on a later day give together, and to whom. It may be less in truth: for another part of these people, or on
/// other days.
pub(super) struct Coming {
    /// The first day of the first.
    first: Day,
    people: FixedBitSet,
    /// Scopes that the roles give, or for which they have one of the privileges needed.
    scopes: FixedBitSet,
    /// Whether one of the roles makes installers.
    installs: bool,
}

impl Coming {
    /// `None`: there is no such grant.
    pub(super) fn of(context: &Context<'_>, census: &Census<'_>) -> Option<Self> {
        let comes = |rule: &Rule| rule.period.starting.is_some_and(|first| context.today < first);
        let grants: Vec<(RuleId, RoleId, Day)> = context
            .model
            .rules
            .enumerate()
            .filter(|(_, rule)| comes(rule))
            .filter_map(|(id, rule)| match rule.effect {
                Effect::Grant { role } => Some((id, role?, Day::from(rule.period.starting?))),
                _ => None,
            })
            .collect();
        let first = grants.iter().map(|&(_, _, day)| day).min()?;
        let mut people = census.nobody();
        for (grant, ..) in &grants {
            people.extend(census.people(*grant).iter().map(|user| user.index()));
        }
        let roles = census.program().roles.closed(grants.into_iter().map(|(_, role, _)| role));
        Some(Self {
            first,
            people,
            scopes: scopes(census, &roles),
            installs: installs(census.program(), &roles),
        })
    }

    /// Whether the roles may give the user at hand all that is lacking for the app.
    pub(super) fn gives_what_lacks(&self, case: &Case<'_>) -> bool {
        let given = |scope| case.gives(scope) || self.scopes.contains(scope.index());
        (self.installs || case.may_add() == Truth::True) && case.required().iter().all(|&scope| given(scope))
    }

    /// Whether one of these people may get a role up to this day.
    pub(super) fn reaches(&self, people: &[UserId], last: Day) -> bool {
        self.first <= last && people.iter().any(|user| self.people.contains(user.index()))
    }
}

fn scopes(census: &Census<'_>, roles: &[RoleId]) -> FixedBitSet {
    let program = census.program();
    let mut scopes = FixedBitSet::with_capacity(program.scopes.rows.len());
    let has =
        |privilege| roles.iter().any(|role| program.roles.privileges.get(role.index()).contains(privilege));
    let gives = |scope| {
        census.ask(UserId::from_index(0), AppId::from_index(0), |case| {
            let lists = roles.iter().filter_map(|&role| program.roles.rows.get(role));
            lists.map(|row| row.scopes).any(|list| case.belongs(list, scope))
        })
    };
    for scope in census.roster.asked_scopes() {
        scopes
            .set(scope.index(), program.scopes.privileges.get(scope.index()).iter().any(has) || gives(scope));
    }
    scopes
}

fn installs(program: &Program, roles: &[RoleId]) -> bool {
    let account = &program.account;
    account.installer_roles.iter().any(|role| roles.contains(role))
        || roles.iter().any(|role| {
            let privileges = program.roles.privileges.get(role.index());
            account.installer_privileges.iter().any(|privilege| privileges.contains(privilege))
        })
}
