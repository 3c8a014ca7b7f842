//! What is kept from apps is kept from them in both styles of scopes.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::catalogue::Catalogue;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::library::{self, CatalogScope};
use crate::lint::Context;
use crate::lint::membership::Membership;
use crate::model::{
    AppSelector, AppSelectorKind, Condition, Effect, Principal, PrincipalKind, Rule, ScopeTerm,
    ScopeTermKind, SetTerms, Subject, Test,
};
use crate::text::{RuleId, Span};

declare_code! {
    /// A block or withhold that catches a scope in one style and not its equivalents in the other.
    MISSING_EQUIVALENTS = Lint, Warning, "missing-equivalents", "a block or withhold that misses the same scopes in the other style"
}

pub(super) fn both_styles_are_caught(
    context: &Context<'_>,
    members: &Membership<'_>,
    catalogue: &mut Catalogue<'_>,
    out: &mut Sink,
) {
    let others = Others::of(context);
    for (id, rule) in context.model.rules.enumerate().filter(|(_, rule)| context.is_own(rule.span)) {
        for list in lists(rule) {
            let mut caught = FixedBitSet::with_capacity(library::scopes().len());
            list.add_to(&mut caught, catalogue);
            if missing(list.terms, catalogue, &mut caught.clone()).is_empty() {
                continue;
            }
            // What another rule keeps from the same people and apps is not got round.
            let Some(()) = others.add_to(&mut caught, &list, (id, rule), members, catalogue) else { return };
            let missing = missing(list.terms, catalogue, &mut caught);
            if !missing.is_empty() {
                out.push(missing_equivalents(context, rule, &list, &missing));
            }
        }
    }
}

/// A list of scopes of which any one is kept from apps.
struct List<'m> {
    terms: &'m [ScopeTerm],
    /// Whether it is about required scopes only.
    is_required: bool,
    /// Whether nothing else has to hold.
    is_alone: bool,
    /// The test, where it takes a single scope.
    contains: Option<Span>,
}

impl List<'_> {
    /// Adds what the list catches.
    fn add_to(&self, caught: &mut FixedBitSet, catalogue: &mut Catalogue<'_>) {
        let mut own = FixedBitSet::with_capacity(library::scopes().len());
        self.terms.iter().for_each(|term| catalogue.add(term.kind, &mut own));
        Catalogue::widen(&mut own);
        caught.union_with(&own);
    }
}

/// The lists of what a block or withhold keeps from apps.
fn lists(rule: &Rule) -> Vec<List<'_>> {
    let mut found = Vec::new();
    match &rule.effect {
        Effect::Withhold { scopes } => {
            let is_alone = rule.condition.is_none();
            found.push(List { terms: scopes, is_required: false, is_alone, contains: None });
        }
        Effect::Block => {
            rule.condition.iter().for_each(|condition| in_condition(condition, true, &mut found))
        }
        _ => {}
    }
    found
}

/// The lists of scopes of which any one makes a condition true. The parser's nesting limit bounds the recursion.
fn in_condition<'m>(condition: &'m Condition, is_alone: bool, found: &mut Vec<List<'m>>) {
    match condition {
        Condition::And(parts) => parts.iter().for_each(|part| in_condition(part, false, found)),
        Condition::Or(parts) => parts.iter().for_each(|part| in_condition(part, is_alone, found)),
        Condition::Test {
            subject: subject @ (Subject::AppScopes | Subject::AppRequiredScopes),
            test,
            span,
        } => {
            let (terms, contains) = match test {
                Test::AnyIn(SetTerms::Scopes(terms)) => (terms, None),
                Test::Contains(SetTerms::Scopes(terms)) => (terms, Some(*span)),
                _ => return,
            };
            found.push(List {
                terms,
                is_required: *subject == Subject::AppRequiredScopes,
                is_alone,
                contains,
            });
        }
        // What is `not` so is asked for on purpose.
        Condition::Not(_) | Condition::Test { .. } | Condition::Invalid => {}
    }
}

