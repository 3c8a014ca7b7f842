//! Scopes that are held and scopes that are missing.

use super::giving::{Giving, role_names};
use super::places::rule_ref;
use super::story::Story;
use crate::decision::{BlockedHow, Ground, MissingScope};
use crate::program::RuleKind;
use crate::text::{Id, PrivilegeId, RuleId, ScopeId};

impl Story<'_> {
    /// The name of a scope.
    pub(super) fn scope_name(&self, scope: ScopeId) -> &str {
        self.program.scope_name(scope)
    }

    /// The first of the standing withholds that takes the scope away.
    pub(super) fn taken_by(&self, withholds: &[RuleId], scope: ScopeId) -> Option<RuleId> {
        withholds.iter().copied().find(|&rule| self.takes(rule, &[scope]))
    }

    /// The privileges that open the scope and that the user does not have.
    pub(super) fn lacking(&self, scope: ScopeId) -> impl Iterator<Item = PrivilegeId> {
        let needed = self.program.scopes.privileges.get(scope.index());
        needed.iter().copied().filter(|&privilege| !self.person.roles.has_privilege(privilege))
    }

    fn privilege_name(&self, privilege: PrivilegeId) -> String {
        self.program.privileges.get(privilege).map_or("", |&name| self.program.names.text(name)).to_owned()
    }
}

/// What holds the scope, or why it is not held.
#[expect(clippy::result_large_err, reason = "a scope is either held or missing; neither is rare")]
pub(in crate::eval) fn held(
    case: &Story<'_>,
    giving: &mut Giving,
    scope: ScopeId,
) -> Result<Ground, MissingScope> {
    let withholds = case.applied(RuleKind::Withhold).standing;
    let taken_by = case.taken_by(&withholds, scope);
    if taken_by.is_none() && case.gives(scope) {
        return Ok(scope_ground(case, scope));
    }
    Err(missing_scope(case, giving, scope, taken_by))
}

/// What holds the scope: the first role by name that grants it, else the privileges that open it.
pub(super) fn scope_ground(case: &Story<'_>, scope: ScopeId) -> Ground {
    let program = case.program;
    let grants = |role: &crate::text::RoleId| {
        let row = program.roles.rows.get(*role)?;
        case.belongs(row.scopes, scope).then(|| program.names.text(row.name))
    };
    let role = case.person.roles.roles.iter().filter_map(grants).min().map(str::to_owned);
    let privileges = match role {
        Some(_) => Vec::new(),
        None => {
            let needed = program.scopes.privileges.get(scope.index());
            needed.iter().map(|&privilege| case.privilege_name(privilege)).collect()
        }
    };
    Ground::Scope { scope: case.scope_name(scope).to_owned(), role, privileges }
}

/// Why the user does not hold the scope: what takes it away, else what would give it.
pub(super) fn missing_scope(
    case: &Story<'_>,
    giving: &mut Giving,
    scope: ScopeId,
    taken_by: Option<RuleId>,
) -> MissingScope {
    let name = case.scope_name(scope).to_owned();
    if let Some(rule) = taken_by {
        return MissingScope {
            scope: name,
            lacking_privileges: Vec::new(),
            roles: Vec::new(),
            withheld_by: rule_ref(case.program, rule, true),
            how: case.how(rule),
        };
    }
    MissingScope {
        scope: name,
        lacking_privileges: case.lacking(scope).map(|privilege| case.privilege_name(privilege)).collect(),
        roles: role_names(case.program, giving.roles(case.program, case.scopes, scope)),
        withheld_by: None,
        how: BlockedHow::default(),
    }
}
