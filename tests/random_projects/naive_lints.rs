//! What lints say of rules, against asking the reference about each user and each app.

use std::collections::{BTreeMap, BTreeSet};

use admit::model::Origin;
use admit::project::Analysis;
use admit::text::Date;

use super::compare::shown;
use super::dice::Dice;
use super::generate::Random;
use super::lints::linted;
use super::render::{self, Files};
use super::vocabulary::DAYS;
use crate::reference::condition::{self, Pair};
use crate::reference::decision as table;
use crate::reference::explain::allowed;
use crate::reference::project::{App, AppSelector, Apps, Effect, Place, Principal, Project, Rule};
use crate::reference::selection::{in_force, listing, selects_app, selects_user};
use crate::reference::truth::Truth;

/// The lints of which it is known here where they are right.
const CODES: [&str; 9] = [
    "blocked-approval",
    "blocks-nothing",
    "exempts-nothing",
    "lets-nobody-in",
    "needless-approval",
    "selects-no-app",
    "selects-nobody",
    "takes-nothing",
    "waives-nothing",
];

/// Lints say of each rule in force what asking about everybody says, no more and no less. How many findings there are.
pub fn lints_say_what_asking_says(seed: u64, seen: &mut BTreeMap<&'static str, usize>) -> Result<(), String> {
    let linted = Linted::new(seed);
    let Linted { files, day, project, found, .. } = &linted;
    let asked = Asked { project, day, everybody: project.everybody(), knows_people: linted.knows_people };
    for (rule, said) in linted.in_force() {
        let told: Vec<&str> = CODES.into_iter().filter(|code| said.contains(code)).collect();
        // Those that say what another one says are told as that.
        if said.contains("duplicate-rule") {
            continue;
        }
        if told.contains(&"selects-nobody") && asked.selects_somebody_later(rule) {
            let (place, files) = (&rule.place, shown(files));
            return Err(format!("project {seed} on {day}, {place:?}: it selects somebody later\n{files}"));
        }
        let Some(expected) = asked.expected(rule) else { continue };
        let expected: Vec<&str> = expected.into_iter().collect();
        for &code in &told {
            *seen.entry(code).or_default() += 1;
        }
        let left_out = told.is_empty()
            && (asked.may_be_guard(rule)
                || asked.lifts_what_is_told(rule, found)
                || asked.may_let_in_later(rule)
                || asked.may_keep_later(rule)
                || asked.is_lifted_for_a_while(rule)
                || asked.is_about_unavailable(rule));
        if told.iter().any(|code| ["lets-nobody-in", "blocked-approval"].contains(code))
            && let Some((day, user, app)) = asked.lets_in_later(rule)
        {
            let files = shown(files);
            return Err(format!(
                "project {seed}, {:?}: {told:?}, but {user} gets {app} on {day}\n{files}",
                rule.place
            ));
        }
        // An exemption beside others that free the same apps is told as one that frees none.
        let covered = told == ["exempts-nothing"] && expected.is_empty();
        if told != expected && !left_out && !covered {
            let files = shown(files);
            let place = &rule.place;
            return Err(format!(
                "project {seed} on {day}, {place:?}: it says {told:?}, not {expected:?}\n{files}"
            ));
        }
    }
    Ok(())
}

/// The codes of what is found in each rule, by where the rule starts.
pub(super) type Found = BTreeMap<Place, BTreeSet<&'static str>>;

/// A random project with what lints say of it on a day.
pub(super) struct Linted {
    pub(super) files: Files,
    pub(super) day: &'static str,
    /// All of it.
    pub(super) project: Project,
    /// Its own rules.
    own: Vec<Rule>,
    /// Whether it describes any users.
    pub(super) knows_people: bool,
    pub(super) analysis: Analysis,
    pub(super) found: Found,
}

impl Linted {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        let files = render::render(&mut dice, &mut random);
        let day = dice.one(&DAYS);
        let analysis = linted(&files, Date::parse(day).expect("a day"));
        Self {
            day,
            project: random.whole(),
            own: random.own.rules,
            knows_people: analysis.model().users.rows.iter().any(|user| user.origin == Origin::Described),
            found: by_rule(&analysis),
            analysis,
            files,
        }
    }

    /// The project's own rules in force, each with what is said of it.
    pub(super) fn in_force(&self) -> impl Iterator<Item = (&Rule, &BTreeSet<&'static str>)> {
        const NOTHING: &BTreeSet<&str> = &BTreeSet::new();
        let rules = self.own.iter().filter(|rule| in_force(rule, self.day));
        rules.map(|rule| (rule, self.found.get(&rule.place).unwrap_or(NOTHING)))
    }
}

