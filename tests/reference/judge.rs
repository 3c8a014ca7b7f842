//! Policy tests, judged as they are defined: a loop over everybody and every app.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{self, Pair};
use super::explain::failures;
use super::project::{App, Apps, Condition, People, Principal, Project};
use super::selection::{selects_app, selects_user};
use super::truth::Truth;

/// One assertion.
#[derive(Clone, Debug)]
pub struct Assertion {
    pub kind: Kind,
    pub people: People,
    pub apps: Apps,
    pub when: Option<Condition>,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Allow,
    /// With the codes that each denial must carry.
    Deny(Vec<String>),
    Only,
}

/// Where assertions are judged: a project with what is given, on a day.
pub struct World<'a> {
    pub project: &'a Project,
    /// All users, those included whom only tests name.
    pub everybody: &'a BTreeSet<String>,
    /// Those whom facts, a group's list or a `given` make exist.
    pub known: &'a BTreeSet<String>,
    pub day: &'a str,
}

/// What comes of an assertion.
#[derive(Debug, Default, PartialEq)]
pub struct Verdict {
    /// Users whom it names and who exist nowhere; nothing else is said then.
    pub strangers: BTreeSet<String>,
    /// The users that it names, and the apps.
    pub users: usize,
    pub apps: usize,
    /// The pairs that it is about, those of an `only` with others than it names included.
    pub pairs: usize,
    /// … without these.
    pub selected: usize,
    pub allowed: BTreeSet<(String, String)>,
    pub denied: BTreeSet<(String, String)>,
    /// Denied without a code that is asked for.
    pub otherwise: BTreeSet<(String, String)>,
    /// The codes that lack somewhere.
    pub lacking: BTreeSet<String>,
}

impl Verdict {
    /// Whether it holds.
    pub fn holds(&self, kind: &Kind) -> bool {
        self.strangers.is_empty()
            && (self.selected > 0 || matches!(kind, Kind::Deny(_)))
            && self.allowed.is_empty()
            && self.denied.is_empty()
            && self.otherwise.is_empty()
    }

    /// The users of each app among these pairs.
    pub fn by_app(pairs: &BTreeSet<(String, String)>) -> BTreeMap<String, BTreeSet<String>> {
        let mut apps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (user, app) in pairs {
            apps.entry(app.clone()).or_default().insert(user.clone());
        }
        apps
    }
}

/// The codes of a denial; none where the user may install the app.
pub fn codes(project: &Project, user: &str, app: &App, day: &str) -> BTreeSet<&'static str> {
    let failures = failures(project, user, app, day);
    let all = [
        (failures.unavailable, "unavailable"),
        (!failures.blocks.is_empty(), "blocked"),
        (failures.approval_required, "approval-required"),
        (failures.admin_managed, "admin-managed"),
        (!failures.missing.is_empty(), "missing-scopes"),
        (!failures.unknown.is_empty(), "unknown-fact"),
    ];
    all.into_iter().filter(|(fails, _)| *fails).map(|(_, code)| code).collect()
}

/// Judges one assertion.
pub fn judge(world: &World<'_>, assertion: &Assertion) -> Verdict {
    let World { project, everybody, known, day } = *world;
    let people = &assertion.people;
    let named = people.include.iter().chain(&people.except).filter_map(|principal| match principal {
        Principal::User(email) => Some(email.clone()),
        _ => None,
    });
    let strangers: BTreeSet<String> = named.filter(|email| !known.contains(email)).collect();
    let mut verdict = Verdict::default();
    if !strangers.is_empty() {
        return Verdict { strangers, ..verdict };
    }
    // A `deny` is about what may be meant, too.
    let meant = |truth: Truth| match assertion.kind {
        Kind::Deny(_) => truth.may_be(),
        Kind::Allow | Kind::Only => truth.is_true(),
    };
    let is_selected = |user: &String| selects_user(project, Some(people), user, day);
    verdict.users = everybody.iter().filter(|user| is_selected(user)).count();
    for app in project.apps.iter().filter(|app| meant(selects_app(project, Some(&assertion.apps), app))) {
        verdict.apps += 1;
        for user in everybody {
            let selected = is_selected(user);
            let pair = Pair { project, user: Some(user), app, day };
            if !(selected || assertion.kind == Kind::Only)
                || !meant(condition::holds(&pair, assertion.when.as_ref()))
            {
                continue;
            }
            verdict.pairs += 1;
            verdict.selected += usize::from(selected);
            let codes = codes(project, user, app, day);
            let pair = (user.clone(), app.id.clone());
            match &assertion.kind {
                Kind::Allow if !codes.is_empty() => _ = verdict.denied.insert(pair),
                Kind::Deny(_) if codes.is_empty() => _ = verdict.allowed.insert(pair),
                Kind::Deny(with) => {
                    let lacking = with.iter().filter(|code| !codes.contains(code.as_str()));
                    let lacking: BTreeSet<String> = lacking.cloned().collect();
                    if !lacking.is_empty() {
                        verdict.otherwise.insert(pair);
                    }
                    verdict.lacking.extend(lacking);
                }
                Kind::Only if selected && !codes.is_empty() => _ = verdict.denied.insert(pair),
                Kind::Only if !selected && codes.is_empty() => _ = verdict.allowed.insert(pair),
                Kind::Allow | Kind::Only => {}
            }
        }
    }
    verdict
}
