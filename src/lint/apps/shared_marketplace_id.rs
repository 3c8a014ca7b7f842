//! Each app of the marketplace is in the catalogue once.

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::text::{AppId, Symbol};

declare_code! {
    /// Two apps with one id in the marketplace.
    SHARED_MARKETPLACE_ID = Lint, Warning, "shared-marketplace-id", "two apps with one marketplace id"
}

pub(super) fn each_app_is_there_once(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let mut seen: FxHashMap<Symbol, AppId> = FxHashMap::default();
    for (id, app) in model.apps.enumerate() {
        let Some(marketplace_id) = app.marketplace_id else { continue };
        let first = *seen.entry(marketplace_id).or_insert(id);
        if first == id {
            continue;
        }
        let first = model.apps.at(first);
        let (name, other) = (model.name(app.name), model.name(first.name));
        let message = format!("`{name}` and `{other}` have the same marketplace id");
        let finding = Diagnostic::new(&SHARED_MARKETPLACE_ID, app.span, message)
            .label(format!("`{}`", model.name(marketplace_id)))
            .related(first.span, "the same app, under another name");
        out.push(finding.help("make them one: a rule about one of them does not hold for the other"));
    }
}
