//! What to do next, in words.

use std::collections::BTreeSet;

use super::words::{fact, names, noun_names};
use crate::decision::{Decision, NextStep, Outcome, Reason, RuleRef};

/// The kind of a step with what to do, in order; where nothing helps, `none` with why; nothing on an allow.
pub(super) fn steps(decision: &Decision, all: bool) -> Vec<(&'static str, String)> {
    if decision.outcome == Outcome::Allow {
        return Vec::new();
    }
    if decision.next_steps.is_empty() {
        return vec![("none", hopeless(decision))];
    }
    decision.next_steps.iter().map(|step| self::step(step, all)).collect()
}

fn step(step: &NextStep, all: bool) -> (&'static str, String) {
    let people = |list: &[String], word| names(list.iter().map(String::as_str), word, all);
    match step {
        NextStep::CompleteFacts { facts } => {
            let facts: Vec<String> = facts
                .iter()
                .map(|missing| {
                    let list = if missing.entity.starts_with("user:") { "directory" } else { "catalog" };
                    format!("{} ({list} facts)", fact(missing))
                })
                .collect();
            ("complete-facts", format!("state {}", facts.join(", ")))
        }
        NextStep::RequestApproval { approvers, notified, via } => {
            let mut text = if approvers.is_empty() {
                "ask for approval; nobody has `MarketPlace:Edit` on that day".to_owned()
            } else {
                format!("ask for approval by {}", people(approvers, "or"))
            };
            if let Some(via) = via {
                text.push_str(&format!(", via {via}"));
            }
            if !notified.is_empty() && notified != approvers {
                text.push_str(&format!(" (told of requests: {})", people(notified, "and")));
            }
            ("request-approval", text)
        }
        NextStep::RequestInstall { installers } if installers.is_empty() => {
            ("request-install", "ask for it to be added; no installer holds every scope it needs".to_owned())
        }
        NextStep::RequestInstall { installers } => {
            ("request-install", format!("ask {} to add it", people(installers, "or")))
        }
        NextStep::RequestPrivileges { privileges, roles } => {
            let text = match (privileges.is_empty(), roles.is_empty()) {
                (true, _) => format!("ask for {}", noun_names("role", roles, "or", all)),
                (false, true) => format!("ask for {}", noun_names("privilege", privileges, "and", all)),
                (false, false) => format!(
                    "ask for {}; {} would help",
                    noun_names("privilege", privileges, "and", all),
                    noun_names("role", roles, "or", all)
                ),
            };
            ("request-privileges", text)
        }
    }
}

/// Why nothing the person can ask for helps, by the first reason that stands in the way, and who answers for its rules.
fn hopeless(decision: &Decision) -> String {
    let (why, rules) = decision
        .reasons
        .iter()
        .find_map(in_the_way)
        .unwrap_or(("nothing that can be asked for helps", Vec::new()));
    let owners: BTreeSet<&str> = rules.iter().filter_map(|rule| rule.owner.as_deref()).collect();
    let owners: Vec<&str> = owners.into_iter().collect();
    if owners.is_empty() {
        why.to_owned()
    } else {
        format!("{why}; owner of the rule: {}", owners.join(", "))
    }
}

fn in_the_way(reason: &Reason) -> Option<(&'static str, Vec<&RuleRef>)> {
    Some(match reason {
        Reason::Unavailable { .. } => ("nobody can add the app on that day", Vec::new()),
        Reason::Blocked { rules, .. } => {
            ("nothing can be approved while the block stands", rules.iter().collect())
        }
        Reason::MissingScopes { scopes } => {
            let withheld: Vec<&RuleRef> =
                scopes.iter().filter_map(|missing| missing.withheld_by.as_ref()).collect();
            if withheld.is_empty() {
                return None;
            }
            ("nothing can be granted while the scope is withheld", withheld)
        }
        Reason::MissingPrivilege { .. } => ("somebody with that privilege has to do it", Vec::new()),
        Reason::NotAsked { .. } => ("the app would have to ask for the scope", Vec::new()),
        Reason::ApprovalRequired { .. } | Reason::AdminManaged | Reason::UnknownFact { .. } => return None,
    })
}
