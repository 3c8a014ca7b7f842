//! Guards: rules that stand ready for what may come.

use fixedbitset::FixedBitSet;

use super::Reach;
use crate::census::looks_at_today;
use crate::diagnostics::nearest;
use crate::lint::Context;
use crate::model::{AppSelection, AppSelectorKind, Effect, Rule};
use crate::program::{Ask, Column, Comparand, Name, Subject, Test, Value};
use crate::text::{Id, RuleId};

/// Allowlists that describe apps rather than name each of them: they say something about apps to come.
pub(super) fn describing_lists(context: &Context<'_>) -> FixedBitSet {
    let lists = &context.model.allowlists;
    let mut describing = FixedBitSet::with_capacity(lists.len());
    for &list in &context.graph.order().allowlists {
        let describes = lists.at(list).selectors.iter().any(|entry| describes(entry.kind, &describing));
        describing.set(list.index(), describes);
    }
    describing
}

fn describes(kind: AppSelectorKind, describing: &FixedBitSet) -> bool {
    match kind {
        AppSelectorKind::App(_) => false,
        AppSelectorKind::InAllowlist(list) => describing.contains(list.index()),
        AppSelectorKind::ByDeveloper(_)
        | AppSelectorKind::Listed
        | AppSelectorKind::Unlisted
        | AppSelectorKind::Internal
        | AppSelectorKind::All => true,
    }
}

impl Reach<'_, '_> {
    /// Whether a selection describes apps, such as those of a developer, rather than name each of them.
    pub(super) fn describes_apps(&self, apps: Option<&AppSelection>) -> bool {
        let describes = |apps: &AppSelection| {
            apps.include.iter().any(|entry| describes(entry.kind, &self.shared.describing_lists))
        };
        apps.is_none_or(describes)
    }

    /// Whether a rule stands ready for apps or a day to come: that there is nothing of the kind today is no mistake.
    pub(super) fn is_guard(&self, id: RuleId, rule: &Rule) -> bool {
        let program = self.census.program();
        let waits = || {
            let condition = program.rules.rows.get(id).and_then(|row| row.condition);
            condition.is_some_and(|condition| looks_at_today(program, condition))
        };
        match rule.effect {
            Effect::Block | Effect::Withhold { .. } => self.describes_apps(rule.apps.as_ref()) || waits(),
            Effect::Exempt => self.describes_apps(rule.apps.as_ref()),
            Effect::Approve { .. } | Effect::Waive { .. } | Effect::Grant { .. } => false,
        }
    }

    /// The text in the facts that a test looks as if it meant: none is what it asks for, and this is nearly so.
    pub(super) fn meant(&self, test: &Test) -> Option<&str> {
        let program = self.census.program();
        let Subject::Attribute(attribute) = test.subject else { return None };
        let Column::Text(column) = &program.attributes.get(attribute)?.column else { return None };
        let Ask::Is(Comparand::Value(Value::Text(asked))) = test.ask else { return None };
        if !self.census.spend(column.len() / 16) {
            return None;
        }
        let mut texts: Vec<u32> = column.iter().copied().filter(|&text| text != u32::MAX).collect();
        texts.sort_unstable();
        texts.dedup();
        if texts.binary_search(&asked.0).is_ok() || !self.census.spend(texts.len()) {
            return None;
        }
        let asked = program.names.text(asked);
        nearest(asked, texts.into_iter().map(|text| program.names.text(Name(text))))
    }
}
