//! What leads where.

use admit::graph::{EdgeKind, Node, NodeKind};

use super::cases::{cases, load};
use super::mini::{Files, Outcome};

fn tour() -> Outcome {
    load(&cases().into_iter().find(|case| case.ends_with("tour.admit")).unwrap()).analyse()
}

/// Whether an edge leads from one thing to another, and by which text.
fn edge<'o>(outcome: &'o Outcome, from: &str, kind: EdgeKind, to: &str) -> Option<&'o str> {
    let find = |name: &str| {
        outcome.graph.find(name, &outcome.model, &outcome.sources).unwrap_or_else(|| panic!("no {name}"))
    };
    let (from, to) = (find(from), find(to));
    let edges = outcome.graph.edges_from(from);
    let found = edges.iter().find(|(edge, end)| edge.kind == kind && *end == to);
    assert_eq!(
        found.is_some(),
        outcome.graph.edges_to(to).iter().any(|(edge, start)| edge.kind == kind && *start == from)
    );
    found.map(|(edge, _)| outcome.sources.slice(edge.span))
}

#[test]
fn every_kind_of_edge_knows_the_text_that_made_it() {
    let outcome = tour();
    let text = |from: &str, kind, to: &str| edge(&outcome, from, kind, to);
    assert_eq!(text("role:app-admin", EdgeKind::Extends, "role:member"), Some("member"));
    assert_eq!(
        text("role:app-admin", EdgeKind::Grants, "privilege:MarketPlace:Edit"),
        Some("marketplace:edit")
    );
    assert_eq!(text("group:field", EdgeKind::Includes, "group:sales"), Some("group sales"));
    assert_eq!(text("allowlist:crm-tools", EdgeKind::Includes, "developer:contoso"), Some("apps by contoso"));
    assert_eq!(text("developer:contoso", EdgeKind::Includes, "app:deal-sync"), Some("contoso"));
    assert_eq!(
        text("scope-set:capture", EdgeKind::Includes, "scope:meeting:read:meeting_audio"),
        Some("meeting:read:meeting_audio")
    );
    assert_eq!(
        text("user:ana@northwind.example", EdgeKind::MemberOf, "group:sales"),
        Some("ana@northwind.example")
    );
    assert_eq!(
        text("user:kim@northwind.example", EdgeKind::MemberOf, "group:legal"),
        Some("kim@northwind.example")
    );
    assert_eq!(text("account:northwind", EdgeKind::Grants, "role:member"), Some("member"));
    assert_eq!(
        text("account:northwind", EdgeKind::Selects, "user:dana@northwind.example"),
        Some("dana@northwind.example")
    );
    assert_eq!(text("rule:capture", EdgeKind::Blocks, "account:northwind"), Some("all apps"));
    assert_eq!(text("rule:capture", EdgeKind::Selects, "scope-set:capture"), Some("set capture"));
    assert_eq!(text("app:deal-sync", EdgeKind::Requires, "scope:recording:read"), Some("recording:read"));
    let rule = |line: usize| format!("rule:policies/main.admit:{line}");
    let line = |start: &str| {
        let text = outcome.sources.files().next().unwrap().1.text();
        rule(text.lines().position(|line| line.trim_start().starts_with(start)).unwrap() + 1)
    };
    let kinds = [
        ("grant app-admin", EdgeKind::Grants, "role:app-admin"),
        ("approve apps in crm-tools", EdgeKind::Approves, "allowlist:crm-tools"),
        ("approve zoom-scheduler", EdgeKind::Selects, "group:contractors"),
        ("approve zoom-scheduler", EdgeKind::Selects, "scope:meeting:write"),
        ("exempt internal apps", EdgeKind::Exempts, "account:northwind"),
        ("withhold phone", EdgeKind::Selects, "group:interns"),
        ("waive capture", EdgeKind::Waives, "rule:capture"),
    ];
    for (start, kind, to) in kinds {
        assert!(text(&line(start), kind, to).is_some(), "{start} {kind} {to}");
    }
    assert!(text("test:contractors never get recordings", EdgeKind::Selects, "app:crm-bridge").is_some());
}

