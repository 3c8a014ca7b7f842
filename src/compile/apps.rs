//! Apps, developers and allowlists.

use super::closure::{Budget, Closure, Mark};
use super::naming::selector;
use super::texts::Texts;
use crate::model::{self, AppSelectorKind, Model, Ref};
use crate::program::{
    Allowlists, App, Apps, Day, Developer, Gaps, Jagged, Name, NameIndex, RuleIndex, Run, Selector,
    SelectorId,
};
use crate::text::{AllowlistId, Id, ScopeId};

/// The apps of the model, each with what selects it.
pub(super) fn apps(model: &Model, selectors: &[Selector], texts: &mut Texts<'_>, mut budget: Budget) -> Apps {
    let developers =
        model.developers.iter().map(|developer| Developer { name: texts.name(developer.name) }).collect();
    let names: Vec<Name> = model.apps.iter().map(|app| texts.name(app.name)).collect();
    let mut apps = Apps {
        index: NameIndex::new(texts.names(), names.into_iter()),
        selectors: selectors.to_vec(),
        developers,
        allowlists: allowlists(model, texts),
        ..Apps::default()
    };
    let mark = |list| apps.selector_id(Selector::InAllowlist(AllowlistId::from_index(list)));
    let mut closure = Closure::new(&apps.allowlists.parents, mark, &mut budget);
    for gaps in (0..Gaps::COUNT).map(Gaps) {
        let run = add_selectors(&mut apps, gaps.base(model.developers.len()), &mut closure, &mut budget);
        apps.unknown_selectors.push(run);
    }
    for (id, app) in model.apps.enumerate() {
        let mut row = row(model, app, texts, &mut apps.scopes);
        row.selected_by = add_selectors(&mut apps, row.base(id), &mut closure, &mut budget);
        apps.rows.push(row);
    }
    apps
}

/// Says of each app under which of its selectors there are rules.
pub(super) fn add_lists(apps: &mut Apps, indexes: &[RuleIndex; 4]) {
    let Apps { rows, selected_by, .. } = apps;
    for row in rows.iter_mut() {
        for (list, index) in row.lists.iter_mut().zip(indexes) {
            let run = row.selected_by;
            if !run.is_stored() {
                *list = Run::UNSTORED;
                continue;
            }
            let start = selected_by.len();
            for at in run.start()..run.start() + run.len() {
                if let Some(&selector) = selected_by.get(at)
                    && !index.head(selector).entries.is_empty()
                {
                    selected_by.push(selector);
                }
            }
            *list = Run::since(start, selected_by);
        }
    }
}

fn row(model: &Model, app: &model::App, texts: &mut Texts<'_>, scopes: &mut Vec<ScopeId>) -> App {
    let developer = app.developer.map(|developer| developer.id);
    let developer_kind = developer.and_then(|id| model.developers.get(id)).and_then(|one| one.kind);
    let mut gaps = Gaps::default();
    for (missing, gap) in [
        (developer.is_none(), Gaps::DEVELOPER),
        (developer_kind.is_none(), Gaps::KIND),
        (app.listing.is_none(), Gaps::LISTING),
    ] {
        if missing {
            gaps.0 |= gap;
        }
    }
    App {
        name: texts.name(app.name),
        listing: app.listing,
        stage: app.stage,
        managed_by: app.managed_by,
        developer_kind,
        scopes_known: app.scopes.is_some(),
        gaps,
        developer,
        beta_until: app.beta_until.map(Day::from),
        required: distinct(app.scopes.as_deref().unwrap_or_default(), scopes),
        optional: distinct(&app.optional_scopes, scopes),
        selected_by: Run::default(),
        lists: [Run::default(); 4],
    }
}

/// Scopes in the order stated, each once.
fn distinct(asked: &[Ref<ScopeId>], scopes: &mut Vec<ScopeId>) -> Run {
    let start = scopes.len();
    if asked.len() <= 16 {
        for scope in asked {
            if !scopes.get(start..).unwrap_or_default().contains(&scope.id) {
                scopes.push(scope.id);
            }
        }
    } else {
        let mut seen = rustc_hash::FxHashSet::default();
        scopes.extend(asked.iter().map(|scope| scope.id).filter(|&scope| seen.insert(scope)));
    }
    Run::since(start, scopes)
}

/// Stores the numbered selectors among `base` and the allowlists that list one of them, sorted.
fn add_selectors(
    apps: &mut Apps,
    base: Vec<Selector>,
    closure: &mut Closure<SelectorId>,
    budget: &mut Budget,
) -> Run {
    let mut selectors: Vec<SelectorId> =
        base.iter().filter_map(|&selector| apps.selector_id(selector)).collect();
    let lists = base.iter().flat_map(|&selector| apps.allowlists.listing(selector)).map(|list| list.index());
    if !closure.gather(lists, &mut selectors, budget) {
        return Run::UNSTORED;
    }
    let start = apps.selected_by.len();
    apps.selected_by.extend(selectors);
    Run::since(start, &apps.selected_by)
}

impl Mark for SelectorId {
    fn number(self) -> usize {
        self.0 as usize
    }
}

fn allowlists(model: &Model, texts: &mut Texts<'_>) -> Allowlists {
    let pairs = |wanted: fn(AppSelectorKind) -> Option<usize>| {
        model.allowlists.enumerate().flat_map(move |(list, allowlist)| {
            let numbers = allowlist.selectors.iter().filter_map(move |one| wanted(one.kind));
            numbers.map(move |number| (number, list))
        })
    };
    let lists = |count, wanted| Jagged::from_pairs(count, || pairs(wanted)).sorted();
    Allowlists {
        names: model.allowlists.iter().map(|list| texts.name(list.name)).collect(),
        parents: lists(model.allowlists.len(), |kind| match selector(kind) {
            Selector::InAllowlist(list) => Some(list.index()),
            _ => None,
        }),
        by_app: lists(model.apps.len(), |kind| match selector(kind) {
            Selector::App(app) => Some(app.index()),
            _ => None,
        }),
        by_developer: lists(model.developers.len(), |kind| match selector(kind) {
            Selector::ByDeveloper(developer) => Some(developer.index()),
            _ => None,
        }),
        by_kind: lists(4, |kind| match selector(kind) {
            Selector::All => Some(0),
            Selector::Listed => Some(1),
            Selector::Unlisted => Some(2),
            Selector::Internal => Some(3),
            _ => None,
        }),
    }
}
