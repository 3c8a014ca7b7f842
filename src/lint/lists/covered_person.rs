//! Nobody is named beside a group, role or `everyone` that covers them.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry, roles};
use crate::model::{Principal, PrincipalKind};
use crate::text::{GroupId, Span, UserId};

use super::{DUPLICATE_ENTRY, walk};

declare_code! {
    /// People who are named although another entry of the same list covers them.
    COVERED_PERSON = Lint, Advice, "covered-person", "people who are named although the same list covers them"
}

pub(super) fn nobody_is_named_who_is_covered(
    context: &Context<'_>,
    members: &Membership<'_>,
    out: &mut Sink,
) {
    walk::people(context, |list| {
        if list.len() > 1 {
            in_list(context, members, list, out);
        }
    });
}

fn in_list(context: &Context<'_>, members: &Membership<'_>, list: &[Principal], out: &mut Sink) {
    if let Some(everyone) = list.iter().find(|entry| entry.kind == PrincipalKind::Everyone) {
        for entry in list.iter().filter(|entry| entry.kind != PrincipalKind::Everyone) {
            out.push(covered(context, entry.span, everyone.span, "is among everyone", true));
        }
        return;
    }
    let place = |kind: PrincipalKind| list.iter().find(|entry| entry.kind == kind).map(|entry| entry.span);
    let groups: Vec<GroupId> = distinct(list.iter().filter_map(|entry| match entry.kind {
        PrincipalKind::Group(group) => Some(group),
        _ => None,
    }));
    in_roles(context, list, out);
    if groups.is_empty() {
        return;
    }
    let Some((below, inside)) = members.below(&groups) else { return };
    for entry in list {
        let (outer, why, fixed) = match entry.kind {
            PrincipalKind::User(user) => {
                let direct = context.program.users.direct_groups(user);
                let Some((group, outer)) = direct.iter().find_map(|group| Some((*group, *below.get(group)?)))
                else {
                    continue;
                };
                let way = if group == outer {
                    String::new()
                } else {
                    format!(", by group `{}`", name(context, group))
                };
                (outer, format!("is in it{way}"), is_listed(context, user, group))
            }
            PrincipalKind::Group(group) => {
                let Some(&outer) = inside.get(&group) else { continue };
                (outer, "lies in it".to_owned(), context.is_own(context.model.groups.at(outer).span))
            }
            PrincipalKind::Role(_) | PrincipalKind::Everyone => continue,
        };
        if let Some(by) = place(PrincipalKind::Group(outer)) {
            out.push(covered(context, entry.span, by, &why, fixed));
        }
    }
}

/// Roles beside roles that they extend.
fn in_roles(context: &Context<'_>, list: &[Principal], out: &mut Sink) {
    let named = |entry: &Principal| match entry.kind {
        PrincipalKind::Role(role) => Some((role, entry.span)),
        _ => None,
    };
    if list.iter().filter_map(named).count() < 2 {
        return;
    }
    for (role, span) in list.iter().filter_map(named) {
        let below = roles::extended(context.model, role);
        let other = list.iter().filter_map(named).find(|(other, _)| *other != role && below.contains(other));
        if let Some((_, by)) = other {
            out.push(covered(context, span, by, "extends it, so that its people have both roles", true));
        }
    }
}

fn distinct(groups: impl Iterator<Item = GroupId>) -> Vec<GroupId> {
    let mut groups: Vec<GroupId> = groups.collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn name<'m>(context: &Context<'m>, group: GroupId) -> &'m str {
    context.model.name(context.model.groups.at(group).name)
}

/// Whether the project's own policies say that the user is in the group: what a directory says may be different tomorrow.
fn is_listed(context: &Context<'_>, user: UserId, group: GroupId) -> bool {
    let group = context.model.groups.at(group);
    group.members.iter().any(|member| member.id == user && context.is_own(member.span))
}

fn covered(context: &Context<'_>, span: Span, by: Span, why: &str, keeps_decisions: bool) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.sources.slice(by));
    let fix = entry::without(context.sources, span).map(|edit| Fix {
        text: format!("leave `{text}` out"),
        edits: vec![edit],
        keeps_decisions,
    });
    let help = match keeps_decisions {
        true => "leave it out",
        false => "leave it out, unless it should stay when the directory changes",
    };
    Diagnostic::new(&COVERED_PERSON, span, format!("`{text}` is covered by `{other}` in the same list"))
        .label(format!("{why} already"))
        .related(by, "covers it")
        .help(help)
        .maybe_fix(fix)
        .unless_told(&DUPLICATE_ENTRY, span)
}
