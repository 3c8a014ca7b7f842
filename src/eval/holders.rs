//! Everyone who may do something on a day.

use rustc_hash::FxHashSet;

use super::lookup::PersonRoom;
use crate::program::{Day, Grant, Jagged, Name, Principal, PrincipalId, Program, User};
use crate::text::{GroupId, Id, RoleId, UserId};

/// The users who on that day have a role that is `wanted` or extends one that is, sorted by e-mail address.
///
/// Users whose roles the program stores are read off. Of the others only those are looked at closely whom a grant with exceptions leads to.
pub(super) fn holders(
    program: &Program,
    people: &mut PersonRoom,
    day: Day,
    wanted: impl Fn(RoleId) -> bool,
) -> Vec<UserId> {
    let users = &program.users;
    let gives = extending(program, wanted);
    let gives = |role: RoleId| gives.get(role.index()).copied().unwrap_or(false);
    let stated: Vec<bool> = (0..users.role_lists.len())
        .map(|list| users.role_lists.get(list).iter().any(|&role| gives(role)))
        .collect();
    let timed: Vec<bool> = (0..users.timed_lists.len())
        .map(|list| users.timed_lists.get(list).iter().any(|timed| timed.is_on(day) && gives(timed.role)))
        .collect();
    let granted = |exceptions: bool| {
        let counts = |grant: &Grant| {
            grant.role.is_on(day) && gives(grant.role.role) && grant.except.is_empty() != exceptions
        };
        Granted::new(program, counts)
    };
    let (surely, perhaps) = (granted(false), granted(true));
    let mut holds = |id: UserId, user: &User| {
        stated.get(user.roles as usize).copied().unwrap_or(false)
            || match user.timed {
                User::UNSTORED => {
                    surely.reaches(program, id)
                        || perhaps.reaches(program, id)
                            && people.person(program, id, day).roles.roles.iter().any(|&role| gives(role))
                }
                list => timed.get(list as usize).copied().unwrap_or(false),
            }
    };
    let holders = users.rows.enumerate().filter(|(id, user)| holds(*id, user));
    let mut holders: Vec<UserId> = holders.map(|(id, _)| id).collect();
    let email = |user: &UserId| program.names.text(Name(user.0));
    holders.sort_unstable_by(|a, b| email(a).cmp(email(b)));
    holders
}

/// By the number of each role whether it is `wanted` or extends, directly or not, one that is.
pub(super) fn extending(program: &Program, wanted: impl Fn(RoleId) -> bool) -> Vec<bool> {
    spread(program.roles.rows.ids().map(wanted).collect(), &program.roles.extended_by)
}

/// Whom some grants reach, exceptions aside.
struct Granted {
    everyone: bool,
    users: FxHashSet<UserId>,
    /// By the number of a group, whether its members are reached.
    groups: Vec<bool>,
    any_group: bool,
}

impl Granted {
    fn new(program: &Program, counts: impl Fn(&Grant) -> bool) -> Self {
        let mut granted = Self {
            everyone: false,
            users: FxHashSet::default(),
            groups: vec![false; program.groups.names.len()],
            any_group: false,
        };
        for number in 0..program.roles.grants.len() {
            if !program.roles.grants.get(number).iter().any(&counts) {
                continue;
            }
            match program.users.principal(PrincipalId(u32::try_from(number).unwrap_or(u32::MAX))) {
                Principal::Everyone => granted.everyone = true,
                Principal::User(user) => {
                    granted.users.insert(user);
                }
                Principal::Group(group) => {
                    if let Some(mark) = granted.groups.get_mut(group.index()) {
                        *mark = true;
                        granted.any_group = true;
                    }
                }
                // No grant names a role.
                Principal::Role(_) => {}
            }
        }
        if granted.any_group {
            granted.groups = spread(granted.groups, &inner(&program.groups.parents));
        }
        granted
    }

    fn reaches(&self, program: &Program, user: UserId) -> bool {
        let in_group = |group: &GroupId| self.groups.get(group.index()).copied().unwrap_or(false);
        self.everyone
            || self.any_group && program.users.direct_groups(user).iter().any(in_group)
            || !self.users.is_empty() && self.users.contains(&user)
    }
}

/// For each group those that it lists.
fn inner(parents: &Jagged<GroupId>) -> Jagged<GroupId> {
    let pairs = || {
        (0..parents.len()).flat_map(|group| {
            parents.get(group).iter().map(move |outer| (outer.index(), GroupId::from_index(group)))
        })
    };
    Jagged::from_pairs(parents.len(), pairs)
}

/// Marks everything that what is marked leads to.
fn spread<I: Id>(mut marks: Vec<bool>, edges: &Jagged<I>) -> Vec<bool> {
    let mut rest: Vec<usize> = (0..).zip(&marks).filter(|(_, mark)| **mark).map(|(at, _)| at).collect();
    while let Some(at) = rest.pop() {
        for next in edges.get(at) {
            if let Some(place) = marks.get_mut(next.index()).filter(|place| !**place) {
                *place = true;
                rest.push(next.index());
            }
        }
    }
    marks
}
