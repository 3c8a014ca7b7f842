//! What holds for every layout: laying out twice changes nothing, the meaning stays, and so does every comment in its place.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use admit::syntax::ast::Comment;

use super::{formatted, parse};
use crate::random_projects::dice::Dice;
use crate::random_projects::generate::Random;
use crate::random_projects::holds_for_each;
use crate::random_projects::render::render;
use crate::syntax::shown;

/// Everything that a text says, without places and layout: each item, its documentation and exceptions, then all comments in order.
fn said(text: &str) -> Vec<String> {
    let tree = parse(text);
    assert!(!tree.has_errors, "{text}");
    let mut said = Vec::new();
    for item in &tree.items {
        let allowed: Vec<String> = (item.suppressions.iter())
            .map(|one| {
                let codes: Vec<&str> = one.codes.iter().map(|code| code.text.as_str()).collect();
                format!("{codes:?} {:?} {}", one.until, one.because)
            })
            .collect();
        said.push(format!("{} {:?} {allowed:?}", shown::item(item), item.docs));
    }
    let comment = |comment: &Comment| {
        let span = comment.span;
        text[span.start as usize..span.end as usize].trim_end().to_owned()
    };
    said.extend(tree.comments.iter().map(comment));
    said
}

/// Puts the laws to the test, and gives the layout.
fn holds(text: &str) -> String {
    let once = formatted(text).unwrap_or_else(|| panic!("not laid out:\n{text}"));
    assert_eq!(said(text), said(&once), "the meaning changed\n--- before\n{text}\n--- after\n{once}");
    let twice = formatted(&once).unwrap();
    assert_eq!(once, twice, "laying out twice differs\n--- before\n{text}");
    for line in once.lines() {
        assert_eq!(line, line.trim_end(), "blanks at the end of a line\n{once}");
    }
    once
}

/// Every policy file of the repository.
fn policies() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["examples", "policies", "templates", "tests/cases"]
        .iter()
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "admit") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The policies in the documentation.
fn blocks() -> Vec<String> {
    let mut files = vec!["README.md".into(), "docs/language.md".into(), "docs/guide.md".into()];
    let codes = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes");
    files.extend(std::fs::read_dir(codes).unwrap().map(|entry| entry.unwrap().path()));
    let mut blocks = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let mut rest = text.as_str();
        while let Some((_, after)) = rest.split_once("\n```admit") {
            let (block, after) = after.split_once("\n```").unwrap();
            blocks.push(block.split_once('\n').map_or("", |(_, text)| text).to_owned());
            rest = after;
        }
    }
    blocks
}

/// Changes blanks, line breaks and commas, and puts comments wherever there may be some.
fn scrambled(dice: &mut Dice, text: &str, comments: bool) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    let mut gap = |dice: &mut Dice, out: &mut String, must: bool| {
        let blank = dice.pick(&["\n", " ", "  ", "\t", "\n\n\n", "\r\n", " \n  "]);
        if comments && dice.chance(12) {
            count += 1;
            let mark = dice.pick(&["#", "# plain ", "## doc "]);
            let before = dice.pick(&["", " ", "\n", "\n\n"]);
            out.push_str(&format!("{before}{mark}{count}{}\n", dice.pick(&["", " ", "\r", "\n# more\n"])));
        } else if must || dice.chance(20) {
            out.push_str(blank);
        }
    };
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let start = at;
                at += 1;
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                out.push_str(&text[start..at]);
                gap(dice, &mut out, false);
            }
            b'#' => {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                out.push_str(&text[at..end]);
                out.push('\n');
                at = end;
            }
            b' ' | b'\n' | b'\t' | b'\r' => {
                while at < bytes.len() && matches!(bytes[at], b' ' | b'\n' | b'\t' | b'\r') {
                    at += 1;
                }
                gap(dice, &mut out, true);
            }
            mark @ (b'{' | b'}' | b'[' | b']' | b'(' | b')' | b',') => {
                gap(dice, &mut out, false);
                out.push(char::from(mark));
                gap(dice, &mut out, false);
                at += 1;
            }
            _ => {
                let end = text[at..]
                    .find(|c: char| " \n\t\r\"#{}[](),".contains(c))
                    .map_or(text.len(), |end| at + end);
                out.push_str(&text[at..end]);
                at = end;
            }
        }
    }
    out
}

#[test]
fn every_policy_of_the_repository_keeps_its_meaning_and_its_comments() {
    for (_, text) in policies() {
        if parse(&text).has_errors {
            assert_eq!(formatted(&text), None);
        } else {
            holds(&text);
        }
    }
    for text in blocks() {
        if !parse(&text).has_errors {
            holds(&text);
        }
    }
}

/// However a policy is laid out, its layout is the same, as long as no comment and no blank line holds it up.
#[test]
fn the_layout_does_not_depend_on_the_one_before() {
    let plain = |text: &str| text.replace("\n\n", "\n");
    for (path, text) in policies() {
        if parse(&text).has_errors || text.contains('#') {
            continue;
        }
        let expected = plain(&holds(&text));
        for seed in 0..10 {
            let text = scrambled(&mut Dice::new(seed), &text, false);
            assert_eq!(plain(&plain(&holds(&text).replace("\r\n", "\n"))), expected, "{}", path.display());
        }
    }
}

#[test]
fn comments_may_stand_anywhere() {
    for (_, text) in policies() {
        if parse(&text).has_errors {
            continue;
        }
        for seed in 0..6 {
            let text = scrambled(&mut Dice::new(seed), &text, true);
            if !parse(&text).has_errors {
                holds(&text);
            }
        }
    }
}

/// One comment at a time, in each place between two words of every construct.
#[test]
fn a_comment_may_stand_in_each_gap() {
    let text = formatted(include_str!("before.admit")).unwrap();
    let mut tried = 0;
    for item in parse(&text).items {
        let item = &text[item.span.start as usize..item.span.end as usize];
        let mut quoted = false;
        for (at, byte) in item.bytes().enumerate() {
            quoted ^= byte == b'"';
            let line = item[..at].rsplit('\n').next().unwrap();
            if quoted || line.contains('#') || !matches!(byte, b' ' | b'\n' | b',' | b'(' | b')') {
                continue;
            }
            for comment in [" # here\n", "\n# here\n", "\n\n## here\n\n"] {
                holds(&format!("{}{comment}{}", &item[..at], &item[at..]));
                tried += 1;
            }
        }
    }
    assert!(tried > 1_000, "only {tried} gaps");
}

#[test]
fn thousands_of_random_policies_keep_their_meaning_and_their_comments() {
    let tried = AtomicUsize::new(0);
    holds_for_each(0..600, |seed| {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        let files = render(&mut dice, &mut random);
        for text in files.iter().filter(|(path, _)| path.ends_with(".admit")).map(|(_, text)| text) {
            let text = text.trim_start_matches('\u{feff}');
            for text in [text.to_owned(), scrambled(&mut dice, text, true)] {
                if !parse(&text).has_errors {
                    holds(&text);
                    tried.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        Ok(())
    });
    let tried = tried.into_inner();
    assert!(tried > 2_000, "only {tried} policies could be read");
}
