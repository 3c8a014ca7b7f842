//! Pieces of sentences. They have no final full stop and show names in backticks.

/// Names beyond this many are counted rather than listed.
const MOST: usize = 5;

/// `a`, `b` and `c`: names in backticks; beyond five, how many more.
pub(super) fn list_names<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    join(&shown, names.len())
}

/// Phrases joined as in a sentence; `all` is how many there are, of which more than a few are only counted.
pub(super) fn join(shown: &[String], all: usize) -> String {
    match shown {
        [] => String::new(),
        _ if all > shown.len() => format!("{} and {} more", shown.join(", "), all - shown.len()),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// Up to a few phrases, joined as in a sentence.
pub(super) fn list_phrases(phrases: impl ExactSizeIterator<Item = String>) -> String {
    let all = phrases.len();
    let shown: Vec<String> = phrases.take(MOST).collect();
    join(&shown, all)
}

/// `a`, which is in `b`, which is in `c`: a path from thing to thing, of which `hidden` things before the last are left out.
pub(super) fn chain(names: &[&str], hidden: usize, link: &str) -> String {
    let mut text = String::new();
    for (step, name) in names.iter().enumerate() {
        if hidden > 0 && step + 1 == names.len() {
            text.push_str(&format!(", … ({hidden} more) …"));
        }
        if step > 0 {
            text.push_str(&format!(", {link} "));
        }
        text.push_str(&format!("`{name}`"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(list_names(&["a"]), "`a`");
        assert_eq!(list_names(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list_names(&["a", "b", "c", "d", "e", "f", "g"]), "`a`, `b`, `c`, `d`, `e` and 2 more");
    }
}
