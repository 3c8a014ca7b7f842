//! Scope patterns.

/// Whether `name` matches `pattern`, where each `*` of the pattern is any run of characters, none included.
///
/// Takes time in proportion to the two lengths, however many `*` there are.
pub fn pattern_matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    // Taking the first place where a middle part fits leaves the most to the parts after it.
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::pattern_matches;

    #[test]
    fn a_star_is_any_run_of_characters() {
        for (pattern, name, expected) in [
            ("recording:*", "recording:read:admin", true),
            ("recording:*", "recording", false),
            ("recording:*", "cloud_recording:read", false),
            ("*:admin", "recording:read:admin", true),
            ("*:admin", "admin", false),
            ("recording:*:admin", "recording:read:admin", true),
            ("recording:*:admin", "recording:admin", false),
            ("*", "", true),
            ("**", "x", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a*b*c", "aXbYbc", true),
            ("a*b*c", "acb", false),
            ("x", "x", true),
            ("x", "xy", false),
            ("", "", true),
        ] {
            assert_eq!(pattern_matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_longer() {
        let pattern = "*a".repeat(2_000) + "*b";
        assert!(!pattern_matches(&pattern, &"a".repeat(100_000)));
    }
}
