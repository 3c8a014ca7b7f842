//! Rules.

use std::collections::BTreeSet;

use super::conditions::Conditions;
use super::naming::Named;
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::{self, Effect, Model, Term};
use crate::program::{Day, Rule, RuleEffect, RuleText, Rules, Run, Widening};
use crate::terms::Listing;
use crate::text::{RuleId, Span};

/// All rules of the model, without their indexes.
pub(super) fn rules<'m>(
    model: &'m Model,
    named: &Named,
    texts: &mut Texts<'m>,
    scopes: &mut ScopeLists<'m>,
    conditions: &mut Conditions<'m>,
) -> Rules {
    let mut rules = Rules::default();
    let listed: BTreeSet<RuleId> = model.account.listed.exempts.iter().copied().collect();
    let mut waivers: Vec<(RuleId, RuleId)> = Vec::new();
    for (id, rule) in model.rules.enumerate() {
        let (people, people_except) = named.people(rule.people.as_ref());
        let (apps, apps_except) = named.apps(rule.apps.as_ref());
        let scope_list = match &rule.effect {
            Effect::Approve { reviewed: Some(terms) } => Some((terms, Widening::Nothing)),
            Effect::Withhold { scopes } => Some((scopes, Widening::Implying)),
            _ => None,
        };
        let effect = effect(&listed, id, rule);
        if let RuleEffect::Waive(lifted) = effect {
            waivers.push((lifted, id));
        }
        rules.texts.push(text(
            rule,
            effect,
            add(&mut rules.principals, people),
            add(&mut rules.selectors, apps),
            texts,
        ));
        rules.rows.push(Rule {
            first: rule.period.starting.map_or(Day::ALWAYS_WAS, Day::from),
            last: rule.period.until.map_or(Day::ALWAYS_WILL_BE, Day::from),
            people_except: add(&mut rules.principals, people_except),
            apps_except: add(&mut rules.selectors, apps_except),
            condition: rule.condition.as_ref().map(|condition| conditions.add(condition, texts, scopes)),
            scopes: scope_list.map(|(terms, widening)| scopes.list(terms, widening, texts)),
            waivers: Run::default(),
        });
    }
    add_waivers(&mut rules, waivers);
    rules
}

/// Adds terms of approval: rules without any effect, under which only selections are looked up.
pub(super) fn add_terms<'m>(
    rules: &mut Rules,
    terms: &[Term],
    named: &Named,
    texts: &mut Texts<'m>,
    scopes: &mut ScopeLists<'m>,
    conditions: &mut Conditions<'m>,
) {
    let Some((file, _)) = texts.sources().files().next() else { return };
    // Nothing points at them.
    let head = Span::new(file, 0, 0);
    for term in terms {
        let (people, people_except) = named.people(term.people.as_ref());
        let (apps, apps_except) = named.apps(term.apps.as_ref());
        rules.texts.push(RuleText {
            effect: RuleEffect::Nothing,
            people: add(&mut rules.principals, people),
            apps: add(&mut rules.selectors, apps),
            file: texts.path(file),
            line: 1,
            column: 1,
            head,
            id: None,
            because: None,
            owner: None,
        });
        rules.rows.push(Rule {
            first: Day::ALWAYS_WAS,
            last: Day::ALWAYS_WILL_BE,
            people_except: add(&mut rules.principals, people_except),
            apps_except: add(&mut rules.selectors, apps_except),
            condition: term.condition.as_ref().map(|condition| conditions.add(condition, texts, scopes)),
            scopes: None,
            waivers: Run::default(),
        });
    }
}

fn add<T>(all: &mut Vec<T>, some: Vec<T>) -> Run {
    let start = all.len();
    all.extend(some);
    Run::since(start, all)
}

/// `listed` are the exemptions of listed apps.
fn effect(listed: &BTreeSet<RuleId>, id: RuleId, rule: &model::Rule) -> RuleEffect {
    match &rule.effect {
        Effect::Approve { .. } => RuleEffect::Approve,
        Effect::Block => RuleEffect::Block,
        Effect::Withhold { .. } => RuleEffect::Withhold,
        Effect::Waive { rule: Some(lifted) } => RuleEffect::Waive(*lifted),
        Effect::Grant { role: Some(role) } => RuleEffect::Grant(*role),
        Effect::Exempt if listed.contains(&id) => RuleEffect::Exempt(Listing::Listed),
        Effect::Exempt => RuleEffect::Exempt(Listing::Unlisted),
        Effect::Waive { rule: None } | Effect::Grant { role: None } => RuleEffect::Nothing,
    }
}

fn text(rule: &model::Rule, effect: RuleEffect, people: Run, apps: Run, texts: &mut Texts<'_>) -> RuleText {
    let start = texts.sources().start(rule.span);
    RuleText {
        effect,
        people,
        apps,
        file: texts.path(rule.span.file),
        line: start.line,
        column: start.column,
        head: rule.head,
        id: rule.id.map(|(id, _)| texts.name(id)),
        because: rule.because.map(|because| texts.name(because)),
        owner: rule.owner.map(|(owner, _)| texts.name(owner)),
    }
}

fn add_waivers(rules: &mut Rules, mut waivers: Vec<(RuleId, RuleId)>) {
    waivers.sort_unstable();
    let mut start = 0;
    for same in waivers.chunk_by(|a, b| a.0 == b.0) {
        if let Some(rule) = same.first().and_then(|&(lifted, _)| rules.rows.get_mut(lifted)) {
            rule.waivers = Run::new(start, same.len());
        }
        start += same.len();
    }
    rules.waivers = waivers.into_iter().map(|(_, waiver)| waiver).collect();
}
