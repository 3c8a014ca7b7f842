//! Laws that hold whatever the policy.

use admit::decision::Outcome;
use admit::eval::Evaluator;
use admit::program::Program;
use admit::text::Date;

use super::world::{ACCOUNT, DAY, World};

const RULES: [&str; 12] = [
    "approve a, b for group one",
    "approve all apps except c for role boss until 2026-12-05",
    "approve apps in list for u3@x.example, group two when app.risk <= moderate",
    "approve listed apps for everyone reviewed meeting:read",
    "block apps by contoso for group two id no-contoso",
    "block all apps for group outer when app.scopes any in [recording:*]",
    "block internal apps for everyone except group one",
    "withhold recording:* from group one id keep",
    "withhold user-level on apps in list from u2@x.example",
    "waive no-contoso for u4@x.example until 2026-12-31 because \"x\"",
    "waive keep on d for everyone until 2026-12-31 because \"x\"",
    "grant boss to group two starting 2026-12-01",
];

const FACTS: &str = "
attribute app.risk: one of low < moderate < high
role boss extends member { privileges MarketPlace:Edit  scopes admin-level }
developer contoso { kind third-party }
developer us { kind internal }
allowlist list { a, apps in inner }
allowlist inner { c, d }
app a { developer contoso  listing listed  stage published  managed-by user  scopes meeting:read  risk low }
app b { developer us  stage development  managed-by admin  scopes recording:read:admin  risk high }
app c { listing listed  stage published  managed-by user  scopes meeting:write, recording:read }
app d { developer contoso  listing unlisted  stage published  managed-by user  scopes none  optional-scopes recording:read }
app e { stage beta  managed-by user  scopes none }
group one { u1@x.example, u2@x.example }
group two { u2@x.example, u3@x.example }
group outer { group one }
group three { u4@x.example }
user boss@x.example { role boss }
";

fn outcomes(program: &Program) -> Vec<(String, String, Outcome)> {
    let mut evaluator = Evaluator::new(program);
    let mut found = Vec::new();
    for day in ["2026-11-30", DAY, "2026-12-06"] {
        let at = Date::parse(day).unwrap();
        for user in program.users() {
            for app in program.apps() {
                let outcome = evaluator.install(user, app, at);
                let decision = evaluator.explain_install(user, app, at);
                assert_eq!(decision.outcome, outcome, "{decision:?}");
                assert_eq!(decision.reasons.is_empty(), outcome == Outcome::Allow);
                assert_eq!(decision.grounds.is_empty(), outcome == Outcome::Deny);
                let user = format!("{day} {}", program.user_name(user));
                found.push((user, program.app_name(app).to_owned(), outcome));
            }
        }
    }
    found.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    found
}

fn of(rules: &[&str]) -> Vec<(String, String, Outcome)> {
    outcomes(&World::new(&format!("{ACCOUNT}{FACTS}{}", rules.join("\n"))).program)
}

#[test]
fn the_outcome_alone_and_the_explanation_agree_for_every_subset_of_rules() {
    for left_out in RULES {
        let mut rules = RULES.to_vec();
        // Waivers need what they lift.
        rules.retain(|rule| *rule != left_out && !rule.starts_with("waive"));
        of(&rules);
    }
    assert!(of(&RULES).iter().any(|(_, _, outcome)| *outcome == Outcome::Allow));
}

#[test]
fn order_decides_nothing() {
    let mut rules = RULES.to_vec();
    let first = of(&rules);
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..5 {
        random.shuffle(&mut rules);
        assert_eq!(of(&rules), first);
    }
    let reversed: String = FACTS.trim().lines().rev().collect::<Vec<_>>().join("\n");
    let reversed = World::new(&format!("{}\n{reversed}\n{ACCOUNT}", rules.join("\n")));
    assert_eq!(outcomes(&reversed.program), first);
}

#[test]
fn a_block_or_withhold_never_turns_a_denial_into_an_allow_and_an_approval_never_the_reverse() {
    let before = of(&RULES);
    let with = |rule: &str| of(&[&RULES[..], &[rule]].concat());
    for rule in [
        "block listed apps",
        "block c for u1@x.example when app.risk is low",
        "withhold meeting:* from everyone",
    ] {
        for (old, new) in before.iter().zip(with(rule)) {
            assert!(old.2 == Outcome::Allow || new.2 == Outcome::Deny, "{rule}: {new:?}");
        }
    }
    for rule in
        ["approve all apps for everyone", "waive no-contoso for everyone until 2027-01-01 because \"x\""]
    {
        for (old, new) in before.iter().zip(with(rule)) {
            assert!(old.2 == Outcome::Deny || new.2 == Outcome::Allow, "{rule}: {new:?}");
        }
    }
}