fn by_rule(analysis: &Analysis) -> Found {
    let mut found = Found::new();
    for rule in analysis.model().rules.iter() {
        let start = analysis.sources.start(rule.span);
        let place = (analysis.sources.file(rule.span.file).path().to_owned(), start.line, start.column);
        let here = analysis.diagnostics.iter().filter(|finding| rule.span.contains(finding.primary.span));
        found.entry(place).or_default().extend(here.map(|finding| finding.code.name));
    }
    found
}

/// Whether `one` is in force at least as long as `other`.
pub(super) fn lasts_as_long(one: &Rule, other: &Rule) -> bool {
    match (&one.until, &other.until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(one), Some(other)) => one >= other,
    }
}

struct Asked<'a> {
    project: &'a Project,
    day: &'a str,
    everybody: BTreeSet<String>,
    knows_people: bool,
}

impl Asked<'_> {
    /// The one thing that is to be said about a rule in force, if any; `None`: that is left open here.
    fn expected(&self, rule: &Rule) -> Option<Option<&'static str>> {
        let Self { project, day, .. } = self;
        let people: Vec<&str> = self
            .everybody
            .iter()
            .map(String::as_str)
            .filter(|user| selects_user(project, rule.people.as_ref(), user, day))
            .collect();
        let sure: Vec<&App> = self.apps(|app| selects_app(project, rule.apps.as_ref(), app).is_true());
        let possible: Vec<&App> = self.apps(|app| selects_app(project, rule.apps.as_ref(), app).may_be());
        if let Some(named) = &rule.people
            && self.knows_people
            && people.is_empty()
        {
            // Roles that nobody has are told where they are declared, if that is here. Grants may put others into a role later.
            let is_role = |one: &Principal| matches!(one, Principal::Role(_));
            let by_role = named.include.iter().chain(&named.except).any(is_role);
            let open = named.include.iter().all(is_role) || by_role && self.has_timed_grants();
            return if open { None } else { Some(Some("selects-nobody")) };
        }
        if let Some(named) = &rule.apps
            && possible.is_empty()
            && !project.apps.is_empty()
        {
            let kinds = |kind: fn(&AppSelector) -> bool| named.include.iter().any(kind);
            if !kinds(|one| !matches!(one, AppSelector::App(_))) {
                return Some(Some("selects-no-app"));
            }
            // That none is described is no mistake; lists may describe or name.
            if kinds(|one| matches!(one, AppSelector::In(_))) {
                return None;
            }
        }
        let about_something = self.knows_people && !people.is_empty() && !project.apps.is_empty();
        Some(match &rule.effect {
            Effect::Approve { .. } => self.approval(rule, &people, &sure),
            Effect::Exempt { listing: section } => self.exemption(rule, section),
            _ if !about_something => None,
            Effect::Block => self.lacks("blocks-nothing", &people, &possible, |user, app| {
                table::applies(project, rule, user, app, day).may_be()
                    && table::waivers(project, rule, user, app, day).is_empty()
            }),
            Effect::Withhold { .. } => self.lacks("takes-nothing", &people, &possible, |user, app| {
                let asked = app.scopes.iter().flatten().chain(&app.optional_scopes);
                let roles = table::roles(project, user, day);
                let takes = |scope: &String| {
                    table::takes(project, rule, scope)
                        && (table::give(project, &roles, scope) || table::open(project, &roles, scope))
                };
                asked.into_iter().any(takes)
                    && table::applies(project, rule, user, app, day).may_be()
                    && table::waivers(project, rule, user, app, day).is_empty()
            }),
            Effect::Waive { rule: lifted } => {
                let lifted = project.rules.iter().find(|one| one.id.as_ref() == Some(lifted))?;
                // A waiver waits for what it lifts.
                if !in_force(lifted, day) && lifted.starting.is_some() {
                    return None;
                }
                self.lacks("waives-nothing", &people, &sure, |user, app| {
                    table::applies(project, lifted, user, app, day).may_be()
                })
            }
            Effect::Grant { .. } => None,
        })
    }

    fn has_timed_grants(&self) -> bool {
        let is_timed = |rule: &Rule| rule.starting.is_some() || rule.until.is_some();
        self.project.rules.iter().any(|rule| matches!(rule.effect, Effect::Grant { .. }) && is_timed(rule))
    }

    /// Whether the rule is about somebody on a later day on which it is in force.
    fn selects_somebody_later(&self, rule: &Rule) -> bool {
        let next = |day: &str| Date::parse(day).expect("a day").plus_days(1).to_string();
        let days = DAYS.iter().flat_map(|&day| [day.to_owned(), next(day)]);
        let mut later = days.filter(|day| day.as_str() > self.day && in_force(rule, day));
        later.any(|day| {
            let selects = |user: &String| selects_user(self.project, rule.people.as_ref(), user, &day);
            self.everybody.iter().any(selects)
        })
    }

    /// Whether the rule may stand ready for what is to come, which is no mistake. (Allowlists may name apps or describe them.)
    fn may_be_guard(&self, rule: &Rule) -> bool {
        let names = |apps: &Apps| apps.include.iter().all(|one| matches!(one, AppSelector::App(_)));
        let describes = !rule.apps.as_ref().is_some_and(names);
        match rule.effect {
            Effect::Block | Effect::Withhold { .. } => {
                describes || format!("{:?}", rule.when).contains("Today")
            }
            Effect::Exempt { .. } => describes,
            Effect::Approve { .. } | Effect::Waive { .. } | Effect::Grant { .. } => false,
        }
    }

    /// Whether something may change for the people of an approval while it lasts.
    fn may_let_in_later(&self, rule: &Rule) -> bool {
        let looks_at_the_day = |rule: &Rule| format!("{:?}", rule.when).contains("Today");
        let changes = |other: &Rule| match other.effect {
            Effect::Approve { .. } | Effect::Exempt { .. } => false,
            Effect::Grant { .. } => other.starting.is_some() || other.until.is_some(),
            _ => other.starting.is_some() || !lasts_as_long(other, rule) || looks_at_the_day(other),
        };
        matches!(rule.effect, Effect::Approve { .. })
            && (looks_at_the_day(rule) || self.project.rules.iter().any(changes))
    }

    /// Whether a block, withhold or waiver may be about others on a later day, or find that they have other roles.
    fn may_keep_later(&self, rule: &Rule) -> bool {
        let passes = |other: &Rule| {
            let looks_at_the_day = format!("{:?}", other.when).contains("Today");
            let is_grant = matches!(other.effect, Effect::Grant { .. });
            looks_at_the_day || is_grant && (other.starting.is_some() || other.until.is_some())
        };
        matches!(rule.effect, Effect::Block | Effect::Withhold { .. } | Effect::Waive { .. })
            && self.project.rules.iter().any(passes)
    }

    /// A later day on which the approval lets somebody have an app that nothing else frees.
    fn lets_in_later(&self, rule: &Rule) -> Option<(&'static str, &str, &str)> {
        let project = self.project;
        let later = DAYS.into_iter().filter(|day| *day > self.day && in_force(rule, day));
        for day in later {
            let people = self.everybody.iter();
            for user in people.filter(|user| selects_user(project, rule.people.as_ref(), user, day)) {
                let lets_in = |app: &&App| {
                    selects_app(project, rule.apps.as_ref(), app).is_true()
                        && table::covers(project, rule, app)
                        && table::required(project, app) == Some(true)
                        && table::exempt(project, app, day).is_empty()
                        && condition::holds(&Pair { project, user: Some(user), app, day }, rule.when.as_ref())
                            .is_true()
                        && allowed(project, user, &app.id, day)
                };
                if let Some(app) = project.apps.iter().find(lets_in) {
                    return Some((day, user, &app.id));
                }
            }
        }
        None
    }

    /// Whether what lifts a block or withhold ends before it does.
    fn is_lifted_for_a_while(&self, rule: &Rule) -> bool {
        let lifts = |one: &&Rule| matches!(&one.effect, Effect::Waive { rule: lifted } if Some(lifted) == rule.id.as_ref());
        let mut waivers = self.project.rules.iter().filter(lifts);
        waivers.any(|waiver| in_force(waiver, self.day) && !lasts_as_long(waiver, rule))
    }

    /// Whether the rule lifts one of which it is told that it does nothing.
    fn lifts_what_is_told(&self, rule: &Rule, found: &Found) -> bool {
        let Effect::Waive { rule: lifted } = &rule.effect else { return false };
        let lifted = self.project.rules.iter().filter(|one| one.id.as_ref() == Some(lifted));
        let idle = ["blocks-nothing", "takes-nothing", "selects-nobody", "selects-no-app"];
        let mut said = lifted.filter_map(|one| found.get(&one.place)).flatten();
        said.any(|code| idle.contains(code))
    }

    /// Whether nobody can add any of the apps, which is told about these.
    fn is_about_unavailable(&self, rule: &Rule) -> bool {
        let apps = self.apps(|app| selects_app(self.project, rule.apps.as_ref(), app).is_true());
        apps.iter().all(|app| !table::available(self.project, app, self.day).is_true())
    }

    fn approval(&self, rule: &Rule, people: &[&str], apps: &[&App]) -> Option<&'static str> {
        let Self { project, day, .. } = self;
        if !apps.is_empty() && apps.iter().all(|app| table::required(project, app) == Some(false)) {
            return Some("needless-approval");
        }
        if !self.knows_people {
            return None;
        }
        let mut approved: Vec<(&str, &App)> = Vec::new();
        for &app in apps.iter().filter(|app| table::covers(project, rule, app)) {
            let approves = |user: &&&str| {
                let pair = Pair { project, user: Some(user), app, day };
                condition::holds(&pair, rule.when.as_ref()).is_true()
            };
            approved.extend(people.iter().filter(approves).map(|&user| (user, app)));
        }
        let is_blocked = |(user, app): &(&str, &App)| !table::blocked(project, user, app, day).is_empty();
        let is_blocked_to_the_end = |(user, app): &(&str, &App)| {
            table::blocked(project, user, app, day).iter().any(|(block, _)| lasts_as_long(block, rule))
        };
        if approved.is_empty() {
            return None;
        }
        if approved.iter().all(is_blocked) {
            // After a block that ends sooner the approval lets somebody in.
            return approved.iter().all(is_blocked_to_the_end).then_some("blocked-approval");
        }
        if approved.iter().any(|(user, app)| allowed(project, user, &app.id, day)) {
            return None;
        }
        // Where nothing but missing facts stands in the way, that is told about the facts.
        let is_known = |app: &App, user: &str| {
            !matches!(table::available(project, app, day), Truth::Unknown(..))
                && (app.managed_by.is_some() || table::installer(project, user, day).is_some())
                && listing(app).is_some()
                && app.scopes.is_some()
        };
        let known = approved.iter().any(|(_, app)| people.iter().any(|user| is_known(app, user)));
        known.then_some("lets-nobody-in")
    }

    fn exemption(&self, rule: &Rule, section: &str) -> Option<&'static str> {
        let Self { project, day, .. } = self;
        let required = match section {
            "listed" => project.account.listed_approval_required,
            _ => project.account.unlisted_approval_required,
        };
        let frees = |app: &&App| table::exempt(project, app, day).iter().any(|one| one.place == rule.place);
        let nothing = !required || !project.apps.is_empty() && !project.apps.iter().any(|app| frees(&app));
        nothing.then_some("exempts-nothing")
    }

    /// The code, where the rule does nothing to any of these.
    fn lacks(
        &self,
        code: &'static str,
        people: &[&str],
        apps: &[&App],
        does: impl Fn(&str, &App) -> bool,
    ) -> Option<&'static str> {
        let some = apps.iter().any(|app| people.iter().any(|user| does(user, app)));
        let left_open = apps.is_empty() && code != "waives-nothing";
        (!some && !left_open).then_some(code)
    }

    fn apps(&self, wanted: impl Fn(&App) -> bool) -> Vec<&App> {
        self.project.apps.iter().filter(|app| wanted(app)).collect()
    }
}
