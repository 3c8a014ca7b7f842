//! What is kept from apps is kept from them in both styles of scopes.

use fixedbitset::FixedBitSet;

use super::catalogue::Catalogue;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::library::{self, CatalogScope};
use crate::lint::Context;
use crate::model::{Condition, Effect, ScopeTerm, ScopeTermKind, SetTerms, Subject, Test};
use crate::text::Span;

declare_code! {
    /// A block or withhold that catches a scope in one style and not its equivalents in the other.
    MISSING_EQUIVALENTS = Lint, Warning, "missing-equivalents", "a block or withhold that misses the same scopes in the other style"
}

pub(super) fn both_styles_are_caught(context: &Context<'_>, catalogue: &mut Catalogue<'_>, out: &mut Sink) {
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        match &rule.effect {
            Effect::Withhold { scopes } => in_list(context, catalogue, scopes, "withheld", out),
            Effect::Block => rule.condition.iter().for_each(|condition| {
                lists(condition, &mut |terms| in_list(context, catalogue, terms, "blocked", out));
            }),
            _ => {}
        }
    }
}

/// The lists of scopes of which any one makes a condition true. The parser's nesting limit bounds the recursion.
fn lists<'m>(condition: &'m Condition, each: &mut impl FnMut(&'m [ScopeTerm])) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| lists(part, each)),
        Condition::Test { subject: Subject::AppScopes | Subject::AppRequiredScopes, test, .. } => {
            if let Test::AnyIn(SetTerms::Scopes(terms)) | Test::Contains(SetTerms::Scopes(terms)) = test {
                each(terms);
            }
        }
        // What is `not` so is asked for on purpose.
        Condition::Not(_) | Condition::Test { .. } | Condition::Invalid => {}
    }
}

/// Only scopes that are named one by one: a pattern or level is about names, and a set is curated as a whole.
fn in_list(
    context: &Context<'_>,
    catalogue: &mut Catalogue<'_>,
    terms: &[ScopeTerm],
    what: &str,
    out: &mut Sink,
) {
    let named = |term: &&ScopeTerm| matches!(term.kind, ScopeTermKind::Scope(_));
    if !terms.iter().any(|term| named(&term)) {
        return;
    }
    let mut caught = FixedBitSet::with_capacity(library::scopes().len());
    terms.iter().for_each(|term| catalogue.add(term.kind, &mut caught));
    Catalogue::widen(&mut caught);
    let mut named_scopes = FixedBitSet::with_capacity(library::scopes().len());
    terms.iter().filter(named).for_each(|term| catalogue.add(term.kind, &mut named_scopes));
    let mut missing: Vec<(&ScopeTerm, Vec<&'static str>)> = Vec::new();
    for term in terms.iter().filter(named) {
        let mut own = FixedBitSet::with_capacity(library::scopes().len());
        catalogue.add(term.kind, &mut own);
        let Some(entry) = own.ones().next().and_then(|at| library::scopes().get(at)) else { continue };
        // Each is told once, with the first scope that it stands for.
        let new = uncaught(&entry, &caught, &named_scopes).into_iter().filter(|&at| !caught.put(at));
        let names: Vec<&str> =
            new.filter_map(|at| library::scopes().get(at)).map(|entry| entry.name).collect();
        if !names.is_empty() {
            missing.push((term, names));
        }
    }
    if let (Some(&(term, _)), Some(last)) = (missing.first(), terms.last()) {
        out.push(missing_equivalents(context, term.span, last.span, &missing, what));
    }
}

/// The equivalents of a named scope that should be caught with it.
///
/// Of a classic scope all its granular ones, unless some are named: then the list is about these. Of a granular scope the narrowest classic
/// one, unless any is caught: the wider ones open much that nobody spoke of.
fn uncaught(entry: &CatalogScope, caught: &FixedBitSet, named: &FixedBitSet) -> Vec<usize> {
    let equivalents = || entry.equivalents.iter().map(|&at| usize::from(at));
    if is_granular(entry.name) {
        if equivalents().any(|at| caught.contains(at)) {
            return Vec::new();
        }
        let width =
            |at: &usize| library::scopes().get(*at).map_or(usize::MAX, |entry| entry.equivalents.len());
        return equivalents().min_by_key(width).into_iter().collect();
    }
    if equivalents().any(|at| named.contains(at)) {
        return Vec::new();
    }
    equivalents().filter(|at| !caught.contains(*at)).collect()
}

/// Granular scopes are `service:action:claim`, with `:admin` or `:master` behind where they reach further.
fn is_granular(name: &str) -> bool {
    let parts = name.split(':').filter(|part| !["admin", "master"].contains(part));
    parts.count() > 2
}

fn missing_equivalents(
    context: &Context<'_>,
    span: Span,
    last: Span,
    missing: &[(&ScopeTerm, Vec<&'static str>)],
    what: &str,
) -> Diagnostic {
    const SHOWN: usize = 3;
    let text = context.sources.slice(span);
    let names: Vec<&str> = missing.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let first = names.first().copied().unwrap_or_default();
    let shown: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    let more = names.len() - shown.len();
    let shown = shown.join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let style = if is_granular(first) { "granular" } else { "classic" };
    let fix = Fix::suggestion(
        format!(
            "add {}",
            if names.len() == 1 {
                "the equivalent scope".to_owned()
            } else {
                format!("{} equivalent scopes", names.len())
            }
        ),
        vec![Edit { span: Span { start: last.end, ..last }, text: format!(", {}", names.join(", ")) }],
    );
    let message = format!("`{text}` is {what} here, and not `{first}`, which opens the same operations");
    let message = if missing.len() > 1 {
        format!("{message}; so for {} more scopes", missing.len() - 1)
    } else {
        message
    };
    Diagnostic::new(&MISSING_EQUIVALENTS, span, message)
        .label(format!("an app may ask for the {style} scope instead"))
        .help(format!("add {shown}{more}"))
        .fix(fix)
}
