//! A waiver lifts a rule for somebody, and no longer than there is one.

use super::{Reach, counted};
use crate::census::{common, meet};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::{Effect, Rule};
use crate::program::RuleEffect;
use crate::text::{AppId, RuleId, UserId};

declare_code! {
    /// A waiver for people and apps to which the rule that it lifts does not apply.
    WAIVES_NOTHING = Lint, Warning, "waives-nothing", "a waiver that lifts nothing"
}

declare_code! {
    /// A waiver that ends later than the rule that it lifts.
    WAIVER_OUTLIVES_RULE = Lint, Warning, "waiver-outlives-rule", "a waiver that ends later than what it lifts"
}

/// The day on which both the waiver and what it lifts are in force, if there is one from the day on.
pub(super) fn outlives(reach: &Reach<'_, '_>, rule: &Rule) -> Option<Diagnostic> {
    let Effect::Waive { rule: Some(lifted) } = rule.effect else { return None };
    let lifted = reach.context.model.rules.at(lifted);
    let (ends, until) = (lifted.period.until?, rule.period.until?);
    if until <= ends {
        return None;
    }
    let effect = lifted.effect.name();
    let span = rule.period.until_span.unwrap_or(rule.head);
    let found = Diagnostic::new(
        &WAIVER_OUTLIVES_RULE,
        span,
        format!("this waiver ends after the `{effect}` that it lifts, which ends on {ends}"),
    );
    let place = lifted.period.until_span.unwrap_or(lifted.head);
    let help = match ends < reach.context.today {
        true => "take it away".to_owned(),
        false => format!("let it end on {ends} too"),
    };
    let found = found.related(place, format!("the `{effect}` ends here")).help(help);
    Some(found.unless_told(&WAIVES_NOTHING, rule.head))
}

pub(super) fn something_is_lifted(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let census = reach.census;
    let rules = &census.program().rules;
    let RuleEffect::Waive(lifted) = rules.texts.get(id)?.effect else { return None };
    if reach.shared.idle.contains(&lifted) {
        return None;
    }
    let row = rules.rows.get(lifted)?;
    if row.last < census.day() || census.day() < row.first {
        let why = "it is in force on none of the waiver's days";
        return Some(waives_nothing(reach, rule, lifted, why).help("remove it, or look at the days of both"));
    }
    if [id, lifted].iter().any(|&rule| reach.is_for_others_later(rule)) {
        return None;
    }
    let (people, apps) = (census.people(lifted), census.possible_apps(lifted));
    let (own_people, own_apps) = (census.people(id), census.apps(id));
    if !census.spend(people.len().min(own_people.len()) / 16 + apps.len().min(own_apps.len()) / 16 + 1) {
        return None;
    }
    if !meet(&people, &own_people) {
        let own = counted(own_people.len(), "person", "people");
        return Some(waives_nothing(
            reach,
            rule,
            lifted,
            &format!("it is about nobody of those here ({own})"),
        ));
    }
    if !meet(&apps, &own_apps) {
        let own = counted(own_apps.len(), "app", "apps");
        return Some(waives_nothing(
            reach,
            rule,
            lifted,
            &format!("it is about none of the apps here ({own})"),
        ));
    }
    let people: Vec<UserId> = common(&people, &own_people);
    let apps: Vec<AppId> = common(&apps, &own_apps);
    for &app in &apps {
        for &user in &people {
            if !census.spend(1) || census.ask(user, app, |case| case.may_apply(lifted)) {
                return None;
            }
        }
    }
    Some(waives_nothing(reach, rule, lifted, "its condition holds for none of the people and apps here"))
}

fn waives_nothing(reach: &Reach<'_, '_>, rule: &Rule, lifted: RuleId, why: &str) -> Diagnostic {
    let lifted = reach.context.model.rules.at(lifted);
    let effect = lifted.effect.name();
    Diagnostic::new(&WAIVES_NOTHING, rule.head, format!("this `waive` lifts nothing{}", reach.when()))
        .label(format!("without it, the `{effect}` would keep nobody here from anything more"))
        .related(lifted.head, why.to_owned())
        .help("remove it, or name the people and apps that it is meant for")
}
