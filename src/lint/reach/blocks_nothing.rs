//! A block keeps somebody from something.

use super::{Reach, counted};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::Truth;
use crate::model::Rule;
use crate::text::RuleId;

declare_code! {
    /// A block that applies to no user and app.
    BLOCKS_NOTHING = Lint, Warning, "blocks-nothing", "a block that keeps nobody from anything"
}

pub(super) fn somebody_is_blocked(reach: &Reach<'_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let apps = reach.census.possible_apps(id);
    let mut waived = false;
    let blocks = reach.census.some_pair(
        id,
        &apps,
        |truth| truth != Truth::False,
        |case| {
            let applies = case.may_apply(id);
            let lifted = applies && case.waived(id);
            waived |= lifted;
            applies && !lifted
        },
    )?;
    if blocks || apps.is_empty() {
        return None;
    }
    let (people, apps) = (reach.census.people(id).len(), apps.len());
    Some(blocks_nothing(reach, rule, people, apps, waived))
}

fn blocks_nothing(reach: &Reach<'_>, rule: &Rule, people: usize, apps: usize, waived: bool) -> Diagnostic {
    let about = format!("{} and {}", counted(people, "person", "people"), counted(apps, "app", "apps"));
    let when = reach.when();
    let (label, help) = if waived {
        (format!("it is about {about}, and waived wherever it applies{when}"), "remove it with its waivers")
    } else {
        (
            format!("it is about {about}, and its condition holds for none of them{when}"),
            "correct the condition, or allow this where the block is a guard against what may come",
        )
    };
    Diagnostic::new(&BLOCKS_NOTHING, rule.head, "this `block` keeps nobody from anything")
        .label(label)
        .help(help)
}
