//! How rules select the user.

use std::collections::HashMap;
use std::hash::Hash;

use super::words::{chain, list_phrases};
use crate::eval::case::Case;
use crate::eval::lookup::PersonRoom;
use crate::program::{Principal, PrincipalId};
use crate::text::{GroupId, Id, RoleId, RuleId};

/// How a rule selects the user.
enum Through {
    Everyone,
    Name,
    /// From a group that the user is a direct member of to the one that the rule names.
    Groups(Vec<GroupId>),
    /// From a role that facts or grants give to the one that the rule names.
    Roles(Vec<RoleId>),
}

impl Case<'_> {
    /// How an approval selects the user, such as "through group `emea`, which is in `field`".
    pub(super) fn via(&self, rule: RuleId) -> String {
        match self.through(self.included(rule)) {
            None => String::new(),
            Some(Through::Everyone) => "for everyone".to_owned(),
            Some(Through::Name) => "by name".to_owned(),
            Some(Through::Groups(path)) => format!("through group {}", self.group_path(&path)),
            Some(Through::Roles(path)) => format!("through role {}", self.role_path(&path)),
        }
    }

    /// How a block or withhold selects the user; empty where it is for everyone.
    pub(super) fn how_user(&self, rule: RuleId) -> String {
        self.how_selected(self.included(rule))
    }

    fn how_selected(&self, principals: &[PrincipalId]) -> String {
        let user = self.program.user_name(self.person.id);
        match self.through(principals) {
            None | Some(Through::Everyone) => String::new(),
            Some(Through::Name) => format!("it names `{user}`"),
            Some(Through::Groups(path)) => format!("`{user}` is in {}", self.group_path(&path)),
            Some(Through::Roles(path)) => format!("`{user}` has role {}", self.role_path(&path)),
        }
    }

    /// Why the rule does not select the user.
    pub(super) fn why_not_user(&self, rule: RuleId) -> String {
        let rules = &self.program.rules;
        let user = self.program.user_name(self.person.id);
        let included = self.included(rule);
        if !self.person.has_any(included) {
            let names = included.iter().map(|&principal| self.principal_name(principal));
            return format!("it is for {}, and not for `{user}`", list_phrases(names));
        }
        let except = rules.rows.get(rule).map(|row| row.people_except).unwrap_or_default();
        let excepting: Vec<PrincipalId> =
            except.of(&rules.principals).iter().copied().filter(|&one| self.person.has(one)).collect();
        let names = list_phrases(excepting.iter().map(|&principal| self.principal_name(principal)));
        match self.how_selected(&excepting) {
            how if how.is_empty() => format!("it excepts {names}"),
            how => format!("it excepts {names}, and {how}"),
        }
    }

    fn included(&self, rule: RuleId) -> &[PrincipalId] {
        let rules = &self.program.rules;
        rules.texts.get(rule).map_or(&[], |text| text.people.of(&rules.principals))
    }

    fn principal_name(&self, principal: PrincipalId) -> String {
        match self.program.users.principal(principal) {
            Principal::Everyone => "everyone".to_owned(),
            Principal::Group(group) => format!("group `{}`", self.group_name(group)),
            Principal::User(user) => format!("`{}`", self.program.user_name(user)),
            Principal::Role(role) => format!("role `{}`", self.role_name(role)),
        }
    }

    /// The plainest way in which one of these selects the user: everyone, by name, the first group, the first role.
    fn through(&self, principals: &[PrincipalId]) -> Option<Through> {
        let rank = |principal: &Principal| match principal {
            Principal::Everyone => 0,
            Principal::User(_) => 1,
            Principal::Group(_) => 2,
            Principal::Role(_) => 3,
        };
        let mine = principals.iter().copied().filter(|&principal| self.person.has(principal));
        let first = mine.map(|principal| self.program.users.principal(principal)).min_by_key(rank)?;
        Some(match first {
            Principal::Everyone => Through::Everyone,
            Principal::User(_) => Through::Name,
            Principal::Group(group) => Through::Groups(self.path_to_group(group)),
            Principal::Role(role) => Through::Roles(self.path_to_role(role)),
        })
    }

    fn path_to_group(&self, group: GroupId) -> Vec<GroupId> {
        let direct = self.program.users.direct_groups(self.person.id);
        shortest_path(direct, group, |one| self.program.groups.parents.get(one.index()))
    }

    fn path_to_role(&self, role: RoleId) -> Vec<RoleId> {
        let direct = PersonRoom::direct_roles(self.program, &self.person, self.day);
        shortest_path(&direct, role, |one| self.program.roles.extends.get(one.index()))
    }

    fn group_path(&self, path: &[GroupId]) -> String {
        let names: Vec<&str> = path.iter().map(|&group| self.group_name(group)).collect();
        chain(&names, "which is in")
    }

    fn role_path(&self, path: &[RoleId]) -> String {
        let names: Vec<&str> = path.iter().map(|&role| self.role_name(role)).collect();
        chain(&names, "which extends")
    }

    fn group_name(&self, group: GroupId) -> &str {
        self.program.groups.names.get(group).map_or("", |&name| self.program.names.text(name))
    }

    fn role_name(&self, role: RoleId) -> &str {
        self.program.roles.rows.get(role).map_or("", |row| self.program.names.text(row.name))
    }
}

/// A shortest path from one of `starts` to `goal`, both included.
pub(super) fn shortest_path<'e, T: Copy + Eq + Hash + 'e>(
    starts: &[T],
    goal: T,
    edges: impl Fn(T) -> &'e [T],
) -> Vec<T> {
    let mut before: HashMap<T, Option<T>> = starts.iter().map(|&start| (start, None)).collect();
    let mut queue = starts.to_vec();
    let mut at = 0;
    while let Some(&one) = queue.get(at) {
        if one == goal {
            break;
        }
        at += 1;
        for &next in edges(one) {
            before.entry(next).or_insert_with(|| {
                queue.push(next);
                Some(one)
            });
        }
    }
    let mut path = vec![goal];
    while let Some(&Some(previous)) = path.last().and_then(|last| before.get(last)) {
        path.push(previous);
    }
    path.reverse();
    path
}
