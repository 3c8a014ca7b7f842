//! Who is selected by what: the lists that rules are made of, the other way round.

use fixedbitset::FixedBitSet;

use super::days::steady;
use super::sets::Sets;
use crate::eval::Evaluator;
use crate::program::{Day, Gaps, Jagged, Program, RuleEffect, SelectorId};
use crate::text::{AppId, Id, RuleId, ScopeId, UserId};

/// The users of each numbered principal, roles aside, and the apps of each numbered selector. Needs room for every list once.
#[derive(Debug)]
pub(crate) struct Roster<'p> {
    pub(super) program: &'p Program,
    /// All users.
    pub(super) everyone: Vec<UserId>,
    /// All apps.
    pub(super) every_app: Vec<AppId>,
    /// By the number of a principal who it surely is about, sorted; roles have none here.
    pub(super) by_principal: Sets,
    /// By the number of a selector the apps that it surely selects, sorted.
    pub(super) by_selector: Jagged<AppId>,
    /// By scope the apps that ask for it, sorted.
    pub(super) asking: Jagged<AppId>,
    /// Withholds on every app without condition and waiver that are in force on every day and always about the same people.
    pub(super) lasting_withholds: Vec<RuleId>,
    /// Other withholds on every app without condition and waiver.
    pub(super) passing_withholds: Vec<RuleId>,
    /// Other withholds that name all apps.
    pub(super) other_withholds: Vec<RuleId>,
    /// Withholds that name all apps and that may let go of somebody on some day.
    pub(crate) ending_withholds: Vec<RuleId>,
    /// The rules that are about the same people on every day that they are in force.
    steady: FixedBitSet,
    /// By which facts are not known of them the apps of which selectors' facts are not known, sorted.
    pub(super) by_gaps: Vec<Vec<AppId>>,
}

impl<'p> Roster<'p> {
    /// The roster of a program; `None`: groups or allowlists nest so deeply that the program itself does not store who is in them.
    pub(crate) fn of(program: &'p Program) -> Option<Self> {
        let users = &program.users;
        if users.rows.iter().any(|user| !user.selected_by.is_stored())
            || program.apps.rows.iter().any(|app| !app.selected_by.is_stored())
        {
            return None;
        }
        let of_people = || {
            users.rows.enumerate().flat_map(|(id, user)| {
                // Everyone needs no list.
                let own = user.selected_by.of(&users.selected_by).iter().filter(|principal| principal.0 != 0);
                own.map(move |principal| (principal.0 as usize, id))
            })
        };
        let of_apps = || {
            program.apps.rows.enumerate().flat_map(|(id, app)| {
                let own = app.selected_by.of(&program.apps.selected_by).iter();
                own.map(move |selector| (selector.0 as usize, id))
            })
        };
        let of_scopes = || {
            program.apps.rows.enumerate().flat_map(|(id, app)| {
                let asked =
                    [app.required, app.optional].into_iter().flat_map(|run| run.of(&program.apps.scopes));
                asked.map(move |scope| (scope.index(), id))
            })
        };
        let mut by_gaps = vec![Vec::new(); usize::from(Gaps::COUNT)];
        for (id, app) in program.apps.rows.enumerate().filter(|(_, app)| !app.gaps.is_none()) {
            if let Some(list) = by_gaps.get_mut(usize::from(app.gaps.0)) {
                list.push(id);
            }
        }
        let steady = steady(program);
        let (plain_withholds, other_withholds) = withholds_on_all_apps(program);
        let lasts = |&id: &RuleId| {
            steady.contains(id.index())
                && program
                    .rules
                    .rows
                    .get(id)
                    .is_some_and(|row| row.first == Day::ALWAYS_WAS && row.last == Day::ALWAYS_WILL_BE)
        };
        let ending = |&&id: &&RuleId| !goes_on(program, &steady, id);
        let ending_withholds =
            plain_withholds.iter().chain(&other_withholds).filter(ending).copied().collect();
        let (lasting_withholds, passing_withholds) = plain_withholds.into_iter().partition(lasts);
        Some(Self {
            program,
            everyone: program.users().collect(),
            every_app: program.apps().collect(),
            by_principal: Sets::of(users.rows.len(), users.principals.len(), of_people),
            by_selector: Jagged::from_pairs(program.apps.selectors.len(), of_apps),
            lasting_withholds,
            passing_withholds,
            other_withholds,
            ending_withholds,
            steady,
            asking: Jagged::from_pairs(program.scopes.rows.len(), of_scopes),
            by_gaps,
        })
    }

    /// How many users there are.
    pub(crate) fn users(&self) -> usize {
        self.everyone.len()
    }

    /// Whether a rule is about the same people on every day that it is in force: who is in it, and whether its condition holds, does not
    /// change with time.
    pub(crate) fn is_steady(&self, rule: RuleId) -> bool {
        self.steady.contains(rule.index())
    }

    /// The scopes that some app asks for.
    pub(crate) fn asked_scopes(&self) -> impl Iterator<Item = ScopeId> {
        self.program.scopes.rows.ids().filter(|&scope| !self.asking(scope).is_empty())
    }

