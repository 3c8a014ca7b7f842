//! How findings and decisions look: for a person, one fact a line, and as JSON.

mod decisions;
mod findings;
mod fingerprints;
mod junit;
mod machines;
mod pages;
