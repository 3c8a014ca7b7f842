//! A grant gives somebody something.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, selection};
use crate::model::{Effect, PrincipalKind, Rule};
use crate::program::{PrincipalId, User};
use crate::text::{RoleId, RuleId, UserId};

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
    let mut giving: FxHashMap<(RoleId, PrincipalId), Vec<usize>> = FxHashMap::default();
    for (at, &(_, rule, role)) in grants.iter().enumerate() {
        let people = rule.people.iter().flat_map(|people| &people.include);
        let people: Vec<PrincipalId> =
            people.filter_map(|entry| selection::principal(context, entry.kind)).collect();
        for given in extended(context.model, role).into_iter().chain([role]) {
            people.iter().for_each(|&principal| giving.entry((given, principal)).or_default().push(at));
        }
    }
    let known = Known { context, members, grants: &grants, giving, extends: RefCell::default() };
    for &(id, rule, role) in grants.iter().filter(|(_, rule, _)| context.is_own(rule.span)) {
        if let Some((who, why)) = known.everybody_has(id, rule, role) {
            out.push(needless_grant(context, rule, role, who, why));
        }
    }
}

struct Known<'a> {
    context: &'a Context<'a>,
    members: &'a Membership<'a>,
    grants: &'a [(RuleId, &'a Rule, RoleId)],
    /// The positions of the grants that give each role, outright or by a role that extends it, to each principal.
    giving: FxHashMap<(RoleId, PrincipalId), Vec<usize>>,
    /// Whether the one role extends the other, of those that somebody asked for.
    extends: RefCell<FxHashMap<(RoleId, RoleId), bool>>,
}

impl Known<'_> {
    /// The first of the people with the reason why they have the role anyway, if each of them has.
    fn everybody_has(&self, id: RuleId, rule: &Rule, role: RoleId) -> Option<(UserId, Anyway)> {
        let people = rule.people.as_ref()?;
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
                let why = self.anyway(user, id, rule, role)?;
                first.get_or_insert((user, why));
            }
        }
        first
    }

    /// Whether one role extends another, directly or not.
    fn extends(&self, one: RoleId, other: RoleId) -> bool {
        let mut known = self.extends.borrow_mut();
        *known.entry((one, other)).or_insert_with(|| extended(self.context.model, one).contains(&other))
    }

    fn anyway(&self, user: UserId, id: RuleId, rule: &Rule, role: RoleId) -> Option<Anyway> {
        let model = self.context.model;
        let gives = |one: &RoleId| *one == role || self.extends(*one, role);
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
        let by = selection::selecting_user(self.context, user);
        let candidates = by.iter().filter_map(|&principal| self.giving.get(&(role, principal))).flatten();
        let mut candidates: Vec<usize> = candidates.copied().collect();
        candidates.sort_unstable();
        if !self.members.spend(candidates.len()) {
            return None;
        }
        let mut others = candidates.into_iter().filter_map(|at| self.grants.get(at));
        let other = others.find(|&&(other, grant, gives)| {
            // Of two that give the same, the first stays.
            let same = selection::holds_longer(rule, grant) && gives == role;
            other != id
                && selection::holds_longer(grant, rule)
                && (other < id || !same)
                && selection::has_user(self.context, grant, user)
        });
        other.map(|&(other, ..)| Anyway::Grant(other))
    }
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
