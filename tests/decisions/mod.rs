//! Decisions on small projects: each row of the language's table, both sides of every boundary, and what explanations say.

mod actions;
mod conditions;
mod deep;
mod explanations;
mod laws;
mod next_steps;
mod roles_and_scopes;
mod table;
mod unknown_facts;
mod world;
