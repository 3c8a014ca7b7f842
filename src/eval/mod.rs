//! Layer 2: (program, question) → decision. Pure: the day is part of the question.
//!
//! An [`Evaluator`] holds what is worth keeping between questions: the sets of roles that came up and room for walks. Deciding an install
//! looks only at the rules that the app's selectors and the user's principals lead to; explaining looks at the same rules through the same
//! functions, and at those that fall short.

mod actions;
mod case;
mod conditions;
mod explain;
mod holders;
mod install;
mod lookup;
mod one_rule;
mod role_sets;
mod scopes;
mod select;
mod truth;
mod walk;
mod whoever;

pub(crate) use case::Case;
pub(crate) use select::scope_bits;
pub(crate) use truth::Truth;

use explain::Giving;
use holders::holders;
use lookup::{AppRoom, PersonRoom};
use scopes::ScopeRoom;

use crate::decision::{Decision, Outcome};
use crate::program::{Day, PrincipalId, Program, SelectorId};
use crate::text::{AppId, Date, Id, RoleId, UserId};

/// Answers questions about one program. Each thread has its own.
#[derive(Debug)]
pub struct Evaluator<'p> {
    program: &'p Program,
    people: PersonRoom,
    apps: AppRoom,
    giving: Giving,
    scopes: ScopeRoom,
    /// Whether decisions have what only sentences for people need.
    words: bool,
    /// Who holds `MarketPlace:Edit` on the day that was asked about last, sorted by e-mail address.
    approvers: Option<(Day, Vec<UserId>)>,
    /// Who may add admin-managed apps on that day, sorted by e-mail address.
    installers: Option<(Day, Vec<UserId>)>,
}

impl<'p> Evaluator<'p> {
    /// An evaluator that has not been asked anything.
    pub fn new(program: &'p Program) -> Self {
        Self {
            program,
            people: PersonRoom::new(program),
            apps: AppRoom::default(),
            giving: Giving::default(),
            scopes: ScopeRoom::default(),
            words: true,
            approvers: None,
            installers: None,
        }
    }

    /// An evaluator whose decisions have all that their JSON says, and not what only sentences for people need besides.
    pub fn for_machines(program: &'p Program) -> Self {
        Self { words: false, ..Self::new(program) }
    }

    /// May the user install the app on that day? The outcome alone; [`Self::explain_install`] says why.
    #[inline]
    pub fn install(&mut self, user: UserId, app: AppId, at: Date) -> Outcome {
        self.case(user, app, at.into()).install()
    }

    /// May the user install the app on that day, why, and if not, what is missing?
    pub fn explain_install(&mut self, user: UserId, app: AppId, at: Date) -> Decision {
        explain::install(self, user, app, at)
    }

    /// May the user approve the app: do they hold `MarketPlace:Edit` on that day?
    pub fn approve(&mut self, user: UserId, app: AppId, at: Date) -> Decision {
        actions::approve(self, user, app, at)
    }

    /// May the administrator add the app for the user on that day?
    pub fn add(&mut self, admin: UserId, user: UserId, app: AppId, at: Date) -> Decision {
        actions::add(self, admin, user, app, at)
    }

    /// May the app, once installed, use the scope (on behalf of the user)? `scope` need not be known.
    pub fn use_scope(&mut self, app: AppId, scope: &str, user: Option<UserId>, at: Date) -> Decision {
        actions::use_scope(self, app, scope, user, at)
    }

    /// The numbered principals that select the user, roles aside, sorted.
    pub(crate) fn principals(&mut self, user: UserId) -> &[PrincipalId] {
        self.people.principals(self.program, user)
    }

    /// The numbered selectors that surely select the app, and those that may, each sorted. Some of the latter may surely do.
    pub(crate) fn selectors(&mut self, app: AppId) -> (&[SelectorId], &[SelectorId]) {
        let target = self.apps.app(self.program, app);
        (target.selectors, target.unknown)
    }

    /// The roles of the user on that day, closed, and the numbers of those that some rule names; both sorted.
    pub(crate) fn roles(&mut self, user: UserId, day: Day) -> (&[RoleId], &[PrincipalId]) {
        let roles = self.people.person(self.program, user, day).roles;
        (&roles.roles, &roles.principals)
    }

    /// One user, one app and one day.
    #[inline]
    pub(crate) fn case(&mut self, user: UserId, app: AppId, day: Day) -> Case<'_> {
        Case {
            program: self.program,
            day,
            person: self.people.person(self.program, user, day),
            app: self.apps.app(self.program, app),
            scopes: &self.scopes,
        }
    }

    /// Whether the user can approve apps on that day: whether they hold `MarketPlace:Edit`.
    pub fn can_approve(&mut self, user: UserId, at: Date) -> bool {
        let privilege = self.program.account.approve_privilege;
        let person = self.people.person(self.program, user, at.into());
        privilege.is_some_and(|privilege| person.roles.has_privilege(privilege))
    }

    /// Who can approve apps on that day, sorted by e-mail address.
    pub fn approvers_on(&mut self, at: Date) -> &[UserId] {
        self.approvers(at.into())
    }

    /// Who can add admin-managed apps on that day, sorted by e-mail address.
    pub fn installers_on(&mut self, at: Date) -> &[UserId] {
        self.installers(at.into())
    }

    /// Who can approve on that day, sorted by e-mail address.
    fn approvers(&mut self, day: Day) -> &[UserId] {
        if self.approvers.as_ref().is_none_or(|(known, _)| *known != day) {
            let program = self.program;
            let has =
                |role: RoleId, privilege| program.roles.privileges.get(role.index()).contains(privilege);
            let approves = |role| program.account.approve_privilege.iter().any(|one| has(role, one));
            self.approvers = Some((day, holders(program, &mut self.people, day, approves)));
        }
        self.approvers.as_ref().map_or(&[], |(_, holders)| holders)
    }

    /// Who may add admin-managed apps on that day, sorted by e-mail address.
    fn installers(&mut self, day: Day) -> &[UserId] {
        if self.installers.as_ref().is_none_or(|(known, _)| *known != day) {
            let program = self.program;
            let account = &program.account;
            let has =
                |role: RoleId, privilege| program.roles.privileges.get(role.index()).contains(privilege);
            let installs = |role| {
                account.installer_roles.contains(&role)
                    || account.installer_privileges.iter().any(|one| has(role, one))
            };
            self.installers = Some((day, holders(program, &mut self.people, day, installs)));
        }
        self.installers.as_ref().map_or(&[], |(_, holders)| holders)
    }
}
