//! One name, defined twice.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::text::Span;

declare_code! {
    /// Two definitions of one kind and name in the project.
    DUPLICATE_DEFINITION = Resolve, Error, "duplicate-definition", "two definitions of the same kind and name"
}

/// Reports the second of two definitions, showing both places.
pub(super) fn duplicate_definition(kind: &str, name: &str, first: Span, second: Span, out: &mut Sink) {
    out.push(
        Diagnostic::new(&DUPLICATE_DEFINITION, second, format!("{kind} `{name}` is defined twice"))
            .label("defined again here")
            .related(first, "first defined here")
            .help("merge the two into one, or give one of them another name"),
    );
}
