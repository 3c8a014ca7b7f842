//! Which facts are not known, and which tests of a condition decide.

use std::collections::HashSet;

use super::story::Story;
use crate::decision::UnknownFact;
use crate::eval::truth::Truth;
use crate::program::{Ask, Comparand, Gaps, Node, Rule, Selector, SelectorId, Subject, Test};
use crate::terms::{EntityKind, Stage};
use crate::text::{AllowlistId, RuleId};

impl<'a> Story<'a> {
    /// A fact about the app.
    pub(super) fn app_fact(&self, fact: &str) -> UnknownFact {
        let entity = format!("app:{}", self.program.app_name(self.app.id));
        UnknownFact { entity, fact: fact.to_owned() }
    }

    /// The fact without which the kind of the app's developer is not known.
    pub(super) fn kind_fact(&self) -> UnknownFact {
        self.developer_fact("kind")
    }

    /// A fact about the app's developer; where that is not known, who it is.
    fn developer_fact(&self, fact: &str) -> UnknownFact {
        let developer = self.app.row.developer.and_then(|id| self.program.apps.developers.get(id));
        match developer {
            Some(developer) => UnknownFact {
                entity: format!("developer:{}", self.program.names.text(developer.name)),
                fact: fact.to_owned(),
            },
            None => self.app_fact("developer"),
        }
    }

    /// The facts without which it is not known whether the app is available.
    pub(super) fn availability_facts(&self) -> Vec<UnknownFact> {
        let row = self.app.row;
        let mut facts = Vec::new();
        match row.stage {
            None => facts.push(self.app_fact("stage")),
            Some(Stage::Beta) if row.beta_until.is_none() => facts.push(self.app_fact("beta-until")),
            _ => {}
        }
        if row.developer_kind.is_none() {
            facts.push(self.kind_fact());
        }
        facts
    }

    /// The facts without which it is not known whether the rule selects the app under its condition.
    pub(super) fn undecided_facts(&self, rule: RuleId) -> Vec<UnknownFact> {
        let mut facts = self.selection_facts(rule);
        if let Some(row) = self.rule(rule) {
            for (test, truth) in self.deciding_tests(row) {
                if truth == Truth::Unknown {
                    facts.extend(self.test_facts(test));
                }
            }
        }
        facts.sort();
        facts.dedup();
        facts
    }

    /// The facts without which it is not known whether the rule selects the app, conditions aside.
    pub(super) fn selection_facts(&self, rule: RuleId) -> Vec<UnknownFact> {
        let rules = &self.program.rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else {
            return Vec::new();
        };
        let mut facts = Vec::new();
        for list in [text.apps.of(&rules.selectors), row.apps_except.of(&rules.selectors)] {
            if self.app.selected_by_any(list) == Truth::Unknown {
                let unknown = list.iter().filter(|&&one| self.app.selected_by(one) == Truth::Unknown);
                facts.extend(unknown.flat_map(|&selector| self.selector_facts(selector)));
            }
        }
        facts
    }

    /// The facts without which it is not known whether a selector selects the app.
    fn selector_facts(&self, selector: SelectorId) -> Vec<UnknownFact> {
        let selector = self.program.apps.selector(selector);
        let gaps = [
            (Gaps::DEVELOPER, self.app_fact("developer")),
            (Gaps::KIND, self.kind_fact()),
            (Gaps::LISTING, self.app_fact("listing")),
        ];
        let leads = |gap: u8, lists: &HashSet<AllowlistId>| match selector {
            Selector::InAllowlist(list) => lists.contains(&list),
            Selector::ByDeveloper(_) => gap == Gaps::DEVELOPER,
            Selector::Internal => gap == Gaps::KIND,
            Selector::Listed | Selector::Unlisted => gap == Gaps::LISTING,
            Selector::All | Selector::App(_) => false,
        };
        let gaps = gaps.into_iter().zip(self.gap_lists());
        gaps.filter(|((gap, _), lists)| self.app.row.gaps.0 & gap != 0 && leads(*gap, lists))
            .map(|((_, fact), _)| fact)
            .collect()
    }

    /// The tests that make the rule's condition what it is, each with its own truth.
    pub(super) fn deciding_tests(&self, row: &Rule) -> Vec<(&'a Test, Truth)> {
        let mut tests = Vec::new();
        if let Some(condition) = row.condition {
            self.collect(condition.0 as usize, &mut tests);
        }
        tests
    }

    /// Of a node's parts those decide that are what the whole is. Recursive: the language bounds how deep conditions nest.
    fn collect(&self, at: usize, tests: &mut Vec<(&'a Test, Truth)>) {
        let conditions = &self.program.conditions;
        match conditions.nodes.get(at) {
            Some(&Node::And { end } | &Node::Or { end }) => {
                let (whole, _) = self.node(at);
                let mut part = at + 1;
                while part < end as usize {
                    let (truth, next) = self.node(part);
                    if truth == whole {
                        self.collect(part, tests);
                    }
                    part = next;
                }
            }
            Some(Node::Not) => self.collect(at + 1, tests),
            Some(&Node::Test(test)) => {
                if let Some(test) = conditions.tests.get(test as usize) {
                    tests.push((test, self.test(test)));
                }
            }
            None => {}
        }
    }

    /// The facts that a test looks at and that are not known.
    pub(super) fn test_facts(&self, test: &Test) -> Vec<UnknownFact> {
        let mut facts: Vec<UnknownFact> = self.subject_fact(test.subject).into_iter().collect();
        let comparands = match &test.ask {
            Ask::Is(comparand) | Ask::IsNot(comparand) | Ask::Compare(_, comparand) => {
                std::slice::from_ref(comparand)
            }
            Ask::In(run) => run.of(&self.program.conditions.comparands),
            _ => &[],
        };
        facts.extend(comparands.iter().filter_map(|comparand| match comparand {
            Comparand::Subject(subject) => self.subject_fact(*subject),
            _ => None,
        }));
        facts
    }

    /// The fact that a subject needs, where it is not known.
    fn subject_fact(&self, subject: Subject) -> Option<UnknownFact> {
        let known = match subject {
            Subject::UserRoles | Subject::UserGroups => true,
            Subject::AppScopes | Subject::AppRequiredScopes | Subject::AppOptionalScopes => {
                self.scopes_of(subject).is_some()
            }
            _ => self.scalar(subject).is_some(),
        };
        if known {
            return None;
        }
        Some(match subject {
            Subject::AppDeveloper => self.app_fact("developer"),
            Subject::AppDeveloperKind => self.kind_fact(),
            Subject::AppListing => self.app_fact("listing"),
            Subject::AppStage => self.app_fact("stage"),
            Subject::AppManagedBy => self.app_fact("managed-by"),
            Subject::AppScopes | Subject::AppRequiredScopes => self.app_fact("scopes"),
            Subject::Attribute(id) => {
                let attribute = self.program.attributes.get(id)?;
                let name = self.program.names.text(attribute.name);
                match attribute.owner {
                    EntityKind::User => UnknownFact {
                        entity: format!("user:{}", self.program.user_name(self.person.id)),
                        fact: name.to_owned(),
                    },
                    EntityKind::App => self.app_fact(name),
                    EntityKind::Developer => self.developer_fact(name),
                }
            }
            Subject::AppId
            | Subject::AppOptionalScopes
            | Subject::UserEmail
            | Subject::UserDomain
            | Subject::UserRoles
            | Subject::UserGroups => return None,
        })
    }
}
