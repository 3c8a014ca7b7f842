//! A withhold takes from somebody what some app asks for.

use std::collections::BTreeSet;

use super::{Reach, counted};
use crate::census::{common, meet};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::model::Rule;
use crate::text::{AppId, Id, RuleId, ScopeId, UserId};

declare_code! {
    /// A withhold without which everybody would hold the same scopes.
    TAKES_NOTHING = Lint, Advice, "takes-nothing", "a withhold that takes nothing from anybody"
}

pub(super) fn something_is_taken(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let census = reach.census;
    let apps = census.possible_apps(id);
    let people = census.people(id);
    if apps.is_empty() || !census.spend((apps.len() + people.len()) / 64 + 1) {
        return None;
    }
    let asked = asked(reach, id, &apps);
    let kinds = census.kinds_of(id)?;
    let somebody = |kind: usize| kinds.get(kind).is_some_and(|&count| count > 0);
    let held: Vec<ScopeId> =
        asked.iter().copied().filter(|&scope| census.given(scope).ones().any(somebody)).collect();
    let mut waivers = BTreeSet::new();
    for &scope in &held {
        let asking = common(census.roster.asking(scope), &apps);
        let given = census.given(scope);
        let holds = |user| given.contains(census.kind(user));
        let takes = |case: &Case<'_>| {
            let applies = case.may_apply(id);
            let lifted = applies && case.waived(id);
            if lifted {
                waivers.extend(case.waivers(id));
            }
            applies && !lifted
        };
        if census.some_pair_of(id, &asking, holds, |truth| truth != Truth::False, takes)? {
            return None;
        }
    }
    // What is lifted for a while only takes something afterwards.
    if reach.comes_back(&waivers, id) || reach.is_for_others_later(id) || reach.roles_come_later(id)? {
        return None;
    }
    if waivers.is_empty() {
        if reach.is_guard(id, rule) {
            return None;
        }
        reach.tell_idle(id);
    }
    let (why, help) = if asked.is_empty() {
        let apps = counted(apps.len(), "app", "apps");
        (
            format!("none of the apps that it is about asks for any of these ({apps})"),
            "name what these apps ask for",
        )
    } else if held.is_empty() {
        let people = counted(people.len(), "person", "people");
        let why = format!("no role gives what the apps ask for to the people that it is about ({people})");
        (why, "name people who hold one of these")
    } else {
        let why = "its condition does not hold, or it is waived, wherever it would take something";
        (why.to_owned(), "correct its condition, or end its waivers")
    };
    Some(takes_nothing(reach, rule, &why, help))
}

/// The scopes that the withhold takes and that one of the apps asks for.
fn asked(reach: &Reach<'_, '_>, id: RuleId, apps: &[AppId]) -> Vec<ScopeId> {
    let (anybody, anything) = (UserId::from_index(0), AppId::from_index(0));
    let roster = reach.census.roster;
    let taken = reach.census.ask(anybody, anything, |case| {
        roster.asked_scopes().filter(|&scope| case.takes(id, &[scope])).collect::<Vec<_>>()
    });
    taken.into_iter().filter(|&scope| meet(roster.asking(scope), apps)).collect()
}

fn takes_nothing(reach: &Reach<'_, '_>, rule: &Rule, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&TAKES_NOTHING, rule.head, "this `withhold` takes nothing from anybody")
        .label(format!("{why}{}", reach.when()))
        .help(format!("{help}, or remove the `withhold`"))
}
