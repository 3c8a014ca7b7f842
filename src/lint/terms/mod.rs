//! Terms of approval: what an account asks of the rules that let apps in, as `admit.yaml` says.

mod matching;
mod requirement;
mod term;

pub use term::{Asked, Pattern, Requirement, Term, TermRule};

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Rule;
use crate::text::Span;
use matching::{Matcher, Why};

declare_code! {
    /// A rule without what a term of approval asks of it.
    UNMET_TERM = Lint, Error, "unmet-term", "an approval that does not meet the account's terms of approval"
}

/// Each rule of the project meets every term that is about it.
pub(super) fn rules_meet_the_terms(context: &Context<'_>, out: &mut Sink) {
    let terms = &context.settings.terms;
    if terms.is_empty() {
        return;
    }
    let mut matcher = Matcher::new(context);
    for (at, term) in terms.iter().enumerate() {
        let about = matcher.about(at, term);
        for (rule_id, rule) in context.model.rules.enumerate() {
            if !context.is_own(rule.span) || !term.is_for(&rule.effect) {
                continue;
            }
            let missing = requirement::missing(context, term, rule);
            // What meets the term anyway need not be looked into.
            if missing.is_empty() {
                continue;
            }
            if let Some(why) = matcher.matches(&about, term, rule_id, rule) {
                out.push(unmet_term(context, term, rule, &missing, &why));
            }
        }
    }
}

fn unmet_term(
    context: &Context<'_>,
    term: &Term,
    rule: &Rule,
    missing: &[(String, Span)],
    why: &Why,
) -> Diagnostic {
    let what = super::upkeep::this(context, rule);
    let name =
        term.name.as_ref().map_or("a term of approval".to_owned(), |name| format!("the term `{name}`"));
    let texts: Vec<&str> = missing.iter().map(|(text, _)| text.as_str()).collect();
    let message = format!("{what} does not meet {name}: {}", joined(&texts));
    let mut finding = Diagnostic::new(&UNMET_TERM, rule.head, message).label(why.text(context));
    if let Some(level) = term.level {
        finding = finding.severity(level);
    }
    // The places lie in one map, in any order.
    let places = missing.iter().map(|(_, place)| *place);
    if let Some(place) = places.reduce(|all, place| all.min(place).to(all.max(place))) {
        finding = finding.related(place, "asked for here");
    }
    finding.help("let the rule meet it, or change the term with whoever set it")
}

/// `a`, `a and b`, `a, b and c`.
fn joined(texts: &[&str]) -> String {
    match texts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
