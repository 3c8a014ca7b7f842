//! Which apps and which people.

use super::Name;
use crate::text::Span;

/// `SELECTORS [except SELECTORS]` over apps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppSelection {
    /// Apps that any of these selects, at least one selector …
    pub include: Vec<AppSelector>,
    /// … and none of these does.
    pub except: Vec<AppSelector>,
    /// All of it.
    pub span: Span,
}

/// One app selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppSelector {
    /// Where it stands.
    pub span: Span,
    /// What it selects.
    pub kind: AppSelectorKind,
}

/// The kinds of app selectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppSelectorKind {
    /// One app by its id.
    App(Name),
    /// `apps by DEVELOPER`
    ByDeveloper(Name),
    /// `apps in ALLOWLIST`
    InAllowlist(Name),
    /// `listed apps`
    Listed,
    /// `unlisted apps`
    Unlisted,
    /// `internal apps`: developer kind internal
    Internal,
    /// `all apps`
    All,
}

/// `PRINCIPALS [except PRINCIPALS]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Users that any of these selects, at least one principal …
    pub include: Vec<Principal>,
    /// … and none of these does.
    pub except: Vec<Principal>,
    /// All of it.
    pub span: Span,
}

/// One principal selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Where it stands.
    pub span: Span,
    /// Whom it selects.
    pub kind: PrincipalKind,
}

/// The kinds of principal selectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// One user by e-mail address.
    User(Name),
    /// `group NAME`
    Group(Name),
    /// `role NAME`
    Role(Name),
    /// `everyone`
    Everyone,
}
