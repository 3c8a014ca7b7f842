//! `terms`: what rules that let apps in must have.

use super::Settings;
use crate::diagnostics::{Sink, quoted_list};
use crate::facts::{Entry, Node, NodeKind};
use crate::lint::{Asked, Pattern, Requirement, Term, TermRule};
use crate::project::config::Level;
use crate::syntax::{self, Selection, ast};
use crate::terms::EntityKind;
use crate::text::{Length, Span};

/// More terms than anybody could keep in mind.
const MOST: usize = 100;

/// The keys of a term.
const KEYS: [&str; 7] = ["name", "rules", "apps", "when", "for", "require", "level"];
/// The keys of `require`.
const CLAUSES: [&str; 5] = ["reviewed", "owner", "id", "because", "until"];

pub(super) fn read(entry: &Entry, settings: &mut Settings<'_>) {
    let nodes = match &entry.value.kind {
        NodeKind::List(nodes) => nodes,
        NodeKind::Null => return,
        NodeKind::Scalar(..) | NodeKind::Map(_) => {
            let help =
                "write a list of terms, each such as `- { when: app.risk is high, require: { owner: yes } }`";
            settings.wrong(entry.value.span, "`terms` is not a list here", help);
            return;
        }
    };
    if let Some(node) = nodes.get(MOST) {
        settings.wrong(
            node.span,
            format!("there are more than {MOST} terms"),
            "join those that ask for the same",
        );
    }
    for node in nodes.iter().take(MOST) {
        let NodeKind::Map(entries) = &node.kind else {
            let help =
                "write what it is about and what it asks for: `{ for: everyone, require: { until: 90d } }`";
            settings.wrong(node.span, "this term is not a map", help);
            continue;
        };
        let (term, selection) = term(node, entries, settings);
        settings.config.lint.terms.push(term);
        settings.config.terms.push(selection);
    }
}

fn term(node: &Node, entries: &[Entry], settings: &mut Settings<'_>) -> (Term, Selection) {
    let mut term = Term {
        name: None,
        rules: vec![TermRule::Approve],
        for_everyone: false,
        require: Requirement::default(),
        level: None,
    };
    let mut selection = Selection::default();
    let mut asks = false;
    for entry in entries {
        match entry.key.as_str() {
            "name" => term.name = text(entry, settings).map(|(name, _)| name.to_owned()),
            "rules" => rules(entry, &mut term, settings),
            "apps" => {
                selection.apps = part(entry, settings, "such as `apps by contoso`", syntax::parse_apps);
            }
            "when" => {
                selection.when = part(entry, settings, "such as `app.risk is high`", syntax::parse_condition)
                    .filter(|when| is_about_apps(when, settings));
            }
            "for" => {
                selection.people = part(entry, settings, "such as `group contractors`", syntax::parse_people);
            }
            "require" => {
                let before = settings.out.found().len();
                require(entry, &mut term.require, settings);
                asks = term.require.asks() || settings.out.found().len() > before;
            }
            "level" => level(entry, &mut term, settings),
            _ => settings.unknown(entry, &KEYS),
        }
    }
    let everyone = |people: &ast::People| {
        people.include.iter().any(|principal| principal.kind == ast::PrincipalKind::Everyone)
    };
    term.for_everyone = selection.people.as_ref().is_some_and(everyone);
    if !asks {
        let help = "add `require: { … }` with any of `reviewed`, `owner`, `id`, `because` and `until`";
        settings.wrong(node.span, "this term asks for nothing", help);
    }
    (term, selection)
}

fn rules(entry: &Entry, term: &mut Term, settings: &mut Settings<'_>) {
    let Some(texts) = settings.texts(entry, "[approve, waive]") else { return };
    if texts.is_empty() {
        settings.wrong(
            entry.value.span,
            "this term is about no kind of rule",
            "leave `rules` out, or name some",
        );
    }
    let mut found = Vec::new();
    for (text, span) in texts {
        match TermRule::ALL.iter().find(|(name, _)| *name == text) {
            Some(&(_, rule)) => found.push(rule),
            None => {
                let names = quoted_list(TermRule::ALL.iter().map(|(name, _)| name), "and");
                settings.wrong(
                    span,
                    format!("`{text}` is no kind of rule that lets apps in"),
                    format!("terms are about {names}"),
                );
            }
        }
    }
    if !found.is_empty() {
        term.rules = found;
    }
}

fn level(entry: &Entry, term: &mut Term, settings: &mut Settings<'_>) {
    let word = match &entry.value.kind {
        NodeKind::Scalar(word, _) => word.as_str(),
        _ => "",
    };
    match Level::from_word(word) {
        Some(Level::Report(severity)) => term.level = Some(severity),
        Some(Level::Off) => {
            settings.wrong(entry.value.span, "a term that is off asks for nothing", "take the term away");
        }
        None => {
            settings.wrong(
                entry.value.span,
                "there is no level of this name",
                "the levels are `warn` and `error`",
            );
        }
    }
}

fn require(entry: &Entry, require: &mut Requirement, settings: &mut Settings<'_>) {
    let NodeKind::Map(entries) = &entry.value.kind else {
        let help = "write a map such as `{ reviewed: yes, because: \"SEC-*\", until: 1y }`";
        settings.wrong(entry.value.span, "`require` is not a map here", help);
        return;
    };
    for entry in entries {
        let span = entry.key_span.to(entry.value.span);
        let plain = |settings: &mut Settings<'_>| {
            flag(entry, settings).unwrap_or(true).then_some(Asked { value: (), span })
        };
        match entry.key.as_str() {
            "reviewed" => require.reviewed = plain(settings),
            "owner" => require.owner = plain(settings),
            "id" => require.id = plain(settings),
            "because" => require.because = because(entry, settings).map(|value| Asked { value, span }),
            "until" => require.until = until(entry, settings).map(|value| Asked { value, span }),
            _ => settings.unknown(entry, &CLAUSES),
        }
    }
}

