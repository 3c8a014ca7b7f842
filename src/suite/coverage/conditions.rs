//! Which values conditions have on what assertions look at.

use std::collections::BTreeMap;

use super::{ConditionCoverage, Seen, TestCoverage};
use crate::eval::Evaluator;
use crate::model::{Condition, Model};
use crate::text::{AppId, Date, RuleId, Span, UserId};

/// The conditions that are looked at.
pub(super) struct Conditions {
    by_rule: BTreeMap<RuleId, ConditionCoverage>,
}

impl Conditions {
    /// Those of these rules.
    pub(super) fn new(model: &Model, rules: &[RuleId]) -> Self {
        let of_rule = |&rule: &RuleId| {
            let row = model.rules.get(rule)?;
            let span = *row.condition_spans.first()?;
            let mut tests = Vec::new();
            add_tests(row.condition.as_ref()?, &mut tests);
            let unseen = |span| TestCoverage { span, seen: Seen::default() };
            let tests = tests.into_iter().map(unseen).collect();
            Some((rule, ConditionCoverage { rule, span, seen: Seen::default(), tests }))
        };
        Self { by_rule: rules.iter().filter_map(of_rule).collect() }
    }

    /// Whether every value of every condition was seen.
    pub(super) fn is_done(&self) -> bool {
        self.by_rule.values().all(is_done)
    }

    /// All of them.
    pub(super) fn finish(self) -> Vec<ConditionCoverage> {
        self.by_rule.into_values().collect()
    }

    /// Takes note of the values that the conditions of these rules have for a user, an app and a day.
    pub(super) fn look(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        rules: &[RuleId],
        (user, app, day): (UserId, AppId, Date),
    ) {
        for &rule in rules {
            let Some(condition) = self.by_rule.get_mut(&rule).filter(|condition| !is_done(condition)) else {
                continue;
            };
            condition.seen.add(evaluator.rule_condition(rule, user, app, day));
            evaluator.rule_tests(rule, user, app, day, |number, value| {
                if let Some(test) = condition.tests.get_mut(number) {
                    test.seen.add(value);
                }
            });
        }
    }
}

fn is_done(condition: &ConditionCoverage) -> bool {
    condition.parts().all(|part| part.seen.count() == 2)
}

/// The places of the tests in a condition, in the order written, which is that of the program's.
///
/// Recursive: the language bounds how deep conditions nest.
fn add_tests(condition: &Condition, spans: &mut Vec<Span>) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            parts.iter().for_each(|part| add_tests(part, spans));
        }
        Condition::Not(part) => add_tests(part, spans),
        Condition::Test { span, .. } => spans.push(*span),
        Condition::Invalid => {}
    }
}
