//! Texts that conditions exclude or list are spelled as the facts spell them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest};
use crate::lint::Context;
use crate::lint::membership::Membership;
use crate::model::{AttributeType, Comparand, Condition, Model, Subject, Test, Value};
use crate::terms::EntityKind;
use crate::text::{AttributeId, Span, Symbol};

declare_code! {
    /// A text that a condition excludes or lists, that no fact states, and that facts spell in another way.
    MISSPELT_VALUE = Lint, Warning, "misspelt-value", "a text that a condition excludes or lists, and that the facts spell in another way"
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
                out.push(misspelt_value(context, attribute, text, meant, span));
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

/// The texts that facts state of each attribute, and what was looked up among them.
struct Spellings<'m> {
    model: &'m Model,
    texts: FxHashMap<AttributeId, BTreeSet<Symbol>>,
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
            let column = row.iter().flat_map(|row| &row.column).flatten();
            let text = |value: &Value| if let Value::Text(text) = value { Some(*text) } else { None };
            column.filter_map(text).collect()
        });
        let found = if texts.contains(&text) {
            None
        } else {
            if !members.spend(texts.len().saturating_mul(8) + 1) {
                return None;
            }
            let asked = model.name(text);
            let near = texts.iter().copied().filter(|&other| looks_like(asked, model.name(other)));
            let mut names: Vec<(&str, Symbol)> = near.map(|other| (model.name(other), other)).collect();
            names.sort_unstable();
            let nearest = nearest(asked, names.iter().map(|(name, _)| *name));
            names.iter().find(|(name, _)| Some(*name) == nearest).map(|&(_, other)| other)
        };
        meant.insert((attribute, text), found);
        Some(found)
    }
}

/// Whether two texts differ in their case, or in one letter of five, and not in numbers only: `Team 1` is not `Team 2`.
fn looks_like(one: &str, other: &str) -> bool {
    const LONGEST: usize = 100;
    let allowed = one.len().max(other.len()) / 5;
    if one.len().abs_diff(other.len()) > allowed || one.len().max(other.len()) > LONGEST {
        return false;
    }
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(&one) == digits(&other) && strsim::osa_distance(&one, &other) <= allowed
}

fn misspelt_value(
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
    Diagnostic::new(&MISSPELT_VALUE, span, message)
        .label(format!("the facts have \"{meant}\""))
        .help(format!("did you mean \"{meant}\", as the facts spell it?"))
}
