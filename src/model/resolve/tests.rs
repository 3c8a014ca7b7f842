//! Policy tests.

use super::condition::Setting;
use super::intake::Intake;
use super::selection::Strictness;
use super::{Given, Layer, Resolver};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest, quoted_list};
use crate::model::{Assertion, AssertionKind, Origin, PolicyTest};
use crate::syntax::ast;
use crate::terms::{EntityKind, ReasonCode};
use crate::text::{AppId, DeveloperId, Id};

declare_code! {
    /// A word after `with` that no denial ever carries.
    UNKNOWN_REASON = Resolve, Error, "unknown-reason", "a word after `with` that is no reason of a denial"
}

/// The reasons for which an install can be denied: what `deny … with` may name.
const REASONS: &[ReasonCode] = &[
    ReasonCode::Unavailable,
    ReasonCode::Blocked,
    ReasonCode::ApprovalRequired,
    ReasonCode::AdminManaged,
    ReasonCode::MissingScopes,
    ReasonCode::UnknownFact,
];

impl Resolver<'_> {
    /// Users whom a `given` describes exist, and its facts are checked as any others are.
    pub(super) fn resolve_givens(&mut self, out: &mut Sink) {
        let tests = std::mem::take(&mut self.todo.tests);
        let entities = || tests.iter().flat_map(|(_, test)| &test.given);
        for entity in entities().filter(|entity| entity.kind == EntityKind::User) {
            self.named_user(&entity.name.text, entity.name.span, Origin::Given);
        }
        let mut intake = Intake::new(self, Layer::PROJECT);
        for entity in entities() {
            intake.check_given(entity, out);
        }
        self.todo.tests = tests;
    }

    pub(super) fn resolve_tests(&mut self, out: &mut Sink) {
        let mut tests = std::mem::take(&mut self.todo.tests);
        tests.sort_by_key(|(item, _)| item.span);
        for (item, test) in tests {
            self.given = self.given_names(&test.given);
            let assertions = test.assertions.iter().map(|assertion| self.assertion(assertion, out)).collect();
            self.given = Given::default();
            let name = self.model.names.intern(&test.name.text);
            self.model.tests.push(PolicyTest {
                span: item.span,
                name,
                name_span: test.name.span,
                at: test.at.map(|at| at.value),
                given: test.given.clone(),
                assertions,
            });
        }
    }

    /// The apps and developers that entities bring into being, with the ids that `assume` would give them.
    pub(super) fn given_names(&mut self, entities: &[ast::Entity]) -> Given {
        let mut given = Given::default();
        let (apps, developers) = (self.model.apps.len(), self.model.developers.len());
        for (kind, name) in entities.iter().flat_map(named_by) {
            let symbol = self.model.names.intern(&name.text);
            match kind {
                EntityKind::App if self.model.lookup.apps.get(symbol).is_none() => {
                    let next = AppId::from_index(apps + given.apps.len());
                    given.apps.entry(symbol).or_insert(next);
                }
                EntityKind::Developer if self.model.lookup.developers.get(symbol).is_none() => {
                    let next = DeveloperId::from_index(developers + given.developers.len());
                    given.developers.entry(symbol).or_insert(next);
                }
                _ => {}
            }
        }
        given
    }

    fn assertion(&mut self, assertion: &ast::Assertion, out: &mut Sink) -> Assertion {
        let kind = match &assertion.kind {
            ast::AssertionKind::Allow => AssertionKind::Allow,
            ast::AssertionKind::Only => AssertionKind::Only,
            ast::AssertionKind::Deny { with } => {
                AssertionKind::Deny(with.iter().filter_map(|name| reason(name, out)).collect())
            }
        };
        Assertion {
            span: assertion.span,
            kind,
            people: self.people(&assertion.people, Strictness::Warning, out),
            apps: self.app_selection(&assertion.apps, out),
            condition: assertion.when.as_ref().map(|when| self.condition(when, Setting::PLAIN, out)),
        }
    }
}

/// What an entity names that exists by it: itself, and for an app its developer.
pub(super) fn named_by(entity: &ast::Entity) -> Vec<(EntityKind, &ast::Name)> {
    let mut named = vec![(entity.kind, &entity.name)];
    if entity.kind == EntityKind::App {
        let developer = entity.fields.iter().find(|field| field.key.text == "developer");
        if let Some([value]) = developer.map(|field| field.values.as_slice()) {
            named.push((EntityKind::Developer, &value.name));
        }
    }
    named
}

fn reason(name: &ast::Name, out: &mut Sink) -> Option<ReasonCode> {
    let found = ReasonCode::from_name(&name.text).filter(|code| REASONS.contains(code));
    if found.is_none() {
        let known: Vec<&str> = REASONS.iter().map(|code| code.name()).collect();
        let help = match nearest(&name.text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("a denial has one or more of {}", quoted_list(&known, "and")),
        };
        let message = format!("no install is denied with the reason `{}`", name.text);
        out.push(Diagnostic::new(&UNKNOWN_REASON, name.span, message).help(help));
    }
    found
}
