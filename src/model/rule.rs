//! Rules.

use super::{AppSelection, Assertion, Condition, People, ScopeTerm};
use crate::text::{Date, RoleId, RuleId, Span, Symbol};

/// A rule: what it does, to which apps, for which people, under which condition, and when.
#[derive(Clone, Debug)]
pub struct Rule {
    /// From its keyword to its last clause.
    pub span: Span,
    /// Its tight region, before the clauses.
    pub head: Span,
    /// What it does.
    pub effect: Effect,
    /// Which apps. `None`: every app (withhold and waive without `on`; grant).
    pub apps: Option<AppSelection>,
    /// Which people. `None`: everyone (block without `for`; exempt).
    pub people: Option<People>,
    /// Under which condition.
    pub condition: Option<Condition>,
    /// Where the condition stands: all of it, then each part where it is an `and` or an `or`. Of parentheses each holds both or none.
    pub condition_spans: Vec<Span>,
    /// The days it is in force.
    pub period: Period,
    /// Who answers for it, as an e-mail address in lower case, and where that stands.
    pub owner: Option<(Symbol, Span)>,
    /// Its id and where that stands.
    pub id: Option<(Symbol, Span)>,
    /// Why.
    pub because: Option<Symbol>,
}

impl Rule {
    /// A rule that selects what an assertion is about and does nothing: in a program with it, whom and what the assertion selects can be
    /// asked as of any other rule.
    pub(crate) fn selecting(assertion: &Assertion) -> Self {
        Self {
            span: assertion.span,
            head: assertion.span,
            effect: Effect::NOTHING,
            apps: Some(assertion.apps.clone()),
            people: Some(assertion.people.clone()),
            condition: assertion.condition.clone(),
            condition_spans: Vec::new(),
            period: Period::default(),
            owner: None,
            id: None,
            because: None,
        }
    }
}

/// The first and last day something is in force, both inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; `None`: always was.
    pub starting: Option<Date>,
    /// The last day; `None`: always will be.
    pub until: Option<Date>,
    /// Where the last day is written.
    pub until_span: Option<Span>,
}

impl Period {
    /// Whether all days of the other lie in it.
    pub fn covers(&self, other: Self) -> bool {
        let starts = self.starting.is_none_or(|day| other.starting.is_some_and(|theirs| day <= theirs));
        let ends = self.until.is_none_or(|day| other.until.is_some_and(|theirs| day >= theirs));
        starts && ends
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.starting.is_none_or(|first| first <= day) && self.until.is_none_or(|last| day <= last)
    }
}

/// What a rule does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Lets the people have the apps.
    Approve {
        /// Scopes that were reviewed; the approval holds only for apps that ask for no more.
        reviewed: Option<Vec<ScopeTerm>>,
    },
    /// Keeps the people from the apps.
    Block,
    /// Keeps the people from handing scopes to the apps.
    Withhold {
        /// Which scopes.
        scopes: Vec<ScopeTerm>,
    },
    /// Lifts a block or withhold for the people.
    Waive {
        /// Which; `None` was reported.
        rule: Option<RuleId>,
    },
    /// Gives the people a role.
    Grant {
        /// Which; `None` was reported.
        role: Option<RoleId>,
    },
    /// Frees apps of a section from approval.
    Exempt,
}

impl Effect {
    /// What a rule that is left out does: it lifts nothing.
    pub(crate) const NOTHING: Self = Self::Waive { rule: None };

    /// The rule's keyword.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Approve { .. } => "approve",
            Self::Block => "block",
            Self::Withhold { .. } => "withhold",
            Self::Waive { .. } => "waive",
            Self::Grant { .. } => "grant",
            Self::Exempt => "exempt",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(starting: Option<&str>, until: Option<&str>) -> Period {
        let day = |text: Option<&str>| text.map(|text| Date::parse(text).unwrap());
        Period { starting: day(starting), until: day(until), until_span: None }
    }

    #[test]
    fn a_period_without_end_covers_one_with() {
        let (open, ends) = (Period::default(), period(Some("2026-01-01"), Some("2026-12-31")));
        assert!(open.covers(ends) && !ends.covers(open) && ends.covers(ends));
        assert!(!period(Some("2026-02-01"), None).covers(ends));
    }
}
