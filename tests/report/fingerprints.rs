//! Fingerprints of lines, against those that GitHub computes, and the law they are for: a line that moves keeps its own.

use admit::report::fingerprints;

use crate::corpora;

/// Where the lines of a text begin: after LF, CR LF and CR.
fn starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = (0..bytes.len())
        .filter(|&at| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect()
}

fn of_all(text: &str) -> Vec<String> {
    fingerprints(text, &starts(text)).iter().map(ToString::to_string).collect()
}

#[test]
fn they_are_those_of_github() {
    let Some(corpus) = corpora::json("github/primaryLocationLineHash.vectors.json") else { return };
    let vectors = corpus["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 9);
    for vector in vectors {
        let text = vector["input"].as_str().unwrap();
        let expected: Vec<&str> =
            vector["line_hashes"].as_array().unwrap().iter().map(|hash| hash.as_str().unwrap()).collect();
        assert_eq!(of_all(text), expected, "{text:?}");
    }
}

#[test]
fn the_empty_line_at_the_end_and_repeated_lines_have_known_ones() {
    assert_eq!(of_all(""), ["c129715d7a2bc9a3:1"]);
    let repeated = of_all(&"a rule that is longer than nothing\n".repeat(6));
    let parts: Vec<(&str, &str)> = repeated.iter().map(|one| one.split_once(':').unwrap()).collect();
    assert_eq!((parts[0].1, parts[1].1, parts[2].1), ("1", "2", "3"));
    assert_eq!(parts[0].0, parts[1].0);
}

#[test]
fn a_line_that_moves_keeps_its_fingerprint() {
    let rule = format!("block all apps for group contractors # {}\n", "é😀 ".repeat(60));
    let before = format!("group a {{ }}\n{rule}");
    let after = format!("# new\r\n\r\ngroup a {{ b@x.example }}\n\n\t  {rule}role b {{ }}\n");
    let at = |text: &str| {
        let offset = text.find("block").unwrap() as u32;
        fingerprints(text, &[offset])[0]
    };
    assert_eq!(at(&before), at(&after));
    assert_ne!(at(&before), at(&before.replace("all apps", "gong")));
}

#[test]
fn every_place_of_a_line_has_its_fingerprint() {
    let text = format!("short\n{}\r\n\r\n  indented😀\nlast", "long ".repeat(100));
    let lines = starts(&text);
    let all = of_all(&text);
    let offsets: Vec<u32> =
        (0..=text.len() as u32).filter(|&at| text.is_char_boundary(at as usize)).collect();
    let found = fingerprints(&text, &offsets);
    assert_eq!(found.len(), offsets.len());
    for (offset, found) in offsets.iter().zip(found) {
        let line = lines.partition_point(|start| start <= offset) - 1;
        assert_eq!(found.to_string(), all[line], "at {offset}");
    }
}