/// `yes` or `no`.
fn flag(entry: &Entry, settings: &mut Settings<'_>) -> Option<bool> {
    let found = word_flag(entry);
    if found.is_none() {
        settings.wrong(
            entry.value.span,
            format!("`{}` is yes or no", entry.key),
            "write `yes` to ask for it",
        );
    }
    found
}

fn word_flag(entry: &Entry) -> Option<bool> {
    let NodeKind::Scalar(word, false) = &entry.value.kind else { return None };
    match word.to_ascii_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// `yes`, a pattern, or several.
fn because(entry: &Entry, settings: &mut Settings<'_>) -> Option<Vec<Pattern>> {
    if let Some(asked) = word_flag(entry) {
        return asked.then(Vec::new);
    }
    let texts = settings.texts(entry, "[\"SEC-*\"]")?;
    if texts.is_empty() {
        let help = "write `yes` to ask for any reason, or patterns such as `[\"SEC-*\"]`";
        settings.wrong(entry.value.span, "`because` asks for nothing here", help);
        return None;
    }
    Some(texts.into_iter().map(|(text, _)| Pattern { text: text.to_owned() }).collect())
}

/// `yes`, or how long at most.
fn until(entry: &Entry, settings: &mut Settings<'_>) -> Option<Option<Length>> {
    if let Some(asked) = word_flag(entry) {
        return asked.then_some(None);
    }
    let length = match &entry.value.kind {
        NodeKind::Scalar(text, _) => Length::parse(text),
        _ => None,
    };
    if length.is_none() {
        let help = format!("write `yes`, or {}", Length::FORM);
        settings.wrong(entry.value.span, "`until` is not a length of time here", help);
    }
    length.map(Some)
}

fn text<'e>(entry: &'e Entry, settings: &mut Settings<'_>) -> Option<(&'e str, Span)> {
    match &entry.value.kind {
        NodeKind::Scalar(text, _) => Some((text, entry.value.span)),
        _ => {
            settings.wrong(
                entry.value.span,
                format!("`{}` is not a text here", entry.key),
                "write it in a line",
            );
            None
        }
    }
}

type Parse<T> = fn(Span, &str, &mut Sink) -> Option<T>;

/// A part of a rule in the language of policies.
fn part<T>(entry: &Entry, settings: &mut Settings<'_>, example: &str, parse: Parse<T>) -> Option<T> {
    let (written, span) = text(entry, settings)?;
    if written.trim().is_empty() {
        let help = format!("write it as in a policy, {example}, or leave the key out");
        settings.wrong(span, format!("`{}` is empty", entry.key), help);
        return None;
    }
    let Some(place) = literal(settings.text, span) else {
        let help = "write it on one line, in single quotes where it needs any";
        settings.wrong(span, format!("`{}` is written in a way that hides its places", entry.key), help);
        return None;
    };
    let before = settings.out.found().len();
    let found = parse(place, settings.text, settings.out);
    if found.is_none() && settings.out.found().len() == before {
        let help = format!("write it as in a policy, {example}, and nothing else");
        settings.wrong(place, format!("`{}` holds something else here", entry.key), help);
    }
    found
}

/// Where the text of a scalar stands, without its quotes; `None`: it does not stand there letter for letter.
fn literal(text: &str, span: Span) -> Option<Span> {
    let written = text.get(span.start as usize..span.end as usize)?;
    let inside = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
    let quoted = |inner: &str| {
        let start = span.start.checked_add(1)?;
        (!inner.is_empty()).then_some(Span { start, end: span.end.checked_sub(1)?, ..span })
    };
    if let Some(inner) = inside('"') {
        return if inner.contains('\\') { None } else { quoted(inner) };
    }
    if let Some(inner) = inside('\'') {
        return if inner.contains("''") { None } else { quoted(inner) };
    }
    let block = written.starts_with(['|', '>', '&', '*', '!']);
    (!block && !written.is_empty()).then_some(span)
}

/// Whether a condition looks at apps only; where it does not, that is reported.
fn is_about_apps(when: &ast::Condition, settings: &mut Settings<'_>) -> bool {
    let mut users = Vec::new();
    paths_of_users(when, &mut users);
    for span in &users {
        let help = "say whom it is about with `for`";
        settings.wrong(*span, "the condition of a term is about apps, and this is about users", help);
    }
    users.is_empty()
}

/// The attributes of users in a condition. The parser's nesting limit bounds the recursion.
fn paths_of_users(when: &ast::Condition, found: &mut Vec<Span>) {
    use ast::{ConditionKind, LiteralKind, TestKind};
    match &when.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            parts.iter().for_each(|part| paths_of_users(part, found));
        }
        ConditionKind::Not(part) => paths_of_users(part, found),
        ConditionKind::Test { subject, test } => {
            let values = match test {
                TestKind::Is(one)
                | TestKind::IsNot(one)
                | TestKind::Compare(_, one)
                | TestKind::Contains(one) => std::slice::from_ref(one),
                TestKind::In(many) | TestKind::AnyIn(many) | TestKind::AllIn(many) => many.as_slice(),
                TestKind::Flag => &[],
            };
            let compared = values.iter().filter_map(|value| match &value.kind {
                LiteralKind::Attribute(path) => Some(path),
                _ => None,
            });
            let paths = std::iter::once(subject).chain(compared);
            found.extend(paths.filter(|path| path.owner == EntityKind::User).map(|path| path.span));
        }
    }
}
