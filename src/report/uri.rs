//! Paths in links.

use std::fmt::Write;

/// A path as a relative reference: every character that means something in a URI is encoded.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/@+".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_references() {
        assert_eq!(uri("policies/a b%c:d,é?#.admit"), "policies/a%20b%25c%3Ad%2C%C3%A9%3F%23.admit");
        assert_eq!(uri("../base/x_y-z~1.admit"), "../base/x_y-z~1.admit");
    }
}
