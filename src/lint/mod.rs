//! Layer 5: opinions about a policy that has a meaning. One file for each lint: its code, what makes it true, and its message.
//!
//! Lints run only over a project without errors of the language, and only where they are asked for (`admit check`): nothing here changes a
//! decision. A lint says what it is sure of: what it claims about people and apps is computed over the facts, never guessed.

mod apps;
mod context;
mod empty_test;
mod entry;
mod lists;
mod membership;
mod misspelled_group;
mod reach;
mod roles;
mod rules;
mod scopes;
mod selection;
mod settings;
mod terms;
mod unjudged;
mod unused;
mod unused_attribute;
mod upkeep;

pub use context::Context;
pub use settings::Settings;
pub use terms::{Asked, Pattern, Requirement, Term, TermRule, UNMET_TERM};
pub use unjudged::UNJUDGED;
pub use upkeep::MISSING_REASON;

use crate::diagnostics::{Code, Sink};
use crate::threads::both;

/// Every code this module raises.
pub static CODES: &[&Code] = &[
    &apps::ADMIN_MANAGED_USER_SCOPES,
    &apps::DEVELOPER_WITHOUT_KIND,
    &apps::INCOMPLETE_APP,
    &apps::LONG_BETA,
    &apps::MASTER_SCOPES_WITHOUT_SUB_ACCOUNTS,
    &apps::SHARED_MARKETPLACE_ID,
    &apps::UNAVAILABLE_APP,
    &apps::USER_MANAGED_ADMIN_SCOPES,
    &empty_test::EMPTY_TEST,
    &lists::COVERED_APP,
    &lists::COVERED_PERSON,
    &lists::COVERED_SCOPE,
    &lists::DUPLICATE_ENTRY,
    &lists::EMPTY_REFERENCE,
    &lists::NEEDLESS_EXCEPTION,
    &misspelled_group::MISSPELLED_GROUP,
    &reach::BLOCKED_APPROVAL,
    &reach::BLOCKS_NOTHING,
    &reach::CONDITION_ALWAYS_HOLDS,
    &reach::CONDITION_NEVER_HOLDS,
    &reach::COVERED_APPROVAL,
    &reach::EXEMPTS_NOTHING,
    &reach::LETS_NOBODY_IN,
    &reach::NEEDLESS_APPROVAL,
    &reach::OUTGROWN_APPROVAL,
    &reach::SELECTS_NOBODY,
    &reach::SELECTS_NO_APP,
    &reach::TAKES_NOTHING,
    &reach::WAIVER_OUTLIVES_RULE,
    &reach::WAIVES_NOTHING,
    &roles::ALREADY_INHERITED,
    &roles::NEEDLESS_GRANT,
    &roles::NO_DEFAULT_ROLE,
    &roles::REDUNDANT_EXTENDS,
    &roles::ROLE_CATCHES_MORE,
    &roles::SEVERAL_ROLES,
    &roles::UNHELD_ROLE,
    &rules::ADMIN_SCOPES_FOR_EVERYONE,
    &rules::DUPLICATE_RULE,
    &rules::LOCKED_OUT_DEVELOPERS,
    &rules::MISSING_VALUE,
    &rules::MISSPELLED_VALUE,
    &rules::NEAR_DUPLICATE_RULE,
    &scopes::MISSING_EQUIVALENTS,
    &scopes::PATTERN_WITHOUT_SCOPE,
    &terms::UNMET_TERM,
    &unjudged::UNJUDGED,
    &unused::UNUSED_ALLOWLIST,
    &unused::UNUSED_DEVELOPER,
    &unused::UNUSED_GROUP,
    &unused::UNUSED_ROLE,
    &unused::UNUSED_SCOPE_SET,
    &unused_attribute::UNUSED_ATTRIBUTE,
    &upkeep::DEPARTED_OWNER,
    &upkeep::DEPARTED_RECIPIENT,
    &upkeep::DISTANT_DATE,
    &upkeep::ENDING_SOON,
    &upkeep::EXPIRED_ACCEPT,
    &upkeep::EXPIRED_RULE,
    &upkeep::MISSING_EXPIRY,
    &upkeep::MISSING_OWNER,
    &upkeep::MISSING_REASON,
    &upkeep::NO_APPROVER,
    &upkeep::NO_INSTALLER,
    &upkeep::OWNER_CANNOT_APPROVE,
    &upkeep::PLACEHOLDER_REASON,
    &upkeep::RECIPIENT_LOSES_APPROVAL,
    &upkeep::SELF_APPROVED,
];

/// From how many rules on lints run on several threads.
const MANY_RULES: usize = 2_000;

/// Runs every lint. What is found, and in which order, does not depend on the machine.
pub fn lint(context: &Context<'_>, out: &mut Sink) {
    if context.model.rules.len() < MANY_RULES {
        about_texts(context, out);
        reach::lint(context, out);
        return;
    }
    let (texts, reach) = both(|| found(about_texts, context), || found(reach::lint, context));
    out.append(texts);
    out.append(reach);
}

fn found(lint: fn(&Context<'_>, &mut Sink), context: &Context<'_>) -> Sink {
    let mut found = Sink::new();
    lint(context, &mut found);
    found
}

/// The lints that look at what is written, rather than at what comes of it for everybody.
fn about_texts(context: &Context<'_>, out: &mut Sink) {
    // Each rule says why it is there, who answers for it, and until when; and those people are there.
    upkeep::lint(context, out);
    terms::rules_meet_the_terms(context, out);
    // Everything that is written says something that nothing else says.
    let members = membership::Membership::new(context.program);
    if unused::CODES.iter().any(|code| context.asks_for(code)) {
        unused::everything_is_used(context, out);
    }
    context.run(&unused_attribute::UNUSED_ATTRIBUTE, out, unused_attribute::attributes_are_asked_for);
    context.run(&misspelled_group::MISSPELLED_GROUP, out, misspelled_group::groups_are_those_of_the_policies);
    lists::lint(context, &members, out);
    scopes::lint(context, &members, out);
    roles::lint(context, &members, out);
    rules::lint(context, &members, out);
    apps::lint(context, out);
    context.run(&empty_test::EMPTY_TEST, out, empty_test::tests_claim_something);
    unjudged::everything_is_walked(context, &members, out);
}
