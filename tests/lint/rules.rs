//! Rules beside rules.

use super::*;

const FACTS: &str = "\
developer contoso { kind third-party }
app deal-sync { developer contoso  listing listed  stage published  managed-by user  scopes user:read, meeting:read }
attribute user.team: text
attribute user.seats: number
group sales { ana@x.example }
user bo@x.example { role member  team \"a\"  seats 2 }
";

/// The lines on which one of these codes is found, of a policy below the facts.
fn lines(codes: &[&str], rules: &str) -> Vec<usize> {
    let analysis = linted(&[("policies/a.admit", &format!("{FACTS}{rules}"))]);
    assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
    let lines = of_codes(&analysis, codes);
    let line = |found: String| found.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
    lines.into_iter().filter_map(line).map(|line| line - FACTS.lines().count()).collect()
}

#[test]
fn rules_are_the_same_in_whatever_order_they_are_written() {
    let twice = |one: &str, other: &str| lines(&["duplicate-rule"], &format!("{one}\n{other}\n")) == [2];
    for (one, other) in [
        ("block deal-sync", "block deal-sync for everyone"),
        ("block deal-sync", "block deal-sync for group sales, everyone"),
        ("withhold user:read from group sales", "withhold user:read on all apps from group sales"),
        ("block deal-sync when user.team in [a, b]", "block deal-sync when user.team in [b, a, b]"),
        (
            "block deal-sync when user.seats > 1 and user.team is a",
            "block deal-sync when user.team is a and user.seats > 1",
        ),
        (
            "block deal-sync when user.seats > 1 or (user.team is a or user.team is b)",
            "block deal-sync when user.team is b or user.team is a or user.seats > 1",
        ),
    ] {
        assert!(twice(one, other), "{one} / {other}");
    }
    for (one, other) in [
        ("block deal-sync", "block deal-sync for everyone except group sales"),
        ("block deal-sync when user.team in [a, b]", "block deal-sync when user.team in [a, c]"),
        (
            "block deal-sync when user.seats > 1 and user.team is a",
            "block deal-sync when user.seats > 1 or user.team is a",
        ),
        (
            "block deal-sync when not (user.seats > 1 and user.team is a)",
            "block deal-sync when not user.seats > 1 and user.team is a",
        ),
    ] {
        assert!(!twice(one, other), "{one} / {other}");
    }
}

#[test]
fn what_differs_on_purpose_is_no_near_duplicate() {
    let near = |rules: &str| lines(&["near-duplicate-rule"], rules).len() == 1;
    let twice = |head: &str, one: &str, other: &str| near(&format!("{head} {one}\n{head} {other}\n"));
    let block = "block deal-sync for group sales";
    for (one, other) in [
        ("until 2027-01-31", "until 2027-06-30"),
        ("until 2027-01-31 because \"a\"", "because \"a\""),
        ("starting 2027-01-31 until 2027-02-28", "until 2027-06-30"),
        ("when user.seats > 1", "when user.seats >= 1"),
        ("when user.seats > 1 owner bo@x.example", "when user.seats > 1 and user.team is a"),
    ] {
        assert!(twice(block, one, other), "{one} / {other}");
    }
    for (one, other) in [
        ("until 2027-01-31", "starting 2027-01-31"),
        ("until 2027-01-31", "starting 2027-01-15 until 2027-06-30"),
        ("until 2027-01-31 because \"a\"", "until 2027-06-30 because \"b\""),
        ("until 2027-01-31 id one", "until 2027-06-30 id other"),
        ("until 2027-01-31", "until 2027-06-30 id other"),
        ("when user.seats > 1 because \"a\"", "when user.seats > 2 because \"b\""),
        ("when user.seats > 1 owner bo@x.example", "when user.seats > 2 owner ana@x.example"),
        ("when user.seats > 1", "when user.team is a"),
        ("when user.seats > 1", ""),
        // It has ended, which is told.
        ("until 2026-11-30", "until 2027-06-30"),
    ] {
        assert!(!twice(block, one, other), "{one} / {other}");
    }
    let approve = "approve deal-sync for group sales";
    assert!(twice(approve, "when user.seats > 1", "when user.seats > 2"));
    assert!(twice(approve, "reviewed user:read", "reviewed meeting:read"));
    for (one, other) in [
        ("until 2027-01-31", "until 2027-06-30"),
        ("until 2027-01-31", "starting 2027-01-15 until 2027-06-30"),
        ("reviewed user:read", "reviewed meeting:read, user:read"),
        ("when user.seats > 1", "when user.seats > 1 and user.team is a"),
        ("when user.seats > 1", "when user.team is a or user.seats > 1"),
    ] {
        assert!(!twice(approve, one, other), "{one} / {other}");
    }
}

#[test]
fn what_is_waived_is_no_duplicate_of_what_is_not() {
    let rules = "block deal-sync for group sales id one\nblock deal-sync for group sales id two\n";
    let waiver = "waive one for ana@x.example until 2027-01-15 because \"x\"\n";
    assert_eq!(lines(&["duplicate-rule"], rules), [2]);
    assert_eq!(lines(&["duplicate-rule"], &format!("{rules}{waiver}")), [0; 0]);
}

#[test]
fn what_goes_on_without_end_is_not_said_to_end() {
    let both = "block deal-sync for group sales\nblock deal-sync for group sales until 2026-12-20\n";
    assert_eq!(lines(&["ending-soon"], both), [0; 0]);
    assert_eq!(lines(&["ending-soon"], "block deal-sync for group sales until 2026-12-20\n"), [1]);
}

#[test]
fn several_groups_in_one_text_are_told() {
    let told = |groups: &str| {
        let user = format!(
            "user cy@x.example {{ role member  groups {groups} }}\nblock deal-sync for group sales\n"
        );
        lines(&["misspelled-group"], &user)
    };
    for joined in
        ["\"sales, staff\"", "\"staff;Sales\"", "\"staff|sales\"", "\"staff/sales\"", "\"staff\\nsales\""]
    {
        assert_eq!(told(joined), [1], "{joined}");
    }
    // A dash stands in many names.
    assert_eq!(told("\"Sales - EMEA\""), [0; 0]);
    assert_eq!(told("EMEA, \"sales - EMEA\""), [1]);
    assert_eq!(told("\"legal, staff\""), [0; 0]);
}
