//! All tables of a project.

use super::lookup::Lookup;
use super::{
    Accept, Account, Allowlist, App, Attribute, Developer, Group, PolicyTest, Role, Rule, Scope, ScopeSet,
    Term, Users,
};
use crate::terms::{EntityKind, fold_email};
use crate::text::{
    AllowlistId, AppId, AttributeId, DeveloperId, FileId, GroupId, IdVec, Interner, PrivilegeId, RoleId,
    RuleId, ScopeId, ScopeSetId, Span, Symbol, UserId,
};

/// A project with its names resolved: one table for each kind of thing, and the names behind every [`Symbol`].
#[derive(Clone, Debug, Default)]
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
    /// What the settings' terms of approval are about, in their order.
    pub terms: Vec<Term>,
    /// A place to point at when something is missing from the whole project: the start of its first policy file.
    pub place: Option<Span>,
    /// Whether any scope catalogue is there: the bundled one, or `scopes` facts.
    pub has_catalogue: bool,
    /// Whether the project extends the bundled library.
    pub extends_zoom: bool,
    /// The policy files, in order; a span in any other file is in a fact file or a library.
    pub policy_files: Vec<FileId>,
    /// Which name is which id.
    pub(super) lookup: Lookup,
}

impl Model {
    /// The text of a symbol.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.resolve(symbol)
    }
    /// Whether a place lies in a policy file.
    pub fn in_policy(&self, span: Span) -> bool {
        self.policy_files.binary_search(&span.file).is_ok()
    }
    /// The user with this e-mail address, in any case.
    pub fn user(&self, email: &str) -> Option<UserId> {
        self.lookup.users.get(self.names.get(&fold_email(email))?)
    }
    /// The app with this id.
    pub fn app(&self, name: &str) -> Option<AppId> {
        self.lookup.apps.get(self.names.get(name)?)
    }
    /// The developer with this id.
    pub fn developer(&self, name: &str) -> Option<DeveloperId> {
        self.lookup.developers.get(self.names.get(name)?)
    }
    /// The group with this name.
    pub fn group(&self, name: &str) -> Option<GroupId> {
        self.lookup.groups.get(self.names.get(name)?)
    }
    /// The role with this name.
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.lookup.roles.get(self.names.get(name)?)
    }
    /// The allowlist with this name.
    pub fn allowlist(&self, name: &str) -> Option<AllowlistId> {
        self.lookup.allowlists.get(self.names.get(name)?)
    }
    /// The scope set with this name.
    pub fn scope_set(&self, name: &str) -> Option<ScopeSetId> {
        self.lookup.scope_sets.get(self.names.get(name)?)
    }
    /// The scope with this name, if anything in the project names it or it is implied.
    pub fn scope(&self, name: &str) -> Option<ScopeId> {
        self.lookup.scopes.get(self.names.get(name)?)
    }
    /// The privilege with this name, in any case.
    pub fn privilege(&self, name: &str) -> Option<PrivilegeId> {
        self.lookup.privileges.get(self.names.get(&name.to_ascii_lowercase())?)
    }
    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<RuleId> {
        self.lookup.rules.get(self.names.get(id)?)
    }
    /// The attribute that `owner` carries under this name, written with `-`.
    pub fn attribute(&self, owner: EntityKind, name: &str) -> Option<AttributeId> {
        self.lookup.attributes_of(owner).get(self.names.get(name)?)
    }
}
