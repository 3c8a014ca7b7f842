//! Every declared attribute is asked for, or at least known of somebody.

use rustc_hash::FxHashSet;

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Comparand, Condition, Subject, Test};
use crate::text::Id;

declare_code! {
    /// An attribute that no condition asks for and no fact states.
    UNUSED_ATTRIBUTE = Lint, Warning, "unused-attribute", "an attribute that no condition asks for and no fact states"
}

/// What facts state must be declared even where no condition asks for it, so only attributes without any value are unused.
pub(super) fn attributes_are_asked_for(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let unstated = |column: &[Option<_>]| column.iter().all(Option::is_none);
    let mut doubtful: Vec<bool> = model
        .attributes
        .iter()
        .map(|attribute| context.is_own(attribute.span) && unstated(&attribute.column))
        .collect();
    if !doubtful.contains(&true) {
        return;
    }
    let rules = model.rules.iter().filter_map(|rule| rule.condition.as_ref());
    let tests = model.tests.iter().flat_map(|test| &test.assertions).filter_map(|one| one.condition.as_ref());
    let terms = model.terms.iter().filter_map(|term| term.condition.as_ref());
    for condition in rules.chain(tests).chain(terms) {
        subjects(condition, &mut |subject, _| {
            if let Subject::Attribute(id) = subject {
                doubtful.iter_mut().skip(id.index()).take(1).for_each(|doubtful| *doubtful = false);
            }
        });
    }
    // A test may state it in its `given`.
    let given = model.tests.iter().flat_map(|test| &test.given).flat_map(|entity| &entity.fields);
    let given: FxHashSet<String> = given.map(|field| field.key.text.replace('_', "-")).collect();
    for (attribute, doubtful) in model.attributes.iter().zip(doubtful) {
        let name = model.name(attribute.name);
        if doubtful && !given.contains(name) {
            let message = format!("attribute `{}.{name}` is unused", attribute.owner);
            let finding = Diagnostic::new(&UNUSED_ATTRIBUTE, attribute.span, message)
                .label("no condition asks for it, and no fact states it");
            out.push(finding.help("remove it, or use it where it was meant"));
        }
    }
}

/// Calls `each` with every subject that a condition asks for or compares with, and the place of its test. The parser's nesting limit
/// bounds the recursion.
pub(super) fn subjects(condition: &Condition, each: &mut impl FnMut(Subject, crate::text::Span)) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| subjects(part, each)),
        Condition::Not(part) => subjects(part, each),
        Condition::Test { span, subject, test } => {
            each(*subject, *span);
            let comparands = match test {
                Test::Is(one) | Test::IsNot(one) | Test::Compare(_, one) => std::slice::from_ref(one),
                Test::In(many) => many.as_slice(),
                Test::Flag | Test::AnyIn(_) | Test::AllIn(_) | Test::Contains(_) => &[],
            };
            for comparand in comparands {
                if let Comparand::Subject(other) = comparand {
                    each(*other, *span);
                }
            }
        }
        Condition::Invalid => {}
    }
}
