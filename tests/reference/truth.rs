//! Strong Kleene logic, where an unknown says which facts would settle it.

use std::collections::BTreeSet;

/// An entity and the key of a fact of it, such as `app:gong` and `listing`.
pub type Fact = (String, String);
pub type Facts = BTreeSet<Fact>;

#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    True,
    False,
    Unknown(Facts),
}
use Truth::{False, True, Unknown};

impl Truth {
    pub fn unknown(entity: String, fact: &str) -> Self {
        Unknown(Facts::from([(entity, fact.to_owned())]))
    }

    pub fn is_true(&self) -> bool {
        *self == True
    }

    /// Whether it is true or unknown.
    pub fn may_be(&self) -> bool {
        *self != False
    }

    pub fn facts(&self) -> Facts {
        if let Unknown(facts) = self { facts.clone() } else { Facts::new() }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { True } else { False }
    }
}

/// False if any is false, else unknown if any is unknown, else true.
pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&False) {
        return False;
    }
    let facts: Facts = truths.iter().flat_map(Truth::facts).collect();
    if truths.iter().any(|truth| matches!(truth, Unknown(_))) { Unknown(facts) } else { True }
}

/// True if any is true, else unknown if any is unknown, else false.
pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(truths.into_iter().map(not)))
}

pub fn not(truth: Truth) -> Truth {
    match truth {
        True => False,
        False => True,
        unknown @ Unknown(_) => unknown,
    }
}
