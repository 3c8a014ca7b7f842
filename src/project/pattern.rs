//! Patterns of paths: which folder to walk, how deep, and which files of it are meant.

use globset::{GlobBuilder, GlobMatcher};

/// The signs that make a part of a pattern more than a name.
const SIGNS: [char; 7] = ['*', '?', '[', ']', '{', '}', '\\'];

/// A pattern ready for use.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The leading folders without any sign, joined by `/`; empty: the project's own folder.
    pub(super) folder: String,
    /// How deep below `folder` files may lie.
    pub(super) depth: usize,
    /// Whether files and folders whose names begin with a dot are meant too.
    hidden: bool,
    /// Whether everything below the project's folder would be walked.
    everywhere: bool,
    /// Whether it means one file, by its name.
    is_name: bool,
    rest: Rest,
}

/// What comes after the leading folders.
#[derive(Debug)]
enum Rest {
    /// Every file at the right depth whose name ends so: `*`, `*.admit`, `**/*.admit`.
    Suffix(String),
    /// Anything else.
    Glob(GlobMatcher),
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        if text.starts_with('/') || text.starts_with('\\') || text.get(1..2) == Some(":") {
            return Err("a path in the settings is relative to their folder".to_owned());
        }
        let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let Some((last, folders)) = parts.split_last() else {
            return Err("a pattern is not empty".to_owned());
        };
        let plain = folders.iter().take_while(|part| !part.contains(SIGNS)).count();
        let folder = folders.get(..plain).unwrap_or_default().join("/");
        let between = folders.get(plain..).unwrap_or_default();
        let recursive = between.contains(&"**") || *last == "**";
        let hidden = between.iter().chain([last]).any(|part| part.starts_with('.') && *part != "..");
        let depth = if recursive { usize::MAX } else { between.len() + 1 };
        let rest = Self::rest(between, last)?;
        let everywhere = recursive && folder.is_empty();
        let is_name = between.is_empty() && !last.contains(SIGNS);
        Ok(Self { folder, depth, hidden, everywhere, is_name, rest })
    }

    fn rest(between: &[&str], last: &str) -> Result<Rest, String> {
        if (between.is_empty() || between == ["**"])
            && let Some(suffix) = last.strip_prefix('*')
            && !suffix.contains(SIGNS)
        {
            return Ok(Rest::Suffix(suffix.to_owned()));
        }
        let mut glob = between.join("/");
        if !glob.is_empty() {
            glob.push('/');
        }
        glob += last;
        let built = GlobBuilder::new(&glob).literal_separator(true).build();
        built.map(|glob| Rest::Glob(glob.compile_matcher())).map_err(|error| {
            format!("this is no pattern of paths: {}", error.kind().to_string().to_lowercase())
        })
    }

    /// Whether a walk should go into a folder of this name, or look at a file of this name.
    pub(super) fn enters(&self, name: &str) -> bool {
        let generated = self.everywhere && matches!(name, "target" | "node_modules");
        (self.hidden || !name.starts_with('.')) && !generated
    }

    /// Whether the pattern means one file, by its name.
    pub(super) fn is_name(&self) -> bool {
        self.is_name
    }

    /// Whether the pattern means a file, by its path below `folder`.
    pub(super) fn matches(&self, path: &str) -> bool {
        match &self.rest {
            Rest::Suffix(suffix) => path.ends_with(suffix.as_str()),
            Rest::Glob(glob) => glob.is_match(path),
        }
    }
}

/// A pattern that means just the file of this name.
pub(super) fn escape(name: &str) -> String {
    let mut pattern = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '*' | '?' | '[' | ']' | '{' | '}' => {
                pattern.push('[');
                pattern.push(letter);
                pattern.push(']');
            }
            other => pattern.push(other),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = Pattern::new(pattern).unwrap();
        let below =
            if pattern.folder.is_empty() { path } else { path.strip_prefix(&pattern.folder).unwrap_or("") };
        let below = below.trim_start_matches('/');
        !below.is_empty()
            && below.split('/').count() <= pattern.depth
            && below.split('/').all(|name| pattern.enters(name))
            && pattern.matches(below)
    }

    #[test]
    fn stars_stay_within_a_folder_and_two_stars_do_not() {
        assert!(matches("policies/**/*.admit", "policies/a.admit"));
        assert!(matches("policies/**/*.admit", "policies/x/y/a.admit"));
        assert!(!matches("policies/**/*.admit", "other/a.admit"));
        assert!(matches("directory/*", "directory/users.csv"));
        assert!(!matches("directory/*", "directory/more/users.csv"));
        assert!(matches("a/*/c-?.{yaml,json}", "a/b/c-1.json"));
        assert!(!matches("a/*/c-?.{yaml,json}", "a/b/x/c-1.json"));
        assert!(matches("./users.csv", "users.csv"));
        assert!(matches("a*b.csv", "a-b.csv"));
        assert!(matches("policies/**", "policies/x/y"));
    }

    #[test]
    fn hidden_and_generated_folders_are_left_alone_unless_named() {
        assert!(!matches("**/*.admit", ".git/a.admit"));
        assert!(!matches("**/*.admit", "target/a.admit"));
        assert!(matches("target/*.admit", "target/a.admit"));
        assert!(matches(".policies/*.admit", ".policies/a.admit"));
        assert!(matches("x/**/target/*.admit", "x/target/a.admit"));
    }

    #[test]
    fn names_are_escaped_and_bad_patterns_refused() {
        assert!(matches(&escape("a[1]*.admit"), "a[1]*.admit"));
        assert!(!matches(&escape("a*.admit"), "ab.admit"));
        for bad in ["", "/etc/*", "a/[", "a/{b", "C:/x"] {
            assert!(Pattern::new(bad).is_err(), "{bad}");
        }
    }
}
