//! There is an account.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Model;

declare_code! {
    /// No account.
    MISSING_ACCOUNT = Check, Error, "missing-account", "a project without an account"
}

pub(super) fn there_is_an_account(model: &Model, out: &mut Sink) {
    let account = &model.account;
    // An account that could not be read, and one of the project's own without a name, were reported.
    if account.name.is_some() || account.broken || account.unnamed {
        return;
    }
    let (message, help) = match account.stated {
        None => (
            "no policy declares the account",
            "declare it: `account NAME { listed apps { approval required }  unlisted apps { approval required }  notify nobody }`",
        ),
        Some(_) => (
            "no policy names the account",
            "a baseline states its clauses only; declare `account NAME { }` in the project",
        ),
    };
    if let Some(place) = model.place {
        out.push(Diagnostic::new(&MISSING_ACCOUNT, place, message).help(help));
    }
}
