//! Conditions tell some people or apps from others.

use super::{Reach, counted, pairs};
use crate::census::{LooksAt, tests};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::Truth;
use crate::model::{Condition, Effect, Rule};
use crate::program::{Ask, Comparand, Subject, Test};
use crate::terms::CompareOp;
use crate::text::{AppId, Id, RuleId, Span, UserId};

declare_code! {
    /// A test that holds for nobody and nothing that its rule is about, or a condition that does.
    CONDITION_NEVER_HOLDS = Lint, Warning, "condition-never-holds", "a condition, or a test in it, that never holds for these facts"
}

declare_code! {
    /// A test that holds for everybody and everything that its rule is about.
    CONDITION_ALWAYS_HOLDS = Lint, Warning if asked, "condition-always-holds", "a test that always holds for these facts"
}

/// The first test of the rule's condition that tells nobody and nothing apart.
pub(super) fn tests_tell_apart(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let program = reach.census.program();
    let condition = program.rules.rows.get(id)?.condition?;
    let surely = matches!(rule.effect, Effect::Approve { .. } | Effect::Exempt);
    let apps = if surely { reach.census.apps(id) } else { reach.census.possible_apps(id) };
    let people = reach.census.people(id);
    // The compiled tests stand in the order of the text, as these do.
    let spans = spans(rule.condition.as_ref()?, false);
    let mut tests = tests(&program.conditions, condition.0 as usize).zip(spans);
    tests.find_map(|(test, (span, is_negated))| {
        let looks = LooksAt::of_test(program, test);
        let one_person = [UserId::from_index(0)];
        let one_app = [AppId::from_index(0)];
        let people = if looks.user { &*people } else { &one_person };
        let apps = if looks.app { &*apps } else { &one_app };
        // What is asked about one app or person alone is there for the day on which the answer changes.
        if people.len() * apps.len() < 2 {
            return None;
        }
        let always = constant(reach, test, people, apps)?;
        if !always && may_come_to(reach, test, true) {
            return None;
        }
        if !reach.context.asks_for(if always { &CONDITION_ALWAYS_HOLDS } else { &CONDITION_NEVER_HOLDS }) {
            return None;
        }
        let meant = if always { None } else { reach.meant(test) };
        // Of what is excluded nobody need be there today, unless it seems to be there under another spelling.
        if !always && is_negated && meant.is_none() {
            return None;
        }
        // What is not there yet is what guards are for, unless it seems to be there under another spelling.
        if !always && meant.is_none() && reach.is_guard(id, rule) {
            return None;
        }
        let about = match (looks.user, looks.app) {
            (true, true) => pairs(people.len(), apps.len()),
            (true, false) => counted(people.len(), "person", "people"),
            (false, _) => counted(apps.len(), "app", "apps"),
        };
        Some(constant_condition(reach, rule, span, always, &about, meant))
    })
}

/// What the test always says of these; `None`: now this, now that, or a fact is missing, or there are too many pairs to look at.
fn constant(reach: &Reach<'_, '_>, test: &Test, people: &[UserId], apps: &[AppId]) -> Option<bool> {
    let mut first = None;
    for &app in apps {
        for &user in people {
            if !reach.census.spend(1) {
                return None;
            }
            let truth = reach.census.test(test, user, app);
            if truth == Truth::Unknown || *first.get_or_insert(truth) != truth {
                return None;
            }
        }
    }
    first.map(|truth| truth == Truth::True)
}

/// Whether the test may say so on a later day, where it says the opposite now.
fn may_come_to(reach: &Reach<'_, '_>, test: &Test, truth: bool) -> bool {
    let is_today = |one: Comparand| one == Comparand::Today;
    match test.ask {
        _ if test.subject == Subject::UserRoles => reach.shared.shifts.are_some(),
        // Days pass one way only: what lies before today does so for ever.
        Ask::Compare(CompareOp::Less | CompareOp::LessOrEqual, one) => truth && is_today(one),
        Ask::Compare(CompareOp::Greater | CompareOp::GreaterOrEqual, one) => !truth && is_today(one),
        Ask::Is(one) | Ask::IsNot(one) => is_today(one),
        Ask::In(list) => {
            list.of(&reach.census.program().conditions.comparands).iter().any(|&one| is_today(one))
        }
        _ => false,
    }
}

/// Where the tests of a condition stand, in order, and whether an odd number of `not` stands before them. The parser's nesting limit bounds the
/// recursion.
fn spans(condition: &Condition, is_negated: bool) -> Vec<(Span, bool)> {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            parts.iter().flat_map(|part| spans(part, is_negated)).collect()
        }
        Condition::Not(part) => spans(part, !is_negated),
        Condition::Test { span, .. } => vec![(*span, is_negated)],
        Condition::Invalid => Vec::new(),
    }
}

fn constant_condition(
    reach: &Reach<'_, '_>,
    rule: &Rule,
    span: Span,
    always: bool,
    about: &str,
    meant: Option<&str>,
) -> Diagnostic {
    let text = reach.context.sources.slice(span);
    let effect = rule.effect.name();
    let when = reach.when();
    if always {
        Diagnostic::new(&CONDITION_ALWAYS_HOLDS, span, format!("`{text}` always holds here{when}"))
            .label(format!("true for {about}, all that this `{effect}` is about"))
            .help("leave it out, or allow this where it is a guard against what may come")
    } else {
        Diagnostic::new(&CONDITION_NEVER_HOLDS, span, format!("`{text}` never holds here{when}"))
            .label(format!("false for {about}, all that this `{effect}` is about"))
            .help(match meant {
                Some(meant) => format!("did you mean `{meant}`, as the facts spell it?"),
                None => "correct it, or leave it out".to_owned(),
            })
    }
}

/// An approval whose condition holds for nobody and nothing that it is about.
pub(super) fn approves_nothing(
    reach: &Reach<'_, '_>,
    id: RuleId,
    rule: &Rule,
    apps: &[AppId],
) -> Option<Diagnostic> {
    // Where nothing is known to be false, facts are missing, which is told about the facts.
    let is_false = |truth| truth == Truth::False;
    if !reach.census.some_pair(id, apps, is_false, |case| is_false(case.condition_of(id)))? {
        return None;
    }
    let condition = rule.condition.as_ref()?;
    let spans = spans(condition, false);
    // Others may come to be among the people, and the condition may come to hold.
    let program = reach.census.program();
    let compiled = program.rules.rows.get(id)?.condition?;
    let mut tests = tests(&program.conditions, compiled.0 as usize).zip(&spans);
    let shifts = reach.shared.shifts;
    if rule.people.as_ref().is_some_and(|people| shifts.may_add_to(people, reach.census.date, rule.period))
        || tests.any(|(test, (_, is_negated))| may_come_to(reach, test, !is_negated))
    {
        return None;
    }
    let (first, last) = (spans.first()?.0, spans.last()?.0);
    let about = pairs(reach.census.people(id).len(), apps.len());
    let message = format!("the condition of this approval never holds{}", reach.when());
    let found = Diagnostic::new(&CONDITION_NEVER_HOLDS, first.to(last), message)
        .label(format!("not true for {about}, all that it is about"));
    Some(found.help("correct it, complete the facts that it asks for, or remove the approval"))
}
