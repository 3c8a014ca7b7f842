//! The published JSON schemas (draft 2020-12) of everything that admit writes as JSON, and of the queries that it reads.

/// A schema. Its text is `schemas/NAME.json`.
#[derive(Debug)]
pub struct Schema {
    /// Its name.
    pub name: &'static str,
    /// Its `$id`: `urn:admit:NAME:VERSION`. A new version is one that would break who reads the old.
    pub id: &'static str,
    /// What it describes, in a line.
    pub summary: &'static str,
    /// The schema itself.
    pub text: &'static str,
}

macro_rules! schemas {
    ($($name:literal $version:literal $summary:literal,)*) => {
        &[$(Schema {
            name: $name,
            id: concat!("urn:admit:", $name, ":", $version),
            summary: $summary,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/", $name, ".json")),
        }),*]
    };
}

/// Every schema, by name.
pub static SCHEMAS: &[Schema] = schemas![
    "codes" 1 "every kind of finding: `admit codes --format json`",
    "decision" 1 "an answer: `admit can --format json`, and a line of `admit decide`",
    "error" 1 "what `admit decide` answers to a line that is no query",
    "exceptions" 1 "every exception with its owner and end: `admit suppressions --format json`",
    "findings" 1 "what is wrong: `admit check --format json`; on standard error, the errors of a policy that keep another command from its answer",
    "format" 1 "which files were laid out: `admit fmt --format json`",
    "graph" 1 "what depends on what: `admit graph --format json`",
    "owners" 1 "who answers for which file: `admit owners --format json`",
    "page" 1 "the page of a code: `admit explain CODE --format json`",
    "query" 1 "a line that `admit decide` reads",
    "schemas" 1 "this list: `admit schema --format json`",
    "test" 1 "what policy tests say, decide and would not notice: `admit test --format json`",
];
