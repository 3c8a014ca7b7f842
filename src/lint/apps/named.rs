//! Apps that rules name to let people have them.

use rustc_hash::FxHashSet;

use crate::lint::Context;
use crate::model::{AppSelectorKind, Effect, Rule};
use crate::text::{AllowlistId, AppId, Id, Span};

/// For each app the first rule that lets people have it and names it, itself or by an allowlist, and where.
pub(super) struct Named<'m> {
    by_app: Vec<Option<(Span, &'m Rule)>>,
}

impl<'m> Named<'m> {
    /// The approvals, exemptions and waivers of the project that have not ended.
    pub(super) fn of(context: &Context<'m>) -> Self {
        let model = context.model;
        let mut by_app = vec![None; model.apps.len()];
        let mut seen: FxHashSet<AllowlistId> = FxHashSet::default();
        for rule in model.rules.iter().filter(|rule| context.is_own(rule.span)) {
            let lets_in =
                matches!(rule.effect, Effect::Approve { .. } | Effect::Exempt | Effect::Waive { .. });
            if !lets_in || rule.period.until.is_some_and(|last| last < context.today) {
                continue;
            }
            let entries = rule.apps.iter().flat_map(|apps| &apps.include);
            let mut left: Vec<(AppSelectorKind, Span)> =
                entries.map(|entry| (entry.kind, entry.span)).collect();
            while let Some((kind, span)) = left.pop() {
                match kind {
                    AppSelectorKind::App(app) => {
                        if let Some(place) = by_app.get_mut(app.index()) {
                            place.get_or_insert((span, rule));
                        }
                    }
                    // A list that an earlier rule names holds nothing new.
                    AppSelectorKind::InAllowlist(list) if seen.insert(list) => {
                        let entries = model.allowlists.at(list).selectors.iter();
                        left.extend(entries.map(|entry| (entry.kind, span)));
                    }
                    _ => {}
                }
            }
        }
        Self { by_app }
    }

    /// Where the app is first named, and by which rule.
    pub(super) fn at(&self, app: AppId) -> Option<(Span, &'m Rule)> {
        self.by_app.get(app.index()).copied().flatten()
    }
}
