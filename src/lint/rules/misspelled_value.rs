//! Texts that conditions exclude or list are spelled as the facts spell them.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest};
use crate::lint::Context;
use crate::lint::membership::Membership;
use crate::model::{AttributeType, Comparand, Condition, Model, Subject, Test, Value};
use crate::terms::EntityKind;
use crate::text::{AttributeId, Span, Symbol};

declare_code! {
    /// A text that a condition excludes or lists, that no fact states, and that facts spell in another way.
    MISSPELLED_VALUE = Lint, Warning, "misspelled-value", "a text that a condition excludes or lists, and that the facts spell in another way"
}

/// What is looked for by `is` alone never holds, which is told as that.
pub(super) fn texts_are_spelled_as_facts_do(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let mut spellings =
        Spellings { model: context.model, texts: FxHashMap::default(), meant: FxHashMap::default() };
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        let mut found = Vec::new();
        rule.condition.iter().for_each(|condition| texts(condition, &mut found));
        for Asked { attribute, text, beside, span } in found {
            let Some(meant) = spellings.meant(attribute, text, members) else { return };
            // Whoever lists both spellings knows of them.
            if let Some(meant) =
                meant.filter(|meant| !beside.contains(&Comparand::Value(Value::Text(*meant))))
            {
                out.push(misspelled_value(context, attribute, text, meant, span));
            }
        }
    }
}

/// A text that a test asks an attribute for, the test's other values among it, and where the test stands.
struct Asked<'m> {
    attribute: AttributeId,
    text: Symbol,
    beside: &'m [Comparand],
    span: Span,
}

/// The parser's nesting limit bounds the recursion.
fn texts<'m>(condition: &'m Condition, found: &mut Vec<Asked<'m>>) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| texts(part, found)),
        Condition::Not(part) => texts(part, found),
        Condition::Test { span, subject: Subject::Attribute(attribute), test } => {
            let beside = match test {
                Test::IsNot(one) => std::slice::from_ref(one),
                Test::In(list) => list.as_slice(),
                _ => &[],
            };
            found.extend(beside.iter().filter_map(|one| match one {
                Comparand::Value(Value::Text(text)) => {
                    Some(Asked { attribute: *attribute, text: *text, beside, span: *span })
                }
                _ => None,
            }));
        }
        Condition::Test { .. } | Condition::Invalid => {}
    }
}

/// Texts, by the digits in them: `Team 1` is not meant by `Team 2`.
type Texts = FxHashMap<String, BTreeSet<Symbol>>;

/// The texts that facts state of each attribute, and what was looked up among them.
struct Spellings<'m> {
    model: &'m Model,
    texts: FxHashMap<AttributeId, Texts>,
    meant: FxHashMap<(AttributeId, Symbol), Option<Symbol>>,
}

impl Spellings<'_> {
    /// The text that facts state where they seem to mean this one, which none states. The outer `None`: not looked
    /// into.
    fn meant(
        &mut self,
        attribute: AttributeId,
        text: Symbol,
        members: &Membership<'_>,
    ) -> Option<Option<Symbol>> {
        let Self { model, texts, meant } = self;
        if let Some(&known) = meant.get(&(attribute, text)) {
            return Some(known);
        }
        let row = model.attributes.get(attribute).filter(|row| row.ty == AttributeType::Text);
        let texts = texts.entry(attribute).or_insert_with(|| {
            let mut texts = Texts::default();
            let column: FxHashSet<Symbol> = row
                .iter()
                .flat_map(|row| row.column.iter().flatten())
                .filter_map(|value| if let Value::Text(text) = value { Some(*text) } else { None })
                .collect();
            for text in column {
                texts.entry(digits(model.name(text))).or_default().insert(text);
            }
            texts
        });
        let asked = model.name(text);
        let found = match texts.get(&digits(asked)) {
            Some(texts) if !texts.contains(&text) => {
                if !members.spend(texts.len().saturating_mul(4) + 1) {
                    return None;
                }
                let near = texts.iter().map(|&other| (model.name(other), other));
                let mut near: Vec<(&str, Symbol)> =
                    near.filter(|(other, _)| looks_like(asked, other)).collect();
                near.sort_unstable();
                let nearest = nearest(asked, near.iter().map(|(name, _)| *name));
                near.iter().find(|(name, _)| Some(*name) == nearest).map(|&(_, other)| other)
            }
            _ => None,
        };
        meant.insert((attribute, text), found);
        Some(found)
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether two texts differ in their case, or in one letter of five.
fn looks_like(one: &str, other: &str) -> bool {
    const LONGEST: usize = 100;
    let longer = one.len().max(other.len());
    longer <= LONGEST
        && one.len().abs_diff(other.len()) <= longer / 5
        && strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase()) <= longer / 5
}

fn misspelled_value(
    context: &Context<'_>,
    attribute: AttributeId,
    text: Symbol,
    meant: Symbol,
    span: Span,
) -> Diagnostic {
    let model = context.model;
    let row = model.attributes.at(attribute);
    let (name, text, meant) = (model.name(row.name), model.name(text), model.name(meant));
    let whose = match row.owner {
        EntityKind::User => "no user",
        EntityKind::App => "no app",
        EntityKind::Developer => "no developer",
    };
    let message = format!("{whose} has \"{text}\" as `{}.{name}`", row.owner);
    Diagnostic::new(&MISSPELLED_VALUE, span, message)
        .label(format!("the facts have \"{meant}\""))
        .help(format!("did you mean \"{meant}\", as the facts spell it?"))
}
