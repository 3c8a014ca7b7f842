//! Which principals and selectors rules and conditions name.

use crate::model::{
    AppSelection, AppSelectorKind, Condition, Model, People, PrincipalKind, SetTerms, Term, Test,
};
use crate::program::{Principal, PrincipalId, Selector, SelectorId};

/// The principals and selectors that have a number.
pub(super) struct Named {
    /// Principals in ascending order.
    pub(super) principals: Vec<Principal>,
    /// Selectors in ascending order.
    pub(super) selectors: Vec<Selector>,
}

impl Named {
    /// Those that the rules of the model and these terms name.
    pub(super) fn of(model: &Model, terms: &[Term]) -> Self {
        let mut principals = vec![Principal::Everyone];
        let mut selectors = vec![Selector::All];
        let mut all_groups = false;
        let rules = model.rules.iter().map(|rule| (&rule.people, &rule.apps, &rule.condition));
        let terms = terms.iter().map(|term| (&term.people, &term.apps, &term.condition));
        for (people, apps, condition) in rules.chain(terms) {
            if let Some(people) = people {
                let all = people.include.iter().chain(&people.except);
                principals.extend(all.map(|one| principal(one.kind)));
            }
            if let Some(apps) = apps {
                let all = apps.include.iter().chain(&apps.except);
                selectors.extend(all.map(|one| selector(one.kind)));
            }
            if let Some(condition) = condition {
                all_groups |= name_groups(condition, &mut principals);
            }
        }
        if all_groups {
            principals.extend(model.groups.ids().map(Principal::Group));
        }
        Self { principals: sorted(principals), selectors: sorted(selectors) }
    }

    /// The numbers of principals, sorted.
    pub(super) fn principal_ids(&self, principals: impl Iterator<Item = Principal>) -> Vec<PrincipalId> {
        numbers(&self.principals, principals).into_iter().map(PrincipalId).collect()
    }

    /// The numbers of selectors, sorted.
    pub(super) fn selector_ids(&self, selectors: impl Iterator<Item = Selector>) -> Vec<SelectorId> {
        numbers(&self.selectors, selectors).into_iter().map(SelectorId).collect()
    }

    /// Whom a rule names and whom it excepts; without `people` it is for everyone.
    pub(super) fn people(&self, people: Option<&People>) -> (Vec<PrincipalId>, Vec<PrincipalId>) {
        let Some(people) = people else { return (vec![PrincipalId::EVERYONE], Vec::new()) };
        let ids =
            |list: &[crate::model::Principal]| self.principal_ids(list.iter().map(|one| principal(one.kind)));
        (ids(&people.include), ids(&people.except))
    }

    /// Which apps a rule names and which it excepts; without `apps` it is for all.
    pub(super) fn apps(&self, apps: Option<&AppSelection>) -> (Vec<SelectorId>, Vec<SelectorId>) {
        let Some(apps) = apps else { return (vec![SelectorId::ALL], Vec::new()) };
        let ids =
            |list: &[crate::model::AppSelector]| self.selector_ids(list.iter().map(|one| selector(one.kind)));
        (ids(&apps.include), ids(&apps.except))
    }
}

fn numbers<T: Ord>(all: &[T], some: impl Iterator<Item = T>) -> Vec<u32> {
    sorted(some.filter_map(|one| u32::try_from(all.binary_search(&one).ok()?).ok()).collect())
}

/// The same things in ascending order, each once.
pub(super) fn sorted<T: Ord>(mut things: Vec<T>) -> Vec<T> {
    things.sort_unstable();
    things.dedup();
    things
}

/// The groups that a condition's tests look for have numbers like principals; true where a test looks at all groups of a user.
fn name_groups(condition: &Condition, principals: &mut Vec<Principal>) -> bool {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            let mut all = false;
            for part in parts {
                all |= name_groups(part, principals);
            }
            all
        }
        Condition::Not(part) => name_groups(part, principals),
        Condition::Test { test, .. } => match test {
            Test::AnyIn(SetTerms::Groups(groups)) | Test::Contains(SetTerms::Groups(groups)) => {
                principals.extend(groups.iter().map(|&group| Principal::Group(group)));
                false
            }
            Test::AllIn(SetTerms::Groups(_)) => true,
            _ => false,
        },
        Condition::Invalid => false,
    }
}

/// The program's principal for the model's.
pub(super) fn principal(kind: PrincipalKind) -> Principal {
    match kind {
        PrincipalKind::User(user) => Principal::User(user),
        PrincipalKind::Group(group) => Principal::Group(group),
        PrincipalKind::Role(role) => Principal::Role(role),
        PrincipalKind::Everyone => Principal::Everyone,
    }
}

/// The program's selector for the model's.
pub(super) fn selector(kind: AppSelectorKind) -> Selector {
    match kind {
        AppSelectorKind::App(app) => Selector::App(app),
        AppSelectorKind::ByDeveloper(developer) => Selector::ByDeveloper(developer),
        AppSelectorKind::InAllowlist(list) => Selector::InAllowlist(list),
        AppSelectorKind::Listed => Selector::Listed,
        AppSelectorKind::Unlisted => Selector::Unlisted,
        AppSelectorKind::Internal => Selector::Internal,
        AppSelectorKind::All => Selector::All,
    }
}
