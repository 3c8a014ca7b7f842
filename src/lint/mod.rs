//! Layer 5: opinions about a policy that has a meaning. One file for each lint: its code, what makes it true, and its message.
//!
//! Lints run only over a project without errors of the language, and only where they are asked for (`admit check`): nothing here changes a
//! decision. A lint says what it is sure of: what it claims about people and apps is computed over the facts, never guessed.

mod context;
mod missing_reason;

pub use context::Context;
pub use missing_reason::MISSING_REASON;

use crate::diagnostics::{Code, Sink};

/// Every code this module raises.
pub static CODES: &[&Code] = &[&MISSING_REASON];

/// Runs every lint.
pub fn lint(context: &Context<'_>, out: &mut Sink) {
    // Each rule says why it is there, who answers for it, and until when.
    missing_reason::rules_say_why(context, out);
}
