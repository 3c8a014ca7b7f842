//! The mutants of a rule.

use super::{Change, ChangeKind};
use crate::model::{
    AppSelection, AppSelector, AppSelectorKind, Condition, Effect, Model, People, Principal, PrincipalKind,
    Rule,
};
use crate::suite::plan::Suite;
use crate::text::{Date, RuleId, Span};

/// A mutant that was not tried so far.
pub(super) struct Draft {
    pub(super) rule: RuleId,
    pub(super) change: Change,
    edit: Edit,
}

/// What is done to the rule.
enum Edit {
    Remove,
    Flip,
    DropCondition,
    /// Leaves out the part of this number of an `and` or `or`.
    DropPart(usize),
    ExceptNobody,
    ExceptNothing,
    DropReviewed,
    Starting(Date),
    Until(Date),
    AllApps,
    Everyone,
}

impl Draft {
    /// Makes the change in the model.
    pub(super) fn apply(&self, model: &mut Model) {
        if let Some(rule) = model.rules.get_mut(self.rule) {
            self.change(rule);
        }
    }

    /// Makes the change in the rule. Nothing that it selected is selected no more.
    pub(super) fn change(&self, rule: &mut Rule) {
        match self.edit {
            Edit::Remove => rule.effect = Effect::NOTHING,
            Edit::Flip => {
                rule.effect = match rule.effect {
                    Effect::Approve { .. } => Effect::Block,
                    _ => Effect::Approve { reviewed: None },
                };
            }
            Edit::DropCondition => rule.condition = None,
            Edit::DropPart(number) => {
                if let Some(Condition::And(parts) | Condition::Or(parts)) = &mut rule.condition
                    && number < parts.len()
                {
                    parts.remove(number);
                }
            }
            Edit::ExceptNobody => rule.people.iter_mut().for_each(|people| people.except.clear()),
            Edit::ExceptNothing => rule.apps.iter_mut().for_each(|apps| apps.except.clear()),
            Edit::DropReviewed => rule.effect = Effect::Approve { reviewed: None },
            Edit::Starting(day) => rule.period.starting = Some(day),
            Edit::Until(day) => rule.period.until = Some(day),
            Edit::AllApps => {
                if let Some(apps) = &mut rule.apps {
                    apps.include = vec![AppSelector { kind: AppSelectorKind::All, span: apps.span }];
                }
            }
            Edit::Everyone => {
                if let Some(people) = &mut rule.people {
                    people.include = vec![Principal { kind: PrincipalKind::Everyone, span: people.span }];
                }
            }
        }
    }
}

/// The mutants of a rule, in the order of their kinds.
pub(super) fn of_rule(suite: &Suite<'_>, id: RuleId, rule: &Rule) -> Vec<Draft> {
    let mut drafts = Drafts { suite, rule: id, made: Vec::new() };
    drafts.add(ChangeKind::Remove, Edit::Remove, rule.head, "the rule left out".to_owned());
    match &rule.effect {
        Effect::Approve { .. } => drafts.flip(rule, "`block` instead of `approve`"),
        Effect::Block => drafts.flip(rule, "`approve` instead of `block`"),
        Effect::Withhold { .. } | Effect::Waive { .. } | Effect::Grant { .. } | Effect::Exempt => {}
    }
    drafts.condition(rule);
    if let Some(people) = &rule.people {
        drafts.except_nobody(people);
    }
    if let Some(apps) = &rule.apps {
        drafts.except_nothing(apps);
    }
    if let Effect::Approve { reviewed: Some(_) } = &rule.effect {
        drafts.add(ChangeKind::Reviewed, Edit::DropReviewed, rule.head, "no `reviewed`".to_owned());
    }
    drafts.dates(rule);
    if let Some(apps) = &rule.apps {
        drafts.all_apps(apps);
    }
    if let Some(people) = &rule.people {
        drafts.everyone(people);
    }
    drafts.made
}

struct Drafts<'s, 'm> {
    suite: &'s Suite<'m>,
    rule: RuleId,
    made: Vec<Draft>,
}

impl Drafts<'_, '_> {
    fn add(&mut self, kind: ChangeKind, edit: Edit, span: Span, text: String) {
        self.made.push(Draft { rule: self.rule, change: Change { kind, span, text }, edit });
    }

    /// What is written at a span, on one line.
    fn written(&self, span: Span) -> String {
        self.suite.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn flip(&mut self, rule: &Rule, text: &str) {
        self.add(ChangeKind::Effect, Edit::Flip, rule.head, text.to_owned());
    }

    fn condition(&mut self, rule: &Rule) {
        let Some((&span, parts)) = rule.condition_spans.split_first() else { return };
        let text = format!("no `when {}`", self.written(span));
        self.add(ChangeKind::Condition, Edit::DropCondition, span, text);
        for (number, &span) in parts.iter().enumerate() {
            let text = format!("no `{}` in its condition", self.written(span));
            self.add(ChangeKind::Condition, Edit::DropPart(number), span, text);
        }
    }

    fn except_nobody(&mut self, people: &People) {
        if let Some(span) = joined(people.except.iter().map(|one| one.span)) {
            let text = format!("no `except {}`", self.written(span));
            self.add(ChangeKind::Except, Edit::ExceptNobody, span, text);
        }
    }

    fn except_nothing(&mut self, apps: &AppSelection) {
        if let Some(span) = joined(apps.except.iter().map(|one| one.span)) {
            let text = format!("no `except {}`", self.written(span));
            self.add(ChangeKind::Except, Edit::ExceptNothing, span, text);
        }
    }

    fn dates(&mut self, rule: &Rule) {
        let moved = |day: Date| [day.plus_days(-1), day.plus_days(1)].into_iter().filter(move |&d| d != day);
        if let Some(day) = rule.period.starting {
            for other in moved(day) {
                let text = format!("`starting {other}` instead of {day}");
                self.add(ChangeKind::Date, Edit::Starting(other), rule.head, text);
            }
        }
        if let Some(day) = rule.period.until {
            let span = rule.period.until_span.unwrap_or(rule.head);
            for other in moved(day) {
                let text = format!("`until {other}` instead of {day}");
                self.add(ChangeKind::Date, Edit::Until(other), span, text);
            }
        }
    }

    fn all_apps(&mut self, apps: &AppSelection) {
        if apps.include.iter().any(|one| one.kind == AppSelectorKind::All) {
            return;
        }
        if let Some(span) = joined(apps.include.iter().map(|one| one.span)) {
            let text = format!("`all apps` instead of `{}`", self.written(span));
            self.add(ChangeKind::Selector, Edit::AllApps, span, text);
        }
    }

    fn everyone(&mut self, people: &People) {
        if people.include.iter().any(|one| one.kind == PrincipalKind::Everyone) {
            return;
        }
        if let Some(span) = joined(people.include.iter().map(|one| one.span)) {
            let text = format!("`everyone` instead of `{}`", self.written(span));
            self.add(ChangeKind::Selector, Edit::Everyone, span, text);
        }
    }
}

/// From the first of these places to the last.
fn joined(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|all, one| all.to(one))
}
