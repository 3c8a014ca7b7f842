//! What a rule says, clause by clause, without regard to order, repetition and places.

use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hash, Hasher};

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
#[derive(Clone, Copy, Debug)]
pub(super) struct Sameness([u128; 4]);

impl Sameness {
    /// `section` is that of the account in which the rule stands: the same words mean something else in the other.
    pub(super) fn of(rule: &Rule, section: Option<usize>) -> Self {
        let reviewed = number(|out| {
            if let Effect::Approve { reviewed: Some(terms) } = &rule.effect {
                set(terms.iter().map(|term| term.kind), out);
            }
        });
        let rest = number(|out| {
            section.hash(out);
            effect(&rule.effect, out);
            rule.apps.is_some().hash(out);
            if let Some(apps) = &rule.apps {
                set(apps.include.iter().map(|entry| entry.kind), out);
                set(apps.except.iter().map(|entry| entry.kind), out);
            }
            if let Some(people) = &rule.people {
                set(people.include.iter().map(|entry| entry.kind), out);
                set(people.except.iter().map(|entry| entry.kind), out);
            }
        });
        // In the order of `Clause`.
        Self([
            number(|out| rule.condition.iter().for_each(|condition| self::condition(condition, out))),
            reviewed,
            number(|out| (rule.period.starting, rule.period.until).hash(out)),
            rest,
        ])
    }

    /// All of it, or all but one clause, as one number.
    pub(super) fn but(&self, left_out: Option<Clause>) -> u128 {
        let parts =
            self.0.iter().enumerate().filter(|(at, _)| left_out.is_none_or(|clause| *at != clause as usize));
        // Turned, so that equal clauses do not cancel each other out.
        parts.fold(0, |all, (at, part)| all ^ part.rotate_left(31 * at as u32))
    }
}

/// Hashes what is written to it, in two ways.
struct Number(DefaultHasher, DefaultHasher);

impl Hasher for Number {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}

impl Write for Number {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write(text.as_bytes());
        Ok(())
    }
}

/// The number of what is written, which is not 0.
fn number(write: impl FnOnce(&mut Number)) -> u128 {
    let mut number = Number(DefaultHasher::new(), DefaultHasher::new());
    number.1.write_u8(1);
    write(&mut number);
    u128::from(number.0.finish()) << 64 | u128::from(number.1.finish()) | 1
}

fn effect(effect: &Effect, out: &mut Number) {
    effect.name().hash(out);
    match effect {
        Effect::Withhold { scopes } => set(scopes.iter().map(|term| term.kind), out),
        Effect::Waive { rule } => rule.hash(out),
        Effect::Grant { role } => role.hash(out),
        Effect::Approve { .. } | Effect::Block | Effect::Exempt => {}
    }
}

fn set<K: Copy + Ord + Hash>(kinds: impl Iterator<Item = K>, out: &mut Number) {
    let mut kinds: Vec<K> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.hash(out);
}

/// The parser's nesting limit bounds the recursion.
fn condition(of: &Condition, out: &mut Number) {
    std::mem::discriminant(of).hash(out);
    match of {
        Condition::And(parts) | Condition::Or(parts) => {
            parts.len().hash(out);
            parts.iter().for_each(|part| condition(part, out));
        }
        Condition::Not(part) => condition(part, out),
        Condition::Test { subject, test, .. } => {
            subject.hash(out);
            std::mem::discriminant(test).hash(out);
            match test {
                Test::AnyIn(terms) | Test::AllIn(terms) | Test::Contains(terms) => set_terms(terms, out),
                other => {
                    // Writing into a hasher does not fail.
                    let _: fmt::Result = write!(out, "{other:?}");
                }
            }
        }
        Condition::Invalid => {}
    }
}

fn set_terms(terms: &SetTerms, out: &mut Number) {
    match terms {
        SetTerms::Scopes(terms) => set(terms.iter().map(|term| term.kind), out),
        SetTerms::Roles(roles) => set(roles.iter().copied(), out),
        SetTerms::Groups(groups) => set(groups.iter().copied(), out),
    }
}