/// Whether a rule blocks whatever apps ask for.
fn blocks_all(rule: &Rule) -> bool {
    matches!(rule.effect, Effect::Block) && rule.condition.is_none()
}

/// Blocks and withholds, by those whom they name.
struct Others<'m>(FxHashMap<PrincipalKind, Vec<(RuleId, &'m Rule)>>);

impl<'m> Others<'m> {
    fn of(context: &Context<'m>) -> Self {
        let mut by_people: FxHashMap<PrincipalKind, Vec<(RuleId, &Rule)>> = FxHashMap::default();
        let keeps = |rule: &Rule| blocks_all(rule) || !lists(rule).is_empty();
        for (id, rule) in context.model.rules.enumerate().filter(|(_, rule)| keeps(rule)) {
            match &rule.people {
                Some(people) => people
                    .include
                    .iter()
                    .for_each(|entry| by_people.entry(entry.kind).or_default().push((id, rule))),
                None => by_people.entry(PrincipalKind::Everyone).or_default().push((id, rule)),
            }
        }
        Self(by_people)
    }

    /// Adds what others keep from all whom and which the rule is about as long as it does; `None`: not looked into.
    ///
    /// Where more has to hold than the list says, another rule may ask for the same; that is not looked into either, and counts.
    fn add_to(
        &self,
        caught: &mut FixedBitSet,
        list: &List<'_>,
        (id, rule): (RuleId, &Rule),
        members: &Membership<'_>,
        catalogue: &mut Catalogue<'_>,
    ) -> Option<()> {
        let first = rule.people.as_ref().and_then(|people| people.include.first()).map(|entry| entry.kind);
        let of = |kind| self.0.get(&kind).into_iter().flatten();
        let named = first.filter(|&kind| kind != PrincipalKind::Everyone).into_iter().flat_map(of);
        for &(other, by) in of(PrincipalKind::Everyone).chain(named) {
            if !members.spend(1) {
                return None;
            }
            if other == id || !by.period.covers(rule.period) || !is_about_all_of(by, rule) {
                continue;
            }
            if blocks_all(by) {
                caught.insert_range(..);
            }
            for one in lists(by) {
                if (one.is_alone || !list.is_alone) && (!one.is_required || list.is_required) {
                    members.spend(one.terms.len()).then(|| one.add_to(caught, catalogue))?;
                }
            }
        }
        Some(())
    }
}

/// Whether a rule is about all whom and which the other is about, whatever the facts, conditions aside.
fn is_about_all_of(wide: &Rule, narrow: &Rule) -> bool {
    let people = match (&wide.people, &narrow.people) {
        (None, _) => true,
        (Some(wide), None) => {
            wide.except.is_empty() && wide.include.iter().any(|entry| entry.kind == PrincipalKind::Everyone)
        }
        (Some(wide), Some(narrow)) => {
            let kinds = |entries: &[Principal]| entries.iter().map(|entry| entry.kind).collect::<Vec<_>>();
            selects_all_of(
                (&kinds(&wide.include), &kinds(&wide.except)),
                (&kinds(&narrow.include), &kinds(&narrow.except)),
                PrincipalKind::Everyone,
            )
        }
    };
    people
        && match (&wide.apps, &narrow.apps) {
            (None, _) => true,
            (Some(wide), None) => {
                wide.except.is_empty() && wide.include.iter().any(|entry| entry.kind == AppSelectorKind::All)
            }
            (Some(wide), Some(narrow)) => {
                let kinds =
                    |entries: &[AppSelector]| entries.iter().map(|entry| entry.kind).collect::<Vec<_>>();
                selects_all_of(
                    (&kinds(&wide.include), &kinds(&wide.except)),
                    (&kinds(&narrow.include), &kinds(&narrow.except)),
                    AppSelectorKind::All,
                )
            }
        }
}

