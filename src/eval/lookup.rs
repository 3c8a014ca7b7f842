//! Finding what a question is about: the user with principals and roles, the app with selectors.

use super::role_sets::{RoleSet, RoleSets};
use super::walk;
use crate::program::{App, Day, Gaps, PrincipalId, Program, RuleKind, SelectorId};
use crate::text::{AppId, RoleId, UserId};

/// A user on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    /// Who.
    pub(super) id: UserId,
    /// The numbered principals that select the user, roles aside, sorted.
    pub(super) principals: &'a [PrincipalId],
    /// The roles on that day.
    pub(super) roles: &'a RoleSet,
    /// A bit by [`filter_bit`] for each numbered principal that selects the user: where one is missing, nothing needs to be searched.
    pub(super) filter: u64,
}

/// Which bit of [`Person::filter`] stands for a principal.
#[inline]
pub(super) fn filter_bit(principal: PrincipalId) -> u64 {
    1 << (principal.0.wrapping_mul(0x9E37_79B9) >> 26)
}

/// What is kept between questions about people.
#[derive(Debug)]
pub(super) struct PersonRoom {
    sets: RoleSets,
    /// The principals of a user for whom they are not stored.
    walked: Option<(UserId, Vec<PrincipalId>)>,
    /// The roles of the user at hand.
    direct: Vec<RoleId>,
}

impl PersonRoom {
    /// Nothing kept so far.
    pub(super) fn new(program: &Program) -> Self {
        Self { sets: RoleSets::new(program), walked: None, direct: Vec::new() }
    }

    /// A user on a day. A user that the program does not have is in no group and has no role.
    #[inline]
    pub(super) fn person<'a>(&'a mut self, program: &'a Program, id: UserId, day: Day) -> Person<'a> {
        let Self { sets, walked, direct } = self;
        let Some(row) = program.users.rows.get(id) else {
            return Person { id, principals: &[], roles: sets.get(usize::MAX), filter: 0 };
        };
        let principals = if row.selected_by.is_stored() {
            row.selected_by.of(&program.users.selected_by)
        } else {
            walk_once(walked, program, id)
        };
        let set = if row.roles.may_have_grants() {
            direct.clear();
            add_granted(program, principals, day, direct);
            direct.extend(program.users.role_lists.get(row.roles.list()));
            direct.sort_unstable();
            direct.dedup();
            sets.of_roles(program, direct)
        } else {
            sets.of_list(program, row.roles.list())
        };
        let roles = sets.get(set);
        let filter =
            principals.iter().chain(&roles.principals).fold(0, |filter, &one| filter | filter_bit(one));
        Person { id, principals, roles, filter }
    }

    /// The roles that facts and grants give a user on a day, without what these extend.
    pub(super) fn direct_roles(program: &Program, person: &Person<'_>, day: Day) -> Vec<RoleId> {
        let mut direct = Vec::new();
        if let Some(row) = program.users.rows.get(person.id) {
            direct.extend(program.users.role_lists.get(row.roles.list()));
        }
        add_granted(program, person.principals, day, &mut direct);
        direct.sort_unstable();
        direct.dedup();
        direct
    }
}

#[cold]
fn walk_once<'a>(
    walked: &'a mut Option<(UserId, Vec<PrincipalId>)>,
    program: &Program,
    user: UserId,
) -> &'a [PrincipalId] {
    if walked.as_ref().is_none_or(|(known, _)| *known != user) {
        *walked = Some((user, walk::principals(program, user)));
    }
    walked.as_ref().map_or(&[], |(_, principals)| principals)
}

/// Adds the roles that grants in force give to someone whom these principals select.
fn add_granted(program: &Program, principals: &[PrincipalId], day: Day, roles: &mut Vec<RoleId>) {
    for principal in principals {
        for grant in program.roles.grants.get(principal.0 as usize) {
            if grant.first <= day && day <= grant.last && !excepted(program, principals, grant.rule) {
                roles.push(grant.role);
            }
        }
    }
}

/// Whether a grant excepts someone whom these principals select. Grants name no roles.
fn excepted(program: &Program, principals: &[PrincipalId], rule: crate::text::RuleId) -> bool {
    let except = program.rules.rows.get(rule).map(|row| row.people_except).unwrap_or_default();
    except.of(&program.rules.principals).iter().any(|one| principals.binary_search(one).is_ok())
}

/// An app.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    /// Which.
    pub(super) id: AppId,
    /// Its facts.
    pub(super) row: &'a App,
    /// The numbered selectors that surely select it, sorted.
    pub(super) selectors: &'a [SelectorId],
    /// The numbered selectors that may select it, sorted; some of them may surely do.
    pub(super) unknown: &'a [SelectorId],
    /// Those of `selectors` under which there are rules, by [`RuleKind`]; others may stand among them.
    pub(super) lists: [&'a [SelectorId]; 4],
}

impl<'a> Target<'a> {
    /// Where rules of this kind are found that surely select the app, exceptions aside.
    #[inline]
    pub(super) fn list(&self, kind: RuleKind) -> &'a [SelectorId] {
        let [approve, block, withhold, exempt] = self.lists;
        match kind {
            RuleKind::Approve => approve,
            RuleKind::Block => block,
            RuleKind::Withhold => withhold,
            RuleKind::Exempt => exempt,
        }
    }
}

/// What is kept between questions about apps: selectors that the program does not store.
#[derive(Debug, Default)]
pub(super) struct AppRoom {
    sure: Option<(AppId, Vec<SelectorId>)>,
    unknown: Option<(Gaps, Vec<SelectorId>)>,
}

impl AppRoom {
    /// An app. One that the program does not have is an app of which nothing is known.
    #[inline]
    pub(super) fn app<'a>(&'a mut self, program: &'a Program, id: AppId) -> Target<'a> {
        static NOTHING: App = App::NOTHING_KNOWN;
        let row = program.apps.rows.get(id).unwrap_or(&NOTHING);
        let stored = &program.apps.selected_by;
        let Self { sure, unknown } = self;
        let unknown = if row.gaps.is_none() { &[] } else { unknown_of(unknown, program, row.gaps) };
        if row.selected_by.is_stored() {
            let lists = row.lists.map(|list| list.of(stored));
            return Target { id, row, selectors: row.selected_by.of(stored), unknown, lists };
        }
        let selectors = sure_of(sure, program, id);
        Target { id, row, selectors, unknown, lists: [selectors; 4] }
    }
}

#[cold]
fn sure_of<'a>(
    room: &'a mut Option<(AppId, Vec<SelectorId>)>,
    program: &Program,
    app: AppId,
) -> &'a [SelectorId] {
    if room.as_ref().is_none_or(|(known, _)| *known != app) {
        *room = Some((app, walk::sure_selectors(program, app)));
    }
    room.as_ref().map_or(&[], |(_, selectors)| selectors)
}

#[cold]
fn unknown_of<'a>(
    room: &'a mut Option<(Gaps, Vec<SelectorId>)>,
    program: &'a Program,
    gaps: Gaps,
) -> &'a [SelectorId] {
    match program.apps.unknown_selectors.get(gaps.0 as usize) {
        Some(run) if run.is_stored() => return run.of(&program.apps.selected_by),
        _ => {}
    }
    if room.as_ref().is_none_or(|(known, _)| *known != gaps) {
        *room = Some((gaps, walk::unknown_selectors(program, gaps)));
    }
    room.as_ref().map_or(&[], |(_, selectors)| selectors)
}
