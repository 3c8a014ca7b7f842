//! What a rule says, clause by clause, without regard to order, repetition, brackets and places.

use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{AppSelectorKind, Condition, Effect, PrincipalKind, Rule, SetTerms, Test};

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
                kinds(terms.iter().map(|term| term.kind)).hash(out);
            }
        });
        let rest = number(|out| {
            section.hash(out);
            effect(&rule.effect, out);
            // Whoever is named beside everyone is among them, and so it is with apps.
            let apps = rule.apps.as_ref();
            let named = apps.map(|apps| kinds(apps.include.iter().map(|entry| entry.kind)));
            named.filter(|named| !named.contains(&AppSelectorKind::All)).hash(out);
            kinds(apps.iter().flat_map(|apps| &apps.except).map(|entry| entry.kind)).hash(out);
            let people = rule.people.as_ref();
            let named = people.map(|people| kinds(people.include.iter().map(|entry| entry.kind)));
            named.filter(|named| !named.contains(&PrincipalKind::Everyone)).hash(out);
            kinds(people.iter().flat_map(|people| &people.except).map(|entry| entry.kind)).hash(out);
        });
        // In the order of `Clause`.
        Self([
            rule.condition.as_ref().map_or(1, condition),
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
        Effect::Withhold { scopes } => kinds(scopes.iter().map(|term| term.kind)).hash(out),
        Effect::Waive { rule } => rule.hash(out),
        Effect::Grant { role } => role.hash(out),
        Effect::Approve { .. } | Effect::Block | Effect::Exempt => {}
    }
}

/// Each of these once, in order.
fn kinds<K: Ord>(kinds: impl Iterator<Item = K>) -> Vec<K> {
    let mut kinds: Vec<K> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Whether by its text one condition holds only where the other does: it joins more by `and`, or less by `or`.
pub(super) fn narrows(one: &Condition, other: &Condition) -> bool {
    let within = |few: &[u128], many: &[u128]| few.iter().all(|part| many.binary_search(part).is_ok());
    within(&joined(other, true), &joined(one, true)) || within(&joined(one, false), &joined(other, false))
}

/// The number of a condition, which is the same for those that join the same in whatever order. The parser's nesting limit bounds the
/// recursion.
fn condition(of: &Condition) -> u128 {
    let and = match of {
        Condition::And(_) => true,
        Condition::Or(_) => false,
        Condition::Not(part) => return number(|out| ("not", condition(part)).hash(out)),
        Condition::Test { subject, test, .. } => {
            return number(|out| {
                subject.hash(out);
                self::test(test, out);
            });
        }
        Condition::Invalid => return number(|_| ()),
    };
    match joined(of, and).as_slice() {
        [only] => *only,
        several => number(|out| (and, several).hash(out)),
    }
}

/// The numbers of what a condition joins by `and` (else by `or`), each once, in order; of another condition its own.
fn joined(of: &Condition, and: bool) -> Vec<u128> {
    let mut numbers = Vec::new();
    let mut rest = vec![of];
    while let Some(one) = rest.pop() {
        match one {
            Condition::And(parts) if and => rest.extend(parts),
            Condition::Or(parts) if !and => rest.extend(parts),
            other => numbers.push(condition(other)),
        }
    }
    kinds(numbers.into_iter())
}

fn test(test: &Test, out: &mut Number) {
    std::mem::discriminant(test).hash(out);
    match test {
        Test::AnyIn(terms) | Test::AllIn(terms) | Test::Contains(terms) => match terms {
            SetTerms::Scopes(terms) => kinds(terms.iter().map(|term| term.kind)).hash(out),
            SetTerms::Roles(roles) => kinds(roles.iter()).hash(out),
            SetTerms::Groups(groups) => kinds(groups.iter()).hash(out),
        },
        Test::In(values) => kinds(values.iter().map(|value| number(|out| debug(value, out)))).hash(out),
        other => debug(other, out),
    }
}

fn debug(value: &dyn fmt::Debug, out: &mut Number) {
    // Writing into a hasher does not fail.
    let _: fmt::Result = write!(out, "{value:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Subject;
    use crate::text::{SourceMap, Span};

    fn flag(subject: Subject) -> Condition {
        let mut sources = SourceMap::new();
        let span = Span::new(sources.add("a.admit", "x"), 0, 1);
        Condition::Test { span, subject, test: Test::Flag }
    }

    #[test]
    fn conditions_are_the_same_in_whatever_order_and_brackets() {
        let [a, b, c] = [Subject::AppId, Subject::AppStage, Subject::UserEmail].map(|one| move || flag(one));
        let and = |parts: Vec<Condition>| Condition::And(parts);
        let or = |parts: Vec<Condition>| Condition::Or(parts);
        let not = |part: Condition| Condition::Not(Box::new(part));
        let all = condition(&and(vec![a(), b(), c()]));
        assert_eq!(all, condition(&and(vec![c(), and(vec![b(), a(), b()])])));
        assert_ne!(all, condition(&or(vec![a(), b(), c()])));
        assert_ne!(all, condition(&and(vec![a(), not(b()), c()])));
        assert_eq!(condition(&or(vec![a(), a()])), condition(&a()));
        assert!(narrows(&and(vec![a(), b()]), &b()) && narrows(&a(), &or(vec![a(), c()])));
        assert!(!narrows(&a(), &and(vec![a(), b()])) && !narrows(&a(), &b()));
    }
}
