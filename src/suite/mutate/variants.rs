//! Changed rules beside their originals, in one program.

use super::list::Draft;
use crate::compile::Room;
use crate::model::{Effect, Model};
use crate::program::{Day, Program};
use crate::suite::plan::Suite;
use crate::suite::scene::{Scene, Setting};
use crate::text::{Date, Id, RuleId};

/// A scene whose program has every mutant in it, none of them in force.
pub(super) struct Variants<'s, 'm> {
    pub(super) scene: Scene<'s, 'm>,
    /// Those of the drafts, in order; `None`: it has none here.
    pub(super) of_drafts: Vec<Option<Variant>>,
}

/// A rule and what a mutant makes of it.
#[derive(Clone, Copy)]
pub(super) struct Variant {
    pub(super) original: RuleId,
    pub(super) changed: RuleId,
    /// The days on which the original is in force, the first and the last …
    before: (Day, Day),
    /// … and those of the changed one.
    after: (Day, Day),
}

/// No day at all.
const NEVER: (Day, Day) = (Day::ALWAYS_WILL_BE, Day::ALWAYS_WAS);

/// Whether a change of this rule can be tried beside it. A grant's cannot: what roles somebody has is stored with the person.
pub(super) fn stand_beside(model: &Model, draft: &Draft) -> bool {
    model.rules.get(draft.rule).is_some_and(|rule| !matches!(rule.effect, Effect::Grant { .. }))
}

impl<'s, 'm> Variants<'s, 'm> {
    /// The setting with these mutants; `room` bounds what closures may store.
    pub(super) fn of(
        suite: &Suite<'m>,
        setting: &'s Setting<'m>,
        drafts: &[Draft],
        room: Option<Room>,
    ) -> Self {
        let mut ids: Vec<Option<(RuleId, RuleId)>> = Vec::with_capacity(drafts.len());
        let scene = Scene::in_room(suite.model, setting, suite.sources, room, |model| {
            ids.extend(drafts.iter().map(|draft| add(model, draft)));
        });
        let mut scene = scene;
        let rows = &mut scene.program.rules.rows;
        let of_drafts = ids.into_iter().map(|ids| {
            let (original, changed) = ids?;
            let (before, waivers) = rows.get(original).map(|row| ((row.first, row.last), row.waivers))?;
            let row = rows.get_mut(changed)?;
            let after = (row.first, row.last);
            (row.first, row.last) = NEVER;
            // Whatever lifts the original lifts it, too.
            row.waivers = waivers;
            Some(Variant { original, changed, before, after })
        });
        let of_drafts = of_drafts.collect();
        Self { scene, of_drafts }
    }
}

/// Adds the changed rule at the end; with the numbers of the original and of that.
fn add(model: &mut Model, draft: &Draft) -> Option<(RuleId, RuleId)> {
    if !stand_beside(model, draft) {
        return None;
    }
    let mut rule = model.rules.get(draft.rule)?.clone();
    draft.change(&mut rule);
    let changed = RuleId::from_index(model.rules.len());
    for section in [&mut model.account.listed, &mut model.account.unlisted] {
        if section.exempts.contains(&draft.rule) {
            section.exempts.push(changed);
        }
    }
    model.rules.push(rule);
    Some((draft.rule, changed))
}

impl Variant {
    /// Puts the changed rule in the place of the original …
    pub(super) fn put_in(self, program: &mut Program) {
        set(program, self.original, NEVER);
        set(program, self.changed, self.after);
    }

    /// … and takes it out again.
    pub(super) fn take_out(self, program: &mut Program) {
        set(program, self.original, self.before);
        set(program, self.changed, NEVER);
    }

    /// Whether the change may matter on that day. `moves`: it changes nothing but the days.
    pub(super) fn matters_on(self, date: Date, moves: bool) -> bool {
        let day = Day::from(date);
        let within = |(first, last): (Day, Day)| first <= day && day <= last;
        let (before, after) = (within(self.before), within(self.after));
        if moves { before != after } else { before || after }
    }

    /// The days from that one on on which the changed rule begins or has ended.
    pub(super) fn turning_points(self, from: Date) -> impl Iterator<Item = Date> {
        let (first, last) = self.after;
        let ended = last.date().map(|date| date.plus_days(1));
        first.date().into_iter().chain(ended).filter(move |&date| date > from)
    }
}

fn set(program: &mut Program, rule: RuleId, (first, last): (Day, Day)) {
    if let Some(row) = program.rules.rows.get_mut(rule) {
        (row.first, row.last) = (first, last);
    }
}
