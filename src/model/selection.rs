//! Which apps and which people, resolved.

use crate::text::{AllowlistId, AppId, DeveloperId, GroupId, RoleId, Span, UserId};

/// A resolved name with the place that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref<I> {
    /// What is named.
    pub id: I,
    /// The text that names it.
    pub span: Span,
}

/// Apps that any of `include` selects and none of `except` does.
#[derive(Clone, Debug)]
pub struct AppSelection {
    /// What is selected.
    pub include: Vec<AppSelector>,
    /// What is taken away.
    pub except: Vec<AppSelector>,
    /// All of it.
    pub span: Span,
    /// Whether a name in it was unknown and is left out.
    pub has_unknown_names: bool,
}

/// One app selector with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppSelector {
    /// What it selects.
    pub kind: AppSelectorKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of app selectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AppSelectorKind {
    /// One app.
    App(AppId),
    /// Apps of a developer. An app whose developer is not known is selected by this with truth unknown.
    ByDeveloper(DeveloperId),
    /// Apps in an allowlist.
    InAllowlist(AllowlistId),
    /// Listed apps.
    Listed,
    /// Unlisted apps.
    Unlisted,
    /// Apps whose developer is internal.
    Internal,
    /// Every app.
    All,
}

/// Users that any of `include` selects and none of `except` does.
#[derive(Clone, Debug)]
pub struct People {
    /// Who is selected.
    pub include: Vec<Principal>,
    /// Who is taken away.
    pub except: Vec<Principal>,
    /// All of it.
    pub span: Span,
    /// Whether a name in it was unknown and is left out.
    pub has_unknown_names: bool,
}

impl People {
    /// The users who are named one by one.
    pub fn users(&self) -> impl Iterator<Item = UserId> {
        self.include.iter().filter_map(|principal| match principal.kind {
            PrincipalKind::User(user) => Some(user),
            PrincipalKind::Group(_) | PrincipalKind::Role(_) | PrincipalKind::Everyone => None,
        })
    }
}

/// One principal with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Whom it selects.
    pub kind: PrincipalKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of principals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// One user.
    User(UserId),
    /// Members of a group, nested ones included.
    Group(GroupId),
    /// Users whose roles on the day, closed over `extends`, contain this one.
    Role(RoleId),
    /// Every user.
    Everyone,
}
