//! The `admit` command.

fn main() {}
