//! A test as text.

use super::list::Draft;
use crate::census::Difference;
use crate::decision::Outcome;
use crate::model::Origin;
use crate::suite::plan::Suite;
use crate::terms::{quoted, written};

/// A test that holds of the original and not of the mutant.
pub(super) fn test(suite: &Suite<'_>, draft: &Draft, difference: &Difference) -> String {
    let user = written(&difference.user);
    let app = written(&difference.app);
    let (verb, may) = match difference.before {
        Some(Outcome::Allow) => ("allow", "may"),
        _ => ("deny", "may not"),
    };
    let rule = suite.model.rules.get(draft.rule).and_then(|rule| rule.id);
    let because = rule.map(|(id, _)| format!(" ({})", suite.model.name(id))).unwrap_or_default();
    let later = difference.day != suite.today;
    let day = if later { format!(" on {}", difference.day) } else { String::new() };
    let mut name = format!("{} {may} install {}{day}{because}", difference.user, difference.app);
    // A name stands for one test.
    while suite.model.tests.iter().any(|test| suite.model.name(test.name) == name) {
        name.push_str(", again");
    }
    let mut text = format!("test {} at {} {{\n", quoted(&name), difference.day);
    // Whom nothing but a rule names has to be said to exist.
    let known = suite.model.user(&difference.user).and_then(|user| suite.model.users.rows.get(user));
    if known.is_none_or(|row| row.origin == Origin::Named) {
        text.push_str(&format!("  given user {user} {{ }}\n"));
    }
    text.push_str(&format!("  {verb} {user} install {app}\n}}\n"));
    text
}
