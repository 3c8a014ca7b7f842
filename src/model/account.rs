//! The account.

use super::Ref;
use crate::text::{PrivilegeId, RoleId, RuleId, Span, Symbol, UserId};

/// The account: the project's clauses over those of its baselines.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Its name and where that stands; `None` was reported.
    pub name: Option<(Symbol, Span)>,
    /// The first words of the account's first block, if there is any.
    pub stated: Option<Span>,
    /// Whether an account block stands in a file with syntax errors, so that what is missing here may stand there.
    pub broken: bool,
    /// Whether the project has an account block without a name; that was reported.
    pub unnamed: bool,
    /// What holds for listed apps.
    pub listed: SectionPolicy,
    /// What holds for unlisted apps.
    pub unlisted: SectionPolicy,
    /// Who is told about requests; `None` was reported.
    pub notify: Option<Notify>,
    /// The role of users whose facts name none.
    pub default_role: Option<Ref<RoleId>>,
    /// Privileges of which any one makes a user an installer. Without an `installers` clause: `MarketPlace:Edit`.
    pub installer_privileges: Vec<Ref<PrivilegeId>>,
    /// Roles of which any one (closed over `extends`) makes a user an installer.
    pub installer_roles: Vec<Ref<RoleId>>,
    /// Where approvals are asked for.
    pub requests_via: Option<Symbol>,
    /// Whether the account says that it has sub-accounts.
    pub sub_accounts: Option<bool>,
    /// `MarketPlace:Edit`, the privilege of those who approve; always there in a resolved model.
    pub approve_privilege: Option<PrivilegeId>,
}

/// One section of the account.
#[derive(Clone, Debug, Default)]
pub struct SectionPolicy {
    /// Whether its apps need approval; `None` was reported.
    pub approval_required: Option<bool>,
    /// Its exemptions, as rules of [`Effect::Exempt`](super::Effect::Exempt).
    pub exempts: Vec<RuleId>,
    /// Its head, `listed apps` or `unlisted apps`, where it was stated.
    pub head: Option<Span>,
}

/// Who is told about requests.
#[derive(Clone, Debug)]
pub enum Notify {
    /// These people.
    Recipients(Vec<Ref<UserId>>),
    /// Everyone who can approve.
    Automatically,
    /// Nobody.
    Nobody,
}
