//! What comes of each assertion.

use std::collections::{BTreeMap, BTreeSet};

use admit::decision::Decision;
use admit::suite::{AppNames, AssertionResult, Failure, Filter, Nothing};

use super::Tested;
use crate::reference::judge::{Assertion, Kind, Verdict, codes};
use crate::reference::project::Project;

/// Compares every verdict; with words for what came up.
pub fn law(seed: u64) -> Result<BTreeSet<&'static str>, String> {
    let mut tested = Tested::new(seed);
    compared(&mut tested).map_err(|error| tested.told(&error))
}

fn compared(tested: &mut Tested) -> Result<BTreeSet<&'static str>, String> {
    let analysis = tested.analysis(&[]);
    let Some(checked) = analysis.checked() else { return Err(errors(&analysis.diagnostics)) };
    let results = tested.suite(&analysis, checked, &Filter::default()).run();
    let mut seen = BTreeSet::new();
    for (test, result) in tested.tests.iter().zip(&results) {
        let day = test.at.as_deref().unwrap_or(tested.today);
        let verdicts = test.verdicts(&test.scene, &tested.everybody, &tested.known, tested.today);
        for ((assertion, verdict), result) in test.assertions.iter().zip(&verdicts).zip(&result.assertions) {
            let told =
                |error: String| format!("{} {assertion:?}: {error}\n{verdict:?}\n{result:?}", test.name);
            same(assertion, verdict, result).map_err(told)?;
            if let Some(witness) = witness(result) {
                explained(&test.scene, day, witness).map_err(told)?;
            }
            words(assertion, verdict, &mut seen);
        }
        if result.passed() != test.passes(&verdicts) || result.assertions.len() != verdicts.len() {
            return Err(format!("{}: {result:?}", test.name));
        }
    }
    if results.len() == tested.tests.len() { Ok(seen) } else { Err(format!("{} tests", results.len())) }
}

fn errors(findings: &[admit::diagnostics::Diagnostic]) -> String {
    let errors = findings.iter().filter(|one| one.severity == admit::diagnostics::Severity::Error);
    errors.map(|one| format!("{} [{}]\n", one.message, one.code)).collect()
}

fn same(assertion: &Assertion, verdict: &Verdict, result: &AssertionResult<'_>) -> Result<(), String> {
    let expect = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    expect(result.pairs == verdict.pairs as u64, "pairs")?;
    expect(result.failure.is_none() == verdict.holds(&assertion.kind), "whether it holds")?;
    let nothing = nothing(verdict);
    let vacuous_deny = matches!(assertion.kind, Kind::Deny(_)) && verdict.strangers.is_empty();
    expect(result.vacuous == nothing.filter(|_| vacuous_deny), "what a deny is not about")?;
    match &result.failure {
        None => Ok(()),
        Some(Failure::NoSuchUsers(users)) => {
            expect(users.iter().eq(&verdict.strangers), "who does not exist")
        }
        Some(Failure::Vacuous(found)) => expect(Some(*found) == nothing, "what it is not about"),
        Some(Failure::Denied { pairs, witness }) => {
            expect(*pairs == verdict.denied.len() as u64, "how many are denied")?;
            expect(verdict.denied.contains(&pair(witness)), "the witness is denied")
        }
        Some(Failure::NotDenied { allowed, otherwise, lacking, witness }) => {
            expect(*allowed == verdict.allowed.len() as u64, "how many are allowed")?;
            expect(*otherwise == verdict.otherwise.len() as u64, "how many are denied otherwise")?;
            let lacking: BTreeSet<String> = lacking.iter().map(|code| code.name().to_owned()).collect();
            expect(lacking == verdict.lacking, "which reasons lack")?;
            let pairs = if *allowed > 0 { &verdict.allowed } else { &verdict.otherwise };
            expect(pairs.contains(&pair(witness)), "the witness")
        }
        Some(Failure::Differs { missing, extra, witness }) => {
            expect(by_app(missing) == Verdict::by_app(&verdict.denied), "who is missing")?;
            expect(by_app(extra) == Verdict::by_app(&verdict.allowed), "who is too many")?;
            let pairs = if extra.is_empty() { &verdict.denied } else { &verdict.allowed };
            expect(pairs.contains(&pair(witness)), "the witness")
        }
    }
}

/// What an assertion that is about nothing does not find.
fn nothing(verdict: &Verdict) -> Option<Nothing> {
    match (verdict.selected, verdict.users, verdict.apps) {
        (1.., ..) => None,
        (0, 0, _) => Some(Nothing::NoUser),
        (0, _, 0) => Some(Nothing::NoApp),
        (0, ..) => Some(Nothing::NoPair),
    }
}

fn by_app(apps: &[AppNames]) -> BTreeMap<String, BTreeSet<String>> {
    let one = |app: &AppNames| (app.app.clone(), app.users.iter().cloned().collect::<BTreeSet<_>>());
    let all: BTreeMap<_, BTreeSet<String>> = apps.iter().map(one).collect();
    assert!(apps.iter().all(|app| app.count == app.users.len() as u64), "each user once");
    assert_eq!(all.len(), apps.len(), "each app once");
    all
}

fn pair(witness: &Decision) -> (String, String) {
    (witness.query.user.clone().unwrap_or_default(), witness.query.app.clone())
}

fn witness<'r>(result: &'r AssertionResult<'_>) -> Option<&'r Decision> {
    match result.failure.as_ref()? {
        Failure::NoSuchUsers(_) | Failure::Vacuous(_) => None,
        Failure::Denied { witness, .. }
        | Failure::NotDenied { witness, .. }
        | Failure::Differs { witness, .. } => Some(witness),
    }
}

/// The witness is explained by the reasons that the reference gives.
fn explained(scene: &Project, day: &str, witness: &Decision) -> Result<(), String> {
    let (user, app) = pair(witness);
    let expected = codes(scene, &user, scene.app(&app), day);
    let told: BTreeSet<&str> = witness.reasons.iter().map(|reason| reason.code().name()).collect();
    if told == expected {
        Ok(())
    } else {
        Err(format!("the witness is denied for {told:?}, not {expected:?}"))
    }
}

fn words(assertion: &Assertion, verdict: &Verdict, seen: &mut BTreeSet<&'static str>) {
    let holds = verdict.holds(&assertion.kind);
    seen.insert(match (&assertion.kind, holds) {
        (Kind::Allow, true) => "allow-holds",
        (Kind::Allow, false) => "allow-fails",
        (Kind::Deny(_), true) => "deny-holds",
        (Kind::Deny(_), false) => "deny-fails",
        (Kind::Only, true) => "only-holds",
        (Kind::Only, false) => "only-fails",
    });
    let only = assertion.kind == Kind::Only && verdict.selected > 0;
    let nothing = nothing(verdict).filter(|_| verdict.strangers.is_empty());
    let more = [
        (only && !verdict.denied.is_empty(), "missing"),
        (only && !verdict.allowed.is_empty(), "too-many"),
        (!verdict.lacking.is_empty(), "lacking"),
        (!verdict.strangers.is_empty(), "strangers"),
        (nothing == Some(Nothing::NoUser), "no-user"),
        (nothing == Some(Nothing::NoApp), "no-app"),
        (nothing == Some(Nothing::NoPair), "no-pair"),
        (nothing.is_some() && holds, "denies-nobody"),
    ];
    seen.extend(more.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| word));
}
