//! Lists of scopes beside the catalogue.

mod catalogue;
mod missing_equivalents;
mod pattern_without_scope;

pub(super) use missing_equivalents::MISSING_EQUIVALENTS;
pub(super) use pattern_without_scope::PATTERN_WITHOUT_SCOPE;

use super::Context;
use super::membership::Membership;
use crate::diagnostics::Sink;

pub(super) fn lint(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    // Without the bundled catalogue nobody knows which scopes there are.
    if !context.model.extends_zoom {
        return;
    }
    let mut catalogue = catalogue::Catalogue::new(context.model);
    if context.asks_for(&PATTERN_WITHOUT_SCOPE) {
        pattern_without_scope::patterns_match_something(context, &mut catalogue, out);
    }
    if context.asks_for(&MISSING_EQUIVALENTS) {
        members.lend_to(&MISSING_EQUIVALENTS);
        missing_equivalents::both_styles_are_caught(context, members, &mut catalogue, out);
    }
}
