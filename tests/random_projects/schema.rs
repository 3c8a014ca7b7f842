//! Every decision over random projects is what the published schema says, and all that the schema speaks of comes up.

use admit::eval::Evaluator;
use admit::text::Date;

use super::dice::Dice;
use super::generate::Random;
use super::vocabulary::DAYS;
use super::{pipeline, render};
use crate::schemas::Held;

#[test]
fn decisions_are_what_their_schema_says() {
    let mut held = Held::new("decision");
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        let files = render::render(&mut dice, &mut random);
        let program = pipeline::program(&files, &[]).unwrap();
        let mut evaluator = Evaluator::new(&program);
        let at = Date::parse(dice.one(&DAYS)).unwrap();
        for user in program.users() {
            for app in program.apps() {
                let mut answers = vec![evaluator.explain_install(user, app, at)];
                if dice.chance(20) {
                    answers.push(evaluator.approve(user, app, at));
                    answers.push(evaluator.add(user, user, app, at));
                    answers.push(evaluator.use_scope(app, "meeting:read", Some(user), at));
                }
                for answer in answers {
                    held.holds(&serde_json::to_value(answer).unwrap());
                }
            }
        }
    }
    held.is_used_up();
}
