//! Walks through what contains what, for lists that the program does not store. Never recursive: nesting may be as deep as there are
//! things.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use crate::program::{Principal, PrincipalId, Program, Selector, SelectorId};
use crate::text::{AllowlistId, AppId, GroupId, Id, UserId};

/// The numbered principals, roles aside, that select a user, sorted.
pub(super) fn principals(program: &Program, user: UserId) -> Vec<PrincipalId> {
    let groups = &program.groups;
    let mut seen = FixedBitSet::with_capacity(groups.names.len());
    let mut rest = program.users.direct_groups(user).to_vec();
    while let Some(group) = rest.pop() {
        if group.index() < seen.len() && !seen.put(group.index()) {
            rest.extend(groups.parents.get(group.index()));
        }
    }
    // Groups have numbers in their order, after everyone and before users.
    let numbers = seen.ones().filter_map(|group| groups.principals.get(GroupId::from_index(group)).copied());
    let own = program.users.principal_id(Principal::User(user));
    std::iter::once(PrincipalId::EVERYONE).chain(numbers.flatten()).chain(own).collect()
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