#[test]
fn scopes_lead_to_what_they_imply_and_to_their_privileges() {
    let outcome = Files::new(&[
        ("policies/a.admit", "app notes { scopes meeting:write:admin, my:write }\n"),
        (
            "catalog/scopes.yaml",
            "scopes: [{scope: my:write, level: admin, privileges: [My:Edit], implies: [my:read]}, {scope: my:read}]\n",
        ),
    ]);
    let outcome = outcome.with_account().analyse();
    assert!(edge(&outcome, "scope:my:write", EdgeKind::Includes, "scope:my:read").is_some());
    assert!(edge(&outcome, "scope:my:write", EdgeKind::NeedsPrivilege, "privilege:My:Edit").is_some());
    assert!(
        edge(&outcome, "scope:meeting:write:admin", EdgeKind::Includes, "scope:meeting:read:admin").is_some()
    );
}

#[test]
fn nodes_are_reached_and_drawn_with_their_neighbours() {
    let outcome = tour();
    let (graph, model, sources) = (&outcome.graph, &outcome.model, &outcome.sources);
    let find = |name| graph.find(name, model, sources).unwrap();
    let from = graph.reachable_from([find("group:field")]);
    assert_eq!(
        from,
        [find("group:field"), find("group:sales"), find("group:partners")]
            .into_iter()
            .collect::<std::collections::BTreeSet<Node>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let picture = graph.neighbourhood(find("allowlist:vetted"), 1, model, sources);
    let mut names: Vec<&str> = picture.nodes.iter().map(|node| node.id.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.contains(&"allowlist:crm-tools") && names.contains(&"app:note-taker"));
    for edge in &picture.edges {
        assert!(edge.from < picture.nodes.len() && edge.to < picture.nodes.len());
    }
    let whole = graph.picture(model, sources);
    assert_eq!((whole.nodes.len(), whole.edges.len()), graph.size());
    // A user whom only facts know is not in the graph; a role that nothing names is reached by nothing.
    assert!(graph.unreached().contains(&find("role:owner")));
    assert!(graph.find("nobody@northwind.example", model, sources).is_none());
}

#[test]
fn closures_are_computed_after_what_they_are_made_of() {
    let outcome = tour();
    let order = &outcome.graph.order().groups;
    let at = |name| order.iter().position(|&group| Some(group) == outcome.model.group(name)).unwrap();
    assert!(at("sales") < at("field") && at("partners") < at("field"));
    assert_eq!(order.len(), outcome.model.groups.len());
}

#[test]
fn a_cycle_is_told_by_the_text_of_each_step() {
    let text = "group a { group b }\ngroup b { ana@x.example, group c, group a }\ngroup c { group a }\n";
    let outcome = Files::one(text).with_account().analyse();
    let cycle = outcome.found.iter().find(|found| found.code.name == "group-cycle").unwrap();
    assert_eq!(cycle.message, "group `a` holds itself, through one other");
    assert_eq!(cycle.primary.text, "`a` holds `b`");
    assert_eq!(outcome.sources.slice(cycle.primary.span), "group b");
    assert_eq!(cycle.related.len(), 1);
    assert_eq!(cycle.related[0].text, "`b` holds `a`");
    assert_eq!(outcome.sources.slice(cycle.related[0].span), "group a");
}

#[test]
fn rules_without_ids_that_share_a_line_have_names_of_their_own() {
    let outcome = Files::one("approve all apps for everyone block all apps\nblock unlisted apps").analyse();
    let picture = outcome.graph.picture(&outcome.model, &outcome.sources);
    let rules = picture.nodes.iter().filter(|node| node.kind == NodeKind::Rule);
    let ids: Vec<&str> = rules.map(|node| node.id.rsplit_once(".admit:").unwrap().1).collect();
    assert_eq!(ids, ["1:1", "1:31", "2"]);
}
