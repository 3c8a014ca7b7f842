//! What the catalogue says about apps.

mod admin_managed_user_scopes;
mod developer_without_kind;
mod incomplete_app;
mod long_beta;
mod master_scopes;
mod named;
mod shared_marketplace_id;
mod unavailable_app;
mod user_managed_admin_scopes;

pub(super) use admin_managed_user_scopes::ADMIN_MANAGED_USER_SCOPES;
pub(super) use developer_without_kind::DEVELOPER_WITHOUT_KIND;
pub(super) use incomplete_app::INCOMPLETE_APP;
pub(super) use long_beta::LONG_BETA;
pub(super) use master_scopes::MASTER_SCOPES_WITHOUT_SUB_ACCOUNTS;
pub(super) use shared_marketplace_id::SHARED_MARKETPLACE_ID;
pub(super) use unavailable_app::{UNAVAILABLE_APP, is_unavailable};
pub(super) use user_managed_admin_scopes::USER_MANAGED_ADMIN_SCOPES;

use super::Context;
use crate::diagnostics::Sink;
use crate::model::{App, Model, Ref};
use crate::terms::Level;
use crate::text::ScopeId;

pub(super) fn lint(context: &Context<'_>, out: &mut Sink) {
    let named = named::Named::of(context);
    if context.asks_for(&INCOMPLETE_APP) {
        incomplete_app::facts_that_decide_are_there(context, &named, out);
    }
    if context.asks_for(&UNAVAILABLE_APP) {
        unavailable_app::apps_can_be_added(context, &named, out);
    }
    context.run(&DEVELOPER_WITHOUT_KIND, out, developer_without_kind::kinds_that_decide_are_there);
    context.run(
        &USER_MANAGED_ADMIN_SCOPES,
        out,
        user_managed_admin_scopes::admins_add_what_reaches_the_account,
    );
    context.run(&ADMIN_MANAGED_USER_SCOPES, out, admin_managed_user_scopes::users_add_what_reaches_only_them);
    context.run(
        &MASTER_SCOPES_WITHOUT_SUB_ACCOUNTS,
        out,
        master_scopes::only_master_accounts_need_master_scopes,
    );
    if context.asks_for(&LONG_BETA) {
        long_beta::betas_end(context, &named, out);
    }
    context.run(&SHARED_MARKETPLACE_ID, out, shared_marketplace_id::each_app_is_there_once);
}

/// Everything an app asks for, required and optional.
fn asked(app: &App) -> impl Iterator<Item = &Ref<ScopeId>> {
    app.scopes.iter().flatten().chain(&app.optional_scopes)
}

/// The first scope of this level that an app asks for, and how many there are.
fn of_level<'m>(model: &'m Model, app: &'m App, level: Level) -> Option<(&'m str, usize)> {
    let mut found = asked(app).map(|scope| model.scopes.at(scope.id)).filter(|scope| scope.level == level);
    let first = found.next()?;
    Some((model.name(first.name), found.count() + 1))
}

/// `recording:read:admin` or "`recording:read:admin` and 2 more".
fn and_more((first, count): (&str, usize)) -> String {
    match count {
        0 | 1 => format!("`{first}`"),
        _ => format!("`{first}` and {} more", count - 1),
    }
}
