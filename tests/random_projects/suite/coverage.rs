//! Which rules and conditions tests decide.

use std::collections::BTreeMap;

use admit::suite::{Coverage, Filter, Seen};
use admit::text::Span;

use super::Tested;
use super::mutants::NOTHING;
use crate::reference::condition::{Pair, holds};
use crate::reference::decision::takes;
use crate::reference::judge::Kind;
use crate::reference::project::{Condition, Effect, Place, Rule};
use crate::reference::selection::{in_force, listing, selects_app, selects_user};

/// How many rules are decided.
pub fn law(seed: u64) -> Result<usize, String> {
    let mut tested = Tested::passing(seed);
    compared(&mut tested).map_err(|error| tested.told(&error))
}

fn compared(tested: &mut Tested) -> Result<usize, String> {
    let analysis = tested.analysis(&[]);
    let checked = analysis.checked().ok_or("it has errors")?;
    let suite = tested.suite(&analysis, checked, &Filter::default());
    let results = suite.run();
    let coverage = suite.coverage(&results);
    for steps in [0, 1, 3, 10, 40, 200] {
        let within = suite.coverage_within(&results, steps);
        claims_nothing_more(&within, &coverage).map_err(|error| format!("{steps} steps: {error}"))?;
    }
    let place = |span: Span| -> Place {
        let at = analysis.sources.start(span);
        (analysis.sources.file(span.file).path().to_owned(), at.line, at.column)
    };
    let own = &tested.random.own.rules;
    if coverage.rules.len() != own.len() {
        return Err(format!("{} rules", coverage.rules.len()));
    }
    let mut decided = 0;
    for (rule, covered) in own.iter().zip(&coverage.rules) {
        if place(covered.span) != rule.place {
            return Err(format!("{rule:?} stands at {:?}", place(covered.span)));
        }
        let failing = tested.failing_with(|scene| {
            scene
                .rules
                .iter_mut()
                .filter(|one| one.place == rule.place)
                .for_each(|one| one.effect = NOTHING());
        });
        if covered.by.is_some() != failing.is_some() {
            return Err(format!("{rule:?}\nis decided by {:?}, fails {failing:?}", covered.by));
        }
        decided += usize::from(failing.is_some());
    }
    conditions(tested, &coverage, &place)?;
    Ok(decided)
}

/// Coverage in few steps says nothing that is not so, and if it says that it is complete, it is.
fn claims_nothing_more(within: &Coverage, all: &Coverage) -> Result<(), String> {
    if !all.is_complete {
        return Err("there are always enough steps for a small project".to_owned());
    }
    if within.is_complete && (within.decided(), within.values()) != (all.decided(), all.values()) {
        return Err(format!("{within:?}\nis said to be complete, but there is\n{all:?}"));
    }
    let mut rules = within.rules.iter().zip(&all.rules);
    if let Some((few, _)) = rules.find(|(few, all)| few.by.is_some() && all.by.is_none()) {
        return Err(format!("{few:?} is not decided"));
    }
    let parts = |coverage: &Coverage| -> Vec<Seen> {
        coverage.conditions.iter().flat_map(|one| one.parts()).map(|part| part.seen).collect()
    };
    let more = |(few, all): (Seen, Seen)| few.held && !all.held || few.failed && !all.failed;
    if parts(within).into_iter().zip(parts(all)).any(more) {
        return Err(format!("{within:?}\nhas seen more than\n{all:?}"));
    }
    Ok(())
}

/// The values of each condition's parts, its whole first.
fn conditions(tested: &Tested, coverage: &Coverage, place: &dyn Fn(Span) -> Place) -> Result<(), String> {
    let mut seen: BTreeMap<Place, Vec<Seen>> = BTreeMap::new();
    for rule in tested.random.own.rules.iter().filter(|rule| rule.when.is_some()) {
        seen.insert(rule.place.clone(), seen_of(tested, rule));
    }
    if coverage.conditions.len() != seen.len() {
        return Err(format!("{} conditions", coverage.conditions.len()));
    }
    let rules: BTreeMap<_, Place> = coverage.rules.iter().map(|rule| (rule.rule, place(rule.span))).collect();
    for condition in &coverage.conditions {
        let found: Vec<Seen> = condition.parts().map(|part| part.seen).collect();
        let expected = rules.get(&condition.rule).and_then(|place| seen.get(place));
        if Some(&found) != expected {
            return Err(format!("{:?}: {found:?} is not {expected:?}", rules.get(&condition.rule)));
        }
    }
    Ok(())
}

fn seen_of(tested: &Tested, rule: &Rule) -> Vec<Seen> {
    let mut parts = Vec::new();
    let whole = rule.when.as_ref().expect("a condition");
    add_tests(whole, &mut parts);
    // One test alone is the whole of it.
    if parts.len() == 1 {
        parts.clear();
    }
    parts.insert(0, whole);
    let mut seen = vec![Seen::default(); parts.len()];
    for test in &tested.tests {
        let (project, day) = (&test.scene, test.at.as_deref().unwrap_or(tested.today));
        for assertion in &test.assertions {
            let may = matches!(assertion.kind, Kind::Deny(_));
            for app in &project.apps {
                let selected = selects_app(project, Some(&assertion.apps), app);
                let elsewhere = match &rule.effect {
                    Effect::Exempt { listing: section } => listing(app) != Some(section.as_str()),
                    Effect::Withhold { .. } => {
                        !app.scopes.iter().flatten().any(|scope| takes(project, rule, scope))
                    }
                    _ => false,
                };
                if !(selected.is_true() || may && selected.may_be()) || elsewhere {
                    continue;
                }
                for user in &tested.everybody {
                    let pair = Pair { project, user: Some(user), app, day };
                    let meant = holds(&pair, assertion.when.as_ref());
                    let about = (assertion.kind == Kind::Only
                        || selects_user(project, Some(&assertion.people), user, day))
                        && (meant.is_true() || may && meant.may_be());
                    let reaches = in_force(rule, day)
                        && selects_user(project, rule.people.as_ref(), user, day)
                        && selects_app(project, rule.apps.as_ref(), app).may_be();
                    if !about || !reaches {
                        continue;
                    }
                    for (part, seen) in parts.iter().zip(&mut seen) {
                        let held = holds(&pair, Some(part)).is_true();
                        seen.held |= held;
                        seen.failed |= !held;
                    }
                }
            }
        }
    }
    seen
}

/// The tests of a condition, in the order of the text.
fn add_tests<'c>(condition: &'c Condition, tests: &mut Vec<&'c Condition>) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| add_tests(part, tests)),
        Condition::Not(part) => add_tests(part, tests),
        Condition::Test(..) => tests.push(condition),
    }
}