/// Whether what is included less what is excepted is so in the wide one wherever it is so in the narrow one.
fn selects_all_of<K: PartialEq>(wide: (&[K], &[K]), narrow: (&[K], &[K]), all: K) -> bool {
    (wide.0.contains(&all) || narrow.0.iter().all(|kind| wide.0.contains(kind)))
        && wide.1.iter().all(|kind| narrow.1.contains(kind))
}

/// The named scopes with the equivalents that are not caught, each told once, with the first scope that it stands for.
///
/// Only scopes that are named one by one: a pattern or level is about names, and a set is curated as a whole.
fn missing<'m>(
    terms: &'m [ScopeTerm],
    catalogue: &mut Catalogue<'_>,
    caught: &mut FixedBitSet,
) -> Vec<(&'m ScopeTerm, Vec<&'static str>)> {
    let named = |term: &&ScopeTerm| matches!(term.kind, ScopeTermKind::Scope(_));
    let mut named_scopes = FixedBitSet::with_capacity(library::scopes().len());
    terms.iter().filter(named).for_each(|term| catalogue.add(term.kind, &mut named_scopes));
    let mut missing = Vec::new();
    for term in terms.iter().filter(named) {
        let mut own = FixedBitSet::with_capacity(library::scopes().len());
        catalogue.add(term.kind, &mut own);
        let Some(entry) = own.ones().next().and_then(|at| library::scopes().get(at)) else { continue };
        let new = uncaught(&entry, caught, &named_scopes).into_iter().filter(|&at| !caught.put(at));
        let names: Vec<&str> =
            new.filter_map(|at| library::scopes().get(at)).map(|entry| entry.name).collect();
        if !names.is_empty() {
            missing.push((term, names));
        }
    }
    missing
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
    rule: &Rule,
    list: &List<'_>,
    missing: &[(&ScopeTerm, Vec<&'static str>)],
) -> Diagnostic {
    const SHOWN: usize = 3;
    let span = missing.first().map_or(rule.head, |(term, _)| term.span);
    let text = context.sources.slice(span);
    let names: Vec<&str> = missing.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let first = names.first().copied().unwrap_or_default();
    let shown: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    let more = names.len() - shown.len();
    let shown = shown.join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let style = if is_granular(first) { "granular" } else { "classic" };
    let what = if matches!(rule.effect, Effect::Block) { "blocked" } else { "withheld" };
    let message = format!("`{text}` is {what} here, and not `{first}`, which opens the same operations");
    let message = match missing.len() {
        0 | 1 => message,
        2 => format!("{message}; so for 1 more scope"),
        several => format!("{message}; so for {} more scopes", several - 1),
    };
    let count = match names.len() {
        1 => "the equivalent scope".to_owned(),
        several => format!("{several} equivalent scopes"),
    };
    let fix = adding(context, list, &names.join(", "))
        .map(|edit| Fix::suggestion(format!("add {count}"), vec![edit]));
    Diagnostic::new(&MISSING_EQUIVALENTS, span, message)
        .label(format!("an app may ask for the {style} scope instead"))
        .help(format!("add {shown}{more}"))
        .maybe_fix(fix)
}

/// The edit that adds scopes to a list. `contains` takes one scope, so that it becomes a list; not where a comment stands in it.
fn adding(context: &Context<'_>, list: &List<'_>, names: &str) -> Option<Edit> {
    let last = list.terms.last()?.span;
    let Some(test) = list.contains else {
        return Some(Edit { span: Span { start: last.end, ..last }, text: format!(", {names}") });
    };
    let before = context.sources.slice(Span { end: last.start, ..test });
    let start = before.rfind("contains").filter(|_| !before.contains('#'))?;
    let span = Span::new(last.file, test.start as usize + start, last.end as usize);
    Some(Edit { span, text: format!("any in [{}, {names}]", context.sources.slice(last)) })
}
