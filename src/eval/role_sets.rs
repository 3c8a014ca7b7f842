//! The roles that a user has on a day, and what they give.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::scopes::ScopeRoom;
use crate::program::{Principal, PrincipalId, Program, ScopeListId};
use crate::text::{Id, PrivilegeId, RoleId, ScopeId};

/// A set of roles closed over `extends`, with all it gives.
#[derive(Debug, Default)]
pub(super) struct RoleSet {
    /// The roles, sorted.
    pub(super) roles: Vec<RoleId>,
    /// Those of them that rules name, sorted.
    pub(super) principals: Vec<PrincipalId>,
    /// The bits of these.
    pub(super) filter: u64,
    /// Whether it makes a user an installer.
    pub(super) installer: bool,
    /// A bit for each scope that it gives.
    scopes: Vec<u64>,
    /// Lists of scopes that it gives besides and that are not stored as bits.
    walked: Vec<ScopeListId>,
    /// A bit for each privilege.
    privileges: Vec<u64>,
}

impl RoleSet {
    /// The set of `direct` roles and all that they extend.
    pub(super) fn new(program: &Program, direct: &[RoleId]) -> Self {
        let mut set = Self {
            roles: program.roles.closed(direct.iter().copied()),
            scopes: vec![0; program.scopes.words()],
            privileges: vec![0; program.privileges.len().div_ceil(64)],
            ..Self::default()
        };
        for role in set.roles.clone() {
            set.add_role(program, role);
        }
        for (scope, _) in program.scopes.rows.enumerate() {
            let needed = program.scopes.privileges.get(scope.index());
            if !needed.is_empty() && needed.iter().all(|&privilege| set.has_privilege(privilege)) {
                set_bit(&mut set.scopes, scope.index());
            }
        }
        let account = &program.account;
        set.installer = account.installer_privileges.iter().any(|&privilege| set.has_privilege(privilege))
            || account.installer_roles.iter().any(|role| set.roles.binary_search(role).is_ok());
        set
    }

    fn add_role(&mut self, program: &Program, role: RoleId) {
        if let Some(principal) = program.users.principal_id(Principal::Role(role)) {
            self.principals.push(principal);
            self.filter |= principal.filter();
        }
        for privilege in program.roles.privileges.get(role.index()) {
            set_bit(&mut self.privileges, privilege.index());
        }
        let Some(list) = program.roles.rows.get(role).map(|row| row.scopes) else { return };
        match program.scopes.list(list) {
            Some(stored) if stored.bits.is_stored() => {
                for (word, more) in self.scopes.iter_mut().zip(stored.bits.of(&program.scopes.bits)) {
                    *word |= more;
                }
            }
            _ => self.walked.push(list),
        }
    }

    /// Whether a user with these roles holds the scope, withholds aside.
    #[inline]
    pub(super) fn gives(&self, program: &Program, room: &ScopeRoom, scope: ScopeId) -> bool {
        has_bit(&self.scopes, scope.index())
            || self.walked.iter().any(|&list| room.belongs(program, list, scope))
    }

    /// Whether it has the privilege.
    pub(super) fn has_privilege(&self, privilege: PrivilegeId) -> bool {
        has_bit(&self.privileges, privilege.index())
    }

    /// Whether it has the role.
    pub(super) fn has(&self, role: RoleId) -> bool {
        self.roles.binary_search(&role).is_ok()
    }

    /// About how many words it takes.
    fn size(&self) -> usize {
        self.roles.len() + self.principals.len() + self.scopes.len() + self.privileges.len() + 32
    }
}

/// Sets a bit.
pub(super) fn set_bit(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// Whether a bit is set.
#[inline]
pub(super) fn has_bit(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// The sets of roles that came up so far.
#[derive(Debug)]
pub(super) struct RoleSets {
    sets: Vec<RoleSet>,
    /// The set of each list of roles that facts give; `u32::MAX`: it did not come up.
    of_lists: Vec<u32>,
    /// The set of each sorted list of roles that came up with grants.
    granted: HashMap<Box<[RoleId]>, u32, FxBuildHasher>,
    /// About how many words all of it takes.
    size: usize,
}

impl RoleSets {
    /// How many words are kept at most (128 MB); beyond it everything is forgotten.
    const ROOM: usize = 1 << 24;

    /// None.
    pub(super) fn new(program: &Program) -> Self {
        let of_lists = vec![u32::MAX; program.users.role_lists.len()];
        Self { sets: Vec::new(), of_lists, granted: HashMap::default(), size: 0 }
    }

    /// The number of the set of a list of roles that facts give.
    #[inline]
    pub(super) fn of_list(&mut self, program: &Program, list: u32) -> usize {
        let list = list as usize;
        match self.of_lists.get(list) {
            Some(&set) if set != u32::MAX => set as usize,
            _ => self.add_list(program, list),
        }
    }

    #[cold]
    fn add_list(&mut self, program: &Program, list: usize) -> usize {
        let set = self.add(RoleSet::new(program, program.users.role_lists.get(list)));
        if let Some(place) = self.of_lists.get_mut(list) {
            *place = set;
        }
        set as usize
    }

    /// The number of the set of these sorted roles.
    pub(super) fn of_roles(&mut self, program: &Program, roles: &[RoleId]) -> usize {
        if let Some(&set) = self.granted.get(roles) {
            return set as usize;
        }
        let set = self.add(RoleSet::new(program, roles));
        self.size += roles.len();
        self.granted.insert(roles.into(), set);
        set as usize
    }

    /// The set with this number.
    #[inline]
    pub(super) fn get(&self, set: usize) -> &RoleSet {
        static NONE: RoleSet = RoleSet {
            roles: Vec::new(),
            principals: Vec::new(),
            filter: 0,
            installer: false,
            scopes: Vec::new(),
            walked: Vec::new(),
            privileges: Vec::new(),
        };
        self.sets.get(set).unwrap_or(&NONE)
    }

    fn add(&mut self, set: RoleSet) -> u32 {
        if self.size > Self::ROOM {
            self.sets.clear();
            self.granted.clear();
            self.of_lists.fill(u32::MAX);
            self.size = 0;
        }
        self.size += set.size();
        self.sets.push(set);
        u32::try_from(self.sets.len() - 1).unwrap_or(u32::MAX)
    }
}
