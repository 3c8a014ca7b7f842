//! Layer 2: policy text to syntax tree.

pub mod ast;
