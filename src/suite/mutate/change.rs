//! What a mutant changes.

use crate::text::Span;

/// What a mutant changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which kind of change it is.
    pub kind: ChangeKind,
    /// Where.
    pub span: Span,
    /// In words, after "with": "`block` instead of `approve`".
    pub text: String,
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The rule is left out.
    Remove,
    /// `block` instead of `approve`, or the other way round.
    Effect,
    /// The condition, or a part of it, is left out.
    Condition,
    /// An `except` is left out.
    Except,
    /// `reviewed` is left out.
    Reviewed,
    /// A date is a day earlier or later.
    Date,
    /// The rule is about all apps, or for everyone.
    Selector,
}

impl ChangeKind {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Remove,
        Self::Effect,
        Self::Condition,
        Self::Except,
        Self::Reviewed,
        Self::Date,
        Self::Selector,
    ];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Effect => "effect",
            Self::Condition => "condition",
            Self::Except => "except",
            Self::Reviewed => "reviewed",
            Self::Date => "date",
            Self::Selector => "selector",
        }
    }
}
