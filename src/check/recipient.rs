//! Who is told about requests can decide them.

use fixedbitset::FixedBitSet;

use super::notify::MOST;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, quoted_list};
use crate::graph::Graph;
use crate::model::{Effect, Model, Notify, People, PrincipalKind, Ref};
use crate::text::{GroupId, Id, RoleId, UserId};

declare_code! {
    /// A recipient who cannot approve.
    RECIPIENT_CANNOT_APPROVE = Check, Error, "recipient-cannot-approve", "a recipient of requests who lacks `MarketPlace:Edit`"
}

/// Each recipient has `MarketPlace:Edit` by the roles of their facts (or the default role), or by some grant, whatever its days: the
/// account is checked once, not anew each day.
pub(super) fn who_is_told_can_approve(model: &Model, graph: &Graph, out: &mut Sink) {
    let Some(Notify::Recipients(recipients)) = &model.account.notify else { return };
    let approvers = approvers(model, graph);
    // Of too many recipients only those are looked at whom the marketplace would take.
    for recipient in recipients.iter().take(MOST) {
        if !by_facts(model, &approvers, recipient.id) && !by_grant(model, graph, &approvers, recipient.id) {
            out.push(recipient_cannot_approve(model, &approvers, recipient));
        }
    }
}

/// The roles that have the privilege, by their own lists or by what they extend.
fn approvers(model: &Model, graph: &Graph) -> FixedBitSet {
    let mut found = FixedBitSet::with_capacity(model.roles.len());
    for &id in &graph.order().roles {
        let role = model.roles.at(id);
        let own =
            role.privileges.iter().any(|privilege| Some(privilege.id) == model.account.approve_privilege);
        if own || role.extends.iter().any(|extended| found.contains(extended.id.index())) {
            found.insert(id.index());
        }
    }
    found
}

fn by_facts(model: &Model, approvers: &FixedBitSet, user: UserId) -> bool {
    let approves = |role: &RoleId| approvers.contains(role.index());
    match model.users.stated_roles(user) {
        Some(roles) => roles.iter().any(approves),
        None => model.account.default_role.is_some_and(|role| approves(&role.id)),
    }
}

fn by_grant(model: &Model, graph: &Graph, approvers: &FixedBitSet, user: UserId) -> bool {
    let mut groups = None;
    model.rules.iter().any(|rule| match (&rule.effect, &rule.people) {
        (Effect::Grant { role: Some(role) }, Some(people)) if approvers.contains(role.index()) => {
            let groups = groups.get_or_insert_with(|| groups_of(model, graph, user));
            selects(people, user, groups)
        }
        _ => false,
    })
}

/// Whether a grant's people take in the user. Where a name is unknown it may well be the user's group.
fn selects(people: &People, user: UserId, groups: &FixedBitSet) -> bool {
    let is = |kind: &PrincipalKind| match *kind {
        PrincipalKind::User(id) => id == user,
        PrincipalKind::Group(id) => groups.contains(id.index()),
        PrincipalKind::Everyone => true,
        PrincipalKind::Role(_) => false,
    };
    people.has_unknown_names
        || people.include.iter().any(|principal| is(&principal.kind))
            && !people.except.iter().any(|principal| is(&principal.kind))
}

/// The groups of a user, nesting included.
fn groups_of(model: &Model, graph: &Graph, user: UserId) -> FixedBitSet {
    let mut found = FixedBitSet::with_capacity(model.groups.len());
    found.extend(model.users.groups(user).iter().map(|group: &GroupId| group.index()));
    for &id in &graph.order().groups {
        let group = model.groups.at(id);
        let listed = group.members.iter().any(|member| member.id == user);
        if listed || group.groups.iter().any(|inner| found.contains(inner.id.index())) {
            found.insert(id.index());
        }
    }
    found
}

fn recipient_cannot_approve(model: &Model, approvers: &FixedBitSet, recipient: &Ref<UserId>) -> Diagnostic {
    let email = model.name(model.users.rows.at(recipient.id).email);
    let roles = approvers.ones().filter_map(|at| model.roles.get(RoleId::from_index(at)));
    let names: Vec<&str> = roles.take(4).map(|role| model.name(role.name)).collect();
    let help = match names.is_empty() {
        true => "declare a role with `privileges MarketPlace:Edit` and grant it to them".to_owned(),
        false => {
            format!("give them a role that has it ({}), or tell somebody else", quoted_list(&names, "or"))
        }
    };
    let message =
        format!("`{email}` is told about requests but lacks `MarketPlace:Edit`, so they cannot decide them");
    Diagnostic::new(&RECIPIENT_CANNOT_APPROVE, recipient.span, message).help(help)
}
