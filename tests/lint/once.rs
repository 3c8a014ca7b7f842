//! One mistake is told once, by the lint that says most about it.

use super::*;

const FACTS: &str = "\
developer contoso { kind third-party }
app crm { developer contoso  listing listed  stage published  managed-by user  scopes user:read }
app free { developer contoso  listing unlisted  stage published  managed-by user  scopes user:read }
app open { developer contoso  stage published  managed-by user  scopes user:read }
app soon { developer contoso  stage beta  managed-by user  scopes user:read }
user ana@x.example { role admin }
user bo@x.example { role member }
account northwind {
  listed apps { approval required }
  unlisted apps { approval optional }
  notify nobody
  default role member
}
";

/// The lints about the rules, with the lines on which they are found, with these settings.
fn with(settings: &str, rules: &str) -> Vec<String> {
    let analysis = linted(&[("admit.yaml", settings), ("policies/a.admit", &format!("{FACTS}{rules}"))]);
    assert!(analysis.checked().is_some(), "{:?}", crate::project::findings(&analysis));
    let found = analysis.diagnostics.iter().filter_map(|finding| {
        let line = analysis.sources.start(finding.primary.span).line as usize;
        let line = line.checked_sub(FACTS.lines().count()).filter(|line| *line > 0)?;
        Some(format!("{line} {}", finding.code.name))
    });
    found.collect()
}

fn told(rules: &str) -> Vec<String> {
    with("", rules)
}

#[test]
fn a_waiver_of_what_has_ended_lifts_nothing_and_no_more_is_told() {
    let rules = "\
block crm for bo@x.example until 2026-11-30 id gone because \"a\"
waive gone for bo@x.example until 2026-12-20 because \"b\"
";
    assert_eq!(told(rules), ["1 expired-rule", "2 waives-nothing"]);
    let off = with("lints: { waives-nothing: off }", rules);
    assert_eq!(off, ["1 expired-rule", "2 ending-soon", "2 waiver-outlives-rule"]);
    let allowed = rules.replace("waive", "# admit: allow waives-nothing because \"SEC-1\"\nwaive");
    assert_eq!(told(&allowed), ["1 expired-rule", "3 ending-soon", "3 waiver-outlives-rule"]);
}

#[test]
fn what_counts_for_more_is_told_beside_what_tells_it_better() {
    let rules = "block crm for bo@x.example until 2026-11-30\n";
    assert_eq!(told(rules), ["1 expired-rule"]);
    let raised = with("lints: { missing-reason: error }", rules);
    assert_eq!(raised, ["1 missing-reason", "1 expired-rule"]);
    assert_eq!(with("lints: { expired-rule: off }", rules), ["1 missing-reason"]);
}

#[test]
fn what_stands_twice_is_told_as_that() {
    let rules = "\
withhold phone:* on crm from bo@x.example because \"a\"
withhold phone:* on crm from bo@x.example until 2026-12-20
withhold phone:* on crm from bo@x.example
";
    let first = ["1 takes-nothing", "2 missing-reason", "2 takes-nothing"];
    assert_eq!(told(rules), [first.as_slice(), &["3 duplicate-rule"]].concat());
    let off = with("lints: { duplicate-rule: off }", rules);
    assert_eq!(off, [first.as_slice(), &["3 missing-reason", "3 takes-nothing"]].concat());
    let entries = "approve crm for bo@x.example, bo@x.example, everyone because \"a\"\n";
    assert_eq!(told(entries), ["1 covered-person", "1 duplicate-entry"]);
    assert_eq!(with("lints: { duplicate-entry: off }", entries), ["1 covered-person", "1 covered-person"]);
}

#[test]
fn what_is_not_needed_is_not_renewed() {
    let rules = "approve free for bo@x.example until 2026-12-20 because \"a\"\n";
    assert_eq!(told(rules), ["1 needless-approval"]);
    assert_eq!(with("lints: { needless-approval: off }", rules), ["1 ending-soon"]);
}

#[test]
fn a_missing_fact_is_told_where_somebody_waits_for_it() {
    let rules =
        "approve open for bo@x.example because \"a\"\nblock listed apps for bo@x.example because \"b\"\n";
    assert_eq!(told(rules), ["1 incomplete-app"]);
    assert_eq!(with("lints: { incomplete-app: off }", rules), ["1 blocked-approval"]);
    let beta = format!("{FACTS}approve soon for bo@x.example because \"a\"\n");
    let codes = |settings| {
        of_codes(&linted(&[("admit.yaml", settings), ("policies/a.admit", &beta)]), &["long-beta"])
    };
    assert_eq!(codes(""), [""; 0]);
    assert_eq!(codes("lints: { incomplete-app: off }").len(), 1);
}

#[test]
fn people_of_tests_are_not_missing_anything() {
    let rules = "\
attribute user.seats: number
block crm for everyone when user.seats > 1 because \"a\"
test \"t\" at 2026-12-01 { given user zoe@x.example { role member }  deny zoe@x.example install crm }
";
    let analysis = linted(&[("policies/a.admit", &format!("{FACTS}{rules}"))]);
    let found = of_codes(&analysis, &["missing-value"]);
    assert!(found[0].ends_with("`user.seats` of 2 users is not known, `ana@x.example` for one"), "{found:?}");
}

#[test]
fn an_exemption_says_why_it_frees_nothing() {
    let account = "\
account a {
  listed apps { approval required  exempt unlisted apps because \"a\" }
  unlisted apps { approval optional  exempt internal apps because \"b\" }
  notify nobody
}
";
    let analysis = linted(&[("policies/a.admit", account)]);
    let exempts = analysis.diagnostics.iter().filter(|finding| finding.code.name == "exempts-nothing");
    let said: Vec<_> = exempts.map(|one| (one.primary.text.as_str(), one.help.as_deref().unwrap())).collect();
    assert_eq!(
        said,
        [
            ("no app that it is about is ever listed", "remove it, or move it to the section of these apps"),
            ("unlisted apps need no approval", "remove it: it would matter only with `approval required`"),
        ]
    );
}
