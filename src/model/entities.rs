//! Roles, groups, developers, apps, allowlists and users.

use super::{AppSelector, Ref, ScopeTerm};
use crate::terms::{DeveloperKind, Listing, ManagedBy, Stage};
use crate::text::{
    Date, DeveloperId, GroupId, Id, IdVec, PrivilegeId, RoleId, ScopeId, Span, Symbol, UserId,
};

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: Symbol,
    /// Where it is declared: its head.
    pub span: Span,
    /// The roles it extends.
    pub extends: Vec<Ref<RoleId>>,
    /// Its own privileges.
    pub privileges: Vec<Ref<PrivilegeId>>,
    /// The scopes it grants itself.
    pub scopes: Vec<ScopeTerm>,
}

/// A group. Members that say so in their own facts are found in [`Users::groups`].
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: Symbol,
    /// Where it is declared, or first named by a fact.
    pub span: Span,
    /// Users in its own list.
    pub members: Vec<Ref<UserId>>,
    /// Groups in its own list: their members are its members too.
    pub groups: Vec<Ref<GroupId>>,
    /// Whether a policy or a `groups` record declares it, rather than a user's `groups` alone.
    pub declared: bool,
}

/// A developer of apps.
#[derive(Clone, Debug)]
pub struct Developer {
    /// Its id.
    pub name: Symbol,
    /// Where it is declared; `None`: built in.
    pub span: Option<Span>,
    /// Its name for people.
    pub title: Option<Symbol>,
    /// What kind it is.
    pub kind: Option<DeveloperKind>,
}

/// An app. Every `None` is a fact that is not known, except where it says otherwise.
#[derive(Clone, Debug)]
pub struct App {
    /// Its id.
    pub name: Symbol,
    /// Where it is declared: its head.
    pub span: Span,
    /// Its name for people.
    pub title: Option<Symbol>,
    /// Its id in the marketplace.
    pub marketplace_id: Option<Symbol>,
    /// Who makes it.
    pub developer: Option<Ref<DeveloperId>>,
    /// Where it is shown; already `unlisted` where nothing was stated and the stage is known not to be published.
    pub listing: Option<Listing>,
    /// Whether `listing` was not stated but follows from the stage.
    pub listing_assumed: bool,
    /// How far along it is.
    pub stage: Option<Stage>,
    /// Who adds it.
    pub managed_by: Option<ManagedBy>,
    /// The scopes it must have.
    pub scopes: Option<Vec<Ref<ScopeId>>>,
    /// The scopes it would like; nothing stated means none.
    pub optional_scopes: Vec<Ref<ScopeId>>,
    /// The last day of a beta.
    pub beta_until: Option<Date>,
}

/// An allowlist.
#[derive(Clone, Debug)]
pub struct Allowlist {
    /// Its name.
    pub name: Symbol,
    /// Where it is declared: its head.
    pub span: Span,
    /// What it lists.
    pub selectors: Vec<AppSelector>,
}

/// How a user came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Only some principal, grant or recipient names it.
    Named,
    /// A group's list names it.
    Listed,
    /// Only the `given` of a test describes it.
    Given,
    /// A `user` item or a fact file describes it.
    Described,
}

/// A list of roles that the facts of at least one user state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleList(pub u32);

/// One user's row.
#[derive(Clone, Copy, Debug)]
pub struct User {
    /// The e-mail address in lower case.
    pub email: Symbol,
    /// Where the user is described, or first named.
    pub span: Span,
    /// How the user came to be known.
    pub origin: Origin,
    /// The roles that the facts state; `None`: they name none, so the default role holds.
    pub roles: Option<RoleList>,
    /// Start and length of the user's own memberships in the shared list.
    pub groups: (u32, u32),
}

/// Every user.
#[derive(Clone, Debug, Default)]
pub struct Users {
    /// A row for each.
    pub rows: IdVec<UserId, User>,
    /// The distinct lists of roles that facts state.
    pub role_lists: Vec<Vec<RoleId>>,
    /// The shared list of memberships that users' own facts state.
    pub memberships: Vec<GroupId>,
}

impl Users {
    /// How many users there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// The groups that the user's own facts state. (Groups that list the user are not among them.)
    pub fn groups(&self, user: UserId) -> &[GroupId] {
        let (start, len) = self.rows.at(user).groups;
        self.memberships.get(start as usize..start as usize + len as usize).unwrap_or_default()
    }
    /// The roles that the user's facts state; `None`: they name none.
    pub fn stated_roles(&self, user: UserId) -> Option<&[RoleId]> {
        let list = self.rows.at(user).roles?;
        self.role_lists.get(list.0 as usize).map(Vec::as_slice)
    }
    /// The id of the last user, if there is one.
    pub fn last(&self) -> Option<UserId> {
        self.rows.len().checked_sub(1).map(UserId::from_index)
    }
}
