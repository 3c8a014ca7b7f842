//! Transcripts of the command, run inside the test: what was typed, what came out where, and how it ended.

mod basics;
mod fixes;
mod fmt;
mod graph_picture;
mod machines;
mod owners;
mod projects;
pub mod stage;
mod streams;
pub mod suppressions;
