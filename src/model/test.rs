//! Policy tests and accepted widenings, resolved.

use super::{AppSelection, Condition, People};
use crate::syntax::ast;
use crate::terms::ReasonCode;
use crate::text::{Date, Span, Symbol};

/// `test "…" at DATE { … }`
#[derive(Clone, Debug)]
pub struct PolicyTest {
    /// Its item.
    pub span: Span,
    /// What it proves.
    pub name: Symbol,
    /// Where the name stands.
    pub name_span: Span,
    /// The day it is about.
    pub at: Option<Date>,
    /// Facts for this test alone, applied over the model before its assertions are judged.
    pub given: Vec<GivenEntity>,
    /// What must hold.
    pub assertions: Vec<Assertion>,
}

/// A `given` entity: still syntax, because it is laid over the facts of one test only.
pub type GivenEntity = ast::Entity;

/// One assertion of a test.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// All of it.
    pub span: Span,
    /// What is claimed.
    pub kind: AssertionKind,
    /// Of whom.
    pub people: People,
    /// Over which apps.
    pub apps: AppSelection,
    /// What narrows the pairs.
    pub condition: Option<Condition>,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssertionKind {
    /// Every user may install every app.
    Allow,
    /// None may, and every denial carries at least these reasons.
    Deny(Vec<ReasonCode>),
    /// For each app exactly these users may.
    Only,
}

/// `accept PEOPLE gain APPS owner … until … because …`
#[derive(Clone, Debug)]
pub struct Accept {
    /// All of it.
    pub span: Span,
    /// Who may gain …
    pub people: People,
    /// … what.
    pub apps: AppSelection,
    /// Who answers for it.
    pub owner: Symbol,
    /// Until when.
    pub until: Date,
    /// Where that stands.
    pub until_span: Span,
    /// Why.
    pub because: Symbol,
}
