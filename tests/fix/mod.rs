//! `admit check --fix`: what each fix makes of a text, and what is left alone.

use std::path::Path;

use admit::fix::{Fixed, Wanted, fix};
use admit::project::{MemoryFiles, Options, Root, analyse};
use admit::text::Date;

use crate::project::ACCOUNT;

/// A project of one policy file beside the account, mended on 2026-12-01.
fn mended(policy: &str, suggestions: bool) -> Fixed {
    let (files, root, options) = project(policy);
    let analysis = analyse(&files, &root, &options);
    fix(&files, &root, &options, &analysis, &Wanted { suggestions, file: &|_| true })
}

fn project(policy: &str) -> (MemoryFiles, Root, Options) {
    let files = MemoryFiles::of([
        ("/p/admit.yaml", "extends: [zoom]\nlints: { missing-reason: off }\n"),
        ("/p/policies/account.admit", ACCOUNT),
        ("/p/policies/main.admit", policy),
    ]);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    (files, root, options)
}

/// The policy file after it.
fn after(policy: &str) -> String {
    let fixed = mended(policy, false);
    assert!(fixed.files.len() < 2);
    fixed.files.first().map_or(policy.to_owned(), |file| file.after.clone())
}

const PEOPLE: &str = "user ana@x.example { role member }\nuser bo@x.example { role member }\n";

fn with_people(rest: &str) -> String {
    format!("{PEOPLE}{rest}")
}

#[test]
fn entries_that_say_nothing_are_left_out() {
    for (before, expected) in [
        (
            "group sales { ana@x.example, Ana@x.example, bo@x.example }\nblock all apps for group sales\n",
            "group sales { ana@x.example, bo@x.example }\nblock all apps for group sales\n",
        ),
        (
            "group sales { ana@x.example }\nblock all apps for ana@x.example, group sales\n",
            "group sales { ana@x.example }\nblock all apps for group sales\n",
        ),
        (
            "block all apps for everyone, bo@x.example\n  except role admin, role owner\n",
            "block all apps for everyone\n  except role admin\n",
        ),
        (
            "withhold\n  recording:read,\n  recording:*,\n  meeting:*,\n  meeting:read:*\n  from everyone\n",
            "withhold\n  recording:*,\n  meeting:*\n  from everyone\n",
        ),
        (
            "role lead extends member, admin { privileges MarketPlace:Read, Role:Edit }\ngrant lead to bo@x.example\n",
            "role lead extends admin { privileges Role:Edit }\ngrant lead to bo@x.example\n",
        ),
    ] {
        assert_eq!(after(&with_people(before)), with_people(expected));
    }
}

#[test]
fn an_entry_with_a_comment_stays() {
    let policy = with_people(
        "group sales {\n  ana@x.example,\n  ana@x.example # twice, for luck\n}\nblock all apps for group sales\n",
    );
    let fixed = mended(&policy, false);
    assert!(fixed.files.is_empty() && fixed.applied.is_empty() && fixed.refused.is_empty());
    let (files, root, options) = project(&policy);
    let analysis = analyse(&files, &root, &options);
    assert!(
        analysis.diagnostics.iter().any(|found| found.code.name == "duplicate-entry" && found.fix.is_none())
    );
}

#[test]
fn what_a_directory_says_is_a_suggestion() {
    let policy =
        "user ana@x.example { role member  groups sales }\nblock all apps for group sales, ana@x.example\n";
    assert!(mended(policy, false).files.is_empty());
    let fixed = mended(policy, true);
    let text = fixed.files.first().map(|file| file.after.as_str());
    assert_eq!(
        text,
        Some("user ana@x.example { role member  groups sales }\nblock all apps for group sales\n")
    );
}

#[test]
fn suggestions_add_what_is_missing() {
    let policy = "withhold phone_sms:read from everyone\n";
    assert!(mended(policy, false).files.is_empty());
    let fixed = mended(policy, true);
    // The file had the one layout, and has it again.
    let expected = "withhold phone_sms:read, phone:read:list_sms_sessions, phone:read:sms_message,\n    phone:read:sms_session from everyone\n";
    assert_eq!(fixed.files.first().map(|file| file.after.as_str()), Some(expected));
    let left = fixed.analysis.expect("a fix was applied").diagnostics;
    assert!(left.iter().all(|found| found.code.name != "missing-equivalents"));
}

/// `contains` takes one scope only.
#[test]
fn what_contains_one_scope_comes_to_look_for_any_of_several() {
    let after = |test: &str| {
        let fixed =
            mended(&format!("block all apps for everyone when {test} or app.listing is listed\n"), true);
        let text = fixed.files.first().map(|file| file.after.clone())?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let expected = "block all apps for everyone when app.scopes any in [phone_sms:read, \
        phone:read:list_sms_sessions, phone:read:sms_message, phone:read:sms_session] or app.listing is listed";
    assert_eq!(after("app.scopes contains phone_sms:read").as_deref(), Some(expected));
    assert_eq!(after("app.scopes contains # of texts\n phone_sms:read"), None);
}

#[test]
fn nothing_is_mended_in_a_project_with_errors() {
    let fixed =
        mended("group sales { ana@x.example, ana@x.example }\nblock all apps for group nobody\n", false);
    assert!(fixed.files.is_empty() && fixed.analysis.is_none());
}

#[test]
fn many_fixes_end() {
    let addresses: String =
        (0..20_000).map(|at| format!("  p{at}@x.example,\n  P{at}@x.example,\n")).collect();
    let policy = with_people(&format!("group sales {{\n{addresses}}}\nblock all apps for group sales\n"));
    let fixed = mended(&policy, false);
    assert_eq!(fixed.applied.len(), 20_000);
}

#[test]
fn what_lints_gave_up_on_is_no_new_finding() {
    // So many groups in groups that lints look at a part of them only.
    let nested: String = (1..400)
        .map(|at| {
            let below: Vec<String> = (0..at).map(|below| format!("group g{below}")).collect();
            format!("group g{at} {{ {} }}\n", below.join(", "))
        })
        .collect();
    let policy =
        with_people(&format!("group g0 {{ ana@x.example }}\n{nested}block all apps for group g399\n"));
    let fixed = mended(&policy, false);
    assert!(fixed.refused.is_empty(), "{:?}", fixed.refused.first());
    let text = fixed.files.first().map_or("", |file| file.after.as_str());
    assert!(text.contains("group g399 { group g398 }\n"), "{text:.200}");
}
