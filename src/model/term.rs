//! What terms of approval are about, resolved.

use super::{AppSelection, Condition, People};

/// Which rules a term of approval is about: those that select such an app, and such a person. What is `None` restricts nothing.
#[derive(Clone, Debug)]
pub struct Term {
    /// Which apps.
    pub apps: Option<AppSelection>,
    /// Under which condition, about apps only.
    pub condition: Option<Condition>,
    /// Which people.
    pub people: Option<People>,
}
