//! A role extends nothing that another role it extends brings along.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry};
use crate::model::Ref;
use crate::text::{Id, RoleId, Span};

declare_code! {
    /// An extended role that another extended role brings along.
    REDUNDANT_EXTENDS = Lint, Warning, "redundant-extends", "an extended role that another extended role brings along"
}

pub(super) fn nothing_is_extended_twice(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let model = context.model;
    let order = &context.graph.order().roles;
    let mut places = vec![0; model.roles.len()];
    for (at, role) in order.iter().enumerate() {
        places.iter_mut().skip(role.index()).take(1).for_each(|place| *place = at);
    }
    let own = model.roles.iter().filter(|role| role.extends.len() > 1 && context.is_own(role.span));
    for role in own {
        let Some(brought) = brought_along(context, members, &places, &role.extends) else { return };
        for extended in &role.extends {
            if let Some(&by) = brought.get(&extended.id) {
                out.push(redundant_extends(context, extended.span, by));
            }
        }
    }
}

/// What these roles extend, directly or not, each with the place of the first of them that does; `None`: not looked into.
fn brought_along(
    context: &Context<'_>,
    members: &Membership<'_>,
    places: &[usize],
    extends: &[Ref<RoleId>],
) -> Option<FxHashMap<RoleId, Span>> {
    let place = |role: RoleId| places.get(role.index()).copied().unwrap_or_default();
    // What comes before all of them extends none of them.
    let first = extends.iter().map(|extended| place(extended.id)).min().unwrap_or_default();
    let mut brought: FxHashMap<RoleId, Span> = FxHashMap::default();
    for by in extends {
        // What an earlier one brings along, it brings with all that this one would.
        let mut rest = if brought.contains_key(&by.id) { Vec::new() } else { vec![by.id] };
        while let Some(one) = rest.pop() {
            let inner = &context.model.roles.at(one).extends;
            if !members.spend(inner.len() + 1) {
                return None;
            }
            for next in inner.iter().filter(|next| place(next.id) >= first) {
                if let Entry::Vacant(vacant) = brought.entry(next.id) {
                    vacant.insert(by.span);
                    rest.push(next.id);
                }
            }
        }
    }
    Some(brought)
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
