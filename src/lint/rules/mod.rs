//! Rules beside rules, and rules beside facts.

mod admin_scopes_for_everyone;
mod duplicate_rule;
mod locked_out_developers;
mod missing_value;
mod misspelled_value;
mod renewals;
mod sameness;

pub(super) use admin_scopes_for_everyone::ADMIN_SCOPES_FOR_EVERYONE;
pub(super) use duplicate_rule::{DUPLICATE_RULE, NEAR_DUPLICATE_RULE, repeated};
pub(super) use locked_out_developers::LOCKED_OUT_DEVELOPERS;
pub(super) use missing_value::MISSING_VALUE;
pub(super) use misspelled_value::MISSPELLED_VALUE;
pub(super) use renewals::renewed;

use super::Context;
use super::membership::Membership;
use crate::diagnostics::Sink;

pub(super) fn lint(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    if context.asks_for(&DUPLICATE_RULE) || context.asks_for(&NEAR_DUPLICATE_RULE) {
        duplicate_rule::each_rule_stands_once(context, out);
    }
    context.run(
        &ADMIN_SCOPES_FOR_EVERYONE,
        out,
        admin_scopes_for_everyone::what_reaches_the_account_is_not_for_everyone,
    );
    context.run(&LOCKED_OUT_DEVELOPERS, out, locked_out_developers::developers_may_try_their_apps);
    context.walk(&MISSING_VALUE, members, out, missing_value::values_that_decide_are_there);
    context.walk(&MISSPELLED_VALUE, members, out, misspelled_value::texts_are_spelled_as_facts_do);
}
