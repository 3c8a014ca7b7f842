//! What ends, who answers for it, and who is there to decide.

use super::*;

/// The findings of one code in a policy.
fn found(policy: &str, code: &str) -> Vec<String> {
    let settings = format!("lints: {{ {code}: warn }}");
    let analysis = linted(&[("policies/a.admit", policy), ("admit.yaml", &settings)]);
    assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
    let lines = of_codes(&analysis, &[code]);
    let prefix = format!("warning {code} policies/a.admit:");
    lines.into_iter().map(|line| line.strip_prefix(&prefix).expect(&line).to_owned()).collect()
}

#[test]
fn what_ended_is_told_with_how_long_ago() {
    let policy = "\
group g { kim@northwind.example }
approve all apps for group g until 2026-11-30 id pilot because \"a\"
grant member to group g starting 2020-01-01 until 2026-10-01 because \"a\"
block unlisted apps for group g until 2026-12-01 because \"a\"
block unlisted apps for group g because \"a\"
";
    assert_eq!(
        found(policy, "expired-rule"),
        [
            "2:36 the `approve` `pilot` ended on 2026-11-30, yesterday",
            "3:51 this `grant` ended on 2026-10-01, 61 days ago",
        ]
    );
}

#[test]
fn what_a_baseline_says_is_its_own_business() {
    let rule = "approve all apps for everyone until 2020-01-01\n";
    let analysis = linted(&[("admit.yaml", "extends: [zoom, base]"), ("base/b.admit", rule)]);
    assert_eq!(of_codes(&analysis, &["expired-rule", "missing-reason"]), [""; 0]);
}

#[test]
fn the_window_decides_what_ends_soon() {
    let policy = "\
approve all apps for everyone until 2026-12-01 because \"a\"
approve listed apps for everyone until 2026-12-31 owner kim@northwind.example because \"b\"
approve unlisted apps for everyone until 2027-01-01 because \"c\"
group g { kim@northwind.example }
";
    assert_eq!(
        found(policy, "ending-soon"),
        [
            "1:37 this `approve` ends today, on 2026-12-01",
            "2:40 this `approve` ends in 30 days, on 2026-12-31",
        ]
    );
    let wide = linted(&[("policies/a.admit", policy), ("admit.yaml", "expiry-window: 1y")]);
    assert_eq!(of_codes(&wide, &["ending-soon"]).len(), 3);
    assert!(of_codes(&wide, &["ending-soon"])[0].starts_with("advice "));
    let none = linted(&[("policies/a.admit", policy), ("admit.yaml", "expiry-window: 0d")]);
    assert_eq!(of_codes(&none, &["ending-soon"]).len(), 1);
}

