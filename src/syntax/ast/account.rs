//! The account item.

use super::{Name, Rule, Spanned};
use crate::text::Span;

/// `account NAME { … }`. Only a baseline folder may leave the name out.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its name.
    pub name: Option<Name>,
    /// `listed apps { … }`
    pub listed: Option<Section>,
    /// `unlisted apps { … }`
    pub unlisted: Option<Section>,
    /// `notify …`
    pub notify: Option<Spanned<Notify>>,
    /// `default role NAME`
    pub default_role: Option<Spanned<Name>>,
    /// `installers …`; the span covers the clause.
    pub installers: Option<Spanned<Vec<Installer>>>,
    /// `requests via "…"`
    pub requests_via: Option<Spanned<Name>>,
    /// `sub-accounts yes|no`
    pub sub_accounts: Option<Spanned<bool>>,
}

impl Account {
    /// The exemptions of both sections.
    pub fn exempts(&self) -> impl Iterator<Item = &Rule> {
        self.listed.iter().chain(&self.unlisted).flat_map(|section| &section.exempts)
    }
}

/// `listed apps { … }` or `unlisted apps { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// From `listed` or `unlisted` to the closing brace.
    pub span: Span,
    /// The two words `listed apps` or `unlisted apps`.
    pub head: Span,
    /// `approval required|optional`
    pub approval: Option<Spanned<Approval>>,
    /// `exempt …`, each a [`Rule`] of kind [`RuleKind::Exempt`](super::RuleKind::Exempt).
    pub exempts: Vec<Rule>,
}

/// Whether apps of a section need approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// `approval required`
    Required,
    /// `approval optional`
    Optional,
}

/// Who is told about requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notify {
    /// `notify dana@…, lee@…`
    Recipients(Vec<Name>),
    /// `notify automatically`: everyone who can approve.
    Automatically,
    /// `notify nobody`
    Nobody,
}

/// One entry of `installers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installer {
    /// A privilege.
    Privilege(Name),
    /// `role NAME`; the span covers both words.
    Role(Name, Span),
}
