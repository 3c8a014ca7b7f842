//! The baselines: policies to start from, from open to strict.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../policies/baselines/", $path)))),*]
    };
}

/// A path as shown, such as `strict/account.admit`, and the text of the file.
type File = (&'static str, &'static str);

/// The names of the baselines, the least strict first.
pub const BASELINES: &[&str] = &["open", "balanced", "strict"];

/// The files of the baseline with this name.
pub fn baseline(name: &str) -> Option<&'static [File]> {
    match name {
        "open" => Some(files!["open/account.admit", "open/rules.admit"]),
        "balanced" => Some(files!["balanced/account.admit", "balanced/rules.admit"]),
        "strict" => Some(files!["strict/account.admit", "strict/rules.admit"]),
        _ => None,
    }
}
