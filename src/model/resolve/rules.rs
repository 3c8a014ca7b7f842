//! Rules and accepted widenings.

use super::Resolver;
use super::condition::Setting;
use super::selection::Strictness;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Accept, Effect, Origin, Period, Rule};
use crate::syntax::ast;
use crate::terms::fold_email;
use crate::text::{Id, RuleId, Span, Symbol};

declare_code! {
    /// A `waive` of something other than a block or withhold.
    NOT_WAIVABLE = Resolve, Error, "not-waivable", "a waived rule that is neither a `block` nor a `withhold`"
}

impl Resolver<'_> {
    /// Resolves all rules in the order of files and then of text, exemptions of the account included.
    pub(super) fn resolve_rules(&mut self, out: &mut Sink) {
        let mut rules = std::mem::take(&mut self.todo.rules);
        rules.extend(self.exemptions());
        rules.sort_by_key(|rule| rule.span);
        self.model.rules.reserve(rules.len());
        for (at, rule) in rules.iter().enumerate() {
            if let Some(id) = &rule.clauses.id {
                let symbol = self.model.names.intern(&id.text);
                if self.model.lookup.rules.get(symbol).is_none() {
                    self.model.lookup.rules.insert(symbol, RuleId::from_index(at));
                }
            }
        }
        for rule in &rules {
            let rule = self.rule(rule, out);
            self.model.rules.push(rule);
        }
        self.check_waives(&rules, out);
        for accept in std::mem::take(&mut self.todo.accepts) {
            self.accept(accept, out);
        }
    }

    fn rule(&mut self, rule: &ast::Rule, out: &mut Sink) -> Rule {
        let strict = matches!(rule.kind, ast::RuleKind::Block | ast::RuleKind::Withhold { .. });
        let setting = Setting { exempt: matches!(rule.kind, ast::RuleKind::Exempt), strict };
        let strictness = if strict { Strictness::Error } else { Strictness::Warning };
        let effect = self.effect(&rule.kind, out);
        let clauses = &rule.clauses;
        Rule {
            span: rule.span,
            head: rule.head,
            effect,
            apps: rule.apps.as_ref().map(|apps| self.app_selection(apps, out)),
            people: rule.people.as_ref().map(|people| self.people(people, strictness, out)),
            condition: rule.when.as_ref().map(|when| self.condition(when, setting, out)),
            condition_spans: rule.when.as_ref().map(condition_spans).unwrap_or_default(),
            period: period(clauses),
            owner: clauses.owner.as_ref().map(|owner| self.owner(owner, out)),
            id: clauses.id.as_ref().map(|id| (self.model.names.intern(&id.text), id.span)),
            because: clauses.because.as_ref().map(|because| self.model.names.intern(&because.text)),
        }
    }

    fn effect(&mut self, kind: &ast::RuleKind, out: &mut Sink) -> Effect {
        match kind {
            ast::RuleKind::Approve { reviewed } => Effect::Approve {
                reviewed: reviewed.as_ref().map(|reviewed| self.scope_terms(&reviewed.value, out)),
            },
            ast::RuleKind::Block => Effect::Block,
            ast::RuleKind::Withhold { scopes } => Effect::Withhold { scopes: self.scope_terms(scopes, out) },
            ast::RuleKind::Waive { rule } => Effect::Waive { rule: self.model.rule(&rule.text) },
            ast::RuleKind::Grant { role } => Effect::Grant { role: self.role(role, out).map(|role| role.id) },
            ast::RuleKind::Exempt => Effect::Exempt,
        }
    }

    /// Who answers for a rule. An owner does not come into being by that.
    fn owner(&mut self, owner: &ast::Name, out: &mut Sink) -> (Symbol, Span) {
        let symbol = self.model.names.intern(&fold_email(&owner.text));
        let user = self.model.lookup.users.get(symbol);
        if user.is_none_or(|user| self.model.users.rows.at(user).origin == Origin::Named) {
            self.unknown_user(&owner.text, owner.span, Strictness::Warning, out);
        }
        (symbol, owner.span)
    }

    /// A `waive` lifts a block or withhold; that is known once all rules are.
    fn check_waives(&mut self, rules: &[&ast::Rule], out: &mut Sink) {
        for (id, rule) in self.model.rules.ids().zip(rules) {
            let ast::RuleKind::Waive { rule: name } = &rule.kind else { continue };
            let Effect::Waive { rule: target } = &self.model.rules.at(id).effect else { continue };
            let Some(target) = *target else {
                self.unknown_rule(name, out);
                continue;
            };
            let lifted = self.model.rules.at(target);
            if !matches!(lifted.effect, Effect::Block | Effect::Withhold { .. }) {
                out.push(not_waivable(name, lifted.effect.name(), lifted.head));
                self.model.rules.at_mut(id).effect = Effect::Waive { rule: None };
            }
        }
    }

    fn accept(&mut self, accept: &ast::Accept, out: &mut Sink) {
        let people = self.people(&accept.people, Strictness::Warning, out);
        let apps = self.app_selection(&accept.apps, out);
        let ast::Clauses { owner, until, because, .. } = &accept.clauses;
        let owner = owner.as_ref().map(|owner| self.owner(owner, out));
        // The parser sees to it that these three are there.
        let (Some((owner, _)), Some(until), Some(because)) = (owner, until, because) else { return };
        let because = self.model.names.intern(&because.text);
        self.model.accepts.push(Accept {
            span: accept.span,
            people,
            apps,
            owner,
            until: until.value,
            until_span: until.span,
            because,
        });
    }
}

/// Where a condition stands, then each part of an `and` or `or`.
fn condition_spans(condition: &ast::Condition) -> Vec<Span> {
    let parts = match &condition.kind {
        ast::ConditionKind::And(parts) | ast::ConditionKind::Or(parts) => parts.as_slice(),
        ast::ConditionKind::Not(_) | ast::ConditionKind::Test { .. } => &[],
    };
    std::iter::once(condition).chain(parts).map(|part| part.span).collect()
}

fn period(clauses: &ast::Clauses) -> Period {
    Period {
        starting: clauses.starting.map(|starting| starting.value),
        until: clauses.until.map(|until| until.value),
        until_span: clauses.until.map(|until| until.span),
    }
}

fn not_waivable(name: &ast::Name, keyword: &str, head: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(&NOT_WAIVABLE, name.span, format!("`{text}` is the id of a rule that cannot be waived"))
        .related(head, format!("this is a rule of kind `{keyword}`"))
        .help("a `waive` lifts a `block` or a `withhold`; end an approval or a grant by its `until`")
}
