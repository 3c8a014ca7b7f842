//! Lints claim nothing that is not so.

use super::*;

const ACCOUNT: &str = "\
account northwind {
  listed apps { approval optional }
  unlisted apps { approval required }
  notify nobody
  default role member
}
developer contoso { kind third-party }
developer us { kind internal }
";

fn found(policy: &str, codes: &[&str]) -> Vec<String> {
    let analysis = linted(&[("policies/a.admit", &format!("{ACCOUNT}{policy}"))]);
    assert!(analysis.checked().is_some(), "{:?}", crate::project::findings(&analysis));
    let text = |found: String| found.split_once("a.admit:").unwrap().1.split_once(' ').unwrap().1.to_owned();
    of_codes(&analysis, codes).into_iter().map(text).collect()
}

#[test]
fn what_a_test_is_given_may_be_what_its_lists_are_about() {
    let facts = "\
group sales { ana@x.example }
group interns { }
user ana@x.example { }
user bo@x.example { }
app door { developer us  listing listed  stage published  managed-by user  scopes user:read }
";
    let test = |given: &str| {
        format!(
            "{facts}test \"t\" at 2026-12-01 {{
  {given}
  deny group sales except bo@x.example install all apps with blocked
  deny group sales, ana@x.example, group interns install all apps with blocked
  deny everyone install apps by contoso except door with blocked
}}
"
        )
    };
    let codes = ["covered-person", "empty-reference", "needless-exception"];
    assert_eq!(found(&test(""), &codes).len(), 4);
    let given = "given user bo@x.example { groups sales, interns }  given app door { developer contoso }";
    assert_eq!(found(&test(given), &codes), [""; 0]);
}

#[test]
fn own_apps_that_need_no_approval_lock_nobody_out() {
    let listed =
        "app door { developer us  listing listed  stage published  managed-by user  scopes user:read }\n";
    assert_eq!(found(listed, &["locked-out-developers"]), [""; 0]);
    let both = format!(
        "{listed}app light {{ developer us  stage development  managed-by user  scopes user:read }}\n"
    );
    assert_eq!(
        found(&both, &["locked-out-developers"]),
        ["nobody may install the account's own app `light`"]
    );
}

#[test]
fn facts_that_decide_nothing_are_not_missing() {
    let policy = "\
app a { developer us  listing listed  managed-by user  scopes user:read }
app b { developer contoso  listing listed  stage published  scopes user:read }
app c { developer contoso  listing listed  scopes user:read }
approve a, b, c for everyone because \"a\"
";
    assert_eq!(
        found(policy, &["incomplete-app"]),
        [
            "only installers may get `b` by this: its `managed-by` is not known",
            "nobody gets `c` by this: its `stage` and `managed-by` are not known",
        ]
    );
}

#[test]
fn what_the_account_does_not_say_is_not_claimed() {
    let app = "app empire { developer contoso  listing listed  stage published  managed-by admin  scopes account:master }\n";
    let code = ["master-scopes-without-sub-accounts"];
    assert_eq!(
        found(app, &code),
        ["`empire` asks for master scopes, and this account does not say that it has sub-accounts"]
    );
}

#[test]
fn what_has_ended_is_not_approved_for_everyone() {
    let rule = |until: &str| {
        format!(
            "app exporter {{ developer contoso  listing listed  stage published  managed-by admin  scopes report:read:admin }}\n\
             approve exporter for everyone until {until} because \"a\"\n"
        )
    };
    assert_eq!(found(&rule("2026-11-30"), &["admin-scopes-for-everyone"]), [""; 0]);
    assert_eq!(found(&rule("2026-12-01"), &["admin-scopes-for-everyone"]).len(), 1);
}
