//! A rule against the people of a role means them, and not those of greater roles that extend it.

use std::collections::hash_map::Entry;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::lint::Context;
use crate::lint::membership::Membership;
use crate::model::{Effect, Model, Origin, People, Principal, PrincipalKind, Rule};
use crate::program::Day;
use crate::text::{Id, RoleId, Span, UserId};

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

pub(super) fn roles_mean_whom_they_say(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let extending = Extending::of(context.model);
    let kinds = Kinds::of(context);
    let reached = kinds.below(context);
    let mut excepted = Excepted::default();
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        let (Effect::Block | Effect::Withhold { .. }, Some(people)) = (&rule.effect, &rule.people) else {
            continue;
        };
        for entry in &people.include {
            let PrincipalKind::Role(role) = entry.kind else { continue };
            // Where nobody has a role that extends it, there is nothing to walk through.
            if !reached.contains(role.index()) {
                continue;
            }
            let spared = spared(&extending, people);
            let caught = caught(&extending, people, role, &spared);
            if !members.spend(caught.len() + kinds.0.len()) {
                return;
            }
            let Some(excepted) = excepted.of(context, members, people) else { return };
            let count = kinds.count(context, &caught, &spared, excepted);
            if count > 0 {
                let caught = Caught { least: least(&extending, &caught), all: caught, people: count };
                out.push(role_catches_more(context, rule, people, entry.span, role, &caught));
            }
        }
    }
}

fn roles_among(entries: &[Principal]) -> Roles {
    entries
        .iter()
        .filter_map(|entry| if let PrincipalKind::Role(role) = entry.kind { Some(role) } else { None })
        .collect()
}

/// The excepted roles and those that extend one of them.
fn spared(extending: &Extending, people: &People) -> Roles {
    let excepted = roles_among(&people.except);
    let mut spared = extending.above(excepted.iter().copied());
    spared.extend(excepted);
    spared
}

/// The roles that extend `role` and are neither named beside it nor spared, by the order of their ids.
fn caught(extending: &Extending, people: &People, role: RoleId, spared: &Roles) -> Vec<RoleId> {
    let included = roles_among(&people.include);
    let mut caught: Vec<RoleId> = extending.above([role].into_iter()).into_iter().collect();
    caught.retain(|other| *other != role && !included.contains(other) && !spared.contains(other));
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

/// Users who have the same roles by facts and default and the same by grants: the numbers of these two lists.
type Kind = (u32, u32);

/// How many users of each kind a list names as people or members of groups, to except them or because they are meant.
#[derive(Default)]
struct Excepted {
    /// By such entries, which stand in many rules alike.
    known: FxHashMap<Vec<PrincipalKind>, FxHashMap<Kind, usize>>,
}

impl Excepted {
    /// `None`: not looked into.
    fn of(
        &mut self,
        context: &Context<'_>,
        members: &Membership<'_>,
        people: &People,
    ) -> Option<&FxHashMap<Kind, usize>> {
        let entries = people.except.iter().chain(&people.include).map(|entry| entry.kind);
        let entries: Vec<PrincipalKind> =
            entries.filter(|kind| !matches!(kind, PrincipalKind::Role(_))).collect();
        match self.known.entry(entries) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(place) => {
                let mut users: Vec<UserId> = Vec::new();
                for &entry in place.key() {
                    match entry {
                        PrincipalKind::User(user) => users.push(user),
                        PrincipalKind::Group(group) => users.extend(members.all(group)?),
                        PrincipalKind::Everyone => users.extend(context.model.users.rows.ids()),
                        PrincipalKind::Role(_) => {}
                    }
                }
                users.sort_unstable();
                users.dedup();
                Some(place.insert(counted(context, users.into_iter())))
            }
        }
    }
}

/// How many of the users, as far as facts describe them, there are of each kind.
fn counted(context: &Context<'_>, users: impl Iterator<Item = UserId>) -> FxHashMap<Kind, usize> {
    let mut counts: FxHashMap<Kind, usize> = FxHashMap::default();
    for user in users {
        if context.model.users.rows.at(user).origin != Origin::Named
            && let Some(row) = context.program.users.rows.get(user)
        {
            *counts.entry((row.roles, row.timed)).or_default() += 1;
        }
    }
    counts
}

