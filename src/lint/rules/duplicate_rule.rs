//! No two rules say the same, or the same but for one clause where that looks like a slip.

use rustc_hash::{FxHashMap, FxHashSet};

use super::sameness::{Clause, Sameness, narrows};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, quoted_list};
use crate::lint::Context;
use crate::lint::unused_attribute::subjects;
use crate::lint::upkeep::EXPIRED_RULE;
use crate::model::{Condition, Effect, Rule, ScopeTerm, ScopeTermKind, Subject};
use crate::text::{RuleId, Symbol};

declare_code! {
    /// A rule that says what another one says.
    DUPLICATE_RULE = Lint, Warning, "duplicate-rule", "a rule that says what another one says"
}

declare_code! {
    /// Two rules that differ in one clause only.
    NEAR_DUPLICATE_RULE = Lint, Advice, "near-duplicate-rule", "two rules that differ in one clause only, as if one were left over"
}

pub(super) fn each_rule_stands_once(context: &Context<'_>, out: &mut Sink) {
    let rules = rules(context);
    let mut seen: FxHashMap<u128, &Rule> = FxHashMap::default();
    seen.reserve(rules.len());
    let mut twice = vec![false; rules.len()];
    for ((_, rule, sameness), twice) in rules.iter().zip(&mut twice) {
        let first = *seen.entry(sameness.but(None)).or_insert(rule);
        if !std::ptr::eq(first, *rule) {
            *twice = true;
            out.push(duplicate_rule(first, rule));
        }
    }
    let mut alike: FxHashMap<(u128, Option<Symbol>), &Rule> = FxHashMap::default();
    for clause in [Clause::When, Clause::Reviewed, Clause::Dates] {
        // Where no rule has the clause there is nothing to differ in.
        if !rules.iter().any(|(_, rule, _)| has(rule, clause)) {
            continue;
        }
        alike.clear();
        let once = rules.iter().zip(&twice).filter(|(_, twice)| !**twice);
        for ((_, rule, sameness), _) in once {
            // Rules that are there for different reasons are two on purpose. Each is compared with the one before it.
            let before = alike.insert((sameness.but(Some(clause)), rule.because), rule);
            if let Some(before) = before.filter(|before| is_slip(before, rule, clause)) {
                out.push(near_duplicate_rule(before, rule, clause));
            }
        }
    }
}

/// The rules that say what an earlier one says.
pub(in crate::lint) fn repeated(context: &Context<'_>) -> FxHashSet<RuleId> {
    let rules = rules(context);
    let mut seen: FxHashSet<u128> = FxHashSet::default();
    seen.reserve(rules.len());
    rules.into_iter().filter(|(.., sameness)| !seen.insert(sameness.but(None))).map(|(id, ..)| id).collect()
}

/// The project's own rules that nothing waives, and what each says.
fn rules<'a>(context: &Context<'a>) -> Vec<(RuleId, &'a Rule, Sameness)> {
    let sections = sections(context);
    // What is waived says something else than what is not.
    let lifted: FxHashSet<RuleId> = own_rules(context)
        .filter_map(|(_, rule)| if let Effect::Waive { rule } = rule.effect { rule } else { None })
        .collect();
    let kept = own_rules(context).filter(|(id, _)| !lifted.contains(id));
    kept.map(|(id, rule)| (id, rule, Sameness::of(rule, sections.get(&id).copied()))).collect()
}

