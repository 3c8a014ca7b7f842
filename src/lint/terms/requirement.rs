//! What of a term a rule lacks.

use super::super::Context;
use super::term::{Asked, Pattern, Term};
use crate::diagnostics::quoted_list;
use crate::model::{Effect, Rule};
use crate::text::{Length, Span};

/// What is missing, in words, each with the place of the term that asks for it.
pub(super) fn missing(context: &Context<'_>, term: &Term, rule: &Rule) -> Vec<(String, Span)> {
    let require = &term.require;
    let mut missing = Vec::new();
    let mut lacks = |asked: &Option<Asked<()>>, there: bool, text: &str| {
        if let Some(asked) = asked
            && !there
        {
            missing.push((text.to_owned(), asked.span));
        }
    };
    if let Effect::Approve { reviewed } = &rule.effect {
        lacks(&require.reviewed, reviewed.is_some(), "no `reviewed`");
    }
    // An exemption can name neither.
    if !matches!(rule.effect, Effect::Exempt) {
        lacks(&require.owner, rule.owner.is_some(), "no `owner`");
        lacks(&require.id, rule.id.is_some(), "no `id`");
    }
    if let Some(asked) = &require.because {
        missing.extend(because(context, rule, &asked.value).map(|text| (text, asked.span)));
    }
    if let Some(asked) = &require.until {
        missing.extend(until(context, rule, asked.value).map(|text| (text, asked.span)));
    }
    missing
}

fn because(context: &Context<'_>, rule: &Rule, patterns: &[Pattern]) -> Option<String> {
    let Some(because) = rule.because else { return Some("no `because`".to_owned()) };
    let reason = context.model.name(because);
    if patterns.is_empty() || patterns.iter().any(|pattern| pattern.fits(reason)) {
        return None;
    }
    let patterns = quoted_list(patterns.iter().map(|pattern| &pattern.text), "or");
    Some(format!("its `because` does not fit {patterns}"))
}

fn until(context: &Context<'_>, rule: &Rule, longest: Option<Length>) -> Option<String> {
    let Some(until) = rule.period.until else { return Some("no `until`".to_owned()) };
    let longest = longest?;
    let (from, day) = match rule.period.starting {
        Some(starting) => ("it begins", starting),
        None => ("today", context.today),
    };
    let latest = longest.after(day);
    (until > latest).then(|| format!("its `until` lies more than {longest} after {from} (at most {latest})"))
}
