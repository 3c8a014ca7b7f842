//! The shape of the house: which module may use which, and which door leads outside. `ARCHITECTURE.md` is the map.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every top-level module with its layer. A module uses modules of lower layers only; siblings never see each other.
const LAYERS: &[(u8, &[&str])] = &[
    (0, &["text", "terms", "threads"]),
    (1, &["diagnostics", "decision", "program"]),
    (2, &["syntax", "facts", "library", "eval", "report"]),
    (3, &["census", "model", "format"]),
    (4, &["graph"]),
    (5, &["check", "lint"]),
    (6, &["compile"]),
    (7, &["suite"]),
    (8, &["project"]),
    (9, &["fix", "questions", "impact", "export"]),
    (10, &["cli"]),
];

/// What only some modules may name: a library behind its own words, or a door to the outside.
const DOORS: &[(&str, &[&str])] = &[
    ("pest", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("miette", &["report"]),
    ("petgraph", &["graph"]),
    ("serde_yaml", &["facts", "project"]),
    ("csv", &["cli", "facts"]),
    ("globset", &["project"]),
    ("walkdir", &["project"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anstream", &["cli"]),
    ("tempfile", &["cli"]),
    ("std::fs", &["project", "cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli"]),
    ("std::net", &[]),
    ("Timestamp::now", &["cli"]),
    ("SystemTime", &["cli"]),
    ("Instant", &["cli"]),
];

struct Source {
    module: String,
    path: String,
    /// The text without comments.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let shown = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                let module = shown.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                found.push(Source { module, path: shown, code: without_comments(&text) });
            }
        }
    }
    found.retain(|source| !["lib", "main"].contains(&source.module.as_str()));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(_, modules)| modules.contains(&module)).map(|(layer, _)| *layer)
}

/// The modules that `code` names after `crate::`, alone or in braces.
fn used(code: &str) -> BTreeSet<&str> {
    let mut modules = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let after = &code[at + start.len()..];
        if let Some(list) = after.strip_prefix('{') {
            let mut depth = 0;
            let end = list
                .find(|character| {
                    depth += i32::from(character == '{') - i32::from(character == '}');
                    depth < 0
                })
                .unwrap();
            let mut depth = 0;
            let parts = list[..end].split(|character| {
                depth += i32::from(character == '{') - i32::from(character == '}');
                depth == 0 && character == ','
            });
            modules.extend(parts.map(|part| word(part.trim_start())));
        } else {
            modules.insert(word(after));
        }
    }
    modules.retain(|module| module.starts_with(|first: char| first.is_ascii_lowercase()));
    modules
}

fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn every_module_has_a_layer() {
    let unplaced: BTreeSet<String> =
        sources().into_iter().map(|source| source.module).filter(|module| layer(module).is_none()).collect();
    assert!(unplaced.is_empty(), "give these their layer in `LAYERS`: {unplaced:?}");
}

#[test]
fn a_module_uses_only_lower_layers() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let own = layer(&source.module);
        for module in used(&source.code) {
            // A word after `crate::` that is no module is an exported macro.
            if module != source.module && layer(module).is_some_and(|other| Some(other) >= own) {
                wrong.push(format!("{} uses {module}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `eval` runs wherever a program runs: it knows the program and how to answer, and nothing of how a program is made.
#[test]
fn the_evaluator_knows_only_the_program_and_the_decision() {
    for source in sources().iter().filter(|source| source.module == "eval") {
        let beyond: Vec<&str> = used(&source.code)
            .into_iter()
            .filter(|module| !["eval", "text", "terms", "program", "decision"].contains(module))
            .collect();
        assert!(beyond.is_empty(), "{} uses {beyond:?}", source.path);
    }
}

#[test]
fn libraries_and_the_outside_stay_behind_their_doors() {
    let mut wrong = Vec::new();
    for source in &sources() {
        for (name, allowed) in DOORS {
            let named = source.code.match_indices(name).any(|(at, _)| stands_alone(&source.code, at, name));
            if named && !allowed.contains(&source.module.as_str()) {
                wrong.push(format!("{} names `{name}`, which belongs to {allowed:?}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the name at `at` is a path of its own: no part of a longer word, and followed by `::` where it is a library.
fn stands_alone(code: &str, at: usize, name: &str) -> bool {
    let before = code[..at].chars().next_back();
    let after = &code[at + name.len()..];
    let in_word = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '"';
    !before.is_some_and(in_word)
        && (after.starts_with("::") || (name.contains("::") && !after.starts_with(in_word)))
}
