//! A project with one planted instance of each lint about upkeep and terms leads to exactly those findings.

use super::*;

const SETTINGS: &str = "\
lints:
  missing-expiry: warn
  missing-owner: warn
  owner-cannot-approve: warn
  self-approved: warn
terms:
  - { apps: apps by contoso, rules: exempt, require: { until: 60d } }
";

const POLICY: &str = r#"
account a {                                                            # no-approver, no-installer
  listed apps {
    approval required
    exempt apps by contoso until 2027-06-30 because "SEC-0"            # unmet-term
  }
  unlisted apps { approval required }
  installers role operator
  notify
    lost@x.example,                                                    # departed-recipient, recipient-loses-approval
    ana@x.example                                                      # recipient-loses-approval
  default role member
}
role operator extends member { privileges Group:Read }
developer contoso { kind third-party }
app sync { developer contoso  listing listed  stage published  managed-by admin  scopes user:read }
group seen { ana@x.example, bo@x.example, lost@x.example, gone@x.example }
grant admin to lost@x.example starting 2020-01-01
  until 2026-11-30                                                     # expired-rule
  owner bo@x.example because "IT-1"
grant admin to ana@x.example, lost@x.example starting 2027-01-01 until 2027-06-30 owner bo@x.example because "IT-2"
approve sync for group seen until 2027-06-30
  owner bo@x.example                                                   # owner-cannot-approve
  because "SEC-1"
grant operator to group seen starting 2027-01-01 owner bo@x.example because "IT-3"   # missing-expiry
block sync for bo@x.example because "SEC-2"                            # missing-owner
block sync for ana@x.example owner bo@x.example                        # missing-reason
block sync for ana@x.example owner bo@x.example
  because "tbd"                                                        # placeholder-reason
block sync for lost@x.example
  owner gone@x.example                                                 # departed-owner
  because "SEC-3"
block sync for gone@x.example owner bo@x.example
  until 2077-01-01                                                     # distant-date
  because "SEC-4"
block unlisted apps for gone@x.example owner bo@x.example
  until 2026-12-24                                                     # ending-soon
  because "SEC-5"
grant member to bo@x.example until 2027-06-30
  owner bo@x.example                                                   # self-approved
  because "IT-4"
accept group seen gain sync owner bo@x.example
  until 2026-11-01                                                     # expired-accept
  because "SEC-6"
"#;

#[test]
fn planted_flaws_are_found_and_nothing_else() {
    let directory = "email\nana@x.example\nbo@x.example\n";
    let analysis = linted(&[
        ("admit.yaml", SETTINGS),
        ("policies/a.admit", POLICY),
        ("directory/people.csv", directory),
    ]);
    assert!(analysis.checked().is_some(), "{:?}", crate::project::findings(&analysis));
    let mut planted: Vec<(&str, usize)> = Vec::new();
    for (at, line) in POLICY.lines().enumerate() {
        let codes = line.rsplit_once("# ").map_or("", |(_, codes)| codes);
        planted.extend(codes.split(", ").filter(|code| !code.is_empty()).map(|code| (code, at + 1)));
    }
    planted.sort_unstable();
    let codes: Vec<&str> = planted.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes.len(), 17, "at least one of each: {codes:?}");
    let found = analysis.diagnostics.iter().filter(|finding| codes.contains(&finding.code.name));
    let mut found: Vec<(&str, usize)> = found
        .map(|finding| (finding.code.name, analysis.sources.start(finding.primary.span).line as usize))
        .collect();
    found.sort_unstable();
    assert_eq!(found, planted);
}
