//! Roles that state more than they add.

use std::collections::BTreeSet;

use super::*;
use crate::random_projects::dice::Dice;
use crate::random_projects::holds_for_each;

/// What roles extend, by their numbers; the higher ones extend lower ones.
fn random_roles(seed: u64) -> Vec<Vec<usize>> {
    let mut dice = Dice::new(seed);
    let count = dice.number(2, 9);
    (0..count)
        .map(|role| {
            let lower: Vec<usize> = (0..role).collect();
            dice.some(&lower, 0, 4)
        })
        .collect()
}

/// Whether one role extends another, directly or not.
fn extends(roles: &[Vec<usize>], role: usize, other: usize) -> bool {
    roles[role].iter().any(|&below| below == other || extends(roles, below, other))
}

/// A role that is extended is said to be redundant where another that is extended beside it extends it, by the first such.
#[test]
fn an_extended_role_is_redundant_where_another_extends_it() {
    holds_for_each(0..2_000, |seed| {
        let roles = random_roles(seed);
        let mut policy = String::new();
        let mut expected = BTreeSet::new();
        for (role, below) in roles.iter().enumerate() {
            let names: Vec<String> = below.iter().map(|below| format!("r{below}")).collect();
            let clause =
                if names.is_empty() { String::new() } else { format!(" extends {}", names.join(", ")) };
            policy += &format!("role r{role}{clause} {{ privileges Role:Read }}\n");
            for &one in below {
                if let Some(by) = below.iter().find(|&&by| extends(&roles, by, one)) {
                    expected.insert((role + 1, format!("`r{by}` extends `r{one}` already")));
                }
            }
        }
        let analysis = linted(&[("policies/a.admit", &policy)]);
        let told = analysis.diagnostics.iter().filter(|finding| finding.code.name == "redundant-extends");
        let told: BTreeSet<(usize, String)> = told
            .map(|finding| {
                (analysis.sources.start(finding.primary.span).line as usize, finding.message.clone())
            })
            .collect();
        if told == expected { Ok(()) } else { Err(format!("{told:?}, not {expected:?}, of\n{policy}")) }
    });
}

/// In chains each role is looked at once, not once for each role above it.
#[test]
fn long_chains_of_roles_are_looked_at_in_time() {
    let many = 20_000;
    let roles = (2..many).map(|at| format!("role r{at} extends r{}, r{} {{ }}\n", at - 1, at - 2));
    let policy = format!("role r0 {{ }}\nrole r1 extends r0 {{ }}\n{}", roles.collect::<String>());
    let start = std::time::Instant::now();
    let analysis = linted(&[("policies/a.admit", &policy)]);
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "took {:?}", start.elapsed());
    let told = analysis.diagnostics.iter().filter(|finding| finding.code.name == "redundant-extends");
    assert_eq!(told.count(), many - 2);
}

/// What `role-catches-more` says of each rule of a policy with roles `member` < `admin` < `owner`.
fn catches(people: &str, rules: &str) -> Vec<String> {
    let policy = format!(
        "role member {{ scopes user-level }}\nrole admin extends member {{ privileges MarketPlace:Edit }}\n\
         role owner extends admin {{ privileges Role:Edit }}\nrole auditor {{ privileges Role:Read }}\n{people}{rules}"
    );
    let analysis = linted(&[("policies/a.admit", &policy)]);
    let found = analysis.diagnostics.iter().filter(|finding| finding.code.name == "role-catches-more");
    found.map(|finding| finding.message.clone()).collect()
}

#[test]
fn who_is_excepted_is_not_caught() {
    let people = "group board { kim@x.example, group it }\ngroup it { lee@x.example }\n\
        user kim@x.example { role admin }\nuser lee@x.example { role admin }\nuser ada@x.example { role owner }\n\
        user bo@x.example { role member }\n";
    let caught = |count: &str| {
        vec![format!("this `withhold` of role `member` catches `admin` and `owner` too: {count}")]
    };
    let rule = |except: &str| catches(people, &format!("withhold phone:* from role member{except}\n"));
    assert_eq!(rule(""), caught("3 people"));
    assert_eq!(rule(" except bo@x.example"), caught("3 people"));
    assert_eq!(rule(" except kim@x.example"), caught("2 people"));
    assert_eq!(rule(" except kim@x.example, group it, kim@x.example"), caught("1 person"));
    assert_eq!(rule(" except group board, ada@x.example"), Vec::<String>::new());
    assert_eq!(rule(" except everyone"), Vec::<String>::new());
    // Who has a role that is excepted, beside the one that extends, is excepted too.
    let granted = format!("{people}grant auditor to group board, ada@x.example\n");
    let rule = catches(&granted, "withhold phone:* from role member except role auditor\n");
    assert_eq!(rule, Vec::<String>::new());
}

