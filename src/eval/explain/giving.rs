//! Which roles would give a scope.

use std::collections::HashMap;

use crate::eval::holders::extending;
use crate::eval::scopes::ScopeRoom;
use crate::program::Program;
use crate::text::{Id, PrivilegeId, RoleId, ScopeId};

/// The roles that alone give a scope, as they came up: no day matters to that.
#[derive(Debug, Default)]
pub(in crate::eval) struct Giving {
    known: HashMap<ScopeId, Vec<RoleId>>,
    size: usize,
}

impl Giving {
    /// How many roles are kept at most; beyond it everything is forgotten.
    const ROOM: usize = 1 << 22;

    /// The roles that alone, with all they extend, give the scope, by name.
    pub(in crate::eval) fn roles(
        &mut self,
        program: &Program,
        room: &ScopeRoom,
        scope: ScopeId,
    ) -> &[RoleId] {
        if self.size > Self::ROOM {
            *self = Self::default();
        }
        let Self { known, size } = self;
        known.entry(scope).or_insert_with(|| {
            let roles = giving(program, room, scope);
            *size += roles.len() + 8;
            roles
        })
    }
}

fn giving(program: &Program, room: &ScopeRoom, scope: ScopeId) -> Vec<RoleId> {
    let grants = |role: RoleId| {
        let list = program.roles.rows.get(role).map(|row| row.scopes);
        list.is_some_and(|list| room.belongs(program, list, scope))
    };
    let mut found = extending(program, grants);
    let needed = program.scopes.privileges.get(scope.index());
    let opened: Vec<Vec<bool>> =
        needed.iter().map(|&privilege| extending(program, |role| has(program, role, privilege))).collect();
    if !opened.is_empty() {
        for (at, gives) in found.iter_mut().enumerate() {
            *gives |= opened.iter().all(|having| having.get(at).copied().unwrap_or(false));
        }
    }
    by_name(program, &found)
}

/// The roles that have the privilege, with all they extend, by name.
pub(in crate::eval) fn with_privilege(program: &Program, privilege: PrivilegeId) -> Vec<RoleId> {
    by_name(program, &extending(program, |role| has(program, role, privilege)))
}

fn has(program: &Program, role: RoleId, privilege: PrivilegeId) -> bool {
    program.roles.privileges.get(role.index()).contains(&privilege)
}

fn by_name(program: &Program, found: &[bool]) -> Vec<RoleId> {
    let name = |role: &RoleId| program.roles.rows.get(*role).map_or("", |row| program.names.text(row.name));
    let mut roles: Vec<RoleId> =
        program.roles.rows.ids().filter(|role| found.get(role.index()).copied().unwrap_or(false)).collect();
    roles.sort_unstable_by(|a, b| name(a).cmp(name(b)));
    roles
}

/// The names of roles.
pub(in crate::eval) fn role_names(program: &Program, roles: &[RoleId]) -> Vec<String> {
    let rows = roles.iter().filter_map(|&role| program.roles.rows.get(role));
    rows.map(|row| program.names.text(row.name).to_owned()).collect()
}
