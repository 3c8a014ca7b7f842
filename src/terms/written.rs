//! Names as people write them in policies.

/// Words that mean something where a name may stand.
const KEYWORDS: &[&str] = &[
    "all",
    "allow",
    "and",
    "app",
    "apps",
    "at",
    "by",
    "deny",
    "developer",
    "except",
    "everyone",
    "given",
    "group",
    "in",
    "install",
    "internal",
    "listed",
    "not",
    "only",
    "or",
    "role",
    "unlisted",
    "user",
    "when",
    "with",
];

/// A name or an e-mail address as it is written in a policy: bare where that means the same, else in quotes.
pub fn written(name: &str) -> String {
    if KEYWORDS.contains(&name) { quoted(name) } else { written_value(name) }
}

/// The same for a value in a condition, where no word is a keyword.
pub fn written_value(name: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    let bare = match name.rsplit_once('@') {
        Some((local, domain)) => {
            let part = |text: &str, more: &str| {
                !text.is_empty() && text.chars().all(|one| plain(one) && one != '_' || more.contains(one))
            };
            part(local, "_+") && part(domain, "") && domain.ends_with(|one: char| one.is_ascii_alphanumeric())
        }
        None => {
            name.starts_with(|one: char| one.is_ascii_alphabetic())
                && name.chars().all(plain)
                && name.ends_with(|one: char| one.is_ascii_alphanumeric())
        }
    };
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text in quotes, with escapes for what quotes cannot hold and for what nobody would see.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            unseen if is_unseen(unseen) => out.push_str(&format!("\\u{{{:x}}}", u32::from(unseen))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Whether a character shows nothing: control characters, line breaks beyond ASCII, and those of Unicode that join, hide or turn around what
/// stands beside them.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn names_are_bare_only_where_that_means_the_same() {
        for bare in ["deal-sync", "for", "reviewed", "Xy_12AB", "a.b", "kim+x_y@northwind.example"] {
            assert_eq!(written(bare), bare);
        }
        for quoted in ["apps", "all", "my app", "", "2026-12-01", "Ünter", "x@ü.example", "x@y."] {
            assert_eq!(written(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(written("a\"b\\c\nd\u{1}\u{2028}"), r#""a\"b\\c\nd\u{1}\u{2028}""#);
    }
}
