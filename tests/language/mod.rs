//! What policies mean before any decision: names, facts, types, the account and the graph.

mod cases;
pub mod mini;
