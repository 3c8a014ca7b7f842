//! Who is told about requests is stated, and is not too many.

use super::section::place;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Model, Notify};
use crate::text::Span;

declare_code! {
    /// An account that does not say who is told about requests.
    MISSING_NOTIFY = Check, Error, "missing-notify", "an account that does not say who is told about requests"
}
declare_code! {
    /// More recipients than the marketplace takes.
    TOO_MANY_RECIPIENTS = Check, Error, "too-many-recipients", "more than five recipients of requests"
}

/// How many recipients the marketplace takes.
pub(super) const MOST: usize = 5;

pub(super) fn it_is_stated_who_is_told(model: &Model, out: &mut Sink) {
    if let (None, Some(place)) = (&model.account.notify, place(model)) {
        out.push(missing_notify(place));
    }
}

pub(super) fn at_most_five_are_told(model: &Model, out: &mut Sink) {
    let Some(Notify::Recipients(recipients)) = &model.account.notify else { return };
    // The same address twice is one recipient.
    let mut distinct = Vec::new();
    for recipient in recipients {
        if distinct.len() <= MOST && !distinct.contains(&recipient.id) {
            distinct.push(recipient.id);
            if distinct.len() > MOST {
                out.push(too_many_recipients(recipients.len(), recipient.span));
            }
        }
    }
}

fn missing_notify(place: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_NOTIFY, place, "the account does not say who is told about requests")
        .help("add `notify ADDRESS, …`, `notify automatically` (everyone who can approve) or `notify nobody`")
}

fn too_many_recipients(count: usize, sixth: Span) -> Diagnostic {
    Diagnostic::new(
        &TOO_MANY_RECIPIENTS,
        sixth,
        format!("the marketplace tells at most {MOST} people about requests, but {count} are named"),
    )
    .label("one too many")
    .help("keep five of them, or write `notify automatically`")
}
