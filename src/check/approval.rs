//! Each section of the account says whether its apps need approval.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Model;
use crate::text::Span;

declare_code! {
    /// A section that does not say whether apps need approval.
    MISSING_APPROVAL = Check, Error, "missing-approval", "a section of the account that does not say whether its apps need approval"
}

pub(super) fn each_section_says_whether_it_needs_approval(model: &Model, out: &mut Sink) {
    let account = &model.account;
    // What is missing may stand in text that could not be read.
    if account.broken {
        return;
    }
    for (section, words) in [(&account.listed, "listed apps"), (&account.unlisted, "unlisted apps")] {
        if let (Some(head), None) = (section.head, section.approval_required) {
            out.push(missing_approval(words, head));
        }
    }
}

fn missing_approval(words: &str, head: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_APPROVAL, head, format!("this does not say whether {words} need approval"))
        .help("add `approval required` or `approval optional`")
}
