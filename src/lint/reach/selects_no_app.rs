//! Rules are about some app.

use super::Reach;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::{AppSelection, Rule};
use crate::text::RuleId;

declare_code! {
    /// A rule whose apps are none.
    SELECTS_NO_APP = Lint, Warning, "selects-no-app", "a rule that is about no app"
}

pub(super) fn some_app_is_selected(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let apps = rule.apps.as_ref()?;
    // What describes apps says something about those to come.
    if reach.describes_apps(Some(apps))
        || reach.context.model.apps.is_empty()
        || !reach.census.possible_apps(id).is_empty()
    {
        return None;
    }
    Some(selects_no_app(reach, id, rule, apps))
}

fn selects_no_app(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule, apps: &AppSelection) -> Diagnostic {
    let effect = rule.effect.name();
    let named = reach.census.named_apps(id).len();
    let label = match named {
        0 => "no app in the facts is one of these".to_owned(),
        1 => "one app is one of these, and it is excepted".to_owned(),
        count => format!("{count} apps are of these, and all are excepted"),
    };
    let help = if named == 0 {
        format!("add the apps to the facts, or remove this `{effect}`")
    } else {
        format!("take an app out of `except`, or remove this `{effect}`")
    };
    Diagnostic::new(&SELECTS_NO_APP, apps.span, format!("this `{effect}` is about no app"))
        .label(label)
        .help(help)
}
