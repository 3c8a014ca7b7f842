//! Finding what a question is about: the user with principals and roles, the app with selectors.

use super::role_sets::{RoleSet, RoleSets};
use super::walk;
use crate::program::{App, Day, Gaps, PrincipalId, Program, RuleKind, SelectorId, User};
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
    /// The [bits](PrincipalId::filter) of the numbered principals that select the user: where one is missing, nothing needs to be
    /// searched.
    pub(super) filter: u64,
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

    /// The numbered principals that select a user, roles aside, sorted.
    pub(super) fn principals<'a>(&'a mut self, program: &'a Program, id: UserId) -> &'a [PrincipalId] {
        match program.users.rows.get(id) {
            None => &[],
            Some(row) if row.selected_by.is_stored() => row.selected_by.of(&program.users.selected_by),
            Some(_) => walk_once(&mut self.walked, program, id),
        }
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
        let set = if row.timed == 0 {
            sets.of_list(program, row.roles)
        } else {
            direct.clear();
            add_timed(program, row, principals, day, direct);
            if direct.is_empty() {
                sets.of_list(program, row.roles)
            } else {
                direct.extend(program.users.role_lists.get(row.roles as usize));
                direct.sort_unstable();
                direct.dedup();
                sets.of_roles(program, direct)
            }
        };
        let roles = sets.get(set);
        Person { id, principals, roles, filter: row.filter | roles.filter }
    }

    /// The roles that facts and grants give a user on a day, without what these extend.
    pub(super) fn direct_roles(program: &Program, person: &Person<'_>, day: Day) -> Vec<RoleId> {
        let mut direct = Vec::new();
        if let Some(row) = program.users.rows.get(person.id) {
            direct.extend(program.users.role_lists.get(row.roles as usize));
            add_timed(program, row, person.principals, day, &mut direct);
        }
        direct.sort_unstable();
        direct.dedup();
        direct
    }
}

/// Adds the roles that a user has on that day besides those that they always have.
#[inline]
fn add_timed(program: &Program, row: &User, principals: &[PrincipalId], day: Day, roles: &mut Vec<RoleId>) {
    if row.timed == User::UNSTORED {
        let granted = program.roles.granted(principals, &program.rules.principals);
        roles.extend(granted.filter(|role| role.is_on(day)).map(|role| role.role));
    } else {
        let timed = program.users.timed_lists.get(row.timed as usize);
        roles.extend(timed.iter().filter(|role| role.is_on(day)).map(|role| role.role));
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
