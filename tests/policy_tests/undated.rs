//! `undated-test`: tests that state no day although their result changes with time.

use std::path::Path;

use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::suite::{Filter, Suite};
use admit::text::Date;

use super::POLICY;
use crate::random_projects::dice::Dice;

const TODAY: &str = "2026-12-01";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn analysed(policy: &str) -> Analysis {
    let mut files = MemoryFiles::new();
    files.add("/p/admit.yaml", "");
    files.add("/p/policies/main.admit", policy);
    let root = Root::at(&files, Path::new("/p")).unwrap();
    let analysis =
        analyse(&files, &root, &Options { today: Some(day(TODAY)), lint: true, ..Options::default() });
    assert!(analysis.checked().is_some(), "{:#?}", analysis.diagnostics);
    analysis
}

/// What the lint says of each test, with the name of the test.
fn said(analysis: &Analysis) -> Vec<(String, String)> {
    let of_tests = analysis.diagnostics.iter().filter(|finding| finding.code.name == "undated-test");
    let name = |finding: &admit::diagnostics::Diagnostic| {
        analysis.sources.slice(finding.primary.span).trim_matches('"').to_owned()
    };
    of_tests.map(|finding| (name(finding), finding.message.clone())).collect()
}

/// What `admit test --at` says of each test on a day.
fn passed(analysis: &Analysis, at: Date) -> Vec<bool> {
    let suite =
        Suite::new(analysis.checked().unwrap(), &analysis.sources, Vec::new(), &Filter::default(), at, 1);
    suite.run().iter().map(|result| result.passed()).collect()
}

/// A day within a month and a half, so that every day can be looked at.
fn some_day(dice: &mut Dice) -> Date {
    day(TODAY).plus_days(i32::try_from(dice.number(0, 44)).unwrap() - 4)
}

/// A policy in which every kind of thing begins or ends.
fn policy(dice: &mut Dice, tests: usize) -> String {
    let mut text = POLICY.replace("2027-01-31", &some_day(dice).to_string());
    text = text.replace("2026-06-30", &some_day(dice).to_string());
    text = text.replace("2027-06-30", &some_day(dice).to_string());
    let [grant, beta, start, block, last, waiver] = [(); 6].map(|()| some_day(dice));
    text += &format!(
        "app early {{ developer contoso  listing unlisted  stage beta  beta-until {beta}  managed-by user  scopes user:read }}
grant admin to kim@x.example starting {grant}
approve crm for role admin starting {start} id later
approve recorder for everyone when user.contract-end > today id running
block early for group sales starting {} until {} id short
block recorder for role admin when user.contract-end <= today id over
waive no-recording for kim@x.example until {waiver} because \"accommodation\"
",
        block.min(last),
        block.max(last),
    );
    let people = ["group sales", "group agents", "role admin", "everyone", "kim@x.example", "ana@x.example"];
    let apps = ["crm", "recorder", "early", "riddle", "all apps", "unlisted apps", "listed apps"];
    let whens = ["", "", " when user.contract-end > today", " when app.stage is published"];
    for number in 0..tests {
        let given = ["", "", " given user ana@x.example { contract-end 2026-12-24 }"];
        text += &format!("test \"t{number}\" {{{}", dice.pick(&given));
        for _ in 0..dice.number(1, 2) {
            let (kind, with) =
                dice.one(&[("allow", ""), ("deny", ""), ("only", ""), ("deny", " with blocked")]);
            let except = dice.pick(&["", "", " except role admin"]);
            let (person, app) = (dice.pick(&people), dice.pick(&apps));
            text += &format!(" {kind} {person}{except} install {app}{}{with}", dice.pick(&whens));
        }
        text += " }\n";
    }
    text
}

#[test]
fn what_is_said_is_what_runs_on_every_day_would_show() {
    let mut found = 0;
    for seed in 0..6 {
        let policy = policy(&mut Dice::new(seed), 30);
        let analysis = analysed(&policy);
        let today = day(TODAY);
        let now = passed(&analysis, today);
        let mut expected: Vec<Option<String>> = vec![None; now.len()];
        for at in (1..60).map(|days| today.plus_days(days)) {
            for ((expected, then), now) in expected.iter_mut().zip(passed(&analysis, at)).zip(&now) {
                if then != *now && expected.is_none() {
                    let (now, then) = if *now { ("holds", "fails") } else { ("fails", "holds") };
                    let before = at.plus_days(-1);
                    *expected = Some(format!("it {now} until {before} and {then} on {at}"));
                }
            }
        }
        let expected: Vec<(String, String)> = (0..)
            .zip(expected)
            .filter_map(|(number, text)| {
                Some((format!("t{number}"), format!("this test states no day: {}", text?)))
            })
            .collect();
        let mut said = said(&analysis);
        said.sort_by_key(|(name, _)| name[1..].parse::<usize>().unwrap());
        found += said.len();
        assert_eq!(said, expected, "seed {seed}\n{policy}");
    }
    assert!(found > 20, "{found}");
}

#[test]
fn a_test_that_holds_today_can_be_mended_and_one_that_fails_is_for_a_person() {
    let policy = format!(
        "{POLICY}approve riddle for kim@x.example starting 2027-01-01 id soon
test \"holds\" {{ allow group sales install crm }}
test \"fails\" {{ deny kim@x.example install riddle with approval-required  allow ana@x.example install crm }}
test \"waits\" {{ deny kim@x.example install crm  deny ana@x.example install crm }}
"
    );
    let analysis = analysed(&policy);
    let found: Vec<_> =
        analysis.diagnostics.iter().filter(|finding| finding.code.name == "undated-test").collect();
    assert_eq!(
        said(&analysis),
        [
            ("holds", "it holds until 2027-06-30 and fails on 2027-07-01"),
            ("fails", "it holds until 2026-12-31 and fails on 2027-01-01"),
            ("waits", "it fails until 2027-06-30 and holds on 2027-07-01"),
        ]
        .map(|(name, text)| (name.to_owned(), format!("this test states no day: {text}")))
    );
    let fix = found[0].fix.as_ref().unwrap();
    assert!(fix.keeps_decisions);
    assert_eq!(fix.edits[0].text, " at 2026-12-01");
    assert_eq!(found[2].fix, None);
    assert!(found[2].help.as_ref().unwrap().contains("`at 2027-07-01`"));
    let seen: Vec<&str> = found[0].related.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(seen, ["on 2027-07-01 `ana@x.example` may not install `crm`", "ends on 2027-06-30"]);
}

#[test]
fn the_fix_is_taken_and_leaves_nothing_to_say() {
    let stage = super::project("test \"sales sells\" { allow group sales install crm }\n");
    let run = stage.run("admit check --fix --at 2026-12-01");
    assert!(run.err.contains("undated-test: write `at 2026-12-01`"), "{run}");
    assert_eq!(
        std::fs::read_to_string(stage.path().join("policies/tests.admit")).unwrap(),
        "test \"sales sells\" at 2026-12-01 { allow group sales install crm }\n"
    );
    assert!(!stage.run("admit check --at 2027-08-01").out.contains("undated-test"));
}
