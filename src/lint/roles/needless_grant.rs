//! A grant gives somebody something.

use std::collections::hash_map::Entry;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, selection};
use crate::model::{Effect, Period, PrincipalKind, Rule};
use crate::program::{PrincipalId, User};
use crate::text::{Id, RoleId, RuleId, UserId};

use super::extended;

declare_code! {
    /// A grant of a role that each of the people has anyway.
    NEEDLESS_GRANT = Lint, Warning, "needless-grant", "a grant of a role that each of the people has anyway"
}

/// Why somebody has a role anyway.
#[derive(Clone, Copy)]
enum Anyway {
    /// By facts, this role.
    Facts(RoleId),
    /// By default, this role: no facts name one.
    Default(RoleId),
    /// By another grant.
    Grant(RuleId),
}

pub(super) fn grants_give_something(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let grants: Vec<(RuleId, &Rule, RoleId)> = context
        .model
        .rules
        .enumerate()
        .filter_map(|(id, rule)| match rule.effect {
            Effect::Grant { role: Some(role) } => Some((id, rule, role)),
            _ => None,
        })
        .collect();
    let mut giving: Vec<Vec<Giving<'_>>> = vec![Vec::new(); context.program.users.principals.len()];
    for &(by, rule, role) in &grants {
        let has_exceptions = rule.people.as_ref().is_some_and(|people| !people.except.is_empty());
        let people = rule.people.iter().flat_map(|people| &people.include);
        let people: Vec<PrincipalId> =
            people.filter_map(|entry| selection::principal(context, entry.kind)).collect();
        let extended = extended(context.model, role);
        if !members.spend((extended.len() + 1) * (people.len() + 1)) {
            return;
        }
        for given in extended.into_iter().chain([role]) {
            let outright = given == role;
            let one = Giving { role: given, outright, by, rule, period: rule.period, has_exceptions };
            for principal in &people {
                giving.get_mut(principal.0 as usize).into_iter().for_each(|grants| grants.push(one));
            }
        }
    }
    // For each user only those of one role are looked through: everyone, or a group, may be granted thousands.
    giving.iter_mut().for_each(|grants| grants.sort_by_key(|grant| grant.role));
    let known = Known { context, members, giving };
    let mut including: FxHashMap<RoleId, FixedBitSet> = FxHashMap::default();
    for &(id, rule, role) in grants.iter().filter(|(_, rule, _)| context.is_own(rule.span)) {
        let including = match including.entry(role) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) if members.spend(context.model.roles.len() / 16 + 1) => {
                place.insert(including_roles(context, role))
            }
            Entry::Vacant(_) => return,
        };
        if let Some((who, why)) = known.everybody_has(&Grant { id, rule, role, including }) {
            out.push(needless_grant(context, rule, role, who, why));
        }
    }
}

/// A grant that may be needless.
struct Grant<'a> {
    id: RuleId,
    rule: &'a Rule,
    role: RoleId,
    /// The role and those that extend it.
    including: &'a FixedBitSet,
}

/// A role that a grant gives to whom it names.
#[derive(Clone, Copy)]
struct Giving<'a> {
    role: RoleId,
    /// Whether the grant names this role, and not one that extends it.
    outright: bool,
    by: RuleId,
    rule: &'a Rule,
    period: Period,
    has_exceptions: bool,
}

struct Known<'a> {
    context: &'a Context<'a>,
    members: &'a Membership<'a>,
    /// By the number of a principal, the roles that grants give it, sorted.
    giving: Vec<Vec<Giving<'a>>>,
}

