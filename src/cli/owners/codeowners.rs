//! The CODEOWNERS file, as GitHub and GitLab read it.

use super::files::OwnedFile;

/// The line before what admit writes.
pub(super) const BEGIN: &str = "# admit owners: begin";
/// The line after it.
pub(super) const END: &str = "# admit owners: end";

/// The lines between and with [`BEGIN`] and [`END`]. Of several patterns that fit a file the last one counts, so the default comes first.
pub(super) fn block(files: &[OwnedFile], folder: &str, default: &[String]) -> String {
    let mut text = format!(
        "{BEGIN}\n# Made by `admit owners` from the owners of the rules in each file. Do not edit.\n"
    );
    if !default.is_empty() {
        let all = if folder.is_empty() { "*".to_owned() } else { format!("/{}/", escaped(folder)) };
        text.push_str(&format!("{all} {}\n", default.join(" ")));
    }
    for file in
        files.iter().filter(|file| !file.owners.is_empty() && !is_outside(&file.path) && !is_odd(&file.path))
    {
        let owners: Vec<&str> = file.owners.iter().map(String::as_str).collect();
        text.push_str(&format!("/{} {}\n", escaped(&file.path), owners.join(" ")));
    }
    text + END + "\n"
}

/// Whether a file lies outside of the repository: no pattern can reach it.
fn is_outside(path: &str) -> bool {
    path.starts_with("../") || path.starts_with('/')
}

/// Whether no line can hold the name of a file.
pub(super) fn is_odd(path: &str) -> bool {
    path.contains(char::is_control)
}

/// A path as a pattern that fits nothing else.
fn escaped(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter.is_whitespace() || matches!(letter, '\\' | '*' | '?' | '[' | ']' | '#' | '!') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// The file with the block in its place, with line breaks as they are there; `None`: it has lines and no place for the block.
pub(super) fn placed(there: Option<&str>, block: &str) -> Option<String> {
    let there = match there {
        None => return Some(block.to_owned()),
        Some(text) if text.trim().is_empty() => return Some(block.to_owned()),
        Some(text) => text,
    };
    let mut before = String::new();
    let mut lines = there.split_inclusive('\n');
    let begin = loop {
        let line = lines.next()?;
        if line.trim_end() == BEGIN {
            break line;
        }
        before.push_str(line);
    };
    lines.by_ref().find(|line| line.trim_end() == END)?;
    let after: String = lines.collect();
    let block = if begin.ends_with("\r\n") { block.replace('\n', "\r\n") } else { block.to_owned() };
    Some(before + &block + &after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_block_is_replaced() {
        let block = format!("{BEGIN}\n/a x@y.z\n{END}\n");
        assert_eq!(placed(None, &block), Some(block.clone()));
        assert_eq!(placed(Some("\n"), &block), Some(block.clone()));
        let old = format!("* @all\r\n{BEGIN}\nold\n{END}\n/b @b\n");
        assert_eq!(placed(Some(&old), &block), Some(format!("* @all\r\n{block}/b @b\n")));
        let windows = |text: &str| text.replace('\n', "\r\n");
        let old = windows(&format!("* @all\n{BEGIN}\nold\n{END}\n/b @b\n"));
        assert_eq!(placed(Some(&old), &block), Some(windows(&format!("* @all\n{block}/b @b\n"))));
        assert_eq!(placed(Some("* @all\n"), &block), None);
        assert_eq!(placed(Some(&format!("{BEGIN}\n* @all\n")), &block), None);
    }

    #[test]
    fn odd_letters_of_paths_are_escaped() {
        assert_eq!(escaped("policies/team a#1[x]*.admit"), "policies/team\\ a\\#1\\[x\\]\\*.admit");
    }
}
