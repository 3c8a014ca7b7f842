//! Input that was made to hurt, through the whole pipeline: nothing panics, nothing hangs, every finding has a place in its file.

mod edits;

use std::path::Path;

use admit::diagnostics::{Diagnostic, Sink};
use admit::text::SourceMap;
use fastrand::Rng;

use edits::edited;

/// Every text of the examples.
fn examples() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    let files =
        files.map(|entry| entry.expect("examples can be read")).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).expect("under the examples");
            #[allow(clippy::disallowed_methods, reason = "a test reads its examples")]
            let text = std::fs::read(entry.path()).expect("examples can be read");
            (path.to_string_lossy().into_owned(), text)
        })
        .collect()
}

/// Every place of a finding lies within its file, at the boundaries of characters.
fn assert_places(found: &[Diagnostic], sources: &SourceMap) {
    for diagnostic in found {
        let places = diagnostic.related.iter().chain([&diagnostic.primary]).map(|label| label.span);
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in places.chain(edits) {
            let text = sources.file(span.file).text();
            let range = span.start as usize..span.end as usize;
            assert!(text.get(range).is_some(), "{span:?} of {} is no place: {diagnostic:?}", text.len());
        }
    }
}

#[test]
fn edited_policies_are_parsed_in_peace() {
    let examples: Vec<_> = examples().into_iter().filter(|(path, _)| path.ends_with(".admit")).collect();
    let mut random = Rng::with_seed(1);
    for _ in 0..10_000 {
        let (path, text) = &examples[random.usize(..examples.len())];
        let (_, donor) = &examples[random.usize(..examples.len())];
        let text = String::from_utf8_lossy(&edited(&mut random, text, donor)).into_owned();
        let mut sources = SourceMap::new();
        let mut out = Sink::new();
        let file = sources.add(path.clone(), text.clone());
        admit::syntax::parse(file, &text, &mut out);
        assert_places(out.found(), &sources);
    }
}
