//! Terms of approval.

use super::Resolver;
use super::condition::Setting;
use super::selection::Strictness;
use crate::diagnostics::Sink;
use crate::model::Term;
use crate::syntax::Selection;

impl Resolver<'_> {
    /// Resolves what the settings' terms of approval are about.
    pub(super) fn resolve_terms(&mut self, terms: &[Selection], out: &mut Sink) {
        for term in terms {
            let term = Term {
                apps: term.apps.as_ref().map(|apps| self.app_selection(apps, out)),
                condition: term.when.as_ref().map(|when| self.condition(when, Setting::PLAIN, out)),
                people: term.people.as_ref().map(|people| self.people(people, Strictness::Warning, out)),
            };
            self.model.terms.push(term);
        }
    }
}
