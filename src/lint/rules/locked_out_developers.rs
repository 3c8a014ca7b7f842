//! The account's own developers may try what they make.

use rustc_hash::FxHashSet;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::{App, AppSelectorKind, Effect, Model, Rule};
use crate::terms::{DeveloperKind, Listing};
use crate::text::{AllowlistId, AppId, DeveloperId};

declare_code! {
    /// An unlisted section that keeps internal apps from everybody.
    LOCKED_OUT_DEVELOPERS = Lint, Warning, "locked-out-developers", "an unlisted section that keeps the account's own apps from everybody"
}

/// An exemption or approval that may select an internal app is enough: the rules then say something about internal apps.
pub(super) fn developers_may_try_their_apps(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let account = &model.account;
    let unlisted = |app: &App| app.listing == Some(Listing::Unlisted);
    let kept = model.apps.enumerate().filter(|(id, app)| unlisted(app) && is_internal(model, *id));
    let own: Vec<AppId> = kept.map(|(id, _)| id).collect();
    let (Some(&first), Some(true)) = (own.first(), account.unlisted.approval_required) else { return };
    let exempts = account.unlisted.exempts.iter().map(|rule| model.rules.at(*rule));
    let approvals = model.rules.iter().filter(|rule| matches!(rule.effect, Effect::Approve { .. }));
    let mut seen = FxHashSet::default();
    if exempts.chain(approvals).any(|rule| may_select(model, rule, &mut seen)) {
        return;
    }
    let head = account.unlisted.head.filter(|&head| context.is_own(head));
    let Some(place) = head.or(account.stated) else { return };
    let app = model.apps.at(first);
    let name = model.name(app.name);
    let message = match own.len() {
        1 => format!("nobody may install the account's own app `{name}`"),
        count => format!("nobody may install {count} of the account's own apps, such as `{name}`"),
    };
    let finding = Diagnostic::new(&LOCKED_OUT_DEVELOPERS, place, message)
        .label("needs approval, and no exemption or approval covers internal apps")
        .related(app.span, "made by a developer of kind internal");
    out.push(finding.help("add `exempt internal apps` to the section, or approve them"));
}

fn is_internal(model: &Model, app: AppId) -> bool {
    let developer = model.apps.get(app).and_then(|app| app.developer);
    developer.is_some_and(|developer| is_own(model, developer.id))
}

fn is_own(model: &Model, developer: DeveloperId) -> bool {
    model.developers.get(developer).is_some_and(|one| one.kind == Some(DeveloperKind::Internal))
}

/// Whether a rule may select an internal app. The lists that have been seen select none.
fn may_select(model: &Model, rule: &Rule, seen: &mut FxHashSet<AllowlistId>) -> bool {
    let Some(apps) = &rule.apps else { return true };
    let mut kinds: Vec<AppSelectorKind> = apps.include.iter().map(|entry| entry.kind).collect();
    while let Some(kind) = kinds.pop() {
        match kind {
            AppSelectorKind::All | AppSelectorKind::Internal | AppSelectorKind::Unlisted => return true,
            AppSelectorKind::App(app) if is_internal(model, app) => return true,
            AppSelectorKind::ByDeveloper(developer) if is_own(model, developer) => return true,
            AppSelectorKind::InAllowlist(list) if seen.insert(list) => {
                kinds.extend(model.allowlists.at(list).selectors.iter().map(|entry| entry.kind));
            }
            _ => {}
        }
    }
    false
}
