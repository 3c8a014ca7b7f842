//! What lints say of single approvals, against asking the reference about each user and each app: whether an approval is covered, outgrown,
//! or has a condition that never holds.

use std::collections::{BTreeMap, BTreeSet};

use admit::text::Date;

use super::compare::shown;
use super::naive_lints::{Found, Linted, lasts_as_long};
use super::vocabulary::DAYS;
use crate::reference::condition::{self, Pair};
use crate::reference::decision as table;
use crate::reference::explain::allowed;
use crate::reference::project::{App, Condition, Effect, People, Principal, Project, Rule};
use crate::reference::selection::{in_force, selects_app, selects_user};
use crate::reference::truth::Truth;

/// Lints say of each approval in force what asking about everybody says.
pub fn approvals_are_what_asking_says(
    seed: u64,
    seen: &mut BTreeMap<&'static str, usize>,
) -> Result<(), String> {
    let linted = Linted::new(seed);
    let Linted { files, day, project, found, .. } = &linted;
    if linted.analysis.diagnostics.iter().any(|finding| finding.code.name == "unjudged-rules") {
        return Err(format!("project {seed} on {day}: too large to judge\n{}", shown(files)));
    }
    let everybody = project.everybody();
    for (rule, said) in linted.in_force() {
        if !matches!(rule.effect, Effect::Approve { .. }) || said.contains("duplicate-rule") {
            continue;
        }
        let asked = Asked { project, day, everybody: &everybody, found, rule };
        if let Err((code, problem)) = asked.agrees(said, linted.knows_people, seen) {
            let place = &rule.place;
            let files = shown(files);
            return Err(format!(
                "project {seed} on {day}, {place:?}: `{code}`, {problem}: {said:?}\n{files}"
            ));
        }
    }
    Ok(())
}

/// One approval.
struct Asked<'a> {
    project: &'a Project,
    day: &'a str,
    everybody: &'a BTreeSet<String>,
    found: &'a Found,
    rule: &'a Rule,
}

impl Asked<'_> {
    /// Whether what is said about the approval is so; else the code about which there is a difference.
    fn agrees(
        &self,
        said: &BTreeSet<&'static str>,
        knows_people: bool,
        seen: &mut BTreeMap<&'static str, usize>,
    ) -> Result<(), (&'static str, &'static str)> {
        let Self { project, day, rule, .. } = *self;
        let people: Vec<&str> = (self.everybody.iter().map(String::as_str))
            .filter(|user| selects_user(project, rule.people.as_ref(), user, day))
            .collect();
        let apps: Vec<&App> = (project.apps.iter())
            .filter(|app| selects_app(project, rule.apps.as_ref(), app).is_true())
            .collect();
        if knows_people && people.is_empty()
            || apps.iter().all(|app| table::required(project, app) == Some(false))
        {
            return Ok(());
        }
        let mut check = |code: &'static str, is_so: bool| {
            *seen.entry(code).or_default() += usize::from(is_so);
            match (is_so, said.contains(code)) {
                (true, false) => Err((code, "not said")),
                (false, true) => Err((code, "said")),
                _ => Ok(()),
            }
        };
        let (outgrown, reviewed): (Vec<&App>, Vec<&App>) =
            apps.iter().partition(|app| app.scopes.is_some() && !table::covers(project, rule, app));
        check("outgrown-approval", !outgrown.is_empty())?;
        if !knows_people || reviewed.is_empty() {
            return Ok(());
        }
        let holds = |user: &str, app: &App| {
            condition::holds(&Pair { project, user: Some(user), app, day }, rule.when.as_ref())
        };
        let pairs: Vec<(&str, &App)> =
            reviewed.iter().flat_map(|&app| people.iter().map(move |&user| (user, app))).collect();
        let approved: Vec<(&str, &App)> = (pairs.iter().copied())
            .filter(|(user, app)| table::covers(project, rule, app) && holds(user, app).is_true())
            .collect();
        if approved.is_empty() {
            // What may come to hold is left open, and what is said never to hold holds on no later day.
            let people_change = rule.people.as_ref().is_some_and(names_role);
            if people_change || rule.when.as_ref().is_some_and(looks_at_today) {
                let said = said.contains("condition-never-holds");
                return if said && self.approves_later() {
                    Err(("condition-never-holds", "and it does later"))
                } else {
                    Ok(())
                };
            }
            let is_false = |(user, app): &(&str, &App)| matches!(holds(user, app), Truth::False);
            return check("condition-never-holds", rule.when.is_some() && pairs.iter().any(is_false));
        }
        // Where nobody gets in anyway, that is what is said, if anything.
        if !approved.iter().any(|(user, app)| allowed(project, user, &app.id, day)) {
            return check("covered-approval", false);
        }
        // Whether others may stand in depends on the days to come where roles and conditions do; those that surely may, have to be told.
        let is_covered = |stand_in: fn(&Rule) -> bool| {
            approved.iter().all(|(user, app)| self.is_covered(user, app, stand_in))
        };
        let (surely, perhaps) = (is_covered(is_surely_steady), is_covered(|_| true));
        if surely == perhaps { check("covered-approval", surely) } else { Ok(()) }
    }

    /// Whether the condition holds for somebody and something on a later day on which the approval is in force.
    fn approves_later(&self) -> bool {
        let Self { project, rule, .. } = *self;
        let next = |day: &str| Date::parse(day).expect("a day").plus_days(1).to_string();
        let days = DAYS.iter().flat_map(|&day| [day.to_owned(), next(day)]);
        let mut later = days.filter(|day| day.as_str() > self.day && in_force(rule, day));
        later.any(|day| {
            let holds = |user: &str, app: &App| {
                let pair = Pair { project, user: Some(user), app, day: &day };
                condition::holds(&pair, rule.when.as_ref()).is_true()
            };
            let selected = |user: &&String| selects_user(project, rule.people.as_ref(), user, &day);
            let apps = |app: &&App| {
                selects_app(project, rule.apps.as_ref(), app).is_true() && table::covers(project, rule, app)
            };
            let people: Vec<&String> = self.everybody.iter().filter(selected).collect();
            project.apps.iter().filter(apps).any(|app| people.iter().any(|user| holds(user, app)))
        })
    }

    /// Whether the user may have the app, as far as approvals matter, by rules that may stand in for this one.
    fn is_covered(&self, user: &str, app: &App, may_stand_in: fn(&Rule) -> bool) -> bool {
        let Self { project, day, rule, found, .. } = *self;
        let needless = ["duplicate-rule", "covered-approval", "exempts-nothing"];
        let is_told = |one: &Rule| {
            found.get(&one.place).is_some_and(|said| needless.iter().any(|code| said.contains(code)))
        };
        let others =
            table::approved(project, user, app, day).into_iter().chain(table::exempt(project, app, day));
        let mut others = others.filter(|one| one.place != rule.place);
        table::required(project, app) == Some(false)
            || others.any(|one| lasts_as_long(one, rule) && !is_told(one) && may_stand_in(one))
    }
}

/// Whether the rule surely is about the same people on every day that it is in force.
fn is_surely_steady(rule: &Rule) -> bool {
    !rule.people.as_ref().is_some_and(names_role) && !rule.when.as_ref().is_some_and(looks_at_today)
}

fn names_role(people: &People) -> bool {
    people.include.iter().chain(&people.except).any(|one| matches!(one, Principal::Role(_)))
}

fn looks_at_today(condition: &Condition) -> bool {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(looks_at_today),
        Condition::Not(part) => looks_at_today(part),
        Condition::Test(attribute, test) => {
            attribute == "user.roles" || format!("{test:?}").contains("Today")
        }
    }
}
