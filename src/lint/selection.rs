//! Whom and what a rule surely selects.

use super::Context;
use crate::model::{AppSelectorKind, PrincipalKind, Rule};
use crate::program::{Principal, PrincipalId, Selector, SelectorId};
use crate::text::{AppId, UserId};

/// Whether a rule surely selects the app, its condition aside.
pub(super) fn has_app(context: &Context<'_>, rule: &Rule, app: AppId) -> bool {
    let Some(row) = context.program.apps.rows.get(app) else { return false };
    let by = selecting_app(context, app);
    let has = |kind: AppSelectorKind| selector(context, kind).is_some_and(|id| by.binary_search(&id).is_ok());
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
    let by = selecting_user(context, user);
    let has = |kind: PrincipalKind, role: bool| match kind {
        PrincipalKind::Role(_) => role,
        _ => principal(context, kind).is_some_and(|id| by.binary_search(&id).is_ok()),
    };
    rule.people.as_ref().is_none_or(|people| {
        people.include.iter().any(|entry| has(entry.kind, false))
            && !people.except.iter().any(|entry| has(entry.kind, true))
    })
}

/// What surely selects an app, sorted; nothing where that is not stored.
pub(super) fn selecting_app<'p>(context: &Context<'p>, app: AppId) -> &'p [SelectorId] {
    let apps = &context.program.apps;
    apps.rows.get(app).map_or(&[], |row| row.selected_by.of(&apps.selected_by))
}

/// What selects a user, roles aside, sorted; nothing where that is not stored.
pub(super) fn selecting_user<'p>(context: &Context<'p>, user: UserId) -> &'p [PrincipalId] {
    let users = &context.program.users;
    users.rows.get(user).map_or(&[], |row| row.selected_by.of(&users.selected_by))
}

/// The number of a selector that rules name.
pub(super) fn selector(context: &Context<'_>, kind: AppSelectorKind) -> Option<SelectorId> {
    context.program.apps.selector_id(match kind {
        AppSelectorKind::App(app) => Selector::App(app),
        AppSelectorKind::ByDeveloper(developer) => Selector::ByDeveloper(developer),
        AppSelectorKind::InAllowlist(list) => Selector::InAllowlist(list),
        AppSelectorKind::Listed => Selector::Listed,
        AppSelectorKind::Unlisted => Selector::Unlisted,
        AppSelectorKind::Internal => Selector::Internal,
        AppSelectorKind::All => Selector::All,
    })
}

/// The number of a principal that rules name.
pub(super) fn principal(context: &Context<'_>, kind: PrincipalKind) -> Option<PrincipalId> {
    context.program.users.principal_id(match kind {
        PrincipalKind::User(user) => Principal::User(user),
        PrincipalKind::Group(group) => Principal::Group(group),
        PrincipalKind::Role(role) => Principal::Role(role),
        PrincipalKind::Everyone => Principal::Everyone,
    })
}
