//! Walks through what contains what, for lists that the program does not store. Never recursive: nesting may be as deep as there are
//! things.

use std::collections::HashSet;

use crate::program::{Principal, PrincipalId, Program, Selector, SelectorId};
use crate::text::{AllowlistId, AppId, GroupId, Id, UserId};

/// The groups that `direct` are and lie in.
pub(super) fn groups(program: &Program, direct: &[GroupId]) -> Vec<GroupId> {
    let mut seen = fixedbitset::FixedBitSet::with_capacity(program.groups.names.len());
    let mut rest = direct.to_vec();
    let mut found = Vec::new();
    while let Some(group) = rest.pop() {
        if group.index() < seen.len() && !seen.put(group.index()) {
            found.push(group);
            rest.extend(program.groups.parents.get(group.index()));
        }
    }
    found
}

/// The numbered principals, roles aside, that select a user, sorted.
pub(super) fn principals(program: &Program, user: UserId) -> Vec<PrincipalId> {
    let users = &program.users;
    let groups = groups(program, users.direct_groups(user)).into_iter().map(Principal::Group);
    let mut found: Vec<PrincipalId> = [Principal::Everyone, Principal::User(user)]
        .into_iter()
        .chain(groups)
        .filter_map(|principal| users.principal_id(principal))
        .collect();
    found.sort_unstable();
    found
}

/// The allowlists that list one of `base`, directly or through other allowlists.
pub(super) fn allowlists(program: &Program, base: &[Selector]) -> HashSet<AllowlistId> {
    let lists = &program.apps.allowlists;
    let mut found = HashSet::new();
    let mut rest: Vec<AllowlistId> =
        base.iter().flat_map(|&selector| lists.listing(selector)).copied().collect();
    while let Some(list) = rest.pop() {
        if found.insert(list) {
            rest.extend(lists.listing(Selector::InAllowlist(list)));
        }
    }
    found
}

/// The numbered selectors among `base` and the allowlists that list one of them, sorted.
pub(super) fn selectors(program: &Program, base: &[Selector]) -> Vec<SelectorId> {
    let lists = allowlists(program, base);
    let mut found: Vec<SelectorId> = base
        .iter()
        .copied()
        .chain(lists.into_iter().map(Selector::InAllowlist))
        .filter_map(|selector| program.apps.selector_id(selector))
        .collect();
    found.sort_unstable();
    found
}

/// The numbered selectors that surely select an app, sorted.
pub(super) fn sure_selectors(program: &Program, app: AppId) -> Vec<SelectorId> {
    program.apps.rows.get(app).map_or(Vec::new(), |row| selectors(program, &row.base(app)))
}

/// The numbered selectors that may select an app with these gaps, sorted.
pub(super) fn unknown_selectors(program: &Program, gaps: crate::program::Gaps) -> Vec<SelectorId> {
    selectors(program, &gaps.base(program.apps.developers.len()))
}
