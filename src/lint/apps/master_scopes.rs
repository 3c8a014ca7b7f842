//! Master scopes are for accounts with sub-accounts.

use super::{and_more, of_level};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::terms::Level;

declare_code! {
    /// An app that asks for master scopes, in an account without sub-accounts.
    MASTER_SCOPES_WITHOUT_SUB_ACCOUNTS = Lint, Warning, "master-scopes-without-sub-accounts", "an app that asks for master scopes, in an account without sub-accounts"
}

pub(super) fn only_master_accounts_need_master_scopes(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    if model.account.sub_accounts == Some(true) {
        return;
    }
    for app in model.apps.iter() {
        if let Some(scopes) = of_level(model, app, Level::Master) {
            let name = model.name(app.name);
            let has = match model.account.sub_accounts {
                Some(_) => "has no sub-accounts",
                None => "does not say that it has sub-accounts",
            };
            let message = format!("`{name}` asks for master scopes, and this account {has}");
            let finding = Diagnostic::new(&MASTER_SCOPES_WITHOUT_SUB_ACCOUNTS, app.span, message)
                .label(format!("asks for {}", and_more(scopes)));
            out.push(finding.help("say `sub-accounts yes` in the account if it has some; else the app asks for more than it can use"));
        }
    }
}
