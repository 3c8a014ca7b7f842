//! Nodes and edges.

use std::fmt;

use crate::text::{
    AllowlistId, AppId, DeveloperId, GroupId, PrivilegeId, RoleId, RuleId, ScopeId, ScopeSetId, Span, UserId,
};

/// A thing of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The account; `everyone`, `all apps` and the like lead here too.
    Account,
    /// A role.
    Role(RoleId),
    /// A group.
    Group(GroupId),
    /// A user whom policies name.
    User(UserId),
    /// A developer.
    Developer(DeveloperId),
    /// An app.
    App(AppId),
    /// An allowlist.
    Allowlist(AllowlistId),
    /// A scope set.
    ScopeSet(ScopeSetId),
    /// A scope.
    Scope(ScopeId),
    /// A privilege.
    Privilege(PrivilegeId),
    /// A rule.
    Rule(RuleId),
    /// A test, by its position in the model.
    Test(u32),
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// The account.
    Account,
    /// A role.
    Role,
    /// A group.
    Group,
    /// A user.
    User,
    /// A developer.
    Developer,
    /// An app.
    App,
    /// An allowlist.
    Allowlist,
    /// A scope set.
    ScopeSet,
    /// A scope.
    Scope,
    /// A privilege.
    Privilege,
    /// A rule.
    Rule,
    /// A test.
    Test,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Account,
        Self::Role,
        Self::Group,
        Self::User,
        Self::Developer,
        Self::App,
        Self::Allowlist,
        Self::ScopeSet,
        Self::Scope,
        Self::Privilege,
        Self::Rule,
        Self::Test,
    ];

    /// The word before the colon in `app:deal-sync`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Role => "role",
            Self::Group => "group",
            Self::User => "user",
            Self::Developer => "developer",
            Self::App => "app",
            Self::Allowlist => "allowlist",
            Self::ScopeSet => "scope-set",
            Self::Scope => "scope",
            Self::Privilege => "privilege",
            Self::Rule => "rule",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Node {
    /// What kind of thing it is.
    pub fn kind(self) -> NodeKind {
        match self {
            Self::Account => NodeKind::Account,
            Self::Role(_) => NodeKind::Role,
            Self::Group(_) => NodeKind::Group,
            Self::User(_) => NodeKind::User,
            Self::Developer(_) => NodeKind::Developer,
            Self::App(_) => NodeKind::App,
            Self::Allowlist(_) => NodeKind::Allowlist,
            Self::ScopeSet(_) => NodeKind::ScopeSet,
            Self::Scope(_) => NodeKind::Scope,
            Self::Privilege(_) => NodeKind::Privilege,
            Self::Rule(_) => NodeKind::Rule,
            Self::Test(_) => NodeKind::Test,
        }
    }
}

/// How one thing leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A role extends a role.
    Extends,
    /// A list holds something: a group a group, an allowlist an app, developer or allowlist, a set a scope or set, a developer its apps,
    /// the account its exemptions, a scope what it implies.
    Includes,
    /// A user is in a group.
    MemberOf,
    /// A role gives a scope, set or privilege; a grant or the account gives a role.
    Grants,
    /// A rule or test is about a user, group, role, app, developer, allowlist, scope or set.
    Selects,
    /// An approval lets people have this.
    Approves,
    /// A block keeps people from this.
    Blocks,
    /// A withhold keeps this from apps.
    Withholds,
    /// A waive lifts this rule.
    Waives,
    /// An exemption frees this from approval.
    Exempts,
    /// An app asks for a scope.
    Requires,
    /// A scope, or the right to install, needs a privilege.
    NeedsPrivilege,
}

impl EdgeKind {
    /// The word shown on the edge.
    pub fn name(self) -> &'static str {
        match self {
            Self::Extends => "extends",
            Self::Includes => "includes",
            Self::MemberOf => "member-of",
            Self::Grants => "grants",
            Self::Selects => "selects",
            Self::Approves => "approves",
            Self::Blocks => "blocks",
            Self::Withholds => "withholds",
            Self::Waives => "waives",
            Self::Exempts => "exempts",
            Self::Requires => "requires",
            Self::NeedsPrivilege => "needs-privilege",
        }
    }
}

impl fmt::Display for EdgeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An edge: how, and by which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// How one leads to the other.
    pub kind: EdgeKind,
    /// The text that made it. For what only a catalogue says: the text that brought the scope in.
    pub span: Span,
}
