//! What `admit.yaml` says under `terms`.

use crate::diagnostics::Severity;
use crate::model::Effect;
use crate::text::{Length, Span};

/// One term of approval. Which apps and people it is about stands in [`Model::terms`](crate::model::Model::terms), in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name, for messages.
    pub name: Option<String>,
    /// Which kinds of rules it is about; never empty.
    pub rules: Vec<TermRule>,
    /// Whether it is about rules for everyone, rather than about those that reach some person.
    pub for_everyone: bool,
    /// What it asks for.
    pub require: Requirement,
    /// How much a rule that does not meet it matters; `None`: as much as its code says.
    pub level: Option<Severity>,
}

impl Term {
    /// Whether it is about rules of this kind.
    pub fn is_for(&self, effect: &Effect) -> bool {
        let rule = match effect {
            Effect::Approve { .. } => TermRule::Approve,
            Effect::Exempt => TermRule::Exempt,
            Effect::Waive { .. } => TermRule::Waive,
            Effect::Block | Effect::Withhold { .. } | Effect::Grant { .. } => return false,
        };
        self.rules.contains(&rule)
    }
}

/// The kinds of rules that let apps in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermRule {
    /// `approve`
    Approve,
    /// `exempt`
    Exempt,
    /// `waive`
    Waive,
}

impl TermRule {
    /// Every kind, by its keyword.
    pub const ALL: [(&'static str, Self); 3] =
        [("approve", Self::Approve), ("exempt", Self::Exempt), ("waive", Self::Waive)];
}

/// Something asked for, and where `admit.yaml` asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What a term asks for. A clause that a kind of rule cannot have is not asked of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// `reviewed …`
    pub reviewed: Option<Asked<()>>,
    /// `owner …`
    pub owner: Option<Asked<()>>,
    /// `id …`
    pub id: Option<Asked<()>>,
    /// `because …`, which fits one of these patterns, if there are any.
    pub because: Option<Asked<Vec<Pattern>>>,
    /// `until …`, at most this long after the rule begins, or after today where it does not say when.
    pub until: Option<Asked<Option<Length>>>,
}

impl Requirement {
    /// Whether it asks for anything.
    pub fn asks(&self) -> bool {
        let Self { reviewed, owner, id, because, until } = self;
        [reviewed, owner, id].into_iter().any(Option::is_some) || because.is_some() || until.is_some()
    }
}

/// A pattern of reasons such as `SEC-*`: `*` is any run of characters, and everything else is itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern as written.
    pub text: String,
}

impl Pattern {
    /// Whether the whole text fits.
    pub fn fits(&self, text: &str) -> bool {
        let mut parts = self.text.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(last) = parts.next_back() else { return text == first };
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        for part in parts {
            let Some(at) = rest.find(part) else { return false };
            rest = rest.get(at + part.len()..).unwrap_or_default();
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern { text: pattern.to_owned() }.fits(text)
    }

    #[test]
    fn stars_are_any_run_and_the_rest_is_itself() {
        for (pattern, text) in [
            ("SEC-*", "SEC-12: reviewed"),
            ("*", ""),
            ("a*b*c", "a1b2bc"),
            ("**", "x"),
            ("SEC-1", "SEC-1"),
            ("*é*", "xéy"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("SEC-*", "sec-1"),
            ("SEC-*", "see SEC-1"),
            ("ab*ba", "aba"),
            ("a*b", "ac"),
            ("a", "ab"),
            ("", "a"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