#[test]
fn what_is_renewed_is_not_announced() {
    let lines = |rules: &str| {
        let policy = format!("group g {{ kim@x.example }}\n{rules}");
        let found = found(&policy, "ending-soon");
        found.iter().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = "block unlisted apps for group g until 2026-12-10 because \"a\"\n";
    let other = |rest: &str| lines(&format!("{first}block unlisted apps for group g {rest}\n"));
    assert_eq!(lines(first), ["2"]);
    assert_eq!(other("starting 2026-12-11 because \"b\""), [""; 0]);
    assert_eq!(other("starting 2026-12-10 until 2027-01-31 because \"b\""), [""; 0]);
    assert_eq!(other("until 2027-01-31 because \"b\""), [""; 0]);
    assert_eq!(other("starting 2026-12-12 because \"b\""), ["2"]);
    assert_eq!(other("starting 2026-12-11 until 2026-12-20 because \"b\""), ["3"]);
    assert_eq!(other("when app.stage is beta starting 2026-12-11 because \"b\""), ["2"]);
    assert_eq!(other("starting 2026-11-01 until 2026-12-05 because \"b\""), ["2"]);
}

#[test]
fn only_what_gives_needs_an_end_and_everything_but_an_exemption_an_owner() {
    let policy = "\
account a { listed apps { approval required exempt apps by zoom } unlisted apps { approval required } notify nobody }
group g { kim@northwind.example }
approve all apps for group g
block all apps id b
withhold phone:* from group g
grant member to group g
waive b for group g until 2027-01-01 because \"c\"
";
    let places = |code| -> Vec<String> {
        found(policy, code).iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(places("missing-expiry"), ["1:45", "3:1", "6:1"]);
    assert_eq!(places("missing-owner"), ["3:1", "4:1", "5:1", "6:1", "7:1"]);
}

#[test]
fn who_can_approve_follows_the_days_of_grants() {
    let account = "account a { listed apps { approval required } unlisted apps { approval required } notify kim@x.example, lee@x.example }\n";
    let users = "user kim@x.example { role member }\nuser lee@x.example { role member }\n";
    let with = |grants: &str, code| {
        let policy = format!("{account}{users}{grants}");
        found(&policy, code)
    };
    // The second grant takes over on the day after the first.
    let seamless = "grant admin to kim@x.example, lee@x.example until 2026-12-10 because \"a\"\n\
                    grant admin to kim@x.example starting 2026-12-11 because \"a\"\n";
    assert_eq!(
        with(seamless, "recipient-loses-approval"),
        ["1:105 `lee@x.example` is told about requests but cannot approve apps from 2026-12-11, in 10 days"]
    );
    let later = "grant admin to kim@x.example, lee@x.example starting 2026-12-10 because \"a\"\n";
    assert_eq!(with(later, "recipient-loses-approval").len(), 2);
    assert_eq!(with(later, "no-approver"), ["1:9 apps need approval, and nobody can approve on 2026-12-01"]);
    assert_eq!(with(seamless, "no-approver"), [""; 0]);
}

#[test]
fn the_end_of_a_grant_is_told_once() {
    let policy = "\
account a { listed apps { approval required } unlisted apps { approval required } notify kim@x.example, lee@x.example, gone@x.example }
group g { gone@x.example }
grant admin to kim@x.example until 2026-12-10 because \"a\"
grant member to kim@x.example until 2026-12-15 because \"a\"
grant admin to lee@x.example starting 2026-12-20 because \"a\"
grant admin to gone@x.example until 2026-12-12 because \"a\"
grant member to lee@x.example until 2026-11-30 because \"a\"
";
    let directory = ("directory/users.csv", "email,role\nkim@x.example,member\nlee@x.example,member\n");
    let analysis = linted(&[("policies/a.admit", policy), directory]);
    let codes = ["ending-soon", "recipient-loses-approval", "departed-recipient"];
    let related =
        |line: usize| analysis.diagnostics.iter().filter(move |one| one.related.len() == line).count();
    assert_eq!(
        of_codes(&analysis, &codes),
        [
            "warning recipient-loses-approval policies/a.admit:1:90 `kim@x.example` is told about requests but cannot approve apps from 2026-12-11, in 10 days",
            "warning recipient-loses-approval policies/a.admit:1:105 `lee@x.example` is told about requests but cannot approve apps on 2026-12-01",
            "warning departed-recipient policies/a.admit:1:120 requests are sent to `gone@x.example`, whom the directory does not describe",
            "advice ending-soon policies/a.admit:4:37 this `grant` ends in 14 days, on 2026-12-15",
            "advice ending-soon policies/a.admit:6:37 this `grant` ends in 11 days, on 2026-12-12",
        ]
    );
    assert_eq!(related(1), 1, "the grant that ends, and none for whom nothing ends");
}

#[test]
fn departed_people_are_told_only_where_there_is_a_directory() {
    let policy = "group g { kim@x.example }\nblock all apps owner kim@x.example because \"a\"\nuser ana@x.example { role member }\n";
    assert_eq!(found(policy, "departed-owner"), [""; 0]);
    let directory = ("directory/users.csv", "email,role\nana@x.example,member\n");
    let policy = policy.lines().take(2).collect::<Vec<_>>().join("\n");
    let with = linted(&[("policies/a.admit", &policy), directory]);
    assert_eq!(
        of_codes(&with, &["departed-owner"]),
        [
            "warning departed-owner policies/a.admit:2:22 the directory does not describe `kim@x.example`, who answers for this `block`"
        ]
    );
}

#[test]
fn placeholders_are_found_wherever_a_reason_stands() {
    let policy = "\
account a { listed apps { approval required exempt apps by zoom because \"tbd\" } unlisted apps { approval required } notify nobody }
group g { kim@x.example }
# admit: allow ending-soon because \"todo\"
approve all apps for group g until 2026-12-03 because \" \"
accept group g gain all apps owner kim@x.example until 2027-01-01 because \"n/a\"
block all apps because \"SEC-1\"
";
    let places: Vec<String> = found(policy, "placeholder-reason");
    assert_eq!(
        places,
        [
            "1:73 `tbd` is no reason",
            "3:1 `todo` is no reason",
            "4:55 this reason is blank",
            "5:75 `n/a` is no reason",
        ]
    );
}
