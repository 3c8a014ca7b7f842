//! What SARIF says about a code: from its page.

use super::log::{Configuration, Help, Properties, Rule, Text};
use super::result::level;
use crate::diagnostics::{Code, Severity};
use crate::report::{Look, page};

/// A description is cut here: GitHub takes 1,024 characters.
const LONGEST_DESCRIPTION: usize = 1_000;

/// How the page is set as plain text.
const PLAIN: Look = Look { color: false, unicode: true, width: 100 };

pub(super) fn of(code: &'static Code) -> Rule {
    Rule {
        id: code.name,
        name: pascal_case(code.name),
        short_description: Text { text: code.summary.to_owned() },
        full_description: Text { text: description(code.page) },
        help: Help { text: page(code.page, PLAIN), markdown: code.page },
        default_configuration: Configuration {
            enabled: code.opt_in.then_some(false),
            level: level(code.severity),
        },
        properties: Properties {
            tags: [code.stage.name()],
            problem_severity: match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "recommendation",
            },
        },
    }
}

/// `UnknownRole` of `unknown-role`: names of rules have no hyphens.
fn pascal_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split('-').map(word).collect()
}

/// The paragraphs of a page between its heading and its examples, as one.
fn description(page: &str) -> String {
    let lines =
        page.lines().filter(|line| !line.starts_with("# ")).take_while(|line| !line.starts_with("## "));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let text = words.join(" ");
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return text;
    }
    let short: String = text.chars().take(LONGEST_DESCRIPTION).collect();
    // A word is not cut in the middle.
    format!("{} …", short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_the_prose_of_the_page_and_not_too_long() {
        let page = "# `a-b`\n\nWhat is\nwrong.\n\nWhy.\n\n## Fires\n\n```admit\n```\n";
        assert_eq!(description(page), "What is wrong. Why.");
        let long = description(&"word über ".repeat(300));
        assert!(long.chars().count() <= LONGEST_DESCRIPTION + 2 && long.ends_with(" …"), "{long}");
        assert_eq!(pascal_case("unknown-role-id"), "UnknownRoleId");
    }
}
