//! Rules as text.

use super::conditions::{condition, scope_term};
use super::text::Writer;
use crate::reference::project::{AppSelector, Apps, Effect, People, Principal, Rule, ScopeTerm};

type Clause<'r> = Box<dyn Fn(&mut Writer<'_>) + 'r>;

/// Writes the rule with this number; its clauses stand in any order.
pub fn rule(w: &mut Writer<'_>, number: usize, rule: &Rule) {
    w.mark(number);
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    let mut selected = rule.apps.as_ref();
    let mut preposition = "for";
    match &rule.effect {
        Effect::Approve { reviewed } => {
            w.words("approve");
            clauses.extend(reviewed.as_ref().map(|terms| -> Clause<'_> {
                Box::new(|w| {
                    w.words("reviewed");
                    scope_terms(w, terms, false);
                })
            }));
        }
        Effect::Block => w.words("block"),
        Effect::Exempt { .. } => w.words("exempt"),
        Effect::Withhold { scopes } => {
            w.words("withhold");
            scope_terms(w, scopes, false);
            preposition = "from";
            clauses.extend(selected.take().map(on));
        }
        Effect::Waive { rule } => {
            w.words("waive");
            w.name(rule);
            clauses.extend(selected.take().map(on));
        }
        Effect::Grant { role } => {
            w.words("grant");
            w.name(role);
            preposition = "to";
        }
    }
    if let Some(selected) = selected {
        apps(w, selected);
    }
    clauses.extend(common(rule, preposition));
    w.dice.shuffle(&mut clauses);
    for clause in clauses {
        clause(w);
    }
}

fn on(selected: &Apps) -> Clause<'_> {
    Box::new(|w| {
        w.words("on");
        apps(w, selected);
    })
}

fn common<'r>(rule: &'r Rule, preposition: &'static str) -> Vec<Clause<'r>> {
    let mut clauses: Vec<Clause<'r>> = Vec::new();
    if let Some(selected) = &rule.people {
        clauses.push(Box::new(move |w| {
            w.words(preposition);
            people(w, selected);
        }));
    }
    if let Some(when) = &rule.when {
        clauses.push(Box::new(|w| {
            w.words("when");
            condition(w, when);
        }));
    }
    for (word, day) in [("starting", &rule.starting), ("until", &rule.until)] {
        if let Some(day) = day {
            clauses.push(Box::new(move |w| {
                w.words(word);
                w.name(day);
            }));
        }
    }
    if let Some(owner) = &rule.owner {
        clauses.push(Box::new(|w| {
            w.words("owner");
            w.email(owner);
        }));
    }
    if let Some(id) = &rule.id {
        clauses.push(Box::new(|w| {
            w.words("id");
            w.name(id);
        }));
    }
    if let Some(because) = &rule.because {
        clauses.push(Box::new(|w| {
            w.words("because");
            w.string(because);
        }));
    }
    clauses
}

pub fn scope_terms(w: &mut Writer<'_>, terms: &[ScopeTerm], trailing: bool) {
    w.list(terms, trailing, scope_term);
}

pub fn apps(w: &mut Writer<'_>, apps: &Apps) {
    w.list(&apps.include, false, app_selector);
    if !apps.except.is_empty() {
        w.words("except");
        w.list(&apps.except, false, app_selector);
    }
}

pub fn app_selector(w: &mut Writer<'_>, selector: &AppSelector) {
    match selector {
        // The one app that needs its quotes.
        AppSelector::App(id) if id == "apps" => w.quoted(id),
        AppSelector::App(id) => w.name(id),
        AppSelector::By(id) => {
            w.words("apps by");
            w.name(id);
        }
        AppSelector::In(name) => {
            w.words("apps in");
            w.name(name);
        }
        AppSelector::Listed => w.words("listed apps"),
        AppSelector::Unlisted => w.words("unlisted apps"),
        AppSelector::Internal => w.words("internal apps"),
        AppSelector::All => w.words("all apps"),
    }
}

pub fn people(w: &mut Writer<'_>, people: &People) {
    w.list(&people.include, false, principal);
    if !people.except.is_empty() {
        w.words("except");
        w.list(&people.except, false, principal);
    }
}

fn principal(w: &mut Writer<'_>, principal: &Principal) {
    match principal {
        Principal::User(email) => w.email(email),
        Principal::Group(name) => {
            w.words("group");
            w.name(name);
        }
        Principal::Role(name) => {
            w.words("role");
            w.name(name);
        }
        Principal::Everyone => w.words("everyone"),
    }
}
