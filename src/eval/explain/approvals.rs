//! Approvals and exemptions: those that cover the user and the app, and those that fall short.

use super::places::{because, rule_ref};
use super::story::Story;
use super::words::{list_names, list_phrases};
use crate::decision::{Ground, NearMiss, NearMissKind, UnknownFact};
use crate::eval::scopes::name_of;
use crate::eval::truth::Truth;
use crate::program::{Rule, RuleKind};
use crate::text::RuleId;

impl Story<'_> {
    /// The rules of a kind that name the user and one of the app's sure selectors and that hold, in order.
    fn holding(&self, kind: RuleKind, holds: impl Fn(RuleId) -> bool) -> Vec<RuleId> {
        let mut found = Vec::new();
        self.any_rule(kind, self.app.list(kind), u64::MAX, |rule| {
            if holds(rule) {
                found.push(rule);
            }
            false
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The exemptions, then the approvals, that free the app from asking for approval.
    pub(super) fn approval_grounds(&self) -> Vec<Ground> {
        let program = self.program;
        let exemptions =
            self.holding(RuleKind::Exempt, |rule| self.exempts(rule)).into_iter().filter_map(|rule| {
                Some(Ground::Exemption {
                    rule: rule_ref(program, rule, false)?,
                    because: because(program, rule),
                })
            });
        let approvals =
            self.holding(RuleKind::Approve, |rule| self.approves(rule)).into_iter().filter_map(|rule| {
                Some(Ground::Approval {
                    rule: rule_ref(program, rule, false)?,
                    because: because(program, rule),
                    via: self.via(rule),
                })
            });
        exemptions.chain(approvals).collect()
    }

    /// Every approval that selects or may select the app, with the first way in which it falls short and all ways in words.
    pub(super) fn near_misses(&self) -> Vec<NearMiss> {
        let index = self.program.rules.index(RuleKind::Approve);
        let mut rules: Vec<RuleId> = [self.app.list(RuleKind::Approve), self.app.unknown]
            .into_iter()
            .flatten()
            .flat_map(|&selector| index.head(selector).entries.of(&index.entries))
            .map(|entry| entry.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules.into_iter().filter_map(|rule| self.near_miss(rule)).collect()
    }

    fn near_miss(&self, rule: RuleId) -> Option<NearMiss> {
        let selected = self.selects_app(rule);
        if selected == Truth::False {
            return None;
        }
        let row = self.rule(rule)?;
        let mut short: Vec<(NearMissKind, String)> = Vec::new();
        if let Some(last) = row.last.date().filter(|_| row.last < self.day) {
            short.push((NearMissKind::Expired, format!("it ended on {last}")));
        }
        if let Some(first) = row.first.date().filter(|_| self.day < row.first) {
            short.push((NearMissKind::NotYet, format!("it starts on {first}")));
        }
        if !self.is_reviewed(row) {
            short.push((NearMissKind::Outgrown, self.outgrown(row)));
        }
        if !self.selects_person(rule) {
            short.push((NearMissKind::OtherPeople, self.why_not_user(rule)));
        }
        if selected == Truth::Unknown {
            let app = self.program.app_name(self.app.id);
            let facts = fact_names(&self.selection_facts(rule));
            short
                .push((NearMissKind::Condition, format!("whether it is for `{app}` is not known ({facts})")));
        }
        if self.condition(row) != Truth::True {
            short.push((NearMissKind::Condition, self.failing_tests(row)));
        }
        let (kind, _) = *short.first()?;
        let details: Vec<String> = short.into_iter().map(|(_, detail)| detail).collect();
        Some(NearMiss { kind, rule: rule_ref(self.program, rule, false)?, detail: details.join("; ") })
    }

    fn outgrown(&self, row: &Rule) -> String {
        let app = self.program.app_name(self.app.id);
        if !self.app.row.scopes_known {
            return format!("the scopes of `{app}` are not known");
        }
        let (scopes, names) = (&self.program.scopes, &self.program.names);
        let mut beyond: Vec<&str> = Vec::new();
        for scope in self.asked().filter(|&scope| row.scopes.is_some_and(|list| !self.belongs(list, scope))) {
            let name = name_of(scopes, names, scope);
            if !beyond.contains(&name) {
                beyond.push(name);
            }
        }
        format!("`{app}` asks for {}, beyond what was reviewed", list_names(&beyond))
    }

    fn failing_tests(&self, row: &Rule) -> String {
        let phrases = self.deciding_tests(row).into_iter().map(|(test, truth)| match truth {
            Truth::Unknown => {
                let facts = fact_names(&self.test_facts(test));
                format!("`{}` is not known ({facts})", self.program.names.text(test.text))
            }
            known => self.how_test(test, known),
        });
        list_phrases(phrases)
    }
}

/// `listing` of app `gong`, and so on.
fn fact_names(facts: &[UnknownFact]) -> String {
    list_phrases(facts.iter().map(|fact| match fact.entity.split_once(':') {
        Some((kind, name)) => format!("`{}` of {kind} `{name}`", fact.fact),
        None => format!("`{}` of `{}`", fact.fact, fact.entity),
    }))
}
