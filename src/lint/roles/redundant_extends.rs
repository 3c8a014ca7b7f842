//! A role extends nothing that another role it extends brings along.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::{Context, entry, roles};
use crate::text::Span;

declare_code! {
    /// An extended role that another extended role brings along.
    REDUNDANT_EXTENDS = Lint, Warning, "redundant-extends", "an extended role that another extended role brings along"
}

pub(super) fn nothing_is_extended_twice(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let own = model.roles.iter().filter(|role| role.extends.len() > 1 && context.is_own(role.span));
    for role in own {
        for extended in &role.extends {
            let brings = |other: &&crate::model::Ref<_>| {
                other.id != extended.id && roles::extended(model, other.id).contains(&extended.id)
            };
            if let Some(other) = role.extends.iter().find(brings) {
                out.push(redundant_extends(context, extended.span, other.span));
            }
        }
    }
}

fn redundant_extends(context: &Context<'_>, span: Span, by: Span) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.sources.slice(by));
    let fix = entry::without(context.sources, span)
        .map(|edit| Fix::keeping(format!("leave `{text}` out"), vec![edit]));
    Diagnostic::new(&REDUNDANT_EXTENDS, span, format!("`{other}` extends `{text}` already"))
        .label("brought along by the other")
        .related(by, "this one extends it")
        .help("leave it out")
        .maybe_fix(fix)
}
