//! Groups of the directory are those that the policies mean.

use rustc_hash::FxHashMap;

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::graph::{EdgeKind, Node};
use crate::model::{Group, Model};
use crate::text::GroupId;

declare_code! {
    /// A group that only facts name, and that is written nearly as one that policies name.
    MISSPELLED_GROUP = Lint, Warning, "misspelled-group", "a group that only facts name, written nearly as one of the policies"
}

/// The shortest word in which a slip is looked for: of shorter ones too many are like each other.
const SHORTEST: usize = 5;

pub(super) fn groups_are_those_of_the_policies(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let (named, others): (Vec<_>, Vec<_>) =
        model.groups.enumerate().partition(|&(id, group)| is_named(context, id, group));
    if named.is_empty() || others.is_empty() {
        return;
    }
    let mut by_key: FxHashMap<String, Vec<&Group>> = FxHashMap::default();
    for (_, group) in named {
        for key in Spelling::of(model.name(group.name)).keys() {
            by_key.entry(key).or_default().push(group);
        }
    }
    for (_, group) in others {
        let name = model.name(group.name);
        let spelling = Spelling::of(name);
        let keys = spelling.keys();
        let alike = keys.iter().filter_map(|key| by_key.get(key)).flatten();
        let meant = alike.map(|group| model.name(group.name));
        let meant = meant.filter(|meant| spelling.is_slip_of(&Spelling::of(meant))).min();
        if let Some(part) = joined(name, &by_key, model) {
            let message = format!("`{name}` reads as several groups, but is one that no policy names");
            let finding = Diagnostic::new(&MISSPELLED_GROUP, group.span, message)
                .label(format!("what policies say of `{part}` is not about who is in this one"));
            out.push(
                finding.help("write several groups as a list: `[one, two]`; in a CSV cell, join them by `;`"),
            );
        } else if let Some(meant) = meant {
            let message = format!("no policy names the group `{name}`, but one names `{meant}`");
            let finding = Diagnostic::new(&MISSPELLED_GROUP, group.span, message)
                .label(format!("what policies say of `{meant}` is not about who is in this one"));
            out.push(finding.help(format!("if `{meant}` is meant, correct it where the directory is kept")));
        }
    }
}

/// A group of the policies that one of several names in a text means. A dash stands in many names: there, all must be groups, as where
/// a list in YAML is indented wrongly.
fn joined<'m>(name: &str, by_key: &FxHashMap<String, Vec<&Group>>, model: &'m Model) -> Option<&'m str> {
    let split: Vec<&str> = name.split([',', ';', '|', '/', '\n']).map(str::trim).collect();
    let dashed: Vec<&str> = name.split(" - ").map(str::trim).collect();
    let parts = match (split.len(), dashed.len()) {
        (2.., _) => split,
        (_, 2..) if dashed.iter().all(|part| model.group(part).is_some()) => dashed,
        _ => return None,
    };
    parts.into_iter().find_map(|part| {
        let part = Spelling::of(part).0.concat();
        let groups = by_key.get(&part)?.iter().map(|group| model.name(group.name));
        groups.filter(|other| Spelling::of(other).0.concat() == part).min()
    })
}

/// Whether policies declare a group, or a text of theirs selects or holds it. That users are in it is a fact, wherever it stands.
fn is_named(context: &Context<'_>, id: GroupId, group: &Group) -> bool {
    let model = context.model;
    let names = |edges: Vec<(crate::graph::Edge, Node)>| {
        edges.iter().any(|(edge, _)| edge.kind != EdgeKind::MemberOf && model.in_policy(edge.span))
    };
    group.declared && model.in_policy(group.span) || names(context.graph.edges_to(Node::Group(id)))
}

/// The words of a name in small letters, without the signs between them and without what cannot be seen.
struct Spelling(Vec<String>);

impl Spelling {
    fn of(name: &str) -> Self {
        let words = name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_lowercase).collect())
    }

    /// Of two names that are a slip apart, at least one key is the same.
    fn keys(&self) -> Vec<String> {
        let mut keys = vec![self.0.concat(), self.0.join(" ")];
        for (at, word) in self.0.iter().enumerate().filter(|(_, word)| may_slip(word)) {
            for (letter, sign) in word.char_indices() {
                let (before, after) = word.split_at(letter);
                let after = after.get(sign.len_utf8()..).unwrap_or_default();
                let words = self.0.iter().enumerate();
                let words: Vec<String> = words
                    .map(|(other, whole)| if other == at { [before, after].concat() } else { whole.clone() })
                    .collect();
                keys.push(words.join(" "));
            }
        }
        keys
    }

    /// Whether both differ in case or in signs between words only, or one word has a letter too many, too few, exchanged with the next, or
    /// another one that is not its last: `team-a` and `team-b` are two groups.
    fn is_slip_of(&self, other: &Self) -> bool {
        if self.0.concat() == other.0.concat() {
            return true;
        }
        let mut differing = self.0.iter().zip(&other.0).filter(|(one, other)| one != other);
        let (Some((one, other_word)), None) = (differing.next(), differing.next()) else { return false };
        self.0.len() == other.0.len()
            && may_slip(one)
            && may_slip(other_word)
            && strsim::osa_distance(one, other_word) == 1
            && (one.chars().count() != other_word.chars().count()
                || one.chars().next_back() == other_word.chars().next_back()
                || sorted(one) == sorted(other_word))
    }
}

/// Only long words of letters: numbers count things, and short words are like each other.
fn may_slip(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn slips_are_told_from_names() {
        let is_slip = |one: &str, other: &str| {
            let (one, other) = (Spelling::of(one), Spelling::of(other));
            let shares = one.keys().iter().any(|key| other.keys().contains(key));
            assert!(shares || !one.is_slip_of(&other), "a slip has a key in common");
            one.is_slip_of(&other)
        };
        for slip in [
            "Contractors",
            "contractors ",
            "con\u{200b}tractors",
            "contractor",
            "contracters",
            "conrtactors",
            "contractorss",
            "contractosr",
            "CONTRACTORS",
        ] {
            assert!(is_slip(slip, "contractors"), "{slip}");
        }
        for (one, other) in
            [("Field Sales", "field-sales"), ("field-slaes", "field-sales"), ("fieldsales", "field_sales")]
        {
            assert!(is_slip(one, other), "{one}");
        }
        for (one, other) in [
            ("team-a", "team-b"),
            ("teama", "teamb"),
            ("sales1", "sales2"),
            ("class-2025", "class-2026"),
            ("east", "west"),
            ("hr", "pr"),
            ("sales-emea", "sales-apac"),
            ("field", "field-sales"),
            ("", "sales"),
        ] {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }
}
