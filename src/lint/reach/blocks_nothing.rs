//! A block keeps somebody from something.

use std::collections::BTreeSet;

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

pub(super) fn somebody_is_blocked(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let apps = reach.census.possible_apps(id);
    let mut waivers = BTreeSet::new();
    let blocks = reach.census.some_pair(
        id,
        &apps,
        |truth| truth != Truth::False,
        |case| {
            let applies = case.may_apply(id);
            if applies {
                waivers.extend(case.waivers(id));
            }
            applies && !case.waived(id)
        },
    )?;
    // What is lifted for a while only keeps them from it afterwards.
    if blocks || apps.is_empty() || reach.comes_back(&waivers, id) || reach.is_for_others_later(id) {
        return None;
    }
    if waivers.is_empty() {
        if reach.is_guard(id, rule) {
            return None;
        }
        reach.tell_idle(id);
    }
    let about = pairs(reach.census.people(id).len(), apps.len());
    Some(blocks_nothing(reach, rule, &about, &waivers))
}

fn blocks_nothing(reach: &Reach<'_, '_>, rule: &Rule, about: &str, waivers: &BTreeSet<RuleId>) -> Diagnostic {
    let when = reach.when();
    let found = Diagnostic::new(&BLOCKS_NOTHING, rule.head, "this `block` keeps nobody from anything");
    if waivers.is_empty() {
        return found
            .label(format!("it is about {about}, and its condition holds for none of them{when}"))
            .help("correct the condition, or remove the block");
    }
    let found = found.label(format!("it is about {about}, and waived wherever it applies{when}"));
    let named = waivers.iter().take(super::NAMED).map(|&waiver| reach.context.model.rules.at(waiver));
    named
        .fold(found, |found, waiver| found.related(waiver.head, "waived here"))
        .help("remove it with its waivers, or end them")
}
