//! What changes in a text.

use std::borrow::Cow;
use std::time::Duration;

use similar::{Algorithm, TextDiff};

use super::rewrite::MARK;

/// How long the smallest difference of two texts is sought. After it what is left is one change: right, if not the smallest.
const PATIENCE: Duration = Duration::from_secs(1);

/// The unified difference of a file's two texts, as `git apply` and `patch -p1` read it. `mark`: the file begins with a byte order mark,
/// which the texts are without.
pub(super) fn difference(name: &str, mark: bool, before: &str, after: &str) -> String {
    let marked = |text| if mark { Cow::Owned([MARK, text].concat()) } else { Cow::Borrowed(text) };
    let (before, after) = (marked(before), marked(after));
    // Lines end with LF, as they do for those tools: a lone CR is a character of a line.
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let mut settings = TextDiff::configure();
    settings.algorithm(Algorithm::Patience).timeout(PATIENCE).newline_terminated(true);
    let difference = settings.diff_slices(&before, &after);
    let (old, new) = (header("a", name), header("b", name));
    difference.unified_diff().context_radius(3).header(&old, &new).to_string()
}

/// A name in the head of a difference: in quotes where it could not be told apart otherwise, and with a tab at its end where it has spaces.
fn header(side: &str, name: &str) -> String {
    let name = format!("{side}/{}", name.trim_start_matches('/'));
    if name.chars().any(|c| c.is_control() || matches!(c, '"' | '\\')) {
        let escaped: String = name.chars().map(escaped).collect();
        return format!("\"{escaped}\"");
    }
    if name.contains(' ') { name + "\t" } else { name }
}

/// A character of a name in quotes, as in C.
fn escaped(character: char) -> String {
    match character {
        '"' | '\\' => format!("\\{character}"),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        _ if character.is_control() => {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\{byte:03o}")).collect()
        }
        _ => character.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn lines_end_with_lf_and_a_mark_stays() {
        let lines = difference("a.admit", true, "one\rtwo\nthree\n", "one\rtwo\n3\n");
        assert_eq!(lines, "--- a/a.admit\n+++ b/a.admit\n@@ -1,2 +1,2 @@\n \u{feff}one\rtwo\n-three\n+3\n");
    }

    #[test]
    fn an_end_without_a_line_break_is_told() {
        let lines = difference("a.admit", false, "a\nb", "a\nb\n");
        assert!(lines.ends_with("-b\n\\ No newline at end of file\n+b\n"), "{lines}");
    }

    #[test]
    fn names_are_told_apart() {
        for (name, head) in [
            ("/tmp/a.admit", "--- a/tmp/a.admit\n"),
            ("my policies/a.admit", "--- a/my policies/a.admit\t\n"),
            ("a\tb\"c", "--- \"a/a\\tb\\\"c\"\n"),
            ("ü.admit", "--- a/ü.admit\n"),
            ("a\u{85}b", "--- \"a/a\\302\\205b\"\n"),
        ] {
            let lines = difference(name, false, "a\n", "b\n");
            assert!(lines.starts_with(head), "{lines}");
        }
    }
}
