//! Whether rules select a user and an app.

use super::case::Case;
use super::lookup::{Person, Target};
use super::truth::Truth;
use crate::program::{Entry, PrincipalId, RuleKind, SelectorId};
use crate::text::{Id, RuleId, ScopeId};

/// One of 64 bits for each scope: [`RuleIndex::filters`](crate::program::RuleIndex::filters).
#[inline]
pub(crate) fn scope_bits(scopes: &[ScopeId]) -> u64 {
    scopes.iter().fold(0, |bits, scope| bits | 1 << (scope.index() % 64))
}

impl Person<'_> {
    /// Whether a numbered principal selects the user.
    #[inline]
    pub(super) fn has(&self, principal: PrincipalId) -> bool {
        self.filter & principal.filter() != 0
            && (self.principals.binary_search(&principal).is_ok()
                || self.roles.principals.binary_search(&principal).is_ok())
    }

    /// Whether any of a sorted list of principals selects the user.
    #[inline]
    pub(super) fn has_any(&self, list: &[PrincipalId]) -> bool {
        if list.len() <= 16 {
            return list.iter().any(|&principal| self.has(principal));
        }
        self.all().any(|principal| list.binary_search(&principal).is_ok())
    }

    /// All numbered principals that select the user.
    pub(super) fn all(&self) -> impl Iterator<Item = PrincipalId> {
        self.principals.iter().chain(&self.roles.principals).copied()
    }
}

impl Target<'_> {
    /// Whether a numbered selector selects the app.
    pub(super) fn selected_by(&self, selector: SelectorId) -> Truth {
        if self.selectors.binary_search(&selector).is_ok() {
            Truth::True
        } else if self.unknown.binary_search(&selector).is_ok() {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether any of a sorted list of selectors selects the app.
    #[inline]
    pub(super) fn selected_by_any(&self, list: &[SelectorId]) -> Truth {
        if list.len() <= 16 {
            return list.iter().fold(Truth::False, |any, &one| any.or(self.selected_by(one)));
        }
        let listed = |selectors: &[SelectorId]| selectors.iter().any(|one| list.binary_search(one).is_ok());
        if listed(self.selectors) {
            Truth::True
        } else if listed(self.unknown) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

impl Case<'_> {
    /// Whether the rule selects the user.
    pub(crate) fn selects_person(&self, rule: RuleId) -> bool {
        let rules = &self.program.rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else { return false };
        self.person.has_any(text.people.of(&rules.principals))
            && !self.person.has_any(row.people_except.of(&rules.principals))
    }

    /// Whether the rule selects the app, conditions aside.
    pub(crate) fn selects_app(&self, rule: RuleId) -> Truth {
        let rules = &self.program.rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else {
            return Truth::False;
        };
        let except = self.app.selected_by_any(row.apps_except.of(&rules.selectors));
        self.app.selected_by_any(text.apps.of(&rules.selectors)).and(except.not())
    }

    /// Whether any rule of the kind that one of `selectors` leads to names the user and passes `test`. A rule may be tested twice. Of
    /// withholds only those are tested that may take one of the scopes whose [bits](scope_bits) are given.
    #[inline]
    pub(crate) fn any_rule(
        &self,
        kind: RuleKind,
        selectors: &[SelectorId],
        scopes: u64,
        mut test: impl FnMut(RuleId) -> bool,
    ) -> bool {
        let index = self.program.rules.index(kind);
        selectors.iter().any(|&selector| {
            let head = index.head(selector);
            // Someone in more groups than the list has entries is sooner found by reading the list.
            if head.slots.is_empty() || head.entries.len() <= self.person.principals.len() {
                let mut rules = index.rules(head.entries, scopes);
                return rules.any(|entry| self.is_named(entry) && test(entry.rule));
            }
            self.person.all().chain([Entry::ANYBODY]).any(|principal| {
                let mut rules = index.rules(index.of_principal(head, principal), scopes);
                rules.any(|entry| (principal != Entry::ANYBODY || self.is_named(entry)) && test(entry.rule))
            })
        })
    }

    /// The rules in force of the kind that name one of the selectors which surely select the app, or may, and that take one of the scopes
    /// whose [bits](scope_bits) are given, if they take any; whomever they name; not by the one that is passed over. Sorted.
    pub(crate) fn rules_about(
        &self,
        kind: RuleKind,
        scopes: u64,
        passed_over: Option<SelectorId>,
    ) -> Vec<RuleId> {
        let index = self.program.rules.index(kind);
        let selectors =
            self.app.list(kind).iter().chain(self.app.unknown).filter(|one| Some(**one) != passed_over);
        let entries = selectors.flat_map(|&selector| index.rules(index.head(selector).entries, scopes));
        let in_force = |rule: &RuleId| self.rule(*rule).is_some_and(|row| self.in_force(row));
        let mut rules: Vec<RuleId> = entries.map(|entry| entry.rule).filter(in_force).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// Whether an entry's rule names the user, exceptions aside.
    #[inline]
    fn is_named(&self, entry: &Entry) -> bool {
        if entry.principal != Entry::ANYBODY {
            return self.person.has(entry.principal);
        }
        let rules = &self.program.rules;
        rules.texts.get(entry.rule).is_some_and(|text| self.person.has_any(text.people.of(&rules.principals)))
    }
}
