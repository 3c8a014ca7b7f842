//! An exemption frees some app from approval.

use super::Reach;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::Truth;
use crate::model::Rule;
use crate::program::RuleEffect;
use crate::text::{Id, RuleId, UserId};

declare_code! {
    /// An exemption without which as many apps would be free from approval.
    EXEMPTS_NOTHING = Lint, Warning, "exempts-nothing", "an exemption that frees no app from approval"
}

pub(super) fn some_app_is_freed(reach: &Reach<'_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let program = reach.census.program();
    let RuleEffect::Exempt(section) = program.rules.texts.get(id)?.effect else { return None };
    let apps = reach.census.apps(id);
    let program = reach.context.program;
    let label = if !program.account.requires_approval(section) {
        format!("{section} apps need no approval")
    } else if reach.context.model.apps.is_empty() {
        return None;
    } else {
        let frees = |&app: &_| reach.census.ask(UserId::from_index(0), app, |case| case.exempts(id));
        if !reach.census.spend(apps.len()) || apps.iter().any(frees) {
            return None;
        }
        why_not(reach, id, section.name())
    };
    Some(exempts_nothing(reach, rule, &label))
}

fn why_not(reach: &Reach<'_>, id: RuleId, section: &str) -> String {
    let apps = reach.census.apps(id);
    let holds =
        |&app: &_| reach.census.ask(UserId::from_index(0), app, |case| case.condition_of(id) == Truth::True);
    match apps.len() {
        0 => "no app is surely one of these".to_owned(),
        _ if apps.iter().any(holds) => format!("none of these apps is {section}"),
        1 => "its condition does not hold for the one app that it is about".to_owned(),
        count => format!("its condition holds for none of the {count} apps that it is about"),
    }
}

fn exempts_nothing(reach: &Reach<'_>, rule: &Rule, label: &str) -> Diagnostic {
    Diagnostic::new(&EXEMPTS_NOTHING, rule.head, "this `exempt` frees no app from approval")
        .label(format!("{label}{}", reach.when()))
        .help("remove it, or allow this where it is meant for apps to come")
}
