//! An exemption frees some app from approval.

use std::borrow::Cow;
use std::cmp::Reverse;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::Reach;
use super::cover::{Group, covering};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::Truth;
use crate::model::{AppSelection, AppSelectorKind, Rule};
use crate::program::RuleEffect;
use crate::terms::Listing;
use crate::text::{Id, RuleId, UserId};

declare_code! {
    /// An exemption without which as many apps would be free from approval.
    EXEMPTS_NOTHING = Lint, Warning, "exempts-nothing", "an exemption that frees no app from approval"
}

/// What to do about one that is about the wrong apps.
const NAME_OTHERS: &str = "remove it, or name the apps that it is meant for";

pub(super) fn some_app_is_freed(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
    let program = reach.census.program();
    let RuleEffect::Exempt(section) = program.rules.texts.get(id)?.effect else { return None };
    if !program.account.requires_approval(section) {
        let label = format!("{section} apps need no approval");
        return Some(exempts_nothing(
            reach,
            rule,
            &label,
            "remove it: it would matter only with `approval required`",
        ));
    }
    if rule.apps.as_ref().is_some_and(|apps| is_about_others(apps, section)) {
        let label = format!("no app that it is about is ever {section}");
        return Some(exempts_nothing(
            reach,
            rule,
            &label,
            "remove it, or move it to the section of these apps",
        ));
    }
    // What repeats another rule is told as that.
    if reach.context.model.apps.is_empty() || reach.shared.needless.contains(&id) {
        return None;
    }
    match frees(reach, id, rule)? {
        Frees::SomethingAlone => None,
        Frees::Something => {
            reach.doubt(id);
            None
        }
        Frees::Nothing => (!reach.is_guard(id, rule))
            .then(|| exempts_nothing(reach, rule, &why_not(reach, id, section.name()), NAME_OTHERS)),
    }
}

/// Whether a selection holds no app of the section, whatever apps come.
fn is_about_others(apps: &AppSelection, section: Listing) -> bool {
    let (same, other) = match section {
        Listing::Listed => (AppSelectorKind::Listed, AppSelectorKind::Unlisted),
        Listing::Unlisted => (AppSelectorKind::Unlisted, AppSelectorKind::Listed),
    };
    apps.include.iter().all(|entry| entry.kind == other) || apps.except.iter().any(|entry| entry.kind == same)
}

/// What an exemption frees.
#[derive(PartialEq, Eq)]
pub(super) enum Frees {
    Nothing,
    /// Some app, and others free each of these.
    Something,
    /// Some app that nothing else frees.
    SomethingAlone,
}

/// What the exemption frees; `None`: there is too much to look at.
pub(super) fn frees(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule) -> Option<Frees> {
    let mut frees = Frees::Nothing;
    for &app in reach.census.apps(id).iter() {
        if !reach.census.spend(1) {
            return None;
        }
        reach.census.ask(UserId::from_index(0), app, |case| {
            if case.exempts(id) {
                let covered = case.exempt_by(|other| covers(reach, other, id, rule));
                frees = if covered { Frees::Something } else { Frees::SomethingAlone };
            }
        });
        if frees == Frees::SomethingAlone {
            break;
        }
    }
    Some(frees)
}

/// Whether another exemption may stand in for this one: what names apps says nothing about those to come.
fn covers(reach: &Reach<'_, '_>, other: RuleId, id: RuleId, rule: &Rule) -> bool {
    let describes = |rule: &Rule| reach.describes_apps(rule.apps.as_ref());
    reach.covers(other, id) && (!describes(rule) || describes(reach.context.model.rules.at(other)))
}

/// Finds out which exemptions it is that free the same apps.
pub(super) fn something_is_left(reach: &Reach<'_, '_>, id: RuleId) -> Option<Diagnostic> {
    let rule = reach.context.model.rules.at(id);
    let apps = reach.census.apps(id);
    let mut freeing: FxHashMap<RuleId, FixedBitSet> = FxHashMap::default();
    let mut freed = FixedBitSet::with_capacity(apps.len());
    if !reach.census.spend(apps.len()) {
        return None;
    }
    for (at, &app) in apps.iter().enumerate() {
        reach.census.ask(UserId::from_index(0), app, |case| {
            freed.set(at, case.exempts(id));
            case.exempt_by(|other| {
                if covers(reach, other, id, rule) {
                    freeing.entry(other).or_insert_with(|| FixedBitSet::with_capacity(apps.len())).insert(at);
                }
                false
            });
        });
        if !reach.census.spend(freeing.len() / 16) {
            return None;
        }
    }
    let mut candidates: Vec<RuleId> = freeing.keys().copied().collect();
    candidates
        .sort_by_cached_key(|other| (freeing.get(other).map(|apps| Reverse(apps.count_ones(..))), *other));
    let group = Group { of: (), everywhere: Vec::new(), candidates };
    let answered = |(), other| freeing.get(&other).map(Cow::Borrowed);
    let covering = covering(reach.census, &[group], |()| Some(Cow::Borrowed(&freed)), answered)?;
    let (label, help) =
        ("without it the same apps are free as long", "remove it: other exemptions do the same");
    let found = exempts_nothing(reach, rule, label, help);
    Some(covering.into_iter().take(super::NAMED).fold(found, |found, other| {
        found.related(reach.context.model.rules.at(other).head, "this frees them, or some of them")
    }))
}

fn why_not(reach: &Reach<'_, '_>, id: RuleId, section: &str) -> String {
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

fn exempts_nothing(reach: &Reach<'_, '_>, rule: &Rule, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&EXEMPTS_NOTHING, rule.head, "this `exempt` frees no app from approval")
        .label(format!("{label}{}", reach.when()))
        .help(help)
}
