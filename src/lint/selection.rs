//! Whom and what a rule surely selects.

use super::Context;
use crate::model::{AppSelectorKind, PrincipalKind, Rule};
use crate::program::{Principal, Selector};
use crate::text::{AppId, UserId};

/// Whether a rule surely selects the app, its condition aside.
pub(super) fn has_app(context: &Context<'_>, rule: &Rule, app: AppId) -> bool {
    let apps = &context.program.apps;
    let Some(row) = apps.rows.get(app).filter(|row| row.selected_by.is_stored()) else { return false };
    let by = row.selected_by.of(&apps.selected_by);
    let has = |kind: AppSelectorKind| {
        let selector = match kind {
            AppSelectorKind::App(app) => Selector::App(app),
            AppSelectorKind::ByDeveloper(developer) => Selector::ByDeveloper(developer),
            AppSelectorKind::InAllowlist(list) => Selector::InAllowlist(list),
            AppSelectorKind::Listed => Selector::Listed,
            AppSelectorKind::Unlisted => Selector::Unlisted,
            AppSelectorKind::Internal => Selector::Internal,
            AppSelectorKind::All => Selector::All,
        };
        apps.selector_id(selector).is_some_and(|id| by.binary_search(&id).is_ok())
    };
    // An app of which a selector's fact is not known may be excepted.
    rule.apps.as_ref().is_none_or(|apps| {
        apps.include.iter().any(|entry| has(entry.kind))
            && (apps.except.is_empty() || row.gaps.is_none())
            && !apps.except.iter().any(|entry| has(entry.kind))
    })
}

/// Whether a rule surely selects the user, its condition aside. Roles depend on the day, so nobody is surely selected by one, and
/// everybody may be excepted by one.
pub(super) fn has_user(context: &Context<'_>, rule: &Rule, user: UserId) -> bool {
    let users = &context.program.users;
    let Some(row) = users.rows.get(user).filter(|row| row.selected_by.is_stored()) else { return false };
    let by = row.selected_by.of(&users.selected_by);
    let has = |kind: PrincipalKind, role: bool| {
        let principal = match kind {
            PrincipalKind::User(user) => Principal::User(user),
            PrincipalKind::Group(group) => Principal::Group(group),
            PrincipalKind::Everyone => Principal::Everyone,
            PrincipalKind::Role(_) => return role,
        };
        users.principal_id(principal).is_some_and(|id| by.binary_search(&id).is_ok())
    };
    rule.people.as_ref().is_none_or(|people| {
        people.include.iter().any(|entry| has(entry.kind, false))
            && !people.except.iter().any(|entry| has(entry.kind, true))
    })
}

/// Whether one rule is in force on all days of the other.
pub(super) fn holds_longer(one: &Rule, other: &Rule) -> bool {
    let (one, other) = (one.period, other.period);
    let starts = one.starting.is_none_or(|day| other.starting.is_some_and(|theirs| day <= theirs));
    let ends = one.until.is_none_or(|day| other.until.is_some_and(|theirs| day >= theirs));
    starts && ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Effect, Period};
    use crate::text::{Date, FileId, SourceMap, Span};

    fn grant(starting: Option<&str>, until: Option<&str>) -> Rule {
        let file: FileId = SourceMap::new().add("a.admit", "");
        let span = Span::new(file, 0, 0);
        let day = |text: Option<&str>| text.map(|text| Date::parse(text).unwrap());
        let period = Period { starting: day(starting), until: day(until), until_span: None };
        let (apps, people, condition) = (None, None, None);
        let (owner, id, because) = (None, None, None);
        let effect = Effect::Grant { role: None };
        Rule { span, head: span, effect, apps, people, condition, period, owner, id, because }
    }

    #[test]
    fn a_grant_without_end_holds_longer_than_one_with() {
        let (open, ends) = (grant(None, None), grant(Some("2026-01-01"), Some("2026-12-31")));
        assert!(holds_longer(&open, &ends) && !holds_longer(&ends, &open) && holds_longer(&ends, &ends));
        assert!(!holds_longer(&grant(Some("2026-02-01"), None), &ends));
    }
}
