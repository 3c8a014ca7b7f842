//! Decisions in words: for a person ([`human`]) and one fact a line ([`plain`]), from the same sentences ([`words`]).

mod human;
mod plain;
mod steps;
mod words;

pub use plain::plain;
