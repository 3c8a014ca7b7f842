//! Reading `admit.yaml`: each key has its own reader in one table, so a new key is a line in it and a field of [`Config`].

mod expiry;
mod extends;
mod levels;
mod terms;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, nearest, quoted_list};
use crate::facts::{Entry, Node, NodeKind, read_tree};
use crate::text::{FileId, Span};

use super::config::{Config, PathPattern};
use super::files::FileSystem;
use super::pattern::Pattern;
use super::root::Root;

pub use extends::UNKNOWN_LIBRARY;
pub use levels::{FIXED_LEVEL, UNKNOWN_CODE};
pub(super) use levels::{fixed_level, is_fixed, unknown_code};

declare_code! {
    /// An `admit.yaml` that is not valid YAML.
    MALFORMED_SETTINGS = Project, Error, "malformed-settings", "an admit.yaml whose text is not valid YAML"
}
declare_code! {
    /// A key that `admit.yaml` does not have.
    UNKNOWN_SETTING = Project, Error, "unknown-setting", "a key that admit.yaml does not have"
}
declare_code! {
    /// A setting with a value of the wrong kind.
    WRONG_SETTING = Project, Error, "wrong-setting", "a setting whose value is not of its kind"
}

/// Reads the value of one key.
type Reader = fn(&Entry, &mut Settings<'_>);

/// The keys of `admit.yaml`.
const KEYS: &[(&str, Reader)] = &[
    ("policies", policies),
    ("facts", facts),
    ("extends", extends::read),
    ("lints", levels::read),
    ("expiry-window", expiry::read),
    ("terms", terms::read),
];

/// The keys of `facts`.
const FACTS: &[(&str, Reader)] = &[("directory", directory), ("catalog", catalog)];

/// What the readers of the keys work on.
struct Settings<'a> {
    config: Config,
    files: &'a dyn FileSystem,
    root: &'a Root,
    /// The whole text.
    text: &'a str,
    out: &'a mut Sink,
}

/// Reads the settings in `text`. What is wrong in them is reported, and the key then has its conventional value.
pub(super) fn read(file: FileId, text: &str, files: &dyn FileSystem, root: &Root, out: &mut Sink) -> Config {
    let tree = read_tree(file, text, &MALFORMED_SETTINGS, out);
    let config = Config { file: Some(file), ..Config::conventional() };
    let mut settings = Settings { config, files, root, text, out };
    match tree {
        None | Some(Node { kind: NodeKind::Null, .. }) => {}
        Some(Node { kind: NodeKind::Map(entries), .. }) => settings.keys(&entries, KEYS),
        Some(node) => {
            settings.wrong(node.span, "the settings are not a map of keys", "begin with `policies:`")
        }
    }
    settings.config
}

impl Settings<'_> {
    fn keys(&mut self, entries: &[Entry], known: &[(&'static str, Reader)]) {
        for entry in entries {
            match known.iter().find(|(name, _)| *name == entry.key) {
                Some((_, read)) => read(entry, self),
                None => {
                    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                    self.unknown(entry, &names);
                }
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, known: &[&str]) {
        let help = match nearest(&entry.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", quoted_list(known, "and")),
        };
        let message = format!("there is no setting `{}`", entry.key);
        self.out.push(Diagnostic::new(&UNKNOWN_SETTING, entry.key_span, message).help(help));
    }

    fn wrong(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.out.push(Diagnostic::new(&WRONG_SETTING, span, message).help(help));
    }

    /// The texts of a list; a single text stands for a list of one. `None`: it is something else, which was reported.
    fn texts<'n>(&mut self, entry: &'n Entry, example: &str) -> Option<Vec<(&'n str, Span)>> {
        let help = format!("write a list such as `{example}`, or `[]` for none");
        let nodes = match &entry.value.kind {
            NodeKind::Scalar(text, _) => return Some(vec![(text, entry.value.span)]),
            NodeKind::List(nodes) => nodes,
            NodeKind::Null | NodeKind::Map(_) => {
                self.wrong(entry.value.span, format!("`{}` is not a list here", entry.key), help);
                return None;
            }
        };
        let mut texts = Vec::new();
        for node in nodes {
            match &node.kind {
                NodeKind::Scalar(text, _) => texts.push((text.as_str(), node.span)),
                _ => self.wrong(node.span, format!("`{}` lists something other than text", entry.key), &help),
            }
        }
        Some(texts)
    }

    /// The patterns of a list.
    fn patterns(&mut self, entry: &Entry, example: &str) -> Option<Vec<PathPattern>> {
        let texts = self.texts(entry, example)?;
        let mut patterns = Vec::new();
        for (text, span) in texts {
            match Pattern::new(text) {
                Ok(_) => patterns.push(PathPattern { text: text.to_owned(), place: Some(span) }),
                Err(message) => self.wrong(span, message, format!("write a pattern such as `{example}`")),
            }
        }
        Some(patterns)
    }
}

fn policies(entry: &Entry, settings: &mut Settings<'_>) {
    if let Some(patterns) = settings.patterns(entry, "[\"policies/**/*.admit\"]") {
        settings.config.policies = patterns;
    }
}

fn facts(entry: &Entry, settings: &mut Settings<'_>) {
    match &entry.value.kind {
        NodeKind::Map(entries) => settings.keys(entries, FACTS),
        NodeKind::Null => {}
        NodeKind::Scalar(..) | NodeKind::List(_) => {
            let help = "write `directory: [\"directory/*\"]` and `catalog: [\"catalog/*\"]` under it";
            settings.wrong(entry.value.span, "`facts` is not a map here", help);
        }
    }
}

fn directory(entry: &Entry, settings: &mut Settings<'_>) {
    if let Some(patterns) = settings.patterns(entry, "[\"directory/*\"]") {
        settings.config.directory = patterns;
    }
}

fn catalog(entry: &Entry, settings: &mut Settings<'_>) {
    if let Some(patterns) = settings.patterns(entry, "[\"catalog/*\"]") {
        settings.config.catalog = patterns;
    }
}
