//! Conditions as text.

use super::text::Writer;
use crate::reference::project::{Condition, Members, Operand, ScopeTerm, Test, Value};

pub fn condition(w: &mut Writer<'_>, condition: &Condition) {
    match condition {
        Condition::And(parts) => joined(w, parts, "and"),
        Condition::Or(parts) => joined(w, parts, "or"),
        Condition::Not(part) => {
            w.words("not");
            operand(w, part, matches!(**part, Condition::Not(_)));
        }
        Condition::Test(subject, test) => {
            w.words(subject);
            tested(w, subject, test);
        }
    }
}

fn joined(w: &mut Writer<'_>, parts: &[Condition], word: &str) {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            w.words(word);
        }
        operand(w, part, false);
    }
}

/// A part of a larger condition, in parentheses where it needs them and sometimes where not.
fn operand(w: &mut Writer<'_>, part: &Condition, needs: bool) {
    let needs = needs || matches!(part, Condition::And(_) | Condition::Or(_));
    if needs || w.dice.chance(10) {
        w.words("(");
        condition(w, part);
        w.punctuation(")");
    } else {
        condition(w, part);
    }
}

fn tested(w: &mut Writer<'_>, subject: &str, test: &Test) {
    match test {
        Test::Flag => {}
        Test::Is(value) => {
            w.words("is");
            literal(w, subject, value);
        }
        Test::IsNot(value) => {
            w.words("is not");
            literal(w, subject, value);
        }
        Test::Compare(op, value) => {
            w.punctuation(op);
            literal(w, subject, value);
        }
        Test::In(values) => {
            w.words("in");
            w.words("[");
            w.list(values, true, |w, value| literal(w, subject, value));
            w.punctuation("]");
        }
        Test::AnyIn(set) => {
            w.words("any in");
            members(w, set);
        }
        Test::AllIn(set) => {
            w.words("all in");
            members(w, set);
        }
        Test::Contains(name) => {
            w.words("contains");
            if name.contains(':') { w.outside_name(name) } else { value_name(w, name) }
        }
    }
}

fn members(w: &mut Writer<'_>, members: &Members) {
    w.words("[");
    match members {
        Members::Scopes(terms) => w.list(terms, true, scope_term),
        Members::Names(names) => w.list(names, true, |w, name| value_name(w, name)),
    }
    w.punctuation("]");
}

/// A word among values; `not`, `today` and `set` mean something else there.
fn value_name(w: &mut Writer<'_>, name: &str) {
    if matches!(name, "not" | "today" | "set") { w.quoted(name) } else { w.name(name) }
}

fn literal(w: &mut Writer<'_>, subject: &str, operand: &Operand) {
    match operand {
        Operand::Today => w.words("today"),
        Operand::Attribute(attribute) => w.words(attribute),
        Operand::Value(Value::Word(email)) if subject == "user.email" => w.email(email),
        Operand::Value(Value::Word(word)) => value_name(w, word),
        Operand::Value(value) => w.words(&plain(value)),
    }
}

/// A value without quotes.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Word(word) | Value::Date(word) => word.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
    }
}

pub fn scope_term(w: &mut Writer<'_>, term: &ScopeTerm) {
    match term {
        ScopeTerm::Scope(scope) => w.outside_name(scope),
        ScopeTerm::Pattern(pattern) => w.words(pattern),
        ScopeTerm::Set(name) => {
            w.words("set");
            w.name(name);
        }
        ScopeTerm::Level(level) => w.words(&format!("{level}-level")),
    }
}
