//! What a rule says, clause by clause, without regard to order, repetition and places.

use std::fmt::{self, Write};
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::model::{Condition, Effect, Rule, SetTerms, Test};

/// A clause that two rules may differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// `when`
    When,
    /// `reviewed`
    Reviewed,
    /// `starting` and `until`
    Dates,
}

/// A number for each clause and one for the rest, which are equal where these mean the same. (Others share one about once in 2¹²⁷.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sameness([u128; 4]);

impl Sameness {
    pub(super) fn of(rule: &Rule) -> Self {
        let reviewed = of_text(|out| match &rule.effect {
            Effect::Approve { reviewed: Some(terms) } => set(terms.iter().map(|term| term.kind), out),
            _ => out.write_char('-'),
        });
        let rest = of_text(|out| {
            effect(&rule.effect, out)?;
            if let Some(apps) = &rule.apps {
                set(apps.include.iter().map(|entry| entry.kind), out)?;
                set(apps.except.iter().map(|entry| entry.kind), out)?;
            }
            out.write_char('|')?;
            if let Some(people) = &rule.people {
                set(people.include.iter().map(|entry| entry.kind), out)?;
                set(people.except.iter().map(|entry| entry.kind), out)?;
            }
            Ok(())
        });
        // In the order of `Clause`.
        Self([
            of_text(|out| rule.condition.iter().try_for_each(|condition| self::condition(condition, out))),
            reviewed,
            of_text(|out| write!(out, "{:?} {:?}", rule.period.starting, rule.period.until)),
            rest,
        ])
    }

    /// All of it, or all but one clause, as a key.
    pub(super) fn but(mut self, left_out: Option<Clause>) -> Self {
        if let Some(clause) = left_out
            && let Some(part) = self.0.get_mut(clause as usize)
        {
            *part = 0;
        }
        self
    }
}

/// Hashes what is written to it, twice.
struct Text(FxHasher, FxHasher);

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        self.1.write(text.as_bytes());
        Ok(())
    }
}

fn of_text(write: impl FnOnce(&mut Text) -> fmt::Result) -> u128 {
    let mut text = Text(FxHasher::default(), FxHasher::default());
    text.1.write_u64(0x9E37_79B9_7F4A_7C15);
    // Writing into a hasher does not fail.
    let _: fmt::Result = write(&mut text);
    u128::from(text.0.finish()) << 64 | u128::from(text.1.finish()) | 1
}

fn effect(effect: &Effect, out: &mut Text) -> fmt::Result {
    out.write_str(effect.name())?;
    match effect {
        Effect::Withhold { scopes } => set(scopes.iter().map(|term| term.kind), out),
        Effect::Waive { rule } => write!(out, "{rule:?}"),
        Effect::Grant { role } => write!(out, "{role:?}"),
        Effect::Approve { .. } | Effect::Block | Effect::Exempt => Ok(()),
    }
}

fn set<K: Copy + Ord + fmt::Debug>(kinds: impl Iterator<Item = K>, out: &mut Text) -> fmt::Result {
    let mut kinds: Vec<K> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    write!(out, "{kinds:?}")
}

/// The parser's nesting limit bounds the recursion.
fn condition(of: &Condition, out: &mut Text) -> fmt::Result {
    match of {
        Condition::And(parts) => {
            out.write_str("and(")?;
            parts.iter().try_for_each(|part| condition(part, out))?;
            out.write_char(')')
        }
        Condition::Or(parts) => {
            out.write_str("or(")?;
            parts.iter().try_for_each(|part| condition(part, out))?;
            out.write_char(')')
        }
        Condition::Not(part) => {
            out.write_str("not(")?;
            condition(part, out)?;
            out.write_char(')')
        }
        Condition::Test { subject, test, .. } => {
            write!(out, "{subject:?}")?;
            match test {
                Test::AnyIn(terms) => write!(out, "any").and_then(|()| set_terms(terms, out)),
                Test::AllIn(terms) => write!(out, "all").and_then(|()| set_terms(terms, out)),
                Test::Contains(terms) => write!(out, "has").and_then(|()| set_terms(terms, out)),
                other => write!(out, "{other:?}"),
            }
        }
        Condition::Invalid => out.write_char('?'),
    }
}

fn set_terms(terms: &SetTerms, out: &mut Text) -> fmt::Result {
    match terms {
        SetTerms::Scopes(terms) => set(terms.iter().map(|term| term.kind), out),
        SetTerms::Roles(roles) => set(roles.iter().copied(), out),
        SetTerms::Groups(groups) => set(groups.iter().copied(), out),
    }
}
