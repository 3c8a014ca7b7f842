//! Both sections of the account are stated: Zoom's own pages disagree on what holds otherwise.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Model;
use crate::text::Span;

declare_code! {
    /// A section of the account is not there.
    MISSING_SECTION = Check, Error, "missing-section", "an account without its section for listed or unlisted apps"
}

pub(super) fn both_sections_are_stated(model: &Model, out: &mut Sink) {
    let account = &model.account;
    let Some(place) = place(model) else { return };
    for (section, words) in [(&account.listed, "listed apps"), (&account.unlisted, "unlisted apps")] {
        if section.head.is_none() {
            out.push(missing_section(words, place));
        }
    }
}

/// Where the account stands, unless some of it could not be read.
pub(super) fn place(model: &Model) -> Option<Span> {
    let account = &model.account;
    if account.broken {
        return None;
    }
    account.name.map(|(_, span)| span).or(account.stated)
}

fn missing_section(words: &str, place: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_SECTION, place, format!("the account does not say what holds for {words}"))
        .help(format!("state it: `{words} {{ approval required }}`, or `approval optional`"))
}
