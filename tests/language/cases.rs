//! Case files: each line that must have findings says so in a comment at its end, `# error: code, code` or `# warning: code`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::mini::{Files, Outcome};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/language");

/// Every case: a file, or a folder that is a project of its own.
pub fn cases() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(ROOT).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

pub fn load(case: &Path) -> Files {
    let mut files = Files { files: Vec::new(), zoom: true };
    if case.is_file() {
        files.files.push(("policies/main.admit".into(), fs::read_to_string(case).unwrap()));
        return files;
    }
    let mut folders = vec![case.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(case).unwrap().to_str().unwrap().replace('\\', "/");
                files.files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.files.sort();
    files
}

/// Whether a case has an account of its own, or is about having none.
pub fn states_account(case: &Path, files: &Files) -> bool {
    let name = case.file_name().unwrap().to_str().unwrap();
    name.starts_with("no-account") || files.files.iter().any(|(_, text)| text.contains("account"))
}

/// What the comments of a project expect, in the form of [`Outcome::lines`].
fn expected(files: &Files) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (path, text) in &files.files {
        for (line, number) in text.lines().zip(1..) {
            for comment in line.split('#').skip(1) {
                let Some((severity @ ("error" | "warning"), codes)) = comment.trim().split_once(": ") else {
                    continue;
                };
                for code in codes.split(',') {
                    *all.entry(format!("{path}:{number} {severity}: {}", code.trim())).or_insert(0) += 1;
                }
            }
        }
    }
    all
}

#[test]
fn findings_stand_exactly_where_the_cases_say() {
    let mut wrong = String::new();
    for case in cases() {
        let mut files = load(&case);
        let name = case.file_name().unwrap().to_str().unwrap();
        let expected = expected(&files);
        if !states_account(&case, &files) {
            files = files.with_account();
        }
        let outcome: Outcome = files.analyse();
        let mut found = BTreeMap::new();
        for line in outcome.lines() {
            *found.entry(line).or_insert(0) += 1;
        }
        if found != expected {
            let missing: Vec<_> =
                expected.iter().filter(|(line, count)| found.get(*line) != Some(*count)).collect();
            let surplus: Vec<_> =
                found.iter().filter(|(line, count)| expected.get(*line) != Some(*count)).collect();
            wrong += &format!("== {name}\nexpected {missing:#?}\nfound {surplus:#?}\n");
        }
        assert_eq!(outcome.sealed, outcome.lines().iter().all(|line| !line.contains(" error: ")), "{name}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}
