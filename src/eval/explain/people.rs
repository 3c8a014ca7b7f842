//! How rules select the user.

use super::story::Story;
use super::words::list_phrases;
use crate::program::{Principal, PrincipalId};
use crate::text::{GroupId, RoleId, RuleId};

/// How a rule selects the user.
enum Through {
    Everyone,
    Name,
    Group(GroupId),
    Role(RoleId),
}

impl<'a> Story<'a> {
    /// How an approval selects the user, such as "through group `emea`, which is in `field`".
    pub(super) fn via(&self, rule: RuleId) -> String {
        if !self.words {
            return String::new();
        }
        match self.through(self.included(rule)) {
            None => String::new(),
            Some(Through::Everyone) => "for everyone".to_owned(),
            Some(Through::Name) => "by name".to_owned(),
            Some(Through::Group(group)) => format!("through group {}", self.group_path(group)),
            Some(Through::Role(role)) => format!("through role {}", self.role_path(role)),
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
            Some(Through::Group(group)) => format!("`{user}` is in {}", self.group_path(group)),
            Some(Through::Role(role)) => format!("`{user}` has role {}", self.role_path(role)),
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

    fn included(&self, rule: RuleId) -> &'a [PrincipalId] {
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
            Principal::Group(group) => Through::Group(group),
            Principal::Role(role) => Through::Role(role),
        })
    }

    fn group_path(&self, group: GroupId) -> String {
        self.groups().path(group, "which is in", |group| self.group_name(group))
    }

    fn role_path(&self, role: RoleId) -> String {
        self.roles().path(role, "which extends", |role| self.role_name(role))
    }

    fn group_name(&self, group: GroupId) -> &'a str {
        self.program.groups.names.get(group).map_or("", |&name| self.program.names.text(name))
    }

    fn role_name(&self, role: RoleId) -> &'a str {
        self.program.roles.rows.get(role).map_or("", |row| self.program.names.text(row.name))
    }
}
