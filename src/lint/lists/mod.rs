//! Lists: every entry says something that the others do not.

mod covered_app;
mod covered_person;
pub(super) mod covered_scope;
mod duplicate_entry;
mod empty_reference;
mod needless_exception;
pub(super) mod walk;

pub(super) use covered_app::COVERED_APP;
pub(super) use covered_person::COVERED_PERSON;
pub(super) use covered_scope::COVERED_SCOPE;
pub(super) use duplicate_entry::DUPLICATE_ENTRY;
pub(super) use empty_reference::EMPTY_REFERENCE;
pub(super) use needless_exception::NEEDLESS_EXCEPTION;

use super::Context;
use super::membership::Membership;
use crate::diagnostics::Sink;

pub(super) fn lint(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    context.run(&DUPLICATE_ENTRY, out, duplicate_entry::entries_stand_once);
    context.walk(&COVERED_PERSON, members, out, covered_person::nobody_is_named_who_is_covered);
    context.walk(&COVERED_APP, members, out, covered_app::no_app_is_named_that_is_covered);
    context.walk(&COVERED_SCOPE, members, out, covered_scope::no_scope_is_named_that_is_covered);
    context.walk(&NEEDLESS_EXCEPTION, members, out, needless_exception::exceptions_take_something_away);
    context.run(&EMPTY_REFERENCE, out, empty_reference::what_is_named_holds_something);
}
