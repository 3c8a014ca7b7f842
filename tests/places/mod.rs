//! Where people meet admit besides the command line: pipelines, hooks and editors. What is shipped for them is valid and does what it says.

mod editors;
mod pipelines;
mod textmate;

use std::path::Path;

use serde_json::Value;

/// A file of the project.
fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// YAML as JSON.
fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