#[test]
fn who_had_a_role_once_is_not_caught_by_it() {
    let people = "user kim@x.example { role member }\nuser lee@x.example { role member }\n\
        grant admin to kim@x.example until 2026-11-30\n";
    let rule = "withhold phone:* from role member\n";
    assert_eq!(catches(people, rule), Vec::<String>::new());
    assert_eq!(
        catches(&format!("{people}grant admin to lee@x.example starting 2027-01-01\n"), rule).len(),
        1
    );
}

/// What is allowed of one user is told of the others still.
#[test]
fn users_of_whom_several_roles_are_allowed_hide_no_others() {
    let users = |kim: &str, lee: &str| {
        let policy = format!(
            "{kim}user kim@x.example {{ roles admin, member }}\n{lee}user lee@x.example {{ roles admin, member }}\n\
             user ada@x.example {{ roles admin, member }}\nrole member {{ }}\nrole admin {{ }}\n"
        );
        let analysis = linted(&[("policies/a.admit", &policy)]);
        let codes = ["several-roles", "unused-suppression", "expired-suppression"];
        of_codes(&analysis, &codes)
    };
    let allow = "# admit: allow several-roles because \"two jobs\"\n";
    assert_eq!(
        users("", ""),
        ["warning several-roles policies/a.admit:1:6 3 users have several roles by the facts"]
    );
    assert_eq!(
        users(allow, ""),
        ["warning several-roles policies/a.admit:3:6 2 users have several roles by the facts"]
    );
    assert_eq!(
        users(allow, allow),
        ["warning several-roles policies/a.admit:5:6 `ada@x.example` has several roles by the facts"]
    );
}

#[test]
fn whoever_is_granted_a_role_is_not_without_one() {
    let account =
        "account x { listed apps { approval required } unlisted apps { approval required } notify nobody }\n";
    let without = |grants: &str| {
        let policy = format!(
            "{account}role member {{ scopes user-level }}\ngroup sales {{ kim@x.example }}\n\
             user kim@x.example {{ }}\nuser lee@x.example {{ }}\n{grants}"
        );
        let analysis = linted(&[("policies/a.admit", &policy)]);
        let found = analysis.diagnostics.iter().find(|finding| finding.code.name == "no-default-role");
        found.map(|finding| finding.message.clone())
    };
    let two = "2 users, `kim@x.example` for one, have no role: the account names no default one";
    let lee = "`lee@x.example` has no role: the account names no default one";
    assert_eq!(without("").as_deref(), Some(two));
    assert_eq!(without("grant member to everyone until 2026-11-30\n").as_deref(), Some(two));
    assert_eq!(without("grant member to everyone starting 2027-01-01\n").as_deref(), Some(two));
    assert_eq!(without("grant member to everyone\n"), None);
    assert_eq!(without("grant member to group sales\n").as_deref(), Some(lee));
    assert_eq!(without("grant member to everyone except lee@x.example\n").as_deref(), Some(lee));
}

/// Scopes with their levels and what they imply, what roles may state of them, and what each statement matches.
const CATALOG: &str = "scopes:\n\
    - { scope: \"x:read\", level: user }\n\
    - { scope: \"x:write\", level: user, implies: [\"x:read\"] }\n\
    - { scope: \"x:all\", level: admin, implies: [\"x:write\"] }\n\
    - { scope: \"y:read\", level: admin }\n";
const SCOPES: [&str; 4] = ["x:read", "x:write", "x:all", "y:read"];
const TERMS: [(&str, &[usize]); 11] = [
    ("x:read", &[0]),
    ("x:write", &[1]),
    ("x:all", &[2]),
    ("y:read", &[3]),
    ("x:*", &[0, 1, 2]),
    ("*", &[0, 1, 2, 3]),
    ("*:read", &[0, 3]),
    ("user-level", &[0, 1]),
    ("admin-level", &[2, 3]),
    ("set mine", &[0, 3]),
    ("set all", &[0, 1, 2, 3]),
];

