//! Nobody answers for what they were given themselves.

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, People, PrincipalKind, Rule};
use crate::text::{Span, Symbol};

declare_code! {
    /// A rule whose owner is one of those whom it names to be given something.
    SELF_APPROVED = Lint, Warning if asked, "self-approved", "a rule whose owner is among those it names to give them something"
}

/// Separation of duties: what gives an app, a role or an exception to a person by name is answered for by somebody else.
pub(super) fn nobody_answers_for_their_own(context: &Context<'_>, out: &mut Sink) {
    let gives = |rule: &&Rule| {
        matches!(rule.effect, Effect::Approve { .. } | Effect::Waive { .. } | Effect::Grant { .. })
    };
    for rule in own_rules(context).filter(gives) {
        if let Some((owner, place)) = rule.owner
            && let Some(named) = rule.people.as_ref().and_then(|people| names(context, people, owner))
        {
            let what = words::this(context, rule);
            let message =
                format!("`{}` answers for {what}, which is for themselves", context.model.name(owner));
            let finding =
                Diagnostic::new(&SELF_APPROVED, place, message).related(named, "they are named here");
            out.push(finding.help("let somebody else answer for it"));
        }
    }
}

/// Where a rule names this person among those it is for.
fn names(context: &Context<'_>, people: &People, person: Symbol) -> Option<Span> {
    let is = |kind: &PrincipalKind| match *kind {
        PrincipalKind::User(user) => {
            context.model.users.rows.get(user).is_some_and(|row| row.email == person)
        }
        _ => false,
    };
    people.include.iter().find(|principal| is(&principal.kind)).map(|principal| principal.span)
}
