//! Betas end.

use super::INCOMPLETE_APP;
use super::named::Named;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::App;
use crate::terms::{DeveloperKind, Stage};

declare_code! {
    /// A beta that is open for more than twelve weeks yet, or without a known end.
    LONG_BETA = Lint, Warning, "long-beta", "a beta that stays open for more than 12 weeks, or has no known end"
}

/// The marketplace closes betas by then.
const WEEKS: i32 = 12;

pub(super) fn betas_end(context: &Context<'_>, named: &Named<'_>, out: &mut Sink) {
    let model = context.model;
    for (id, app) in model.apps.enumerate().filter(|(_, app)| app.stage == Some(Stage::Beta)) {
        let developer = app.developer.and_then(|developer| model.developers.get(developer.id));
        // Apps of one's own are available whatever their stage.
        if developer.is_some_and(|developer| developer.kind == Some(DeveloperKind::Internal)) {
            continue;
        }
        match app.beta_until {
            None => {
                let found = long_beta(context, app, "has no known end");
                // That a rule waits for the fact says more.
                let found = named
                    .at(id)
                    .into_iter()
                    .fold(found, |found, (place, _)| found.unless_told(&INCOMPLETE_APP, place));
                out.push(found);
            }
            Some(until) if far(context, until) => {
                out.push(long_beta(
                    context,
                    app,
                    &format!("stays open until {until}, more than {WEEKS} weeks from now"),
                ));
            }
            Some(_) => {}
        }
    }
}

fn far(context: &Context<'_>, until: crate::text::Date) -> bool {
    until > context.today.plus_days(7 * WEEKS)
}

fn long_beta(context: &Context<'_>, app: &App, what: &str) -> Diagnostic {
    let name = context.model.name(app.name);
    let help = match app.beta_until {
        None => "state its end as `beta-until`: until then nobody can tell whether it is available",
        Some(_) => "look at the date again: a beta runs for 12 weeks at most",
    };
    Diagnostic::new(&LONG_BETA, app.span, format!("the beta of `{name}` {what}")).help(help)
}
