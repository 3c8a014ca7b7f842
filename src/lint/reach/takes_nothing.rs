//! A withhold takes from somebody what some app asks for.

use super::{Reach, counted};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::model::Rule;
use crate::text::{AppId, Id, RuleId, UserId};

declare_code! {
    /// A withhold without which everybody would hold the same scopes.
    TAKES_NOTHING = Lint, Advice, "takes-nothing", "a withhold that takes nothing from anybody"
}

pub(super) fn something_is_taken(reach: &Reach<'_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let census = reach.census;
    let apps = census.possible_apps(id);
    if !census.spend(apps.len()) {
        return None;
    }
    let asks = |&app: &AppId| census.ask(UserId::from_index(0), app, |case| asked(case, id).next().is_some());
    let asking: Vec<AppId> = apps.iter().copied().filter(asks).collect();
    let mut holds = false;
    let takes = |case: &Case<'_>| {
        let gives = asked(case, id).any(|scope| case.gives(scope));
        holds |= gives;
        gives && case.may_apply(id) && !case.waived(id)
    };
    if apps.is_empty() || census.some_pair(id, &asking, |truth| truth != Truth::False, takes)? {
        return None;
    }
    let about = counted(apps.len(), "app", "apps");
    let label = if asking.is_empty() {
        format!("none of the {about} that it is about asks for any of these")
    } else if holds {
        "it is waived wherever it applies".to_owned()
    } else {
        let people = counted(census.people(id).len(), "person", "people");
        format!("no role gives these to any of the {people} that it is about")
    };
    Some(takes_nothing(reach, rule, &label))
}

/// What the app asks for and the withhold takes.
fn asked<'c>(case: &'c Case<'_>, id: RuleId) -> impl Iterator<Item = crate::text::ScopeId> + 'c {
    case.asked().filter(move |&scope| case.takes(id, &[scope]))
}

fn takes_nothing(reach: &Reach<'_>, rule: &Rule, label: &str) -> Diagnostic {
    Diagnostic::new(&TAKES_NOTHING, rule.head, "this `withhold` takes nothing from anybody")
        .label(format!("{label}{}", reach.when()))
        .help("remove it, or allow this where it is a guard against what may come")
}
