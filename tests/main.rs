//! All integration tests, in one binary.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, in its helpers too, and may read files and clocks"
)]

mod cli;
mod code_pages;
mod corpora;
mod decisions;
mod docs;
mod example_readmes;
mod examples;
mod facts;
mod fix;
mod format;
mod generated_docs;
mod hostile;
mod language;
mod layers;
mod library;
mod lint;
mod places;
mod policy_tests;
mod project;
mod random_projects;
mod reference;
mod report;
mod schemas;
mod syntax;
