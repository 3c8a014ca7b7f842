//! The list of codes and their pages.

use std::collections::BTreeSet;

use admit::project::codes;

#[test]
fn names_are_unique_and_every_page_has_its_code() {
    let names: Vec<&str> = codes().iter().map(|code| code.name).collect();
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), unique.len(), "two codes have one name");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    let unique: BTreeSet<String> = unique.into_iter().map(str::to_owned).collect();
    assert_eq!(unique, pages, "each page in docs/codes belongs to a code in `project::codes()`");
}

#[test]
fn every_page_begins_with_its_name() {
    for code in codes() {
        assert!(code.page.starts_with(&format!("# `{}`\n", code.name)), "{}", code.name);
        assert!(
            code.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            code.name
        );
        assert!(!code.summary.ends_with('.') && !code.summary.is_empty(), "{}", code.name);
    }
}
