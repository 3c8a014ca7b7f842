//! Wrapping of running text.

/// The lines of `text` with at most `width` characters each, broken at spaces; a longer word has a line of its own.
///
/// Words are never split: names, paths and addresses can be copied and searched for.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
        lines.push(line);
    }
    lines
}

/// `text` wrapped so that its first line follows `first` and the others stand under it; both take `indent` columns.
pub(super) fn hang(first: &str, indent: usize, text: &str, width: usize) -> String {
    let lines = wrap(text, width.saturating_sub(indent).max(20));
    format!("{first}{}\n", lines.join(&format!("\n{}", " ".repeat(indent))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_never_within_one() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a-rather-long-name b", 6), ["a-rather-long-name", "b"]);
        assert_eq!(wrap("first\nsecond", 40), ["first", "second"]);
        assert_eq!(hang("  * ", 4, "aa bb cc dd ee ff gg hh", 24), "  * aa bb cc dd ee ff gg\n    hh\n");
    }
}
