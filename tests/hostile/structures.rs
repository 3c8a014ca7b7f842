//! Projects of shapes that are deeper, wider or more tangled than anybody's.

use admit::decision::Outcome;

use super::{decision, errors_of};

/// Numbered lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| line(at) + "\n").collect()
}

/// An app that anybody may add, and a user.
const APP: &str =
    "app a { developer zoom listing listed stage published managed-by user scopes meeting:read }
user u@x.example { }
";

fn allowed(policy: &str) {
    let decision = decision(&[("policies/p.admit", &format!("{APP}{policy}"))]);
    assert_eq!(decision.outcome, Outcome::Allow, "{decision:?}");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = 100_000;
    for (open, close) in [("(", ")"), ("not (", ")"), ("[", "]"), ("{", "}")] {
        let condition = format!("{}app.pilot{}", open.repeat(deep), close.repeat(deep));
        let errors = errors_of(&[("policies/p.admit", &format!("block all apps when {condition}\n"))]);
        assert!(!errors.is_empty());
        if open.contains('(') {
            assert_eq!(errors, ["nesting-too-deep"]);
        }
    }
    for (file, text) in [
        ("directory/u.json", format!("{{\"users\":{}{}}}", "[".repeat(deep), "]".repeat(deep))),
        ("directory/u.yaml", format!("users: {}{}", "[".repeat(deep), "]".repeat(deep))),
        ("directory/u.jsonl", format!("{}{}", "{\"email\":".repeat(deep), "}".repeat(deep))),
    ] {
        assert!(!errors_of(&[(file, &text)]).is_empty(), "{file}");
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_groups_leads_to_its_end() {
    let many = 100_000;
    let groups = lines(many, |at| format!("group g{at} {{ group g{} }}", at + 1));
    allowed(&format!("{groups}group g{many} {{ u@x.example }}\napprove a for group g0\n"));
}

#[test]
fn chains_of_roles_lists_and_sets_lead_to_their_ends() {
    let many = 20_000;
    let roles = lines(many, |at| format!("role r{at} extends r{} {{ }}", at + 1));
    let lists = lines(many, |at| format!("allowlist l{at} {{ apps in l{} }}", at + 1));
    let sets = lines(many, |at| format!("scope-set s{at} {{ set s{} }}", at + 1));
    allowed(&format!(
        "{roles}role r{many} {{ scopes set s0 }}\n{lists}allowlist l{many} {{ a }}\n{sets}scope-set s{many} {{ meeting:read }}\n\
         user v@x.example {{ roles none }}\ngrant r0 to u@x.example\napprove apps in l0 for role r{many}\n"
    ));
}

/// Each level names the next twice: followed path by path there would be 2^500 paths.
#[test]
fn forks_at_every_level_are_followed_once() {
    let many = 500;
    let twice = |kind: &str, before: &str, within: &str| {
        lines(many, |at| {
            let next = at + 1;
            ["x", "y"]
                .map(|side| format!("{kind} {side}{at} {before}{within}x{next}, {within}y{next} }}\n"))
                .concat()
        })
    };
    let groups = twice("group", "{ ", "group ");
    let lists = twice("allowlist", "{ ", "apps in ");
    let sets = twice("scope-set", "{ ", "set ");
    let roles = lines(many, |at| {
        let next = at + 1;
        format!("role x{at} extends x{next}, y{next} {{ }}\nrole y{at} extends x{next}, y{next} {{ }}")
    });
    allowed(&format!(
        "{groups}group x{many} {{ u@x.example }}\ngroup y{many} {{ }}\n\
         {lists}allowlist x{many} {{ a }}\nallowlist y{many} {{ }}\n\
         {sets}scope-set x{many} {{ meeting:read }}\nscope-set y{many} {{ }}\n\
         {roles}role x{many} {{ scopes set x0 }}\nrole y{many} {{ }}\n\
         grant x0 to group x0\napprove apps in x0 for role y{many}\n"
    ));
}

#[test]
fn circles_are_errors_however_long() {
    let many = 50_000;
    let next = |at: usize| (at + 1) % many;
    let groups = lines(many, |at| format!("group g{at} {{ group g{} }}", next(at)));
    assert_eq!(errors_of(&[("policies/p.admit", &groups)]), ["group-cycle"]);
    let sets = lines(many, |at| format!("scope-set s{at} {{ set s{} }}", next(at)));
    assert_eq!(errors_of(&[("policies/p.admit", &sets)]), ["scope-set-cycle"]);
}

#[test]
fn scopes_may_imply_one_another_in_chains_and_circles() {
    let many = 20_000;
    let scopes = lines(many, |at| {
        format!(
            "- {{ scope: \"s:{at}\", level: admin, privileges: [], implies: [\"s:{}\"] }}",
            (at + 1) % many
        )
    });
    let policy = "app a { developer zoom listing listed stage published managed-by user scopes s:7 }
user u@x.example { }
role giver { scopes s:9 }
grant giver to u@x.example
approve a for everyone
";
    let given = decision(&[("policies/p.admit", policy), ("catalog/s.yaml", &format!("scopes:\n{scopes}"))]);
    assert_eq!(given.outcome, Outcome::Allow);
    let policy = format!("{policy}withhold s:19999 from everyone\n");
    let taken = decision(&[("policies/p.admit", &policy), ("catalog/s.yaml", &format!("scopes:\n{scopes}"))]);
    assert_eq!(taken.outcome, Outcome::Deny);
}

/// Tried character by character with every way back, one of these patterns would take longer than the universe is old.
#[test]
fn patterns_full_of_stars_are_matched_in_time() {
    let scope = "a".repeat(3_000);
    let pattern = format!("{}b", "*a".repeat(1_000));
    let rules = lines(50, |at| format!("withhold {pattern}{at} from everyone"));
    let app =
        format!("app a {{ developer zoom listing listed stage published managed-by user scopes {scope} }}");
    let policy = format!("user u@x.example {{ }}\n{app}\n{rules}approve a for everyone\n");
    assert_eq!(decision(&[("policies/p.admit", &policy)]).outcome, Outcome::Allow);
}

#[test]
fn thousands_of_rules_on_one_app_are_all_looked_at() {
    let many = 10_000;
    let groups = lines(many, |at| format!("group g{at} {{ u@x.example }}"));
    let expired = lines(many, |at| format!("approve a for group g{at} until 2026-11-30"));
    let blocks = lines(many, |at| format!("block a for group g{at} id b{at}"));
    let waivers =
        lines(many, |at| format!("waive b{at} for group g{} until 2027-01-01 because \"ok\"", many - 1 - at));
    let policy = format!("{APP}{groups}{expired}{blocks}{waivers}");
    let denied = decision(&[("policies/p.admit", &policy)]);
    assert_eq!(denied.outcome, Outcome::Deny);
    let admit::decision::Reason::ApprovalRequired { near_misses } = &denied.reasons[0] else {
        panic!("{denied:?}")
    };
    assert_eq!((denied.reasons.len(), near_misses.len()), (1, many));
    allowed(&format!("{groups}{blocks}{waivers}approve a for group g{}\n", many - 1));
}

#[test]
fn everybody_may_be_an_approver_and_an_installer() {
    let many = 50_000;
    let users = lines(many, |at| format!("u{at}@x.example"));
    let policy =
        "app a { developer zoom listing listed stage published managed-by admin scopes meeting:read }
user u@x.example { roles none }
role member { privileges MarketPlace:Edit scopes user-level }
";
    let denied = decision(&[("policies/p.admit", policy), ("directory/u.csv", &format!("email\n{users}"))]);
    let admit::decision::NextStep::RequestApproval { approvers, .. } = &denied.next_steps[0] else {
        panic!("{:?}", denied.next_steps)
    };
    let admit::decision::NextStep::RequestInstall { installers } = &denied.next_steps[1] else {
        panic!("{:?}", denied.next_steps)
    };
    assert_eq!((approvers.len(), installers.len()), (many, many));
}

#[test]
fn wide_and_odd_texts_are_read() {
    let word = "w".repeat(1 << 20);
    allowed(&format!("group {word} {{ u@x.example, }}\napprove a for group {word} because \"{word}\"\n"));
    let list = lines(50_000, |at| format!("x{at}@x.example,"));
    allowed(&format!("group g {{ {list} u@x.example }}\napprove a for group g\n"));
    let tests = vec!["app.id is not b"; 20_000].join(" and ");
    allowed(&format!("approve a for everyone when {}\n", tests.replace(" is not b", " is a")));
    let columns = lines(20_000, |at| format!("c{at}")).replace('\n', ",");
    let users = format!("email,{columns}x\nv@x.example,{}\n", ",".repeat(20_000));
    assert!(errors_of(&[("directory/u.csv", &users)]).is_empty());
    for text in ["", "\u{FEFF}", "\r\n\r\n", "#", "##", "\u{0}", "\"", "/* no */"] {
        errors_of(&[("policies/p.admit", text), ("directory/u.csv", text), ("catalog/c.json", text)]);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut files = super::project(&[]);
    files.add("/p/policies/latin1.admit", b"group b\xFCro { }\n".to_vec());
    assert_eq!(super::errors(&super::analysed(&files, std::path::Path::new("/p"))), ["not-utf8"]);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let bomb = format!("x: &x [{}]\nusers: [{}]\n", "y,".repeat(10_000), "*x,".repeat(10_000));
    assert!(bomb.len() < 51_000);
    assert!(errors_of(&[("directory/u.yaml", &bomb)]).contains(&"too-many-aliases"));
}
