//! An approval is of use where no block wins over it.

use super::Reach;
use super::cover::Cover;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::Rule;
use crate::text::{AppId, RuleId};

declare_code! {
    /// An approval of which every person is blocked from every app.
    BLOCKED_APPROVAL = Lint, Warning, "blocked-approval", "an approval that blocks win over everywhere"
}

/// Finds out which blocks it is.
pub(super) fn not_all_is_blocked(
    reach: &Reach<'_>,
    id: RuleId,
    rule: &Rule,
    apps: &[AppId],
) -> Option<Diagnostic> {
    let mut cover = Cover::default();
    for &app in apps {
        let approved = reach.approved(id, app, None)?;
        let blocks = reach.census.blocks(app).into_iter();
        let subjects = blocks.map(|block| (block, reach.census.subjects(block, app, Some(&approved))));
        cover.add_all(reach.census, &approved, subjects)?;
    }
    let blocks = cover.fewest();
    Some(blocked_approval(reach, rule, &blocks))
}

fn blocked_approval(reach: &Reach<'_>, rule: &Rule, blocks: &[RuleId]) -> Diagnostic {
    let message = format!("this approval lets nobody have anything: blocks win over it{}", reach.when());
    let found = Diagnostic::new(&BLOCKED_APPROVAL, rule.head, message);
    let named = blocks.iter().take(super::NAMED).fold(found, |found, &block| {
        found.related(
            reach.context.model.rules.at(block).head,
            "everybody and everything here is blocked by this",
        )
    });
    let named = match blocks.len().checked_sub(super::NAMED) {
        Some(more) if more > 0 => named.label(format!("with {more} more blocks")),
        _ => named,
    };
    named.help("waive the block for these people, or remove the approval")
}
