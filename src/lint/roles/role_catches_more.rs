//! A rule against the people of a role means them, and not those of greater roles that extend it.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::lint::Context;
use crate::model::{Effect, Origin, People, PrincipalKind, Rule};
use crate::text::{RoleId, Span};

use super::{Roles, extended, names};

declare_code! {
    /// A `block` or `withhold` for a role that catches the roles extending it.
    ROLE_CATCHES_MORE = Lint, Warning, "role-catches-more", "a `block` or `withhold` for a role that catches the roles extending it"
}

pub(super) fn roles_mean_whom_they_say(context: &Context<'_>, out: &mut Sink) {
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        let (Effect::Block | Effect::Withhold { .. }, Some(people)) = (&rule.effect, &rule.people) else {
            continue;
        };
        for entry in &people.include {
            if let PrincipalKind::Role(role) = entry.kind {
                let caught = caught(context, people, role);
                let count = holders(context, &caught);
                if count > 0 {
                    out.push(role_catches_more(context, rule, people, entry.span, role, &caught, count));
                }
            }
        }
    }
}

/// The roles that extend `role` and are neither named beside it nor excepted, by the order of their ids.
fn caught(context: &Context<'_>, people: &People, role: RoleId) -> Vec<RoleId> {
    let model = context.model;
    let named = |entries: &[crate::model::Principal]| -> Roles {
        entries
            .iter()
            .filter_map(|entry| if let PrincipalKind::Role(role) = entry.kind { Some(role) } else { None })
            .collect()
    };
    let (included, excepted) = (named(&people.include), named(&people.except));
    let is_caught = |&other: &RoleId| {
        let below = extended(model, other);
        below.contains(&role)
            && !included.contains(&other)
            && !excepted.contains(&other)
            && !excepted.iter().any(|excepted| below.contains(excepted))
    };
    model.roles.ids().filter(is_caught).collect()
}

/// How many users' facts or default give one of these roles.
fn holders(context: &Context<'_>, roles: &[RoleId]) -> usize {
    if roles.is_empty() {
        return 0;
    }
    let users = &context.program.users;
    let lists: Vec<bool> = (0..users.role_lists.len())
        .map(|list| users.role_lists.get(list).iter().any(|role| roles.binary_search(role).is_ok()))
        .collect();
    let timed: Vec<bool> = (0..users.timed_lists.len())
        .map(|list| users.timed_lists.get(list).iter().any(|timed| roles.binary_search(&timed.role).is_ok()))
        .collect();
    let rows = users.rows.iter().zip(context.model.users.rows.iter());
    let holds = |(user, row): &(&crate::program::User, &crate::model::User)| {
        let known = row.origin != Origin::Named;
        known
            && (lists.get(user.roles as usize) == Some(&true)
                || timed.get(user.timed as usize) == Some(&true))
    };
    rows.filter(holds).count()
}

fn role_catches_more(
    context: &Context<'_>,
    rule: &Rule,
    people: &People,
    span: Span,
    role: RoleId,
    caught: &[RoleId],
    count: usize,
) -> Diagnostic {
    let model = context.model;
    let name = model.name(model.roles.at(role).name);
    // Excepting these excepts what extends them, so only those that extend none of the others are to be named.
    let least: Vec<RoleId> = caught
        .iter()
        .copied()
        .filter(|&one| !extended(model, one).iter().any(|below| caught.binary_search(below).is_ok()))
        .collect();
    let words: Vec<String> =
        least.iter().map(|&one| format!("role {}", context.model.name(model.roles.at(one).name))).collect();
    let words = words.join(", ");
    let insert = if people.except.is_empty() { format!(" except {words}") } else { format!(", {words}") };
    let end = people.except.last().map_or(people.span.end, |last| last.span.end);
    let fix = Fix::suggestion(
        format!("except {}", names(model, least.iter().copied())),
        vec![Edit { span: Span { start: end, end, ..people.span }, text: insert }],
    );
    let who = crate::diagnostics::quoted_list(
        caught.iter().map(|&one| model.name(model.roles.at(one).name)),
        "and",
    );
    let noun = if count == 1 { "person" } else { "people" };
    let finding = Diagnostic::new(
        &ROLE_CATCHES_MORE,
        span,
        format!("this `{}` of role `{name}` catches {who} too: {count} {noun}", rule.effect.name()),
    );
    let verb = if caught.len() == 1 { "extends" } else { "extend" };
    let finding = match caught.first() {
        Some(&first) if context.is_own(model.roles.at(first).span) => {
            finding.related(model.roles.at(first).span, format!("extends `{name}`"))
        }
        _ => finding,
    };
    finding
        .label(format!("{who} {verb} it"))
        .help(format!("if they are not meant, add `except {words}`"))
        .fix(fix)
}
