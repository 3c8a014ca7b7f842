//! When grants give roles to people and take them away again.

use crate::lint::Context;
use crate::model::{People, Period, PrincipalKind};
use crate::program::{Day, User};
use crate::text::{Date, Id, RoleId};

/// By role the first and the last of the days on which something happens to it.
type Days = Vec<Option<(Day, Day)>>;

/// The days from today on, on which somebody gets a role by a grant, or has it for the last time.
pub(super) struct Shifts {
    begins: Days,
    ends: Days,
    /// Whether it is known of everybody which grants they have.
    are_known: bool,
}

impl Shifts {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let (model, users) = (context.model, &context.program.users);
        let (mut begins, mut ends) = (vec![None; model.roles.len()], vec![None; model.roles.len()]);
        let today = Day::from(context.today);
        for timed in (0..users.timed_lists.len()).flat_map(|list| users.timed_lists.get(list)) {
            if timed.first > today {
                add(&mut begins, timed.role, (timed.first, timed.first));
            }
            if timed.last >= today {
                add(&mut ends, timed.role, (timed.last, timed.last));
            }
        }
        // Who has a role has what it extends.
        for &role in context.graph.order().roles.iter().rev() {
            for extended in &model.roles.at(role).extends {
                for days in [&mut begins, &mut ends] {
                    if let Some(&Some(of_role)) = days.get(role.index()) {
                        add(days, extended.id, of_role);
                    }
                }
            }
        }
        Self { begins, ends, are_known: users.rows.iter().all(|user| user.timed != User::UNSTORED) }
    }

    /// Whether anybody's roles may change.
    pub(super) fn are_some(&self) -> bool {
        !self.are_known || self.begins.iter().chain(&self.ends).any(Option::is_some)
    }

    /// Whether there may be others among these people on a later day of the period, as grants begin and end.
    pub(super) fn may_add_to(&self, people: &People, day: Date, period: Period) -> bool {
        let day = Day::from(day);
        let until = period.until.map_or(Day::ALWAYS_WILL_BE, Day::from);
        let of = |days: &Days, kind: PrincipalKind| match kind {
            PrincipalKind::Role(role) => days.get(role.index()).copied().flatten(),
            _ => None,
        };
        let is_role = |kind: PrincipalKind| matches!(kind, PrincipalKind::Role(_));
        let mut all = people.include.iter().chain(&people.except);
        let gets = |kind| of(&self.begins, kind).is_some_and(|(first, last)| first <= until && last > day);
        let loses = |kind| of(&self.ends, kind).is_some_and(|(first, last)| first < until && last >= day);
        people.include.iter().any(|entry| gets(entry.kind))
            || people.except.iter().any(|entry| loses(entry.kind))
            || !self.are_known && all.any(|entry| is_role(entry.kind))
    }
}

fn add(days: &mut Days, role: RoleId, (first, last): (Day, Day)) {
    if let Some(known) = days.get_mut(role.index()) {
        *known = Some(known.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    }
}
