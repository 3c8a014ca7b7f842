//! What rules reach, counted over the facts.

use super::*;

/// Every code of these lints.
const CODES: &[&str] = &[
    "blocked-approval",
    "blocks-nothing",
    "condition-always-holds",
    "condition-never-holds",
    "covered-approval",
    "exempts-nothing",
    "lets-nobody-in",
    "needless-approval",
    "outgrown-approval",
    "selects-no-app",
    "selects-nobody",
    "takes-nothing",
    "waiver-outlives-rule",
    "waives-nothing",
];

const FACTS: &str = "\
attribute user.department: text
attribute user.contract-end: date
attribute app.risk: one of low < moderate < high
role member { scopes user-level }
role lead extends member { scopes recording:read:admin  privileges MarketPlace:Edit }
user ana@x.example { role lead  groups sales, board  department \"Sales\"  contract-end 2027-06-30 }
user bo@x.example { role member  groups sales  department \"Sales\"  contract-end 2026-12-31 }
user cy@x.example { role member  groups legal  department \"Legal\"  contract-end 2027-01-31 }
developer contoso { kind third-party }
app sync { developer contoso  listing listed  stage published  managed-by user  scopes user:read  risk low }
app tape {
  developer contoso  listing listed  stage published  managed-by user
  scopes user:read, recording:read:admin  risk moderate
}
app desk { developer contoso  listing unlisted  stage published  managed-by admin  scopes none  risk low }
";

/// What the lints find in these rules, without the severities and paths; each with its label and what it points at.
fn found(rules: &str) -> Vec<String> {
    let analysis = linted(&[
        ("admit.yaml", "lints: { condition-always-holds: warn }"),
        ("policies/facts.admit", FACTS),
        ("policies/a.admit", rules),
    ]);
    assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
    let wanted = analysis.diagnostics.iter().filter(|finding| CODES.contains(&finding.code.name));
    let told = wanted.map(|finding| {
        let line = analysis.sources.start(finding.primary.span).line;
        let label = &finding.primary.text;
        let related: String = finding
            .related
            .iter()
            .map(|label| {
                let line = analysis.sources.start(label.span).line;
                format!(" | {line}: {}", label.text)
            })
            .collect();
        format!("{} {line}: {} | {label}{related}", finding.code.name, finding.message)
    });
    told.collect()
}

#[test]
fn people_and_apps_are_counted_with_exceptions_and_on_the_day_the_rule_begins() {
    insta::assert_debug_snapshot!(found("\
group empty { }
block sync for group empty
block sync for group sales except group board, bo@x.example
block sync for role lead except group sales until 2026-12-31
grant lead to group legal except cy@x.example
block apps by contoso except listed apps, desk for everyone
block sync except apps by contoso for everyone
allowlist none { }
block apps in none for everyone
block internal apps for everyone
grant lead to cy@x.example starting 2027-01-01
block desk for role lead except group sales starting 2027-01-01
block desk for group empty starting 2027-02-01
block desk for group empty until 2026-11-30
"), @r#"
    [
        "selects-nobody 2: this `block` is about nobody | nobody is in it",
        "selects-nobody 3: this `block` is about nobody | 2 people are in it, and all are excepted",
        "selects-nobody 4: this `block` is about nobody | one person is in it, who is excepted",
        "selects-nobody 5: this `grant` is about nobody | one person is in it, who is excepted",
        "selects-no-app 7: this `block` is about no app | one app is one of these, and it is excepted",
        "selects-no-app 9: this `block` is about no app | no app in the facts is one of these",
        "selects-nobody 13: this `block` is about nobody on 2027-02-01 | nobody is in it",
    ]
    "#);
}

#[test]
fn an_approval_is_told_the_first_thing_that_makes_it_useless() {
    insta::assert_debug_snapshot!(found("\
approve sync for group sales
approve sync for ana@x.example until 2027-12-31
approve tape for group legal, bo@x.example
approve desk for group legal
approve desk, tape for bo@x.example
approve sync for group legal reviewed meeting:read
approve listed apps for group board reviewed user:read
block desk for group board
approve desk for group board
approve sync for cy@x.example when app.risk is high or user.department is \"sales\"
"), @r#"
    [
        "covered-approval 2: this approval gives nobody anything more |  | 1: this covers it, for at least as long",
        "lets-nobody-in 3: this approval lets nobody in: not `bo@x.example` into `tape`, for one | of 2 people, 2 lack `recording:read:admin`",
        "lets-nobody-in 4: this approval lets nobody in: not `cy@x.example` into `desk`, for one | the only person that it is about may not add what administrators manage",
        "lets-nobody-in 5: this approval lets nobody in: not `bo@x.example` into `tape`, for one | of 2 pairs of a person and an app, 1 lacks `recording:read:admin`; 1 may not add what administrators manage",
        "outgrown-approval 6: `sync` asks for more than was reviewed | without scope `user:read` | 10: the approval does not hold for it",
        "covered-approval 7: this approval gives nobody anything more |  | 1: this covers it, for at least as long",
        "outgrown-approval 7: `tape` asks for more than was reviewed | without scope `recording:read:admin` | 11: the approval does not hold for such apps",
        "blocked-approval 9: this approval lets nobody have anything: blocks win over it |  | 8: everybody and everything here is blocked by this",
        "condition-never-holds 10: the condition of this approval never holds | not true for 1 person and 1 app, all that it is about",
    ]
    "#);
}

#[test]
fn an_approval_is_judged_for_as_long_as_it_lasts() {
    // What stops people for a while only, or ends by its condition, or by a role or waiver to come, is no mistake of the approval.
    for quiet in [
        "withhold user:read from everyone until 2027-01-31\napprove sync for group sales\n",
        "withhold user:read on sync from everyone until 2027-01-31\napprove sync for group sales until 2027-06-30\n",
        "withhold user:read from group sales id w\nwaive w for ana@x.example starting 2027-01-01 until 2027-03-31 because \"x\"\napprove sync for group sales\n",
        "withhold user:read from everyone when user.joined is not today\napprove sync for group sales\n",
        "block sync for group sales until 2027-01-31\napprove sync for group sales\n",
        "block sync for group sales when user.joined is not today\napprove sync for group sales\n",
        "block sync for group sales id b\nwaive b for ana@x.example starting 2027-01-01 until 2027-03-31 because \"x\"\napprove sync for group sales\n",
        "grant admin to bo@x.example starting 2027-01-01\napprove tape for group legal, bo@x.example\n",
    ] {
        let told = found(&format!("attribute user.joined: date\n{quiet}"));
        assert!(told.iter().all(|told| !told.contains("this approval lets nobody")), "{quiet}: {told:?}");
    }
    insta::assert_debug_snapshot!([
        "withhold user:read from group sales\napprove sync for group sales\n",
        "withhold user:read on sync from group sales until 2027-06-30\napprove sync for group sales until 2027-01-31\n",
        "block sync for ana@x.example\nwithhold user:read from bo@x.example\napprove sync for ana@x.example, bo@x.example\n",
        "grant admin to ana@x.example starting 2027-02-01\napprove tape for group legal, bo@x.example until 2027-01-31\n",
    ].map(found), @r#"
    [
        [
            "lets-nobody-in 2: this approval lets nobody in: not `ana@x.example` into `sync`, for one | of 2 people, 2 are stopped by a block, a withhold or the condition | 1: this takes `user:read` from `ana@x.example`, and `sync` must have it",
        ],
        [
            "lets-nobody-in 2: this approval lets nobody in: not `ana@x.example` into `sync`, for one | of 2 people, 2 are stopped by a block, a withhold or the condition | 1: this takes `user:read` from `ana@x.example`, and `sync` must have it",
        ],
        [
            "lets-nobody-in 3: this approval lets nobody in: not `ana@x.example` into `sync`, for one | of 2 people, 2 are stopped by a block, a withhold or the condition | 1: this keeps `ana@x.example` from `sync`",
        ],
        [
            "lets-nobody-in 2: this approval lets nobody in: not `bo@x.example` into `tape`, for one | of 2 people, 2 lack `recording:read:admin`",
        ],
    ]
    "#);
}

#[test]
fn what_passing_roles_lift_or_lack_is_not_told_of_a_rule_against_them() {
    for quiet in [
        "grant lead to everyone until 2026-12-10\nblock all apps for group sales id b\nwaive b for role lead, ana@x.example until 2027-06-30 because \"x\"\n",
        "grant lead to cy@x.example starting 2027-01-01\nwithhold recording:read:admin from cy@x.example\n",
    ] {
        let told = found(quiet);
        let about = |told: &String| told.starts_with("blocks-nothing") || told.starts_with("takes-nothing");
        assert!(!told.iter().any(about), "{quiet}: {told:?}");
    }
}

#[test]
fn blocks_that_win_over_an_approval_together_are_told_as_parts() {
    insta::assert_debug_snapshot!(found("\
block desk for ana@x.example
block desk for bo@x.example
approve desk for group sales
"), @r#"
    [
        "blocked-approval 3: this approval lets nobody have anything: blocks win over it |  | 1: this blocks a part of it | 2: this blocks a part of it",
    ]
    "#);
}

#[test]
fn what_covers_an_approval_is_as_small_as_it_can_be_and_never_covered_itself() {
    insta::assert_debug_snapshot!(found("\
approve sync for ana@x.example
approve sync for bo@x.example
approve sync for group sales
approve sync for everyone until 2027-01-31
approve sync for group legal
"), @r#"
    [
        "covered-approval 1: this approval gives nobody anything more |  | 3: this covers it, for at least as long",
        "covered-approval 2: this approval gives nobody anything more |  | 3: this covers it, for at least as long",
        "covered-approval 4: this approval gives nobody anything more |  | 3: this covers a part of it, for at least as long | 5: this covers a part of it, for at least as long",
    ]
    "#);
    // A part each; the third one is needed for neither.
    insta::assert_debug_snapshot!(found("\
approve sync for group sales, group legal until 2027-03-31
approve sync for group sales
approve sync for group legal
approve sync for bo@x.example
"), @r#"
    [
        "covered-approval 1: this approval gives nobody anything more |  | 2: this covers a part of it, for at least as long | 3: this covers a part of it, for at least as long",
        "covered-approval 4: this approval gives nobody anything more |  | 2: this covers it, for at least as long",
    ]
    "#);
    // Nobody knows who leads in a year, and whose contract has ended by then.
    insta::assert_debug_snapshot!(found("\
grant lead to cy@x.example until 2027-01-31
approve sync for role lead
approve sync for ana@x.example
approve sync for everyone when user.contract-end > today
"), @r#"
    [
        "condition-always-holds 4: `user.contract-end > today` always holds here | true for 3 people, all that this `approve` is about",
    ]
    "#);
}

#[test]
fn rules_against_are_judged_by_what_they_keep_from_whom() {
    insta::assert_debug_snapshot!(found("\
block sync for group sales when app.risk is high
block sync for group legal id out
waive out for group legal until 2027-01-31 because \"a\"
block desk for group legal when user.department is not \"Sales\" until 2026-12-31 id in
waive in for group sales until 2026-12-20 because \"a\"
waive in on sync for group legal until 2026-12-20 because \"a\"
waive in for cy@x.example until 2027-12-20 because \"a\"
withhold phone:* on sync from everyone
withhold recording:*:admin on tape from group legal
withhold recording:*:admin on tape from group board
"), @r#"
    [
        "blocks-nothing 1: this `block` keeps nobody from anything | it is about 2 people and 1 app, and its condition holds for none of them",
        "blocks-nothing 4: this `block` keeps nobody from anything | it is about 1 person and 1 app, and waived wherever it applies | 7: waived here",
        "waives-nothing 5: this `waive` lifts nothing | without it, the `block` would keep nobody here from anything more | 4: it is about nobody of those here (2 people)",
        "waives-nothing 6: this `waive` lifts nothing | without it, the `block` would keep nobody here from anything more | 4: it is about none of the apps here (1 app)",
        "waiver-outlives-rule 7: this waiver ends after the `block` that it lifts, which ends on 2026-12-31 |  | 4: the `block` ends here",
        "takes-nothing 8: this `withhold` takes nothing from anybody | none of the apps that it is about asks for any of these (1 app)",
        "takes-nothing 9: this `withhold` takes nothing from anybody | no role gives what the apps ask for to the people that it is about (1 person)",
    ]
    "#);
}

#[test]
fn tests_of_a_condition_are_told_where_they_tell_nobody_apart() {
    insta::assert_debug_snapshot!(found("\
block listed apps for group sales when user.department is \"Sales\" and app.risk is moderate
block listed apps for everyone when not user.department is \"sales\" and user.contract-end > 2026-12-31
block sync for everyone when app.risk is low and user.department is \"Legal\"
"), @r#"
    [
        "condition-always-holds 1: `user.department is \"Sales\"` always holds here | true for 2 people, all that this `block` is about",
        "condition-never-holds 2: `user.department is \"sales\"` never holds here | false for 3 people, all that this `block` is about",
    ]
    "#);
}

#[test]
fn a_test_that_nobody_asks_about_hides_no_other() {
    let rule = "block listed apps for group sales when user.department is \"Sales\" and user.department is \"sales\"\n";
    let told = |settings: &str| {
        let files = [("admit.yaml", settings), ("policies/facts.admit", FACTS), ("policies/a.admit", rule)];
        let analysis = linted(&files);
        let of_tests = |code: &&str| code.starts_with("condition-");
        analysis.diagnostics.iter().map(|finding| finding.code.name).filter(of_tests).collect::<Vec<_>>()
    };
    assert_eq!(told("lints: { condition-always-holds: warn }"), ["condition-always-holds"]);
    assert_eq!(told(""), ["condition-never-holds"]);
}

#[test]
fn guards_stand_ready_for_what_may_come() {
    let guards = "\
group empty-handed { cy@x.example }
allowlist vendors { apps by zoom }
block all apps for everyone when app.scopes any in [phone:*]
block all apps except apps by contoso for group sales
block apps in vendors for everyone
block sync for everyone when user.contract-end < today
block listed apps for group empty-handed when app.risk is high or user.department is \"Legal\"
withhold phone:* from everyone
withhold recording:*:admin from group legal
";
    assert_eq!(found(guards), [""; 0]);
    // Words that the facts spell in another way are no guard, and what is waived everywhere guards nothing.
    insta::assert_debug_snapshot!(found("\
block all apps for everyone when user.department is \"sales\" or app.risk is high
block all apps for group legal when app.scopes all in [user:read] until 2026-12-20 id small
waive small for cy@x.example until 2026-12-20 because \"a\"
"), @r#"
    [
        "condition-never-holds 1: `user.department is \"sales\"` never holds here | false for 3 people, all that this `block` is about",
        "blocks-nothing 2: this `block` keeps nobody from anything | it is about 1 person and 3 apps, and waived wherever it applies | 3: waived here",
    ]
    "#);
}

/// What blocks and waivers do for a while says nothing of the days after.
#[test]
fn what_ends_sooner_makes_nothing_needless() {
    let rules = "\
block all apps until 2027-01-10 because \"holiday freeze\"
approve sync for group sales
approve desk for cy@x.example until 2027-06-30
block tape for group legal id later
waive later for group legal until 2026-12-20 because \"a\"
withhold user:read from group legal id taken
waive taken for group legal until 2026-12-20 because \"a\"
";
    assert_eq!(found(rules), [""; 0]);
    let longer = "\
block all apps until 2027-01-10 because \"holiday freeze\"
approve sync for group sales until 2027-01-10
";
    assert_eq!(found(longer).len(), 1, "{:?}", found(longer));
}

/// What is excluded need not be there today, unless it is under another spelling.
#[test]
fn an_exclusion_that_nobody_meets_is_no_mistake() {
    let rules = "approve sync for everyone when not user.department is \"Press\" and not app.risk is high\n";
    assert!(found(rules).iter().all(|one| !one.starts_with("condition-never-holds")), "{:?}", found(rules));
    let misspelled = "approve sync for everyone when not user.department is \"sales\"\n";
    assert!(
        found(misspelled).iter().any(|one| one.starts_with("condition-never-holds")),
        "{:?}",
        found(misspelled)
    );
}

#[test]
fn a_rule_that_does_nothing_is_told_once_with_its_waivers() {
    insta::assert_debug_snapshot!(found("\
waive risky for bo@x.example until 2026-12-20 because \"a\"
block sync for group sales when app.risk is high id risky
waive phones on sync for bo@x.example until 2026-12-20 because \"a\"
withhold phone:* from everyone id phones
waive recorded on sync for bo@x.example until 2026-12-20 because \"a\"
block all apps for everyone when app.scopes any in [phone:*] id recorded
"), @r#"
    [
        "blocks-nothing 2: this `block` keeps nobody from anything | it is about 2 people and 1 app, and its condition holds for none of them",
        "waives-nothing 5: this `waive` lifts nothing | without it, the `block` would keep nobody here from anything more | 6: its condition holds for none of the people and apps here",
    ]
    "#);
}

#[test]
fn exemptions_are_covered_by_others_that_last_as_long() {
    let account = |exempts: &str| {
        format!(
            "account a {{ listed apps {{ approval required {exempts} }} unlisted apps {{ approval required }} notify nobody }}"
        )
    };
    let found = |exempts: &str| -> Vec<String> {
        let lines = found(&account(exempts));
        lines
            .into_iter()
            .map(|line| line.replace("exempts-nothing 1: this `exempt` frees no app from approval | ", ""))
            .collect()
    };
    let covered = "without it the same apps are free as long | 1: this frees them, or some of them";
    assert_eq!(found("exempt sync exempt apps by contoso"), [covered]);
    assert_eq!(
        found("exempt sync, tape exempt sync exempt tape"),
        [format!("{covered} | 1: this frees them, or some of them")]
    );
    assert_eq!(found("exempt apps by contoso exempt all apps until 2027-01-31"), [covered]);
    assert_eq!(found("exempt sync exempt apps by contoso until 2027-01-31"), [""; 0]);
    assert_eq!(found("exempt sync, tape exempt apps by contoso"), [covered]);
    assert_eq!(found("exempt sync exempt apps by contoso when app.risk is moderate"), [""; 0]);
    assert_eq!(found("exempt apps by zoom exempt internal apps when app.stage is development"), [""; 0]);
    assert_eq!(found("exempt desk"), ["none of these apps is listed"]);
}

#[test]
fn without_facts_nothing_is_claimed() {
    let rules = "\
group sales { }
block all apps for group sales
withhold phone:* from group sales
approve listed apps for group sales
";
    let analysis = linted(&[("policies/a.admit", rules)]);
    assert_eq!(of_codes(&analysis, CODES), [] as [String; 0]);
}

/// Where groups nest so deeply that nobody's groups are stored, nothing is counted, and that is said.
#[test]
fn what_is_not_judged_is_said() {
    let mut policy = String::from("group g0 { ana@x.example }\n");
    for group in 1..20_000 {
        policy += &format!(
            "group g{group} {{ group g{} }}\nblock desk for group g{group} until 2026-12-31\n",
            group - 1
        );
    }
    let analysis = linted(&[("policies/facts.admit", FACTS), ("policies/a.admit", &policy)]);
    assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
    let said: Vec<_> =
        analysis.diagnostics.iter().filter(|found| found.code.name == "unjudged-rules").collect();
    let [said] = said.as_slice() else { panic!("it is said once: {said:?}") };
    assert_eq!(said.message, "19999 rules have too many people and apps to be judged");
    assert_eq!(said.primary.text, "this is the first; there are 19999 `block`");
}

/// That no such approval holds is known at once.
#[test]
fn a_reviewed_approval_of_an_app_whose_scopes_are_not_known_is_judged() {
    let app = "app odd { developer contoso  listing listed  stage published  managed-by user }\n";
    let policy = format!("{app}approve odd reviewed user:read for group sales until 2027-06-30\n");
    let analysis = linted(&[("policies/facts.admit", FACTS), ("policies/a.admit", &policy)]);
    assert_eq!(analysis.diagnostics.iter().find(|found| found.code.name == "unjudged-rules"), None);
}

#[test]
fn what_is_not_walked_through_is_said() {
    let patterns: Vec<String> = (0..3_500).map(|at| format!("thing-{at}:*")).collect();
    let policy = format!("scope-set things {{ {} }}\n", patterns.join(", "));
    let analysis = linted(&[("policies/facts.admit", FACTS), ("policies/a.admit", &policy)]);
    let said = analysis.diagnostics.iter().find(|found| found.code.name == "unjudged-rules");
    let message = said.map(|found| found.message.as_str());
    assert_eq!(message, Some("there is too much here for `covered-scope` to look at all of it"));
}

/// A role of the library that nobody has yet, and one that somebody has for a while only.
#[test]
fn roles_that_are_granted_later_select_somebody() {
    let nobody = |rules: &str| {
        let facts = "group staff { kim@x.example }\nuser kim@x.example { role member }\nuser lee@x.example { role member }\n";
        let policy = format!("{facts}{rules}");
        let analysis = linted(&[("admit.yaml", "extends: [zoom]\n"), ("policies/a.admit", &policy)]);
        of_codes(&analysis, &["selects-nobody"]).len()
    };
    assert_eq!(nobody("block all apps for role admin\n"), 1);
    let owner = "block all apps for role admin until 2027-01-31\n";
    assert_eq!(nobody(&format!("{owner}grant owner to group staff starting 2027-01-31\n")), 0);
    assert_eq!(nobody(&format!("{owner}grant admin to group staff starting 2027-02-01\n")), 1);
    assert_eq!(nobody(&format!("{owner}grant admin to group staff until 2026-11-30\n")), 1);
    let members = "block all apps for group staff except role admin until 2027-01-31\n";
    assert_eq!(nobody(&format!("{members}grant admin to group staff\n")), 1);
    assert_eq!(nobody(&format!("{members}grant admin to group staff until 2027-01-30\n")), 0);
    assert_eq!(nobody(&format!("{members}grant admin to group staff until 2027-01-31\n")), 1);
}

/// Days pass, and what waits for one is not said never to hold; what lies behind all of them is.
#[test]
fn conditions_that_wait_for_a_day_may_come_to_hold() {
    let never = |condition: &str| {
        let policy = format!(
            "attribute user.start: date\nuser u1@x.example {{ role member  start 2027-03-01 }}\n\
             user u2@x.example {{ role member  start 2027-02-01 }}\nuser u3@x.example {{ role member  start 2026-01-01 }}\n\
             group new {{ u1@x.example, u2@x.example }}\ndeveloper contoso {{ kind third-party }}\nrole member {{ scopes user-level }}\n\
             app sync {{ developer contoso listing listed stage published managed-by user scopes user:read }}\n\
             approve sync for group new when {condition}\n"
        );
        let analysis = linted(&[("policies/a.admit", &policy)]);
        !of_codes(&analysis, &["condition-never-holds"]).is_empty()
    };
    assert!(!never("user.start <= today"));
    assert!(!never("user.start is today"));
    assert!(!never("not user.start > today"));
    assert!(!never("app.listing is listed and user.start < today"));
    assert!(never("user.start < 2026-01-01"));
    assert!(never("app.listing is unlisted and user.start > today"));
    assert!(never("not user.start >= 2026-01-01"));
}
