//! One name, defined twice.

use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::text::Span;

declare_code! {
    /// Two definitions of one kind and name in the project.
    DUPLICATE_DEFINITION = Resolve, Error, "duplicate-definition", "two definitions of the same kind and name"
}

/// The second of two definitions, with both places.
pub(super) fn duplicate_definition(kind: &str, name: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_DEFINITION, second, format!("{kind} `{name}` is defined twice"))
        .label("defined again here")
        .related(first, "first defined here")
        .help("merge the two into one, or give one of them another name")
}
