//! Rules are about somebody.

use super::Reach;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::model::{People, PrincipalKind, Rule};
use crate::text::RuleId;

declare_code! {
    /// A rule whose people are nobody.
    SELECTS_NOBODY = Lint, Warning, "selects-nobody", "a rule that is about nobody"
}

pub(super) fn somebody_is_selected(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let people = rule.people.as_ref()?;
    let may_be_later = || reach.shared.shifts.may_add_to(people, reach.census.date, rule.period);
    if !reach.shared.knows_people || reach.census.is_about_somebody(id) || may_be_later() {
        return None;
    }
    let rules = &reach.census.program().rules;
    let named = rules.texts.get(id).map_or(&[][..], |text| text.people.of(&rules.principals));
    let named = reach.census.people_of(named, &[]).len();
    if named == 0 && only_own_roles(reach, people) {
        return None;
    }
    Some(selects_nobody(reach, rule, people, named))
}

/// Whether it names nothing but roles of the project: where nobody has them, that is told about the role.
fn only_own_roles(reach: &Reach<'_, '_>, people: &People) -> bool {
    let model = reach.context.model;
    people.include.iter().all(|entry| match entry.kind {
        PrincipalKind::Role(role) => reach.context.is_own(model.roles.at(role).span),
        _ => false,
    })
}

fn selects_nobody(reach: &Reach<'_, '_>, rule: &Rule, people: &People, excepted: usize) -> Diagnostic {
    let effect = rule.effect.name();
    let when = reach.when();
    let message = format!("this `{effect}` is about nobody{when}");
    let label = match excepted {
        0 => "nobody is in it".to_owned(),
        1 => "one person is in it, who is excepted".to_owned(),
        count => format!("{count} people are in it, and all are excepted"),
    };
    let help = if excepted == 0 {
        format!("name people that the facts know, or remove this `{effect}`")
    } else {
        format!("take somebody out of `except`, or remove this `{effect}`")
    };
    Diagnostic::new(&SELECTS_NOBODY, people.span, message).label(label).help(help)
}
