//! Transcripts of the command, run inside the test: what was typed, what came out where, and how it ended.

mod basics;
mod machines;
mod graph_picture;
mod projects;
pub mod stage;
mod streams;
