//! The sentences that both forms share. They have no final full stop and show names in backticks.

use crate::decision::{
    Action, BlockedHow, Decision, MissingScope, NearMissKind, Outcome, Question, RuleRef, UnknownFact,
};
use crate::diagnostics::quoted_list;

/// Names beyond this many are counted rather than listed, unless everything is asked for.
const MOST_NAMES: usize = 6;

/// `pat@x.example may not install gong`.
pub(super) fn headline(decision: &Decision) -> String {
    let Question { user, action, app, scope, by, .. } = &decision.query;
    let user = user.as_deref().unwrap_or("everyone");
    let may = match decision.outcome {
        Outcome::Allow => "may",
        Outcome::Deny => "may not",
    };
    match action {
        Action::Install => format!("{user} {may} install {app}"),
        Action::Approve => format!("{user} {may} approve {app}"),
        Action::Add => format!("{} {may} add {app} for {user}", by.as_deref().unwrap_or("nobody")),
        Action::Use => {
            let whom = decision.query.user.as_ref().map(|user| format!(" for {user}")).unwrap_or_default();
            format!("{app} {may} use {}{whom}", scope.as_deref().unwrap_or("nothing"))
        }
    }
}

/// Whose scopes and approval were judged.
pub(super) fn person(decision: &Decision) -> &str {
    decision.query.user.as_deref().unwrap_or("anybody")
}

/// Names in backticks, joined as in a sentence; beyond six, five and how many more.
pub(super) fn names<'n>(names: impl IntoIterator<Item = &'n str>, word: &str, all: bool) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    if all || names.len() <= MOST_NAMES {
        return quoted_list(names, word);
    }
    let more = names.len() - (MOST_NAMES - 1);
    names.truncate(MOST_NAMES - 1);
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{} {word} {more} more", listed.join(", "))
}

/// Names as [`names`] lists them, after `noun` in the number that fits: "role `a`", "roles `a` and `b`".
pub(super) fn noun_names(noun: &str, list: &[String], word: &str, all: bool) -> String {
    let plural = if list.len() == 1 { "" } else { "s" };
    format!("{noun}{plural} {}", names(list.iter().map(String::as_str), word, all))
}

/// `capture` (policies/a.admit:20), or only the place where the rule has no id.
pub(super) fn rule(rule: &RuleRef) -> String {
    let place = format!("{}:{}", rule.file, rule.line);
    match &rule.id {
        Some(id) => format!("`{id}` ({place})"),
        None => place,
    }
}

/// `text: because`, where there is a because.
pub(super) fn because(text: String, because: Option<&str>) -> String {
    match because {
        Some(because) => format!("{text}: {because}"),
        None => text,
    }
}

/// `fact` of an entity: "`listing` of app `gong`".
pub(super) fn fact(fact: &UnknownFact) -> String {
    match fact.entity.split_once(':') {
        Some((kind, name)) => format!("`{}` of {kind} `{name}`", fact.fact),
        None => format!("`{}` of `{}`", fact.fact, fact.entity),
    }
}

/// How a block or withhold comes to apply, one line each; empty where it is for everyone and everything.
pub(super) fn how(how: &BlockedHow) -> Vec<String> {
    let unknown = |missing: &UnknownFact| format!("{} is not known, so the rule applies", fact(missing));
    let said = [&how.user, &how.app].into_iter().filter(|text| !text.is_empty()).cloned();
    said.chain(how.unknown.iter().map(unknown)).collect()
}

/// Why `scopes`, which lack the same, are not held.
pub(super) fn missing(person: &str, scopes: &[&MissingScope], all: bool) -> String {
    let Some(first) = scopes.first() else { return String::new() };
    let plural = if scopes.len() == 1 { "" } else { "s" };
    let listed = names(scopes.iter().map(|missing| missing.scope.as_str()), "and", all);
    let needs = format!("needs scope{plural} {listed}");
    if let Some(by) = &first.withheld_by {
        return because(format!("{needs}, withheld by {}", rule(by)), by.because.as_deref());
    }
    let would = if first.roles.is_empty() {
        String::new()
    } else {
        format!(" ({} would)", noun_names("role", &first.roles, "or", all))
    };
    if first.lacking_privileges.is_empty() {
        let whose =
            if first.roles.is_empty() { "no role".to_owned() } else { format!("no role of {person}") };
        let them = if scopes.len() == 1 { "it" } else { "them" };
        return format!("{needs}: {whose} grants {them}{would}");
    }
    let lacking = names(first.lacking_privileges.iter().map(String::as_str), "and", all);
    format!("{needs}: {person} lacks {lacking}{would}")
}

/// Runs of scopes that lack the same and can share a sentence.
pub(super) fn alike(scopes: &[MissingScope]) -> Vec<Vec<&MissingScope>> {
    let mut runs: Vec<Vec<&MissingScope>> = Vec::new();
    for scope in scopes {
        let same = |other: &&MissingScope| {
            other.lacking_privileges == scope.lacking_privileges
                && other.roles == scope.roles
                && other.withheld_by == scope.withheld_by
                && other.how == scope.how
        };
        match runs.iter_mut().find(|run| run.first().is_some_and(same)) {
            Some(run) => run.push(scope),
            None => runs.push(vec![scope]),
        }
    }
    runs
}

/// What a scope is held by: "role `member`" or "`Recording:Read`".
pub(super) fn held_by(role: Option<&str>, privileges: &[String]) -> String {
    match role {
        Some(role) => format!("role `{role}`"),
        None => names(privileges.iter().map(String::as_str), "and", true),
    }
}

/// Why the acting user may act.
pub(super) fn installer(query: &Question, privilege: Option<&str>, role: Option<&str>) -> String {
    let has = match (privilege, role) {
        (Some(privilege), _) => format!("has `{privilege}`"),
        (None, Some(role)) => format!("has role `{role}`"),
        (None, None) => "may act".to_owned(),
    };
    match (query.action, &query.by) {
        (Action::Install, _) => format!("may add admin-managed apps: {has}"),
        (Action::Add, Some(by)) => format!("{by} may add apps for others: {has}"),
        _ => has,
    }
}

/// The word for a kind of near miss.
pub(super) fn miss_kind(kind: NearMissKind) -> &'static str {
    match kind {
        NearMissKind::Expired => "expired",
        NearMissKind::NotYet => "not-yet",
        NearMissKind::Outgrown => "outgrown",
        NearMissKind::OtherPeople => "other-people",
        NearMissKind::Condition => "condition",
    }
}
