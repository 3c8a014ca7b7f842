//! Every construct becomes the tree it says.

use admit::diagnostics::Sink;
use admit::syntax::ast::{CommentKind, ItemKind};
use admit::text::SourceMap;

use super::{parse, shown};

/// The items of a text without findings.
fn items(text: &str) -> Vec<String> {
    let parsed = parse(text);
    assert_eq!(parsed.messages(), Vec::<String>::new(), "{text}");
    parsed.tree.items.iter().map(shown::item).collect()
}

fn condition(text: &str) -> String {
    let item = items(&format!("block x when {text}"));
    item[0].strip_prefix("block [x] when ").unwrap_or_else(|| panic!("{item:?}")).to_owned()
}

#[test]
fn a_policy_with_every_construct_parses_without_findings() {
    let parsed = parse(include_str!("../cases/syntax/everything.admit"));
    assert_eq!(parsed.messages(), Vec::<String>::new());
    assert!(!parsed.tree.has_errors);
    let items: Vec<String> = parsed.tree.items.iter().map(shown::item).collect();
    let items = items.join("\n");
    insta::assert_snapshot!(items);
}

#[test]
fn rules_take_their_clauses_in_any_order() {
    let expected = "approve [a in:l - b] for [group:g EVERYONE - role:r] when app.t reviewed m:r starting=2026-01-01 \
                    until=2026-12-31 owner=o@x.example id=i because=\"why\"";
    let clauses = [
        "for group g, everyone except role r",
        "when app.t",
        "reviewed m:r",
        "starting 2026-01-01",
        "until 2026-12-31",
        "owner o@x.example",
        "id i",
        "because \"why\"",
    ];
    for shift in 0..clauses.len() {
        let mut order = clauses;
        order.rotate_left(shift);
        let text = format!("approve a, apps in l except b {}", order.join("\n"));
        assert_eq!(items(&text), [expected], "{text}");
        order.reverse();
        let text = format!("approve a, apps in l except b {}", order.join(" "));
        assert_eq!(items(&text), [expected], "{text}");
    }
}

