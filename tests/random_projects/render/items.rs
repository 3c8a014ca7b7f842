//! Everything but rules and entities as text.

use super::rules::{app_selector, rule, scope_terms};
use super::text::Writer;
use crate::reference::project::{
    Account, Allowlist, Attribute, Effect, Group, Installer, Notify, Project, Role, ScopeSet, Type,
};

type Clause<'p> = Box<dyn Fn(&mut Writer<'_>) + 'p>;

/// Writes the account with the exemptions of its sections.
pub fn account(w: &mut Writer<'_>, project: &Project) {
    w.words("account");
    w.name("northwind");
    w.words("{");
    let account = &project.account;
    let mut clauses: Vec<Clause<'_>> = vec![
        Box::new(|w| section(w, project, "listed", account.listed_approval_required)),
        Box::new(|w| section(w, project, "unlisted", account.unlisted_approval_required)),
        Box::new(|w| notify(w, &account.notify)),
    ];
    clauses.extend(optional_clauses(account));
    w.dice.shuffle(&mut clauses);
    for clause in clauses {
        clause(w);
    }
    w.punctuation("}");
}

/// Writes an account without a name, as a folder that projects build on may have it.
pub fn base_account(w: &mut Writer<'_>, account: &Account) {
    w.words("account");
    w.words("{");
    for clause in optional_clauses(account) {
        clause(w);
    }
    w.punctuation("}");
}

fn optional_clauses(account: &Account) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    if let Some(role) = &account.default_role {
        clauses.push(Box::new(|w| {
            w.words("default role");
            w.name(role);
        }));
    }
    if let Some(installers) = &account.installers {
        clauses.push(Box::new(|w| {
            w.words("installers");
            w.list(installers, false, |w, installer| match installer {
                Installer::Privilege(privilege) => w.outside_name(privilege),
                Installer::Role(role) => {
                    w.words("role");
                    w.name(role);
                }
            });
        }));
    }
    if let Some(via) = &account.requests_via {
        clauses.push(Box::new(|w| {
            w.words("requests via");
            w.string(via);
        }));
    }
    clauses
}

fn section(w: &mut Writer<'_>, project: &Project, listing: &str, required: bool) {
    w.words(&format!("{listing} apps"));
    w.words("{");
    w.words(if required { "approval required" } else { "approval optional" });
    for (number, exempt) in project.rules.iter().enumerate() {
        if matches!(&exempt.effect, Effect::Exempt { listing: section } if section == listing) {
            rule(w, number, exempt);
        }
    }
    w.punctuation("}");
}

fn notify(w: &mut Writer<'_>, notify: &Notify) {
    w.words("notify");
    match notify {
        Notify::Automatically => w.words("automatically"),
        Notify::Nobody => w.words("nobody"),
        Notify::Recipients(recipients) => w.list(recipients, false, |w, email| w.email(email)),
    }
}

pub fn attribute(w: &mut Writer<'_>, attribute: &Attribute) {
    w.words("attribute");
    w.words(&format!("{}.{}", attribute.owner, attribute.name));
    w.punctuation(":");
    match &attribute.ty {
        Type::Text => w.words("text"),
        Type::Flag => w.words("flag"),
        Type::Number => w.words("number"),
        Type::Date => w.words("date"),
        Type::OneOf { choices, ordered } => {
            w.words("one of");
            for (at, choice) in choices.iter().enumerate() {
                if at > 0 {
                    w.punctuation(if *ordered { "<" } else { "," });
                }
                w.name(choice);
            }
        }
    }
}

pub fn role(w: &mut Writer<'_>, role: &Role) {
    w.words("role");
    w.name(&role.name);
    if !role.extends.is_empty() {
        w.words("extends");
        w.list(&role.extends, false, |w, name| w.name(name));
    }
    w.words("{");
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    if !role.privileges.is_empty() {
        clauses.push(Box::new(|w| {
            w.words("privileges");
            w.list(&role.privileges, false, |w, privilege| {
                let privilege = w.any_case(privilege);
                w.outside_name(&privilege);
            });
        }));
    }
    if !role.scopes.is_empty() {
        clauses.push(Box::new(|w| {
            w.words("scopes");
            scope_terms(w, &role.scopes, false);
        }));
    }
    w.dice.shuffle(&mut clauses);
    for clause in clauses {
        clause(w);
    }
    w.punctuation("}");
}

pub fn scope_set(w: &mut Writer<'_>, set: &ScopeSet) {
    w.words("scope-set");
    w.name(&set.name);
    w.words("{");
    scope_terms(w, &set.terms, true);
    w.punctuation("}");
}

pub fn allowlist(w: &mut Writer<'_>, list: &Allowlist) {
    w.words("allowlist");
    w.name(&list.name);
    w.words("{");
    w.list(&list.selectors, true, app_selector);
    w.punctuation("}");
}

pub fn group(w: &mut Writer<'_>, group: &Group) {
    w.words("group");
    w.name(&group.name);
    w.words("{");
    let mut members: Vec<Clause<'_>> = Vec::new();
    for email in &group.members {
        members.push(Box::new(|w| w.email(email)));
    }
    for inner in &group.groups {
        members.push(Box::new(|w| {
            w.words("group");
            w.name(inner);
        }));
    }
    w.dice.shuffle(&mut members);
    w.list(&members, true, |w, member| member(w));
    w.punctuation("}");
}
