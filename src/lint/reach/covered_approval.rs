//! An approval gives somebody something that nothing else gives.

use super::Reach;
use super::cover::{Group, covering, pointing_at};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::Rule;
use crate::text::{Id, RuleId, UserId};

declare_code! {
    /// An approval without which the same people may have the same apps as long: other approvals and exemptions cover it.
    COVERED_APPROVAL = Lint, Warning, "covered-approval", "an approval that others cover"
}

/// Finds out which rules it is that cover the approval: of those that are not themselves covered. (What covers a rule that covers this one
/// covers this one too.)
pub(super) fn something_is_left(reach: &Reach<'_, '_>, id: RuleId) -> Option<Diagnostic> {
    let apps = reach.census.apps(id);
    let rule = reach.context.model.rules.at(id);
    let mut groups = Vec::new();
    for &app in apps.iter() {
        let mut everywhere = Vec::new();
        let is_needed = reach.census.ask(UserId::from_index(0), app, |case| {
            case.exempt_by(|other| {
                everywhere.extend(Some(other).filter(|&other| reach.covers(other, id)));
                false
            });
            case.requires_approval() != Some(false)
        });
        if is_needed {
            let others = reach.census.approvals(app);
            let candidates = others.iter().copied().filter(|&other| reach.covers(other, id)).collect();
            groups.push(Group { of: app, everywhere, candidates });
        }
    }
    let people = |app| reach.approved(id, app);
    let covering = covering(reach.census, &groups, people, |app, other| reach.approved(other, app))?;
    Some(covered_approval(reach, rule, &covering))
}

fn covered_approval(reach: &Reach<'_, '_>, rule: &Rule, covering: &[RuleId]) -> Diagnostic {
    let message = format!("this approval gives nobody anything more{}", reach.when());
    let found = Diagnostic::new(&COVERED_APPROVAL, rule.head, message);
    let texts = [
        "this covers it, for at least as long",
        "this covers a part of it, for at least as long",
        "rules cover the rest",
    ];
    pointing_at(reach, found, covering, texts)
        .help("remove it: the same people may have the same apps without it")
}