#[test]
fn each_kind_of_rule_has_its_own_subject() {
    let cases = [
        ("block all apps", "block [ALL]"),
        ("block listed apps, unlisted apps, internal apps", "block [LISTED UNLISTED INTERNAL]"),
        (
            "withhold a:b, a:*, set s, user-level from everyone",
            "withhold a:b pattern:a:* set:s level:user for [EVERYONE]",
        ),
        ("withhold a on all apps except b from role r", "withhold a [ALL - b] for [role:r]"),
        (
            "waive w on n for a@x.example until 2026-12-20 because \"b\"",
            "waive w [n] for [a@x.example] until=2026-12-20 because=\"b\"",
        ),
        ("grant r to a@x.example, group g", "grant r for [a@x.example group:g]"),
        (
            "accept group g gain a, b owner o@x.example until 2027-01-01 because \"c\"",
            "accept [group:g] [a b] until=2027-01-01 owner=o@x.example because=\"c\"",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(items(text), [expected]);
    }
}

#[test]
fn conditions() {
    let cases = [
        ("app.trial", "app.trial"),
        ("app.risk is high", "(app.risk is high)"),
        ("app.risk is not high", "(app.risk is-not high)"),
        ("app.risk is \"not\"", "(app.risk is \"not\")"),
        ("app.risk is notable", "(app.risk is notable)"),
        ("user.end > today", "(user.end > TODAY)"),
        ("user.end>=2026-12-01", "(user.end >= date:2026-12-01)"),
        ("user.seats < -3.5", "(user.seats < number:-3.5)"),
        ("user.seats<=4", "(user.seats <= number:4)"),
        ("user.team is app.team", "(user.team is attribute:app.team)"),
        ("user.team is \"app.team\"", "(user.team is \"app.team\")"),
        ("app.id in [a, \"b\", 3]", "(app.id in a \"b\" number:3)"),
        (
            "app.scopes any in [set s, a:*, m:r, admin-level]",
            "(app.scopes any-in set:s pattern:a:* m:r level:admin)",
        ),
        ("app.scopes all in[\"a:*\",]", "(app.scopes all-in \"a:*\")"),
        ("app.scopes contains m:r", "(app.scopes contains m:r)"),
        ("user.mode is set", "(user.mode is set)"),
        ("not app.a", "(not app.a)"),
        ("not(app.a)and(not app.b)", "(and (not app.a) (not app.b))"),
        ("app.a and app.b and app.c", "(and app.a app.b app.c)"),
        ("app.a or app.b or app.c", "(or app.a app.b app.c)"),
        ("(app.a or app.b) and app.c", "(and (or app.a app.b) app.c)"),
        ("app.a and (app.b and app.c)", "(and app.a (and app.b app.c))"),
        ("(app.a and app.b) or not (app.c or app.d)", "(or (and app.a app.b) (not (or app.c app.d)))"),
        ("((app.a))", "app.a"),
        ("app.and and app.or", "(and app.and app.or)"),
    ];
    for (text, expected) in cases {
        assert_eq!(condition(text), expected, "{text}");
    }
}

#[test]
fn words_are_keywords_only_where_one_is_expected() {
    let cases = [
        ("approve for for everyone", "approve [for] for [EVERYONE]"),
        ("approve approve, block for group group", "approve [approve block] for [group:group]"),
        ("approve listed for everyone", "approve [listed] for [EVERYONE]"),
        ("approve \"apps\" for everyone", "approve [\"apps\"] for [EVERYONE]"),
        ("approve apps by all for everyone", "approve [by:all] for [EVERYONE]"),
        ("block x id until until 2026-12-01", "block [x] until=2026-12-01 id=until"),
        ("group role { group group, group user }", "group role group:group group:user"),
        (
            "role role { scopes set set, set, scopes }",
            "role role extends[] privileges[] scopes[set:set set scopes]",
        ),
        ("app app { app app user user }", "app app {app=app user=user}"),
        ("test \"t\" { allow everyone install install }", "test \"t\": allow [EVERYONE] [install]"),
        (
            "waive waive for everyone until 2026-12-01 because \"x\"",
            "waive waive for [EVERYONE] until=2026-12-01 because=\"x\"",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(items(text), [expected]);
    }
}

#[test]
fn line_breaks_carry_no_meaning() {
    let one = "role a{scopes x}role b extends a{}approve x for group g,role r until 2026-12-01 because\"w\"block y group g{}";
    assert_eq!(items(one).len(), 5);
    for break_at in [" ", "\n", "\r\n", "\t", " # a comment, with \"quotes\" and { braces\n"] {
        let text = one.replace(' ', break_at);
        assert_eq!(items(&text), items(one), "{break_at:?}");
    }
}

#[test]
fn an_item_ends_where_nothing_can_go_on() {
    assert_eq!(
        items("block x for a@x.example\ngroup g { }\nblock y for b@x.example,\ngroup g\nrole r { }"),
        [
            "block [x] for [a@x.example]",
            "group g ",
            "block [y] for [b@x.example group:g]",
            "role r extends[] privileges[] scopes[]"
        ]
    );
    // A name may stand on a line of its own even if items start with that word.
    assert_eq!(items("block x id\napprove\nblock y"), ["block [x] id=approve", "block [y]"]);
    assert_eq!(items("block apps by\nrole\nfor\ngroup\nblock"), ["block [by:role] for [group:block]"]);
}

#[test]
fn trailing_commas_are_allowed_inside_braces_and_brackets() {
    assert_eq!(items("group g { a@x.example, }"), ["group g a@x.example"]);
    assert_eq!(items("allowlist l { a, }\nscope-set s { b, }"), ["allowlist l a", "scope-set s b"]);
    assert_eq!(items("role r { scopes a, b, }"), ["role r extends[] privileges[] scopes[a b]"]);
    assert_eq!(items("user u@x.example { groups a, b, }"), ["user u@x.example {groups=a+b}"]);
    assert_eq!(items("block x when app.a in [b,]"), ["block [x] when (app.a in b)"]);
    assert!(parse("block x for a@x.example,").tree.has_errors);
}

#[test]
fn quoted_texts_hold_anything_but_a_line_break() {
    let text = r#"block "a b" because "\"\\\n\u{e9}\u{1F600} # { ü""#;
    let parsed = parse(text);
    let ItemKind::Rule(rule) = &parsed.tree.items[0].kind else { panic!() };
    assert_eq!(rule.clauses.because.as_ref().unwrap().text, "\"\\\n\u{e9}\u{1F600} # { ü");
    assert_eq!(
        shown::item(&parsed.tree.items[0]).split(' ').take(3).collect::<Vec<_>>(),
        ["block", "[\"a", "b\"]"]
    );
    for bad in [
        r#""\q""#,
        r#""\u{}""#,
        r#""\u{110000}""#,
        r#""\u{d800}""#,
        r#""\u{1234567}""#,
        r#""\u12""#,
        r#""\u{12""#,
    ] {
        let parsed = parse(&format!("block x because {bad}"));
        assert_eq!(parsed.found.len(), 1, "{bad}");
        assert_eq!(parsed.found[0].code.name, "bad-escape", "{bad}");
        assert_eq!(parsed.tree.items.len(), 1);
    }
}

#[test]
fn attributes_and_their_types() {
    let cases = [
        ("attribute user.a: text", "attribute user.a Text"),
        ("attribute app.a.b :flag", "attribute app.a.b Flag"),
        ("attribute developer.x:number", "attribute developer.x Number"),
        ("attribute user.a : date", "attribute user.a Date"),
        ("attribute user.a: one of b", "attribute user.a b"),
        ("attribute user.a: one of b, \"c\", d", "attribute user.a b|\"c\"|d"),
        ("attribute user.a: one of b<c < d", "attribute user.a b<c<d"),
    ];
    for (text, expected) in cases {
        assert_eq!(items(text), [expected]);
    }
}

#[test]
fn items_point_at_their_first_words() {
    let heads = |text: &str| -> Vec<String> {
        let parsed = parse(text);
        parsed.tree.items.iter().map(|item| parsed.sources.slice(item.head).to_owned()).collect()
    };
    assert_eq!(
        heads(
            "approve a, b for everyone\napprove a,\n  b for everyone\nrole \"x\" extends y { }\nattribute user.a: text"
        ),
        ["approve a, b", "approve a", "role \"x\"", "attribute user.a"]
    );
    assert_eq!(
        heads(
            "account a { }\naccount { }\nuser u@x.example { }\ntest \"t\" at 2026-12-01 { }\nwithhold s from everyone"
        ),
        ["account a", "account", "user u@x.example", "test \"t\"", "withhold s"]
    );
}

#[test]
fn comments_are_kept_and_given_to_their_items() {
    let text = "# plain\n## First.\n##\n##  Indented \nrole a { } # behind\n### banner\n\
                # admit: allow one, two until 2027-01-01 because \"later\"\n#admit:allow three because \"x\"\nrole b {\n  ## inside\n}\n# end";
    let parsed = parse(text);
    assert_eq!(parsed.messages(), Vec::<String>::new());
    let comments: Vec<(CommentKind, &str)> = parsed
        .tree
        .comments
        .iter()
        .map(|comment| (comment.kind, parsed.sources.slice(comment.span)))
        .collect();
    assert_eq!(comments.len(), 10);
    assert_eq!(comments[3], (CommentKind::Doc, "##  Indented "));
    assert_eq!(comments[5], (CommentKind::Plain, "### banner"));
    assert_eq!(comments[7], (CommentKind::Directive, "#admit:allow three because \"x\""));
    let [a, b] = parsed.tree.items.as_slice() else { panic!() };
    assert_eq!(a.docs, ["First.", "", " Indented"]);
    assert!(a.suppressions.is_empty() && b.docs.is_empty());
    let codes =
        |index: usize| b.suppressions[index].codes.iter().map(|code| code.text.as_str()).collect::<Vec<_>>();
    assert_eq!((codes(0), codes(1)), (vec!["one", "two"], vec!["three"]));
    assert_eq!(b.suppressions[0].until.map(|date| date.to_string()).as_deref(), Some("2027-01-01"));
    assert_eq!(b.suppressions[0].because, "later");
}

#[test]
fn entities_alone_are_read_for_assumptions() {
    let read = |text: &str| {
        let file = SourceMap::new().add("--assume", text.to_owned());
        let mut out = Sink::new();
        let entities = admit::syntax::parse_entities(file, text, &mut out);
        let found: Vec<String> = out.into_sorted().into_iter().map(|found| found.message).collect();
        (entities.iter().map(shown::entity).collect::<Vec<_>>(), found)
    };
    let (entities, found) = read("user u@x.example { role member } app a { scopes none } developer d { }");
    assert_eq!(entities, ["user u@x.example {role=member}", "app a {scopes=none}", "developer d {}"]);
    assert_eq!(found, Vec::<String>::new());
    let (entities, found) = read("role r { } app a { }");
    assert_eq!(entities, ["app a {}"]);
    assert_eq!(found, ["only facts about users, apps and developers can stand here"]);
    assert_eq!(read("").0.len(), 0);
}

#[test]
fn what_stands_twice_counts_once() {
    let parsed = parse(
        "block x until 2026-12-01 until 2027-12-01\nrole r { scopes a scopes b }\nuser u@x.example { a-b 1 a_b 2 }",
    );
    assert_eq!(parsed.found.len(), 3);
    assert!(
        parsed.found.iter().all(|found| found.code.name == "repeated-clause" && found.related.len() == 1)
    );
    let items: Vec<String> = parsed.tree.items.iter().map(shown::item).collect();
    assert_eq!(
        items,
        ["block [x] until=2026-12-01", "role r extends[] privileges[] scopes[a]", "user u@x.example {a-b=1}"]
    );
}

#[test]
fn an_account_may_leave_its_name_out() {
    assert_eq!(items("account { listed apps { approval optional } }"), ["account  listed={Optional }"]);
    assert_eq!(items("account \"a b\" { notify automatically }"), ["account \"a b\" notify=Automatically"]);
}
