//! Not a benchmark: writes the synthetic account into a folder, for `whole-process.sh`.
//!
//! ```text
//! cargo bench --bench synthetic -- FOLDER RULES[/USERS] [csv|jsonl|yaml] [QUERIES]
//! ```
//! Without USERS there are ten a rule, a million at most.
//! QUERIES, where given, is how many questions go into `FOLDER/queries.jsonl`.

mod support;

use std::path::Path;
use std::process::ExitCode;

use support::account::{DAY, Format, Size, project, queries};
use support::disk;

fn main() -> ExitCode {
    // `cargo bench` passes `--bench` on; `cargo test --benches` runs this without a folder, which is fine.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (folder, size, rest) = match words.as_slice() {
        [folder, rules, rest @ ..] => (folder, size(rules), rest),
        _ => return ExitCode::SUCCESS,
    };
    let format = match rest.first() {
        None | Some(&"csv") => Some(Format::Csv),
        Some(&"jsonl") => Some(Format::JsonLines),
        Some(&"yaml") => Some(Format::Yaml),
        Some(_) => None,
    };
    let count = rest.get(1).map_or(Ok(0), |word| word.parse());
    match (size, format, count) {
        (Some(size), Some(format), Ok(count)) => write(Path::new(folder), size, format, count),
        _ => ExitCode::from(2),
    }
}

/// `RULES` or `RULES/USERS`.
fn size(words: &str) -> Option<Size> {
    match words.split_once('/') {
        None => Some(Size::of_rules(words.parse().ok()?)),
        Some((rules, users)) => Some(Size::of_rules(rules.parse().ok()?).with_users(users.parse().ok()?)),
    }
}

fn write(folder: &Path, size: Size, format: Format, count: usize) -> ExitCode {
    let mut files = project(size, format);
    if count > 0 {
        let lines: Vec<String> = queries(size, count)
            .iter()
            .map(|(user, app)| format!("{{\"user\":\"{user}\",\"app\":\"{app}\",\"at\":\"{DAY}\"}}\n"))
            .collect();
        files.push(("queries.jsonl".to_owned(), lines.concat()));
    }
    match disk::write(folder, &files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(1),
    }
}
