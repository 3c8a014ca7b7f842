//! Terms of approval: what is asked, of which rules, and what is said about the settings themselves.

use super::*;

const FACTS: &str = "\
account a { listed apps { approval required  exempt apps by contoso } unlisted apps { approval required } notify nobody  default role member }
attribute app.risk: one of low < moderate < high
attribute user.team: text
developer contoso { kind third-party }
developer own { kind internal }
app crm { developer contoso  listing listed  stage published  managed-by user  scopes recording:write  risk high }
app notes { developer contoso  listing listed  stage published  managed-by user  scopes user:read  risk low }
app unrated { developer contoso  listing listed  stage published  managed-by user  scopes user:read }
app booking { developer own  listing unlisted  stage published  managed-by user  scopes user:read  risk low }
group staff { ana@x.example, group sales }
group sales { bo@x.example }
group guests { cy@x.example }
allowlist good { notes, apps by own }
";

/// What is found of a policy under these terms.
fn found(terms: &str, policy: &str) -> Vec<String> {
    let files = [("admit.yaml", terms), ("policies/a.admit", FACTS), ("policies/p.admit", policy)];
    let analysis = linted(&files);
    assert!(analysis.checked().is_some(), "{:?}", crate::project::findings(&analysis));
    let lines = of_codes(&analysis, &["unmet-term"]);
    let strip = |line: String| line.replace("unmet-term policies/p.admit:", "");
    lines.into_iter().map(strip).collect()
}

/// The lines of the rules that do not meet a term that asks for an owner.
fn about(selection: &str, policy: &str) -> Vec<u32> {
    let terms = format!("terms:\n  - {{ {selection} require: {{ owner: yes }} }}\n");
    let lines = found(&terms, policy);
    lines.iter().map(|line| line.split([' ', ':']).nth(1).unwrap().parse().unwrap()).collect()
}

const APPROVALS: &str = "\
approve crm for group staff
approve notes for everyone
approve apps in good for group guests
approve all apps except crm for ana@x.example
approve unrated for everyone except group sales
";

#[test]
fn a_term_is_about_the_rules_that_select_such_apps() {
    assert_eq!(about("", APPROVALS), [1, 2, 3, 4, 5]);
    assert_eq!(about("apps: crm,", APPROVALS), Vec::<u32>::new().into_iter().chain([1]).collect::<Vec<_>>());
    assert_eq!(about("apps: apps by own,", APPROVALS), [3, 4]);
    assert_eq!(about("apps: apps in good except notes,", APPROVALS), [3, 4]);
    // Of unknown risk: it may be high.
    assert_eq!(about("when: app.risk is high,", APPROVALS), [1, 4, 5]);
    assert_eq!(about("when: app.risk < moderate,", APPROVALS), [2, 3, 4, 5]);
    assert_eq!(about("when: app.developer-kind is internal,", APPROVALS), [3, 4]);
    // `recording:write` implies `recording:read`.
    assert_eq!(about("when: 'app.scopes any in [recording:read]',", APPROVALS), [1]);
    assert_eq!(about("when: 'app.scopes any in [set capture] and app.risk is low',", APPROVALS), [0; 0]);
}

#[test]
fn a_term_is_about_the_rules_that_reach_such_people() {
    assert_eq!(about("for: group sales,", APPROVALS), [1, 2]);
    assert_eq!(about("for: group guests,", APPROVALS), [2, 3, 5]);
    assert_eq!(about("for: role member except group staff,", APPROVALS), [2, 3, 5]);
    assert_eq!(about("for: everyone,", APPROVALS), [2, 5]);
    assert_eq!(about("for: everyone, apps: unrated,", APPROVALS), [5]);
}

#[test]
fn what_a_rule_says_of_people_in_its_condition_is_left_open() {
    let policy = "\
approve all apps for everyone when app.risk is low and user.team is \"x\"
approve all apps for everyone when app.risk is low or user.team is \"x\"
approve all apps for everyone when not user.groups any in [staff] and app.id is crm
";
    assert_eq!(about("apps: crm,", policy), [2, 3]);
}

