//! The lists of a project's own policies, as the model has them.

use crate::lint::Context;
use crate::model::{
    AppSelection, AppSelector, Assertion, Condition, Effect, People, Principal, PrincipalKind, ScopeTerm,
    SetTerms, Test,
};

/// Calls `each` with every list of people that the project's own policies write.
pub(super) fn people<'m>(context: &Context<'m>, mut each: impl FnMut(&[Principal])) {
    for people in selections_of_people(context) {
        each(&people.include);
        each(&people.except);
    }
    let mut entries = Vec::new();
    for group in context.model.groups.iter() {
        entries.clear();
        let users = group.members.iter().map(|user| (PrincipalKind::User(user.id), user.span));
        let groups = group.groups.iter().map(|group| (PrincipalKind::Group(group.id), group.span));
        let own = users.chain(groups).filter(|(_, span)| context.is_own(*span));
        entries.extend(own.map(|(kind, span)| Principal { kind, span }));
        entries.sort_by_key(|entry| entry.span);
        each(&entries);
    }
}

/// Every selection of people that the project's own policies write.
pub(super) fn selections_of_people<'m>(context: &Context<'m>) -> impl Iterator<Item = &'m People> {
    let model = context.model;
    let rules = model.rules.iter().filter_map(|rule| rule.people.as_ref());
    let tests = assertions(context).map(|assertion| &assertion.people);
    let accepts = model.accepts.iter().map(|accept| &accept.people);
    let context = *context;
    rules.chain(tests).chain(accepts).filter(move |people| context.is_own(people.span))
}

/// Calls `each` with every list of apps that the project's own policies write.
pub(super) fn apps<'m>(context: &Context<'m>, mut each: impl FnMut(&[AppSelector])) {
    for apps in selections_of_apps(context) {
        each(&apps.include);
        each(&apps.except);
    }
    for list in context.model.allowlists.iter().filter(|list| context.is_own(list.span)) {
        each(&list.selectors);
    }
}

/// Every selection of apps that the project's own policies write.
pub(super) fn selections_of_apps<'m>(context: &Context<'m>) -> impl Iterator<Item = &'m AppSelection> {
    let model = context.model;
    let rules = model.rules.iter().filter_map(|rule| rule.apps.as_ref());
    let tests = assertions(context).map(|assertion| &assertion.apps);
    let accepts = model.accepts.iter().map(|accept| &accept.apps);
    let context = *context;
    rules.chain(tests).chain(accepts).filter(move |apps| context.is_own(apps.span))
}

/// The assertions of tests that are about the facts as they are. What a `given` states may be just what makes an entry mean something.
fn assertions<'m>(context: &Context<'m>) -> impl Iterator<Item = &'m Assertion> {
    context.model.tests.iter().filter(|test| test.given.is_empty()).flat_map(|test| &test.assertions)
}

/// Calls `each` with every list of scopes that the project's own policies write.
pub(in crate::lint) fn scopes<'m>(context: &Context<'m>, mut each: impl FnMut(&'m [ScopeTerm])) {
    let model = context.model;
    for role in model.roles.iter().filter(|role| context.is_own(role.span)) {
        each(&role.scopes);
    }
    for set in model.scope_sets.iter().filter(|set| context.is_own(set.span)) {
        each(&set.terms);
    }
    for rule in model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        match &rule.effect {
            Effect::Withhold { scopes } | Effect::Approve { reviewed: Some(scopes) } => each(scopes),
            _ => {}
        }
        rule.condition.iter().for_each(|condition| in_condition(condition, &mut each));
    }
    for assertion in model.tests.iter().flat_map(|test| &test.assertions) {
        if context.is_own(assertion.span) {
            assertion.condition.iter().for_each(|condition| in_condition(condition, &mut each));
        }
    }
}

/// The lists of scopes in a condition. The parser's nesting limit bounds the recursion.
fn in_condition<'m>(condition: &'m Condition, each: &mut impl FnMut(&'m [ScopeTerm])) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            parts.iter().for_each(|part| in_condition(part, each));
        }
        Condition::Not(part) => in_condition(part, each),
        Condition::Test { test, .. } => {
            if let Test::AnyIn(SetTerms::Scopes(terms)) | Test::AllIn(SetTerms::Scopes(terms)) = test {
                each(terms);
            }
        }
        Condition::Invalid => {}
    }
}
