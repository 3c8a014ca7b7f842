//! Names of items that could not be read, so that one mistake gives one message.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::Input;
use crate::text::SourceMap;

/// The names that stand behind an item keyword at the start of a line, in files with syntax errors.
///
/// An item with a syntax error is in no tree; whoever refers to it must not be told that it does not exist.
#[derive(Default)]
pub(super) struct Broken {
    /// Keyword, space, name.
    names: HashSet<Box<str>, FxBuildHasher>,
    account: bool,
}

const KEYWORDS: &[&str] =
    &["account", "allowlist", "app", "attribute", "developer", "group", "role", "scope-set", "user"];

impl Broken {
    pub(super) fn find(input: &Input<'_>, sources: &SourceMap) -> Self {
        let mut broken = Self::default();
        let trees = input.trees.iter().chain(input.baselines.iter().flatten());
        for tree in trees.filter(|tree| tree.has_errors) {
            for line in sources.file(tree.file).text().lines() {
                broken.line(line);
            }
        }
        broken
    }

    fn line(&mut self, line: &str) {
        let line = line.trim_start();
        let Some(keyword) = KEYWORDS.iter().find(|keyword| {
            line.strip_prefix(**keyword).is_some_and(|rest| rest.starts_with([' ', '\t', '{']))
        }) else {
            return self.rule_id(line);
        };
        self.account |= *keyword == "account";
        let rest = line.strip_prefix(keyword).unwrap_or("").trim_start();
        if let Some(name) = first_word(rest) {
            self.names.insert(format!("{keyword} {name}").into());
        }
        self.rule_id(line);
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

/// The first word of a text, or the text of the quoted string it starts with.
fn first_word(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted.split('"').next();
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':' | '#' | '"'));
    let word = text.get(..end.unwrap_or(text.len()))?;
    (!word.is_empty()).then_some(word)
}