/// The project's own rules.
pub(super) fn own_rules<'a>(context: &Context<'a>) -> impl Iterator<Item = (RuleId, &'a Rule)> + use<'a> {
    let context = *context;
    context.model.rules.enumerate().filter(move |(_, rule)| context.is_own(rule.span))
}

/// The section of each exemption: the same words mean something else in the other.
pub(super) fn sections(context: &Context<'_>) -> FxHashMap<RuleId, usize> {
    let account = &context.model.account;
    let sections = [&account.listed, &account.unlisted].into_iter().enumerate();
    sections.flat_map(|(at, section)| section.exempts.iter().map(move |&rule| (rule, at))).collect()
}

/// Whether it looks like a slip that two rules differ in this clause alone: they have no names or owners of their own, and other lints do
/// not say that one of them gives nothing. Where one goes on when the other ends, it renews it.
fn is_slip(first: &Rule, second: &Rule, clause: Clause) -> bool {
    let owners = first.owner.zip(second.owner);
    let differ = owners.is_some_and(|((one, _), (other, _))| one != other);
    // What has a name is meant, and may be waived by it.
    if differ || first.id.is_some() || second.id.is_some() {
        return false;
    }
    let gives = matches!(first.effect, Effect::Approve { .. } | Effect::Exempt | Effect::Grant { .. });
    match clause {
        Clause::When => {
            let both = first.condition.as_ref().zip(second.condition.as_ref());
            both.is_some_and(|(one, other)| {
                look_at_the_same(one, other) && !(gives && (narrows(one, other) || narrows(other, one)))
            })
        }
        Clause::Reviewed => match (&first.effect, &second.effect) {
            (Effect::Approve { reviewed: Some(one) }, Effect::Approve { reviewed: Some(other) }) => {
                !within(one, other) && !within(other, one)
            }
            _ => false,
        },
        Clause::Dates => !gives && (first.period.covers(second.period) || second.period.covers(first.period)),
    }
}

/// Whether one condition looks at nothing that the other does not.
fn look_at_the_same(one: &Condition, other: &Condition) -> bool {
    let of = |condition| {
        let mut found: FxHashSet<Subject> = FxHashSet::default();
        subjects(condition, &mut |subject, _| {
            found.insert(subject);
        });
        found
    };
    let (one, other) = (of(one), of(other));
    one.is_subset(&other) || other.is_subset(&one)
}

/// Whether one list of scopes names nothing that the other does not.
fn within(one: &[ScopeTerm], other: &[ScopeTerm]) -> bool {
    let other: FxHashSet<ScopeTermKind> = other.iter().map(|term| term.kind).collect();
    one.iter().all(|term| other.contains(&term.kind))
}

fn has(rule: &Rule, clause: Clause) -> bool {
    match clause {
        Clause::When => rule.condition.is_some(),
        Clause::Reviewed => matches!(&rule.effect, Effect::Approve { reviewed: Some(_) }),
        Clause::Dates => rule.period.starting.is_some() || rule.period.until.is_some(),
    }
}

fn duplicate_rule(first: &Rule, second: &Rule) -> Diagnostic {
    let keyword = second.effect.name();
    let clauses = [
        ("owner", first.owner.map(|owner| owner.0) != second.owner.map(|owner| owner.0)),
        ("id", first.id.map(|id| id.0) != second.id.map(|id| id.0)),
        ("because", first.because != second.because),
    ];
    let differ: Vec<&str> = clauses.into_iter().filter(|(_, differ)| *differ).map(|(name, _)| name).collect();
    let label = match differ.as_slice() {
        [] => "again here".to_owned(),
        some => format!(
            "again here, only {} differ{}",
            quoted_list(some, "and"),
            if some.len() == 1 { "s" } else { "" }
        ),
    };
    Diagnostic::new(&DUPLICATE_RULE, second.head, format!("this `{keyword}` says what another one says"))
        .label(label)
        .related(first.head, "first here")
        .help("keep one of them")
        .unless_told(&EXPIRED_RULE, second.period.until_span.unwrap_or(second.head))
}

fn near_duplicate_rule(first: &Rule, second: &Rule, clause: Clause) -> Diagnostic {
    let keyword = second.effect.name();
    let (what, help) = match clause {
        Clause::When => ("their conditions", "one rule with both conditions, joined by `or`, says the same"),
        Clause::Reviewed => ("what was reviewed", "keep the one whose review stands"),
        Clause::Dates => {
            ("their dates", "the one with more days says it all: keep that one, with the days that are meant")
        }
    };
    let place = match clause {
        Clause::Dates => second.period.until_span.unwrap_or(second.head),
        Clause::When | Clause::Reviewed => second.head,
    };
    let text = format!("this `{keyword}` and another one differ in {what} only");
    let finding = Diagnostic::new(&NEAR_DUPLICATE_RULE, place, text).related(first.head, "the other one");
    let finding = match clause {
        Clause::Dates => finding.label(format!("{} here, {} there", days(second), days(first))),
        Clause::When | Clause::Reviewed => finding,
    };
    // What has ended is taken away anyway.
    [first, second]
        .into_iter()
        .filter_map(|rule| rule.period.until_span)
        .fold(finding.help(help), |finding, end| finding.unless_told(&EXPIRED_RULE, end))
}

/// The days a rule is in force, in words.
fn days(rule: &Rule) -> String {
    match (rule.period.starting, rule.period.until) {
        (None, None) => "always".to_owned(),
        (Some(first), None) => format!("from {first}"),
        (None, Some(last)) => format!("until {last}"),
        (Some(first), Some(last)) => format!("from {first} until {last}"),
    }
}