/// Every kind of users, with how many they are.
struct Kinds(Vec<(Kind, usize)>);

impl Kinds {
    fn of(context: &Context<'_>) -> Self {
        let counts = counted(context, context.model.users.rows.ids());
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        Self(counts)
    }

    /// The roles that roles which somebody has extend, directly or not.
    fn below(&self, context: &Context<'_>) -> FixedBitSet {
        let users = &context.program.users;
        let mut below = FixedBitSet::with_capacity(context.model.roles.len());
        let mut rest: Vec<RoleId> = Vec::new();
        for &((roles, timed), _) in &self.0 {
            rest.extend(users.role_lists.get(roles as usize));
            rest.extend(users.timed_lists.get(timed as usize).iter().map(|timed| timed.role));
        }
        rest.sort_unstable();
        rest.dedup();
        while let Some(role) = rest.pop() {
            let extended = context.model.roles.at(role).extends.iter().map(|one| one.id);
            rest.extend(extended.filter(|one| one.index() < below.len() && !below.put(one.index())));
        }
        below
    }

    /// How many have one of these sorted roles or will, less those who have a spared one, on whatever days, or are excepted otherwise.
    fn count(
        &self,
        context: &Context<'_>,
        roles: &[RoleId],
        spared: &Roles,
        excepted: &FxHashMap<Kind, usize>,
    ) -> usize {
        let users = &context.program.users;
        let today = Day::from(context.today);
        let have = |(always, timed): Kind, is_one: &dyn Fn(&RoleId) -> bool| {
            let mut lasting =
                users.timed_lists.get(timed as usize).iter().filter(|timed| timed.last >= today);
            users.role_lists.get(always as usize).iter().any(is_one)
                || lasting.any(|timed| is_one(&timed.role))
        };
        let is_caught = |role: &RoleId| roles.binary_search(role).is_ok();
        let is_spared = |role: &RoleId| spared.contains(role);
        let left = |&(kind, count): &(Kind, usize)| {
            let is_left = have(kind, &is_caught) && !have(kind, &is_spared);
            is_left.then(|| count - excepted.get(&kind).copied().unwrap_or(0))
        };
        self.0.iter().filter_map(left).sum()
    }
}

/// How many roles a finding names.
const NAMED: usize = 6;

/// The names of roles in backticks; beyond some, how many more there are.
fn named(model: &Model, roles: &[RoleId]) -> String {
    let (first, more) = roles.split_at(roles.len().min(NAMED));
    match more.len() {
        0 => names(model, first.iter().copied()),
        more => {
            let first: Vec<_> =
                first.iter().map(|&role| format!("`{}`", model.name(model.roles.at(role).name))).collect();
            format!("{} and {more} more", first.join(", "))
        }
    }
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
        least.iter().map(|&one| format!("role {}", model.name(model.roles.at(one).name))).collect();
    let words = words.join(", ");
    let insert = if people.except.is_empty() { format!(" except {words}") } else { format!(", {words}") };
    let end = people.except.last().map_or(people.span.end, |last| last.span.end);
    // A longer list is better thought about, and those who are named beside the role are meant: an exception would be about them, too.
    let fix = (least.len() <= NAMED && people.include.len() == 1).then(|| {
        Fix::suggestion(
            format!("except {}", names(model, least.iter().copied())),
            vec![Edit { span: Span { start: end, end, ..people.span }, text: insert }],
        )
    });
    let help = match fix {
        Some(_) => format!("if they are not meant, add `except {words}`"),
        None if people.include.len() > 1 => format!(
            "if they are not meant, give role `{name}` a rule of its own with `except {words}`; here that would be about everyone named"
        ),
        None => "add those after `except` who are not meant".to_owned(),
    };
    let who = named(model, caught);
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
    finding.label(format!("{who} {verb} it")).help(help).maybe_fix(fix)
}
