//! What policies mean before any decision: names, facts, types, the account and the graph.

mod cases;
mod mini;
