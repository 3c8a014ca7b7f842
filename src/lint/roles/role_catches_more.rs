//! A rule against the people of a role means them, and not those of greater roles that extend it.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::lint::Context;
use crate::model::{Effect, Model, Origin, People, Principal, PrincipalKind, Rule};
use crate::text::{Id, RoleId, Span};

use super::{Roles, names};

declare_code! {
    /// A `block` or `withhold` for a role that catches the roles extending it.
    ROLE_CATCHES_MORE = Lint, Warning, "role-catches-more", "a `block` or `withhold` for a role that catches the roles extending it"
}

/// By role the roles that extend it outright.
struct Extending(Vec<Vec<RoleId>>);

impl Extending {
    fn of(model: &Model) -> Self {
        let mut extending = vec![Vec::new(); model.roles.len()];
        for (id, role) in model.roles.enumerate() {
            for below in &role.extends {
                if let Some(list) = extending.get_mut(below.id.index()) {
                    list.push(id);
                }
            }
        }
        Self(extending)
    }

    /// The roles that extend one of these, directly or not.
    fn above(&self, roles: impl Iterator<Item = RoleId>) -> Roles {
        let mut found = Roles::default();
        let mut rest: Vec<RoleId> = roles.collect();
        while let Some(one) = rest.pop() {
            let next = self.0.get(one.index()).map_or(&[][..], Vec::as_slice);
            rest.extend(next.iter().copied().filter(|&next| found.insert(next)));
        }
        found
    }
}

pub(super) fn roles_mean_whom_they_say(context: &Context<'_>, out: &mut Sink) {
    let extending = Extending::of(context.model);
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        let (Effect::Block | Effect::Withhold { .. }, Some(people)) = (&rule.effect, &rule.people) else {
            continue;
        };
        for entry in &people.include {
            if let PrincipalKind::Role(role) = entry.kind {
                let caught = caught(&extending, people, role);
                let count = holders(context, &caught);
                if count > 0 {
                    let caught = Caught { least: least(&extending, &caught), all: caught, people: count };
                    out.push(role_catches_more(context, rule, people, entry.span, role, &caught));
                }
            }
        }
    }
}

/// The roles that extend `role` and are neither named beside it nor excepted, by the order of their ids.
fn caught(extending: &Extending, people: &People, role: RoleId) -> Vec<RoleId> {
    let named = |entries: &[Principal]| -> Roles {
        entries
            .iter()
            .filter_map(|entry| if let PrincipalKind::Role(role) = entry.kind { Some(role) } else { None })
            .collect()
    };
    let (included, excepted) = (named(&people.include), named(&people.except));
    let spared = extending.above(excepted.iter().copied());
    let mut caught: Vec<RoleId> = extending.above([role].into_iter()).into_iter().collect();
    caught.retain(|other| {
        *other != role && !included.contains(other) && !excepted.contains(other) && !spared.contains(other)
    });
    caught.sort_unstable();
    caught
}

/// Those of the roles that extend none of the others.
fn least(extending: &Extending, caught: &[RoleId]) -> Vec<RoleId> {
    let above = extending.above(caught.iter().copied());
    caught.iter().copied().filter(|one| !above.contains(one)).collect()
}

/// Whom a rule catches besides those of its role.
struct Caught {
    /// Their roles.
    all: Vec<RoleId>,
    /// Those of them that extend none of the others: to except these excepts them all.
    least: Vec<RoleId>,
    /// How many they are.
    people: usize,
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
    caught: &Caught,
) -> Diagnostic {
    let model = context.model;
    let Caught { all: caught, least, people: count } = caught;
    let name = model.name(model.roles.at(role).name);
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
    let noun = if *count == 1 { "person" } else { "people" };
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
