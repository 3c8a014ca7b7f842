//! A decision one fact a line.

use super::steps::steps;
use super::words::{fact, headline, held_by, how, installer, missing, names, person};
use crate::decision::{Decision, Ground, Outcome, Reason, RuleRef};
use crate::report::one_line;

/// A decision: `allow` or `deny` with the question, then a line for each `ground`, or each `reason`, `near-miss` (with `explain`),
/// `refused-at-consent` and `next`. Ends with a line break.
pub fn plain(decision: &Decision, explain: bool) -> String {
    let outcome = match decision.outcome {
        Outcome::Allow => "allow",
        Outcome::Deny => "deny",
    };
    let mut lines = vec![format!("{outcome} {} on {}", headline(decision), decision.query.at)];
    for ground in &decision.grounds {
        lines.push(format!("ground {}", self::ground(decision, ground)));
    }
    for reason in &decision.reasons {
        self::reason(decision, reason, explain, &mut lines);
    }
    for scope in &decision.refused_at_consent {
        lines.push(format!("refused-at-consent {scope}"));
    }
    for (kind, text) in steps(decision, true) {
        lines.push(format!("next {kind} {text}"));
    }
    lines.iter().map(|text| format!("{}\n", one_line(text))).collect()
}

fn because(text: String, because: Option<&str>) -> String {
    match because {
        Some(because) => format!("{text}; because {because}"),
        None => text,
    }
}

fn place(rule: &RuleRef) -> String {
    let id = rule.id.as_ref().map(|id| format!(" `{id}`")).unwrap_or_default();
    format!("{}:{}:{}{id}", rule.file, rule.line, rule.column)
}

fn ground(decision: &Decision, ground: &Ground) -> String {
    match ground {
        Ground::Approval { rule, because: why, via } => {
            because(format!("approval {} {via}", place(rule)).trim_end().to_owned(), why.as_deref())
        }
        Ground::Exemption { rule, because: why } => {
            because(format!("exemption {}", place(rule)), why.as_deref())
        }
        Ground::ApprovalOptional => "approval-optional".to_owned(),
        Ground::Waiver { rule, because: why, lifts } => {
            because(format!("waiver {} lifts {}", place(rule), place(lifts)), why.as_deref())
        }
        Ground::Scope { scope, role, privileges } => {
            format!("scope {scope} by {}", held_by(role.as_deref(), privileges))
        }
        Ground::Installer { privilege, role } => {
            format!("installer {}", installer(&decision.query, privilege.as_deref(), role.as_deref()))
        }
    }
}

fn reason(decision: &Decision, reason: &Reason, explain: bool, lines: &mut Vec<String>) {
    let code = reason.code().name();
    let mut say = |text: String| lines.push(format!("reason {code} {text}").trim_end().to_owned());
    match reason {
        Reason::Unavailable { detail, .. } => say(detail.clone()),
        Reason::Blocked { rules, how: hows } => {
            for (index, rule) in rules.iter().enumerate() {
                let how = hows.get(index).map(how).unwrap_or_default().join("; ");
                let text = format!("{} {how}", place(rule)).trim_end().to_owned();
                say(because(text, rule.because.as_deref()));
            }
        }
        Reason::ApprovalRequired { near_misses } => {
            say(format!("no approval covers {}", person(decision)));
            for miss in near_misses.iter().filter(|_| explain) {
                let kind = super::words::miss_kind(miss.kind);
                lines.push(format!("near-miss {kind} {} {}", place(&miss.rule), miss.detail));
            }
        }
        Reason::AdminManaged => say(String::new()),
        Reason::MissingScopes { scopes } => {
            for scope in scopes {
                let how = how(&scope.how).join("; ");
                let text = missing(person(decision), &[scope], true);
                say(format!("{} {text} {how}", scope.scope));
            }
        }
        Reason::UnknownFact { facts } => {
            for missing in facts {
                say(format!("{} {} ({} is not known)", missing.entity, missing.fact, fact(missing)));
            }
        }
        Reason::MissingPrivilege { privilege, roles } => {
            let roles = names(roles.iter().map(String::as_str), "or", true);
            say(if roles.is_empty() {
                privilege.clone()
            } else {
                format!("{privilege} (roles with it: {roles})")
            });
        }
        Reason::NotAsked { scope } => say(scope.clone()),
    }
}
