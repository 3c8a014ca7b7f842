//! Approvals are for apps that need one.

use super::{Reach, counted};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::Rule;
use crate::text::{AppId, Id, UserId};

declare_code! {
    /// An approval of apps whose section of the account needs none.
    NEEDLESS_APPROVAL = Lint, Warning, "needless-approval", "an approval of apps that need none"
}

pub(super) fn approval_is_needed(reach: &Reach<'_, '_>, rule: &Rule, apps: &[AppId]) -> Option<Diagnostic> {
    let needs = |&app: &AppId| {
        reach.census.ask(UserId::from_index(0), app, |case| case.requires_approval() != Some(false))
    };
    let first = *apps.first()?;
    if apps.iter().any(needs) {
        return None;
    }
    Some(needless_approval(reach, rule, first, apps.len()))
}

fn needless_approval(reach: &Reach<'_, '_>, rule: &Rule, first: AppId, count: usize) -> Diagnostic {
    let account = &reach.context.model.account;
    let name = reach.census.program().app_name(first);
    let label = match count {
        1 => format!("`{name}` needs no approval"),
        count => format!("{} need no approval, `{name}` for one", counted(count, "app", "apps")),
    };
    let optional = [&account.listed, &account.unlisted].into_iter();
    let section =
        optional.filter(|section| section.approval_required == Some(false)).find_map(|section| section.head);
    let found = Diagnostic::new(&NEEDLESS_APPROVAL, rule.head, "this approval is not needed").label(label);
    let found = match section {
        Some(head) => found.related(head, "approval is optional for these apps"),
        None => found,
    };
    found.help("remove it: people may have these apps anyway")
}
