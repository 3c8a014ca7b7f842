//! Rules and accepted widenings.

use super::{AppSelection, Condition, Name, People, ScopeTerm, Spanned};
use crate::text::{Date, Span};

/// A rule. Which parts a kind demands or forbids was checked while parsing, so that what stands here fits its kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// From its keyword to the end of its last clause.
    pub span: Span,
    /// Its tight region: the keyword and what it is about, before the clauses.
    pub head: Span,
    /// What it does.
    pub kind: RuleKind,
    /// Which apps; always there for approve, block and exempt, optional (`on APPS`) for withhold and waive, absent for grant.
    pub apps: Option<AppSelection>,
    /// Which people (`for`, `to` or `from`); always there but for exempt, and for a block that is for everyone.
    pub people: Option<People>,
    /// `when …`
    pub when: Option<Condition>,
    /// The remaining clauses.
    pub clauses: Clauses,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleKind {
    /// `approve APPS for PEOPLE`, with the scopes that were reviewed.
    Approve {
        /// `reviewed SCOPES`
        reviewed: Option<Spanned<Vec<ScopeTerm>>>,
    },
    /// `block APPS`
    Block,
    /// `withhold SCOPES from PEOPLE`
    Withhold {
        /// Its scopes.
        scopes: Vec<ScopeTerm>,
    },
    /// `waive RULE-ID for PEOPLE`
    Waive {
        /// The id of the rule it lifts.
        rule: Name,
    },
    /// `grant ROLE to PEOPLE`
    Grant {
        /// The role.
        role: Name,
    },
    /// `exempt APPS` inside a section
    Exempt,
}

/// The clauses that most rules may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    /// `starting DATE`, inclusive.
    pub starting: Option<Spanned<Date>>,
    /// `until DATE`, inclusive.
    pub until: Option<Spanned<Date>>,
    /// `owner EMAIL`
    pub owner: Option<Name>,
    /// `id NAME`
    pub id: Option<Name>,
    /// `because "…"`
    pub because: Option<Name>,
}

/// `accept PEOPLE gain APPS owner … until … because …`: a widening that `diff` would refuse.
#[derive(Clone, Debug, PartialEq)]
pub struct Accept {
    /// All of it.
    pub span: Span,
    /// Who may gain …
    pub people: People,
    /// … what.
    pub apps: AppSelection,
    /// Its clauses; owner, until and because are there.
    pub clauses: Clauses,
}