#[test]
fn every_kind_of_rule_is_asked_for_what_it_can_have() {
    let terms = "terms:\n  - { rules: [approve, exempt, waive], require: { reviewed: yes, owner: yes, id: yes, until: yes } }\n";
    let policy = "\
block crm for group guests id b because \"x\"
waive b for group guests until 2027-01-01 because \"x\"
approve crm for group staff
grant member to group guests
";
    assert_eq!(
        found(terms, policy),
        [
            "error unmet-term policies/a.admit:1:46 this `exempt` does not meet a term of approval: no `until`",
            "error 2:1 this `waive` does not meet a term of approval: no `owner` and no `id`",
            "error 3:1 this `approve` does not meet a term of approval: no `reviewed`, no `owner`, no `id` and no `until`",
        ]
    );
}

#[test]
fn reasons_fit_a_pattern_and_ends_are_near() {
    let terms = "\
terms:
  - name: tickets
    require: { because: [\"SEC-*\", \"IT-*\"], until: 90d }
    level: warn
";
    let policy = "\
approve crm for group staff until 2027-03-01 because \"SEC-1\"
approve crm for group staff until 2027-03-02 because \"IT-1: x\"
approve crm for group staff starting 2027-01-01 until 2027-04-01 because \"IT-1\"
approve crm for group staff starting 2026-01-01 until 2026-12-31 because \"see SEC-1\"
";
    let late = "its `until` lies more than 90 days after";
    assert_eq!(
        found(terms, policy),
        [
            format!(
                "warning 2:1 this `approve` does not meet the term `tickets`: {late} today (at most 2027-03-01)"
            ),
            format!(
                "warning 4:1 this `approve` does not meet the term `tickets`: its `because` does not fit `SEC-*` or `IT-*` and {late} it begins \
                 (at most 2026-04-01)"
            ),
        ]
    );
}

#[test]
fn a_finding_shows_a_witness_and_what_asks_for_it() {
    let terms = "terms:\n  - for: group sales\n    require: { owner: yes, id: no }\n";
    let files = [
        ("admit.yaml", terms),
        ("policies/a.admit", FACTS),
        ("policies/p.admit", "approve crm for group staff\n"),
    ];
    let analysis = linted(&files);
    let finding = analysis.diagnostics.iter().find(|finding| finding.code.name == "unmet-term").unwrap();
    assert_eq!(finding.primary.text, "the term is about `crm` and `bo@x.example`, for one");
    let related: Vec<&str> = finding.related.iter().map(|label| analysis.sources.slice(label.span)).collect();
    assert_eq!(related, ["owner: yes"]);
}

#[test]
fn levels_and_exceptions_hold_for_terms_too() {
    let term = "terms: [{ require: { owner: yes } }]\n";
    let rule = "approve crm for group staff\n";
    assert_eq!(found(&format!("{term}lints: {{ unmet-term: off }}"), rule), [""; 0]);
    assert!(found(&format!("{term}lints: {{ unmet-term: warn }}"), rule)[0].starts_with("warning "));
    assert_eq!(found(term, &format!("# admit: allow unmet-term because \"SEC-1\"\n{rule}")), [""; 0]);
    let base = linted(&[
        ("admit.yaml", "extends: [zoom, base]\nterms: [{ require: { owner: yes } }]\n"),
        ("base/b.admit", "approve all apps for everyone\n"),
    ]);
    assert_eq!(of_codes(&base, &["unmet-term"]), [""; 0]);
}

/// What is said about settings, as `code line:column message`.
fn wrong(settings: &str) -> Vec<String> {
    let analysis = linted(&[("admit.yaml", settings), ("policies/a.admit", FACTS)]);
    let lines = crate::project::findings(&analysis);
    let of_settings = lines.iter().filter(|line| line.contains(" admit.yaml:"));
    of_settings.map(|line| line.replace("admit.yaml:", "")).collect()
}

#[test]
fn names_in_terms_are_checked_in_their_place() {
    let term = |key: &str| format!("terms:\n  - require: {{ owner: yes }}\n    {key}\n");
    let code = |key: &str| -> String {
        let lines = wrong(&term(key));
        assert_eq!(lines.len(), 1, "{key}: {lines:?}");
        lines[0].split(' ').take(2).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(code("apps: apps by contsoo"), "unknown-developer 3:19");
    assert_eq!(code("apps: \"apps by contsoo\""), "unknown-developer 3:20");
    assert_eq!(code("apps: 'crm, apps in god'"), "unknown-allowlist 3:25");
    assert_eq!(code("when: app.risk is hgih"), "unknown-choice 3:23");
    assert_eq!(code("when: app.developer-kind is zom"), "unknown-choice 3:33");
    assert_eq!(code("when: 'app.scopes any in [set captrue]'"), "unknown-scope-set 3:35");
    assert_eq!(code("when: app.size is 3"), "unknown-attribute 3:11");
    assert_eq!(code("for: group slaes"), "unknown-group 3:16");
    assert_eq!(code("for: role membr"), "unknown-role 3:15");
}

#[test]
fn what_is_no_term_is_said_in_its_place() {
    let require = "require: { owner: yes }";
    let with = |keys: &str| format!("terms:\n  - {require}\n{keys}\n");
    let all = [
        format!("terms: {{ {require} }}"),
        "terms: [x, { for: everyone }]".to_owned(),
        with("    apps: crm for everyone"),
        with("    apps: \"\""),
        with("    when: app.risk is"),
        with("    when: app.risk is high until 2027-01-01"),
        with("    when: user.team is x and app.id is user.team"),
        with("    for: \"group \\\"sales\\\"\""),
        with("    when: |\n      app.risk is high"),
        with("    wen: app.risk is high\n    rules: [grant]\n    level: off"),
        "terms:\n  - require: { ownr: yes, reviewed: maybe, until: soon, because: { a: b } }\n".to_owned(),
        format!("terms: [{}{{ {require} }}]", format!("{{ {require} }}, ").repeat(100)),
        "terms: [{ require: {} }, { require: { reviewed: no, owner: no } }, { require: { because: [] } }]"
            .to_owned(),
        with("    rules: []"),
    ];
    let said: Vec<String> = all.iter().map(|text| wrong(text).join("\n")).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @r"
    wrong-setting 1:8 `terms` is not a list here
    ---
    wrong-setting 1:9 this term is not a map
    wrong-setting 1:12 this term asks for nothing
    ---
    wrong-setting 3:11 `apps` holds something else here
    ---
    wrong-setting 3:11 `apps` is empty
    ---
    unexpected-text 3:22 expected a value, but it ends here
    ---
    wrong-setting 3:11 `when` holds something else here
    ---
    wrong-setting 3:11 the condition of a term is about apps, and this is about users
    wrong-setting 3:40 the condition of a term is about apps, and this is about users
    ---
    wrong-setting 3:10 `for` is written in a way that hides its places
    ---

    ---
    unknown-setting 3:5 there is no setting `wen`
    wrong-setting 4:13 `grant` is no kind of rule that lets apps in
    wrong-setting 5:12 a term that is off asks for nothing
    ---
    unknown-setting 2:16 there is no setting `ownr`
    wrong-setting 2:37 `reviewed` is yes or no
    wrong-setting 2:51 `until` is not a length of time here
    wrong-setting 2:66 `because` is not a list here
    ---
    wrong-setting 1:2909 there are more than 100 terms
    ---
    wrong-setting 1:9 this term asks for nothing
    wrong-setting 1:26 this term asks for nothing
    wrong-setting 1:90 `because` asks for nothing here
    ---
    wrong-setting 3:12 this term is about no kind of rule
    ");
}

#[test]
fn no_prefix_of_terms_makes_a_panic() {
    let text = "terms:\n- when: app.risk is high and (app.id is \"é\")\n  for: 'group sales'\n  apps: \"all apps\"\n  rules: [waive]\n  require: { because: 'S-*', until: 1y }\n";
    for (at, _) in text.char_indices() {
        linted(&[("admit.yaml", &text[..at]), ("policies/a.admit", FACTS)]);
    }
}
