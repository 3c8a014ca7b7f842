//! A block keeps somebody from something.

use super::{Reach, pairs};
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
    let about = pairs(reach.census.people(id).len(), apps.len());
    Some(blocks_nothing(reach, id, rule, &about, waived))
}

fn blocks_nothing(reach: &Reach<'_>, id: RuleId, rule: &Rule, about: &str, waived: bool) -> Diagnostic {
    let when = reach.when();
    let found = Diagnostic::new(&BLOCKS_NOTHING, rule.head, "this `block` keeps nobody from anything");
    if !waived {
        return found
            .label(format!("it is about {about}, and its condition holds for none of them{when}"))
            .help("correct the condition, or allow this where the block is a guard against what may come");
    }
    let found = found.label(format!("it is about {about}, and waived wherever it applies{when}"));
    let rules = &reach.census.program().rules;
    let waivers = rules.rows.get(id).map_or(&[][..], |row| row.waivers.of(&rules.waivers));
    let in_force = waivers
        .iter()
        .map(|&waiver| reach.context.model.rules.at(waiver))
        .filter(|waiver| waiver.period.contains(reach.census.date));
    let named = in_force.take(super::NAMED);
    named
        .fold(found, |found, waiver| found.related(waiver.head, "waived here"))
        .help("remove it with its waivers, or end them")
}
