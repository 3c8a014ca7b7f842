//! Policy tests.

use super::{AppSelection, Condition, Entity, Name, People, Spanned};
use crate::text::{Date, Span};

/// `test "…" at DATE { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyTest {
    /// What it proves.
    pub name: Name,
    /// The day it is about.
    pub at: Option<Spanned<Date>>,
    /// `given …`: facts for this test alone.
    pub given: Vec<Entity>,
    /// What must hold.
    pub assertions: Vec<Assertion>,
}

/// One assertion of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// All of it.
    pub span: Span,
    /// What is claimed.
    pub kind: AssertionKind,
    /// Of whom.
    pub people: People,
    /// Over which apps.
    pub apps: AppSelection,
    /// `when …` narrows the pairs.
    pub when: Option<Condition>,
}

/// What a test claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssertionKind {
    /// Every user may install every app.
    Allow,
    /// No user may install any of the apps, and every denial carries at least these reason codes.
    Deny {
        /// `with CODE, …`
        with: Vec<Name>,
    },
    /// For each app exactly these users may install it.
    Only,
}