impl Known<'_> {
    /// The first of the people with the reason why they have the role anyway, if each of them has.
    fn everybody_has(&self, grant: &Grant<'_>) -> Option<(UserId, Anyway)> {
        let people = grant.rule.people.as_ref()?;
        let mut first = None;
        // An exception makes fewer people: whoever it takes away may only make the answer no.
        for entry in &people.include {
            let each: Vec<UserId> = match entry.kind {
                PrincipalKind::User(user) => vec![user],
                PrincipalKind::Group(group) => self.members.all(group)?,
                PrincipalKind::Everyone => self.context.program.users.rows.ids().collect(),
                PrincipalKind::Role(_) => return None,
            };
            for user in each {
                if !self.members.spend(1) {
                    return None;
                }
                let why = self.anyway(user, first.is_none(), grant)?;
                first.get_or_insert((user, why));
            }
        }
        first
    }

    /// Why the user has the role anyway; where it `is_told`, by the first of several grants.
    fn anyway(&self, user: UserId, is_told: bool, asked: &Grant<'_>) -> Option<Anyway> {
        let model = self.context.model;
        let gives = |one: &RoleId| asked.including.contains(one.index());
        let always = match model.users.rows.get(user)?.roles {
            Some(_) => {
                let stated = model.users.stated_roles(user).unwrap_or_default();
                stated.iter().copied().find(gives).map(Anyway::Facts)
            }
            None => model.account.default_role.iter().map(|role| role.id).find(gives).map(Anyway::Default),
        };
        if always.is_some() {
            return always;
        }
        if self.context.program.users.rows.get(user)?.timed == User::UNSTORED {
            return None;
        }
        let by = selection::selecting_user(self.context, user).iter();
        let grants = by.filter_map(|principal| self.giving.get(principal.0 as usize));
        let candidates = grants.flat_map(|grants| of_role(grants, asked.role));
        let mut steps = 0;
        let mut others = candidates.inspect(|_| steps += 1).filter(|grant| {
            // Of two that give the same, the first stays.
            let same = || grant.outright && asked.rule.period.covers(grant.period);
            grant.by != asked.id
                && grant.period.covers(asked.rule.period)
                && (grant.by < asked.id || !same())
                && (!grant.has_exceptions || selection::has_user(self.context, grant.rule, user))
        });
        let other =
            if is_told { others.map(|grant| grant.by).min() } else { others.next().map(|grant| grant.by) };
        self.members.spend(steps).then_some(Anyway::Grant(other?))
    }
}

/// Those of sorted grants that give the role.
fn of_role<'g, 'a>(grants: &'g [Giving<'a>], role: RoleId) -> &'g [Giving<'a>] {
    let grants = grants.get(grants.partition_point(|grant| grant.role < role)..).unwrap_or_default();
    grants.get(..grants.partition_point(|grant| grant.role == role)).unwrap_or_default()
}

/// The role and those that extend it, directly or not.
fn including_roles(context: &Context<'_>, role: RoleId) -> FixedBitSet {
    let mut including = FixedBitSet::with_capacity(context.model.roles.len());
    including.insert(role.index());
    for &one in &context.graph.order().roles {
        let mut extends = context.model.roles.at(one).extends.iter();
        if extends.any(|other| including.contains(other.id.index())) {
            including.insert(one.index());
        }
    }
    including
}

fn needless_grant(context: &Context<'_>, rule: &Rule, role: RoleId, who: UserId, why: Anyway) -> Diagnostic {
    let model = context.model;
    let role_name = model.name(model.roles.at(role).name);
    let user = context.program.user_name(who);
    let finding = Diagnostic::new(
        &NEEDLESS_GRANT,
        rule.head,
        format!("this grant of `{role_name}` gives nobody anything new"),
    );
    let has = |by: RoleId, whence: &str| {
        if by == role {
            return format!("`{user}`, for one, has `{role_name}` {whence}");
        }
        let by = model.name(model.roles.at(by).name);
        format!("`{user}`, for one, has `{by}` {whence}, which extends it")
    };
    let finding = match why {
        Anyway::Facts(by) => finding.label(has(by, "by the facts")),
        Anyway::Default(by) => {
            let finding = finding.label(has(by, "by default"));
            let place = model.account.default_role.as_ref().map(|default| default.span);
            place.into_iter().fold(finding, |finding, span| {
                finding.related(span, "what whoever has no role by the facts has")
            })
        }
        Anyway::Grant(other) => finding
            .label(format!("`{user}`, for one, has it without this"))
            .related(model.rules.at(other).head, "by this grant"),
    };
    finding.help("leave it out, or grant what is missing")
}