/// The scopes that a statement gives, with those that they imply.
fn gives(term: usize) -> BTreeSet<usize> {
    let implied = |&scope: &usize| match scope {
        2 => vec![0, 1, 2],
        1 => vec![0, 1],
        other => vec![other],
    };
    TERMS[term].1.iter().flat_map(implied).collect()
}

/// What is said to be inherited is, and every single scope that is inherited from one statement is told.
#[test]
fn what_is_inherited_is_what_lower_roles_give() {
    let told = std::sync::atomic::AtomicUsize::new(0);
    holds_for_each(0..1_500, |seed| {
        let mut dice = Dice::new(seed);
        let count = dice.number(2, 5);
        let all: Vec<usize> = (0..TERMS.len()).collect();
        let mut policy = String::from("scope-set mine { x:read, y:read }\nscope-set all { set mine, x:* }\n");
        let mut roles: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for role in 0..count {
            let (below, terms) = (dice.some(&(0..role).collect::<Vec<_>>(), 0, 2), dice.some(&all, 1, 3));
            let names: Vec<String> = below.iter().map(|below| format!("r{below}")).collect();
            let clause =
                if names.is_empty() { String::new() } else { format!(" extends {}", names.join(", ")) };
            let words: Vec<&str> = terms.iter().map(|&term| TERMS[term].0).collect();
            policy += &format!("role r{role}{clause} {{ scopes {} }}\n", words.join(", "));
            roles.push((below, terms));
        }
        let analysis = linted(&[("policies/a.admit", &policy), ("catalog/s.yaml", CATALOG)]);
        assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
        let found = analysis.diagnostics.iter().filter(|finding| finding.code.name == "already-inherited");
        let found: BTreeSet<(usize, String)> = found
            .map(|finding| {
                let line = analysis.sources.start(finding.primary.span).line as usize;
                (line - 3, analysis.sources.slice(finding.primary.span).to_owned())
            })
            .collect();
        told.fetch_add(found.len(), std::sync::atomic::Ordering::Relaxed);
        for (role, (_, terms)) in roles.iter().enumerate() {
            let edges: Vec<Vec<usize>> = roles.iter().map(|(below, _)| below.clone()).collect();
            let lower = (0..role).filter(|&other| extends(&edges, role, other));
            let inherited: BTreeSet<usize> =
                lower.flat_map(|other| &roles[other].1).flat_map(|&term| gives(term)).collect();
            for &term in terms {
                let (text, is_told) = (TERMS[term].0, found.contains(&(role, TERMS[term].0.to_owned())));
                let is_so = gives(term).is_subset(&inherited);
                let has_to_be = SCOPES.contains(&text) && is_so;
                if is_told && !is_so || has_to_be && !is_told {
                    return Err(format!("`{text}` of r{role}: told {is_told}, is so {is_so}\n{policy}"));
                }
            }
        }
        Ok(())
    });
    assert!(told.into_inner() > 500, "hardly anything is inherited");
}

#[test]
fn who_is_named_beside_the_role_is_meant() {
    let people = "group board { kim@x.example }\nuser kim@x.example { role admin }\nuser lee@x.example { role admin }\n\
        user ada@x.example { role owner }\n";
    let rule = "block all apps for role member, group board, ada@x.example\n";
    let policy = format!(
        "role member {{ scopes user-level }}\nrole admin extends member {{ privileges MarketPlace:Edit }}\n\
         role owner extends admin {{ privileges Role:Edit }}\n{people}{rule}"
    );
    let analysis = linted(&[("policies/a.admit", &policy)]);
    let mut found = analysis.diagnostics.iter().filter(|finding| finding.code.name == "role-catches-more");
    let found = found.next().expect("lee is caught");
    assert_eq!(found.message, "this `block` of role `member` catches `admin` and `owner` too: 1 person");
    assert!(found.fix.is_none(), "an exception would free kim and ada, who are named");
    // Nobody but those who are named.
    assert_eq!(
        catches(people, "block all apps for role member, group board, ada@x.example, lee@x.example\n"),
        Vec::<String>::new()
    );
}
