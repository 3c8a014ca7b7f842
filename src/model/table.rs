//! All tables of a project.

use super::{
    Accept, Account, Allowlist, App, Attribute, Developer, Group, PolicyTest, Role, Rule, Scope, ScopeSet,
    Users,
};
use crate::text::{
    AllowlistId, AppId, AttributeId, DeveloperId, GroupId, IdVec, Interner, PrivilegeId, RoleId, RuleId,
    ScopeId, ScopeSetId, Span, Symbol,
};

/// A project with its names resolved: one table for each kind of thing, and the names behind every [`Symbol`].
#[derive(Debug, Default)]
pub struct Model {
    /// The names. E-mail addresses are stored in lower case, privileges as first written.
    pub names: Interner,
    /// The account.
    pub account: Account,
    /// Declared attributes, with a column of values each.
    pub attributes: IdVec<AttributeId, Attribute>,
    /// Privileges that anything names; they are equal without regard to case.
    pub privileges: IdVec<PrivilegeId, Symbol>,
    /// Scopes that anything names, and those which these imply or which imply these.
    pub scopes: IdVec<ScopeId, Scope>,
    /// Scope sets.
    pub scope_sets: IdVec<ScopeSetId, ScopeSet>,
    /// Roles.
    pub roles: IdVec<RoleId, Role>,
    /// Groups.
    pub groups: IdVec<GroupId, Group>,
    /// Developers. `zoom` is always there.
    pub developers: IdVec<DeveloperId, Developer>,
    /// Apps.
    pub apps: IdVec<AppId, App>,
    /// Allowlists.
    pub allowlists: IdVec<AllowlistId, Allowlist>,
    /// Users.
    pub users: Users,
    /// Rules, exemptions and grants included, in the order of files and then of text.
    pub rules: IdVec<RuleId, Rule>,
    /// Policy tests.
    pub tests: Vec<PolicyTest>,
    /// Accepted widenings.
    pub accepts: Vec<Accept>,
    /// A place to point at when something is missing from the whole project: the start of its first policy file.
    pub place: Option<Span>,
}

impl Model {
    /// The text of a symbol.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.resolve(symbol)
    }
}
