//! What policies mean before any decision: names, facts, types, the account and the graph.

mod assume;
mod cases;
mod graph;
mod laws;
pub mod mini;
mod scale;
