//! Every pattern matches a scope that exists.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::catalogue::Catalogue;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest};
use crate::lint::Context;
use crate::lint::lists::walk;
use crate::model::{Model, ScopeTermKind};
use crate::terms::pattern_matches;
use crate::text::{ScopeId, Span};

declare_code! {
    /// A pattern that matches no known scope.
    PATTERN_WITHOUT_SCOPE = Lint, Warning, "pattern-without-scope", "a pattern that matches no known scope"
}

pub(super) fn patterns_match_something(context: &Context<'_>, catalogue: &mut Catalogue<'_>, out: &mut Sink) {
    let model = context.model;
    let mut good = FxHashSet::default();
    let words = catalogue.first_words();
    let own = OnceCell::new();
    walk::scopes(context, |terms| {
        for term in terms {
            let ScopeTermKind::Pattern(pattern) = term.kind else { continue };
            if good.contains(&pattern) {
                continue;
            }
            let text = model.name(pattern);
            // The project's own catalogue may know more, and so may apps.
            let own = || own.get_or_init(|| own_scopes(model)).iter().any(|name| pattern_matches(text, name));
            if !catalogue.matching(pattern).is_clear() || own() {
                good.insert(pattern);
            } else {
                out.push(pattern_without_scope(catalogue, &words, text, term.span));
            }
        }
    });
}

/// The scopes that the project's facts describe or its apps ask for.
fn own_scopes(model: &Model) -> Vec<&str> {
    let known = model.scopes.enumerate().filter(|(_, scope)| scope.known).map(|(id, _)| id);
    let asked = model.apps.iter().flat_map(|app| app.scopes.iter().flatten().chain(&app.optional_scopes));
    let all: FxHashSet<ScopeId> = known.chain(asked.map(|scope| scope.id)).collect();
    all.into_iter().map(|scope| model.name(model.scopes.at(scope).name)).collect()
}

fn pattern_without_scope(catalogue: &Catalogue<'_>, words: &[&str], pattern: &str, span: Span) -> Diagnostic {
    let finding =
        Diagnostic::new(&PATTERN_WITHOUT_SCOPE, span, format!("no known scope matches `{pattern}`"));
    // The first word names what the scope is about.
    let (word, rest) = pattern.split_once(':').unwrap_or((pattern, ""));
    let near = nearest(word, words.iter().copied().filter(|other| *other != word));
    match near.filter(|word| catalogue.has_match(&format!("{word}:{rest}"))) {
        Some(near) if !rest.is_empty() => finding.help(format!("did you mean `{near}:{rest}`?")),
        _ => finding.help("correct it: as it stands it selects nothing"),
    }
}
