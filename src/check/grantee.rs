//! No role is granted to a role.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, Model, Principal, PrincipalKind, Rule};
use crate::terms::written;
use crate::text::Span;

declare_code! {
    /// A grant to the holders of a role.
    GRANT_TO_ROLE = Check, Error, "grant-to-role", "a role granted to the holders of a role"
}

pub(super) fn no_role_is_granted_to_a_role(model: &Model, out: &mut Sink) {
    let grants = model.rules.iter().filter(|rule| matches!(rule.effect, Effect::Grant { .. }));
    for (rule, Principal { kind, span }) in grants.flat_map(principals) {
        if let PrincipalKind::Role(holder) = *kind {
            let granted = match rule.effect {
                Effect::Grant { role: Some(role) } => model.name(model.roles.at(role).name),
                _ => "…",
            };
            out.push(grant_to_role(granted, model.name(model.roles.at(holder).name), *span));
        }
    }
}

fn principals(rule: &Rule) -> impl Iterator<Item = (&Rule, &Principal)> {
    let people = rule.people.iter().flat_map(|people| people.include.iter().chain(&people.except));
    people.map(move |principal| (rule, principal))
}

fn grant_to_role(granted: &str, holder: &str, span: Span) -> Diagnostic {
    let (role, base) = (written(holder), written(granted));
    Diagnostic::new(&GRANT_TO_ROLE, span, "a role is granted to people, not to the holders of a role").help(
        format!(
            "to give everyone with `{holder}` what `{granted}` gives, write `role {role} extends {base}`"
        ),
    )
}
