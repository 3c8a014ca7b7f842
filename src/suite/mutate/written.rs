//! A test as text.

use super::list::Draft;
use crate::census::Difference;
use crate::decision::Outcome;
use crate::model::Origin;
use crate::suite::plan::Suite;

/// Words that mean something where an app stands.
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

/// A test that holds of the original and not of the mutant.
pub(super) fn test(suite: &Suite<'_>, draft: &Draft, difference: &Difference) -> String {
    let user = word(&difference.user);
    let app = word(&difference.app);
    let (verb, may) = match difference.before {
        Some(Outcome::Allow) => ("allow", "may"),
        _ => ("deny", "may not"),
    };
    let rule = suite.model.rules.get(draft.rule).and_then(|rule| rule.id);
    let because = rule.map(|(id, _)| format!(" ({})", suite.model.name(id))).unwrap_or_default();
    let later = difference.day != suite.today;
    let day = if later { format!(" on {}", difference.day) } else { String::new() };
    let mut name = format!("{} {may} install {}{day}{because}", difference.user, difference.app);
    // A name stands for one test.
    while suite.model.tests.iter().any(|test| suite.model.name(test.name) == name) {
        name.push_str(", again");
    }
    let mut text = format!("test {} at {} {{\n", quoted(&name), difference.day);
    // Whom nothing but a rule names has to be said to exist.
    let known = suite.model.user(&difference.user).and_then(|user| suite.model.users.rows.get(user));
    if known.is_none_or(|row| row.origin == Origin::Named) {
        text.push_str(&format!("  given user {user} {{ }}\n"));
    }
    text.push_str(&format!("  {verb} {user} install {app}\n}}\n"));
    text
}

/// A name as it is written in a policy: bare where that means the same.
fn word(name: &str) -> String {
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
                && !KEYWORDS.contains(&name)
        }
    };
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn names_are_bare_only_where_that_means_the_same() {
        for bare in ["deal-sync", "Xy_12AB", "a.b", "kim+x_y@northwind.example"] {
            assert_eq!(word(bare), bare);
        }
        for quoted in ["apps", "all", "my app", "", "2026-12-01", "Ünter", "x@ü.example", "x@y."] {
            assert_eq!(word(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(word("a\"b\\c\nd\u{1}"), r#""a\"b\\c\nd\u{1}""#);
    }
}
