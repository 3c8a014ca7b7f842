//! What the benchmarks share: a synthetic account of any size, in memory and on disk.

#![allow(dead_code, reason = "each benchmark uses its own part")]

pub mod account;
pub mod directory;
pub mod disk;
pub mod policies;
pub mod tests;
