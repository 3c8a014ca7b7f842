//! An approval is of use where no block wins over it.

use std::cmp::Reverse;

use super::Reach;
use super::cover::{Group, covering, pointing_at};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::lint::apps::INCOMPLETE_APP;
use crate::model::Rule;
use crate::text::{AppId, RuleId};

declare_code! {
    /// An approval of which every person is blocked from every app.
    BLOCKED_APPROVAL = Lint, Warning, "blocked-approval", "an approval that blocks win over everywhere"
}

/// Finds out which blocks it is.
pub(super) fn not_all_is_blocked(
    reach: &Reach<'_, '_>,
    id: RuleId,
    rule: &Rule,
    apps: &[AppId],
) -> Option<Diagnostic> {
    let census = reach.census;
    if reach.is_for_others_later(id) || !is_blocked_to_the_end(reach, id, apps)? {
        return None;
    }
    let group = |&app: &AppId| {
        let mut candidates = census.blocks(app);
        candidates.sort_by_cached_key(|&block| Reverse(census.breadth(block)));
        Group { of: app, everywhere: Vec::new(), candidates }
    };
    let groups: Vec<Group<AppId>> = apps.iter().map(group).collect();
    let people = |app| reach.approved(id, app);
    let blocks = covering(census, &groups, people, |app, block| census.subjects(block, app))?;
    Some(blocked_approval(reach, rule, apps, &blocks))
}

/// Whether blocks that last as long as the approval keep all its people from all its apps: after a block that ends before it, it lets them in.
fn is_blocked_to_the_end(reach: &Reach<'_, '_>, id: RuleId, apps: &[AppId]) -> Option<bool> {
    for &app in apps {
        let mut left = reach.approved(id, app)?.into_owned();
        let blocks = reach.census.blocks(app);
        for block in blocks.into_iter().filter(|&block| reach.keeps_to_the_end(block, id)) {
            if left.is_clear() {
                break;
            }
            left.difference_with(&*reach.census.subjects(block, app)?);
        }
        if !left.is_clear() {
            return Some(false);
        }
    }
    Some(true)
}

fn blocked_approval(reach: &Reach<'_, '_>, rule: &Rule, apps: &[AppId], blocks: &[RuleId]) -> Diagnostic {
    let message = format!("this approval lets nobody have anything: blocks win over it{}", reach.when());
    let found = Diagnostic::new(&BLOCKED_APPROVAL, rule.head, message);
    let texts = [
        "everybody and everything here is blocked by this",
        "this blocks a part of it",
        "blocks keep them from the rest",
    ];
    let found = pointing_at(reach, found, blocks, texts);
    let found = found.help("waive the block for these people, or remove the approval");
    // A block is also about an app of which it is not known whether it is; that a fact is missing is told as that.
    let is_surely_about = |block: &RuleId| {
        let about = reach.census.apps(*block);
        apps.iter().all(|app| about.binary_search(app).is_ok())
    };
    match rule.apps.as_ref().map(|apps| apps.include.as_slice()) {
        Some([only]) if !blocks.iter().all(is_surely_about) => found.unless_told(&INCOMPLETE_APP, only.span),
        _ => found,
    }
}
