//! Names of items that could not be read, so that one mistake gives one message.

use hashbrown::HashSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Input;
use crate::syntax::item_meant;
use crate::text::SourceMap;

/// The names that stand behind the keyword of an item at the start of a line, or what was meant as one, in files with syntax errors.
///
/// An item with a syntax error is in no tree; whoever refers to it must not be told that it does not exist.
#[derive(Default)]
pub(super) struct Broken {
    /// Keyword, space, name.
    names: HashSet<Box<str>, FxBuildHasher>,
    account: bool,
}

/// The items whose names others refer to.
const NAMED: &[&str] =
    &["account", "allowlist", "app", "attribute", "developer", "group", "role", "scope-set", "user"];

impl Broken {
    pub(super) fn find(input: &Input<'_>, sources: &SourceMap) -> Self {
        let mut broken = Self::default();
        // The same words start many lines.
        let mut meant: FxHashMap<&str, Option<&str>> = FxHashMap::default();
        let trees = input.trees.iter().chain(input.baselines.iter().flatten());
        for tree in trees.filter(|tree| tree.has_errors) {
            for line in sources.file(tree.file).text().lines() {
                let (word, rest) = start(line);
                let meant =
                    meant.entry(word).or_insert_with(|| item_meant(word).filter(|item| NAMED.contains(item)));
                if let Some(keyword) = *meant {
                    broken.item(keyword, rest);
                }
                broken.rule_id(line);
            }
        }
        broken
    }

    fn item(&mut self, keyword: &str, rest: &str) {
        self.account |= keyword == "account";
        if let Some(name) = first_word(rest.trim_start()) {
            self.names.insert(format!("{keyword} {name}").into());
        }
    }

    /// `id NAME` anywhere in a line.
    fn rule_id(&mut self, line: &str) {
        for (at, _) in line.match_indices("id ") {
            if let Some(name) = line.get(at + 3..).and_then(first_word) {
                self.names.insert(format!("id {name}").into());
            }
        }
    }

    /// Whether an item of this kind and name (for rules: `id`) stands in a file with syntax errors.
    pub(super) fn has(&self, keyword: &str, name: &str) -> bool {
        !self.names.is_empty() && self.names.contains(format!("{keyword} {name}").as_str())
    }

    /// Whether an account stands in a file with syntax errors.
    pub(super) fn has_account(&self) -> bool {
        self.account
    }
}

/// The word that starts a line, and the rest of the line. What closes nothing, or starts no comment, may stand before it.
fn start(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '}' | '/' | '*'));
    let end = line.find(|c: char| c.is_whitespace() || matches!(c, '{' | '"' | '#')).unwrap_or(line.len());
    line.split_at_checked(end).unwrap_or_default()
}

/// The first word of a text, or the text of the quoted string it starts with.
fn first_word(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted.split('"').next();
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':' | '#' | '"'));
    let word = text.get(..end.unwrap_or(text.len()))?;
    (!word.is_empty()).then_some(word)
}