    /// The apps that ask for a scope, required or optional. One may stand here twice.
    pub(crate) fn asking(&self, scope: ScopeId) -> &[AppId] {
        self.asking.get(scope.index())
    }

    /// The apps that a numbered selector surely selects.
    pub(super) fn apps(&self, selector: SelectorId) -> &[AppId] {
        if selector == SelectorId::ALL { &self.every_app } else { self.by_selector.get(selector.0 as usize) }
    }

    /// The apps with gaps because of which one of these sorted selectors may select them.
    pub(super) fn may_be_selected(
        &self,
        evaluator: &mut Evaluator<'_>,
        selectors: &[SelectorId],
    ) -> Vec<AppId> {
        let mut apps = Vec::new();
        for list in &self.by_gaps {
            let Some(&first) = list.first() else { continue };
            let (_, unknown) = evaluator.selectors(first);
            if selectors.iter().any(|one| unknown.binary_search(one).is_ok()) {
                apps.extend_from_slice(list);
            }
        }
        apps
    }
}

/// Whether a block or withhold never lets go of anybody: it does not end, is always about the same people, and no waiver of it begins.
fn goes_on(program: &Program, steady: &FixedBitSet, rule: RuleId) -> bool {
    let rules = &program.rules;
    let begins = |waiver: &RuleId| rules.rows.get(*waiver).is_some_and(|row| row.first != Day::ALWAYS_WAS);
    steady.contains(rule.index())
        && rules.rows.get(rule).is_some_and(|row| {
            row.last == Day::ALWAYS_WILL_BE && !row.waivers.of(&rules.waivers).iter().any(begins)
        })
}

/// The withholds that name all apps: those without exception, condition and waiver, and the others.
fn withholds_on_all_apps(program: &Program) -> (Vec<RuleId>, Vec<RuleId>) {
    let rules = &program.rules;
    let is_about_all = |&id: &RuleId| {
        rules.texts.get(id).is_some_and(|text| {
            text.effect == RuleEffect::Withhold && text.apps.of(&rules.selectors).contains(&SelectorId::ALL)
        })
    };
    let is_plain = |&id: &RuleId| {
        rules.rows.get(id).is_some_and(|row| {
            row.apps_except.is_empty() && row.condition.is_none() && row.waivers.is_empty()
        })
    };
    rules.rows.ids().filter(is_about_all).partition(is_plain)
}

/// What of `list` is not in `without`; both sorted.
pub(super) fn without<T: Ord + Copy>(list: &[T], without: &[T]) -> Vec<T> {
    let mut left = Vec::with_capacity(list.len());
    let mut rest = Rest::of(without, list.len());
    left.extend(list.iter().copied().filter(|&one| !rest.has(one)));
    left
}

/// The items of sorted lists, sorted and each once.
pub(super) fn union<'a, T: Ord + Copy + 'a>(lists: impl Iterator<Item = &'a [T]>) -> Vec<T> {
    let mut all: Vec<T> = lists.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether two sorted lists have an item in common.
pub(crate) fn meet<T: Ord + Copy>(one: &[T], other: &[T]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = Rest::of(long, short.len());
    short.iter().any(|&item| rest.has(item))
}

/// What two sorted lists have in common.
pub(crate) fn common<T: Ord + Copy>(one: &[T], other: &[T]) -> Vec<T> {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = Rest::of(long, short.len());
    short.iter().copied().filter(|&item| rest.has(item)).collect()
}

/// A sorted list in which items are looked for that come in order: one that is not much longer than what is looked for is walked through,
/// another is searched.
struct Rest<'a, T> {
    list: &'a [T],
    is_walked: bool,
}

impl<'a, T: Ord + Copy> Rest<'a, T> {
    fn of(list: &'a [T], items: usize) -> Self {
        Self { list, is_walked: list.len() / 16 < items }
    }

    /// Whether the item, which is none of those before the last one asked for, is in the list.
    #[inline]
    fn has(&mut self, item: T) -> bool {
        let passed = if self.is_walked {
            self.list.iter().take_while(|other| **other < item).count()
        } else {
            self.list.partition_point(|other| *other < item)
        };
        self.list = self.list.get(passed..).unwrap_or_default();
        self.list.first() == Some(&item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sets() {
        assert_eq!(without(&[1, 2, 4, 7], &[0, 2, 3, 7, 9]), [1, 4]);
        assert_eq!(without(&[1, 2], &[]), [1, 2]);
        assert_eq!(union([&[2, 4][..], &[1, 4, 5]].into_iter()), [1, 2, 4, 5]);
        assert_eq!(common(&[1, 2, 5], &[2, 3, 5]), [2, 5]);
        assert!(meet(&[1, 5], &[2, 3, 5, 6]) && !meet(&[1, 5], &[2, 3]) && !meet::<u8>(&[], &[1]));
    }

    #[test]
    fn long_lists_are_searched() {
        let long: Vec<u32> = (0..1000).map(|n| n * 2).collect();
        assert_eq!(common(&[3, 4, 1998, 2001], &long), [4, 1998]);
        assert_eq!(without(&[3, 4, 1998, 2001], &long), [3, 2001]);
        assert!(meet(&long, &[5, 6]) && !meet(&long, &[5, 7]));
    }
}
