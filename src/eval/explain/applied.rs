//! Blocks and withholds that apply, how they come to apply, and what lifts them.

use super::places::{because, rule_ref};
use super::story::Story;
use crate::decision::{BlockedHow, Ground};
use crate::eval::scopes::name_of;
use crate::eval::truth::Truth;
use crate::program::{Ask, RuleKind, Selector, SelectorId, Test};
use crate::text::{AllowlistId, RuleId};

/// The blocks or withholds that apply or may apply to the user and the app.
#[derive(Default)]
pub(super) struct Applied {
    /// Those that nothing lifts, in order.
    pub(super) standing: Vec<RuleId>,
    /// Those that some waiver lifts, in order.
    pub(super) lifted: Vec<RuleId>,
}

impl<'a> Story<'a> {
    /// The blocks or withholds that apply or may apply.
    pub(super) fn applied(&self, kind: RuleKind) -> Applied {
        let mut found = Vec::new();
        for selectors in [self.app.list(kind), self.app.unknown] {
            self.any_rule(kind, selectors, u64::MAX, |rule| {
                if self.may_apply(rule) {
                    found.push(rule);
                }
                false
            });
        }
        found.sort_unstable();
        found.dedup();
        let (lifted, standing) = found.into_iter().partition(|&rule| self.waived(rule));
        Applied { standing, lifted }
    }

    /// Whether a block or withhold that may apply surely does.
    pub(super) fn surely_applies(&self, rule: RuleId) -> bool {
        let condition = self.rule(rule).map_or(Truth::Unknown, |row| self.condition(row));
        self.selects_app(rule).and(condition) == Truth::True
    }

    /// The waivers that lift the rules, each as a ground, in the order of the waivers.
    pub(super) fn waiver_grounds(&self, lifted: &[RuleId]) -> Vec<Ground> {
        let mut waivers: Vec<(RuleId, RuleId)> =
            lifted.iter().flat_map(|&rule| self.waivers(rule).map(move |waiver| (waiver, rule))).collect();
        waivers.sort_unstable();
        let ground = |(waiver, rule)| {
            Some(Ground::Waiver {
                rule: rule_ref(self.program, waiver, false)?,
                because: because(self.program, waiver),
                lifts: rule_ref(self.program, rule, true)?,
            })
        };
        waivers.into_iter().filter_map(ground).collect()
    }

    /// How a block or withhold comes to apply.
    pub(super) fn how(&self, rule: RuleId) -> BlockedHow {
        if !self.words {
            return BlockedHow::default();
        }
        let rules = &self.program.rules;
        let selectors = rules.texts.get(rule).map_or(&[][..], |text| text.apps.of(&rules.selectors));
        let surely = selectors.iter().find(|&&selector| self.app.selected_by(selector) == Truth::True);
        let mut app: Vec<String> =
            surely.and_then(|&selector| self.how_selector(selector)).into_iter().collect();
        if let Some(row) = self.rule(rule) {
            let tests = self.deciding_tests(row);
            let known = tests.iter().filter(|(_, truth)| *truth != Truth::Unknown);
            app.extend(known.map(|&(test, truth)| self.how_test(test, truth)));
        }
        BlockedHow { user: self.how_user(rule), app: app.join(", and "), unknown: self.undecided_facts(rule) }
    }

    /// How a selector that surely selects the app does; `None`: it names the app itself or all apps.
    fn how_selector(&self, selector: SelectorId) -> Option<String> {
        let app = self.program.app_name(self.app.id);
        match self.program.apps.selector(selector) {
            Selector::All | Selector::App(_) => None,
            Selector::Listed => Some(format!("`{app}` is listed")),
            Selector::Unlisted => Some(format!("`{app}` is unlisted")),
            Selector::Internal => Some(format!("`{app}` is internal")),
            Selector::ByDeveloper(_) => Some(format!("`{app}` is by `{}`", self.developer_name())),
            Selector::InAllowlist(list) => Some(self.how_listed(app, list)),
        }
    }

    /// Through which allowlists the app is in one.
    fn how_listed(&self, app: &str, list: AllowlistId) -> String {
        let lists = &self.program.apps.allowlists;
        let reach = self.allowlists();
        let start = reach.start(list);
        let path = reach.path(list, "which is in", |list| self.allowlist_name(list));
        let listing = |selector: &Selector| lists.listing(*selector).binary_search(&start).is_ok();
        let base = self.app.row.base(self.app.id).into_iter().filter(listing);
        // Being named oneself is the plainest reason.
        let base = base.max_by_key(|selector| (matches!(selector, Selector::App(_)), *selector));
        match base {
            Some(Selector::All) => format!("all apps are in allowlist {path}"),
            Some(Selector::Listed) => format!("`{app}` is listed, and listed apps are in allowlist {path}"),
            Some(Selector::Unlisted) => {
                format!("`{app}` is unlisted, and unlisted apps are in allowlist {path}")
            }
            Some(Selector::Internal) => {
                format!("`{app}` is internal, and internal apps are in allowlist {path}")
            }
            Some(Selector::ByDeveloper(_)) => {
                format!("`{app}` is by `{}`, whose apps are in allowlist {path}", self.developer_name())
            }
            Some(Selector::App(_) | Selector::InAllowlist(_)) | None => {
                format!("`{app}` is in allowlist {path}")
            }
        }
    }

    /// What a test found.
    pub(super) fn how_test(&self, test: &Test, truth: Truth) -> String {
        if let (Ask::AnyScope(list), Truth::True) = (test.ask, truth)
            && let Some(stored) = self.program.scopes.list(list)
            && let Some((some, others)) = self.scopes_of(test.subject)
        {
            let (scopes, names) = (&self.program.scopes, &self.program.names);
            let asked = some.iter().chain(others).copied().find(|&scope| self.belongs(list, scope));
            let found =
                asked.and_then(|scope| Some((scope, self.scopes.first_match(self.program, stored, scope)?)));
            if let Some((scope, matched)) = found {
                let app = self.program.app_name(self.app.id);
                let scope_name = name_of(scopes, names, scope);
                return if scope == matched {
                    format!("`{app}` asks for `{scope_name}`")
                } else {
                    let implied = name_of(scopes, names, matched);
                    format!("`{app}` asks for `{scope_name}`, which implies `{implied}`")
                };
            }
        }
        let text = self.program.names.text(test.text);
        match truth {
            Truth::True => format!("`{text}` is true"),
            Truth::False => format!("`{text}` is false"),
            Truth::Unknown => format!("`{text}` is not known"),
        }
    }

    fn developer_name(&self) -> &'a str {
        let developer = self.app.row.developer.and_then(|id| self.program.apps.developers.get(id));
        developer.map_or("", |developer| self.program.names.text(developer.name))
    }

    fn allowlist_name(&self, list: AllowlistId) -> &'a str {
        self.program.apps.allowlists.names.get(list).map_or("", |&name| self.program.names.text(name))
    }
}
