//! Tests claim something.

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};

declare_code! {
    /// A test without assertions, which passes whatever the policy says.
    EMPTY_TEST = Lint, Warning, "empty-test", "a test without assertions, which always passes"
}

pub(super) fn tests_claim_something(context: &Context<'_>, out: &mut Sink) {
    let own = context.model.tests.iter().filter(|test| context.is_own(test.span));
    for test in own.filter(|test| test.assertions.is_empty()) {
        let label =
            if test.given.is_empty() { "nothing stands in it" } else { "nothing but `given` stands in it" };
        let finding =
            Diagnostic::new(&EMPTY_TEST, test.name_span, "this test passes whatever the policy says")
                .label(label)
                .help(
                    "say what must hold, such as `deny everyone install all apps with blocked`, or remove it",
                );
        out.push(finding);
    }
}
