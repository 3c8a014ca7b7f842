//! Random small projects, decided by admit and by the reference.

mod dice;
mod generate;
mod render;
mod vocabulary;

use std::collections::BTreeSet;

use crate::reference::explain::{allowed, install};
use dice::Dice;
use generate::Random;
use vocabulary::DAYS;

/// Every kind of answer comes up among the random projects; a law that is never put to the test proves nothing.
#[test]
fn random_projects_lead_to_every_kind_of_answer() {
    let mut seen = BTreeSet::new();
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        render::render(&mut dice, &mut random);
        let project = random.whole();
        for user in project.everybody() {
            for app in &project.apps {
                let answer = install(&project, &user, &app.id, DAYS[2]);
                assert_eq!(
                    answer["outcome"] == "allow",
                    allowed(&project, &user, &app.id, DAYS[2]),
                    "{answer:#}"
                );
                words(&answer, &mut seen);
            }
        }
    }
    let expected = "allow deny approval exemption approval-optional waiver scope installer unavailable blocked approval-required \
                    admin-managed missing-scopes unknown-fact expired not-yet outgrown other-people condition complete-facts \
                    request-approval request-install request-privileges withheld_by lacking_privileges refused_at_consent";
    let missing: Vec<&str> = expected.split(' ').filter(|word| !seen.contains(*word)).collect();
    assert!(missing.is_empty(), "no random project leads to {missing:?}");
}

/// Every key and every text of the answer.
fn words(answer: &serde_json::Value, seen: &mut BTreeSet<String>) {
    match answer {
        serde_json::Value::String(text) => {
            seen.insert(text.clone());
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| words(item, seen)),
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                seen.insert(key.clone());
                words(value, seen);
            }
        }
        _ => {}
    }
}
