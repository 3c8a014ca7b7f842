//! Public data to hold outputs against: schemas and vectors of others, which are not part of the project.
//!
//! They are looked for where `ADMIT_CORPORA` says, else in `../shared/corpora`. Where they are missing, a test that would use them says so
//! and passes.

use std::path::PathBuf;

use serde_json::Value;

/// The JSON of a file of the corpora; `None`: it is not here, which is said.
#[expect(clippy::print_stderr, reason = "who reads the log of a test run wants to know what it did not do")]
pub fn json(path: &str) -> Option<Value> {
    let folder = std::env::var_os("ADMIT_CORPORA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora")),
        PathBuf::from,
    );
    let file = folder.join(path);
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: there is no {}", file.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}
