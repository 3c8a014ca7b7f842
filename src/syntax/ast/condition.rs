//! Conditions after `when`.

use super::{Name, ScopeTerm};
use crate::terms::{CompareOp, EntityKind};
use crate::text::{Date, Span};

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Where it stands, without parentheses around it.
    pub span: Span,
    /// What it is.
    pub kind: ConditionKind,
}

/// The kinds of conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum ConditionKind {
    /// All of two or more.
    And(Vec<Condition>),
    /// Any of two or more.
    Or(Vec<Condition>),
    /// `not` before one test or a parenthesis.
    Not(Box<Condition>),
    /// One test of an attribute.
    Test {
        /// The attribute.
        subject: AttributePath,
        /// What is asked of it.
        test: TestKind,
    },
}

/// `app.risk`, `user.department`, `developer.verified`, `app.required-scopes`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributePath {
    /// Whose attribute.
    pub owner: EntityKind,
    /// The name after the dot.
    pub name: Name,
    /// All of it.
    pub span: Span,
}

/// What is asked of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum TestKind {
    /// The bare attribute: a flag that is true.
    Flag,
    /// `is V`
    Is(Literal),
    /// `is not V`
    IsNot(Literal),
    /// `<`, `<=`, `>`, `>=`
    Compare(CompareOp, Literal),
    /// `in [V, …]`
    In(Vec<Literal>),
    /// `any in [V, …]`
    AnyIn(Vec<Literal>),
    /// `all in [V, …]`
    AllIn(Vec<Literal>),
    /// `contains V`
    Contains(Literal),
}

/// A value in a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: LiteralKind,
}

/// The kinds of values. A word is a text, a choice, an app, a developer, a role, a group or a scope depending on what it is compared
/// with; a bare word in the form of a date or number is kept as the word too, because a text attribute may be compared with it.
#[derive(Clone, Debug, PartialEq)]
pub enum LiteralKind {
    /// A word or quoted text; `true` and `false` are bare words.
    Word(Name),
    /// A bare ISO date, with the word as written.
    Date(Date, Name),
    /// A bare number, with the word as written.
    Number(f64, Name),
    /// `today`
    Today,
    /// Another attribute.
    Attribute(AttributePath),
    /// A pattern, `set NAME` or a level: things that only scope lists have. (A plain scope is a [`LiteralKind::Word`].)
    Scopes(ScopeTerm),
}
