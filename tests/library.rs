//! Laws of the bundled library.

use std::collections::BTreeSet;

use admit::diagnostics::Sink;
use admit::library::{self, BakedTermKind, CatalogScope};
use admit::syntax::{self, ast};
use admit::terms::Level;
use admit::text::SourceMap;

/// The scopes of the catalogue that a bundled set matches.
fn members(set: &str) -> BTreeSet<&'static str> {
    let set = library::scope_sets().iter().find(|known| known.name == set).expect("the set exists");
    set.scopes.iter().flat_map(|term| matched(term.kind)).map(|scope| scope.name).collect()
}

fn matched(kind: BakedTermKind) -> Vec<CatalogScope> {
    let matches = |scope: &CatalogScope| match kind {
        BakedTermKind::Scope(name) => scope.name == name,
        BakedTermKind::Pattern(pattern) => fits(pattern.as_bytes(), scope.name.as_bytes()),
        BakedTermKind::Set(set) => members(set).contains(scope.name),
        BakedTermKind::Level(level) => scope.level == level,
    };
    library::scopes().iter().filter(|scope| matches(scope)).collect()
}

/// The plainest matcher there is; patterns of the library are short.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skipped| fits(rest, &text[skipped..])),
        Some((first, rest)) => text.first() == Some(first) && fits(rest, &text[1..]),
    }
}

/// The scope at a position of the catalogue.
fn at(position: u16) -> CatalogScope {
    library::scopes().get(usize::from(position)).expect("positions are of scopes")
}

#[test]
fn the_catalogue_is_whole_and_every_scope_is_found_by_its_name() {
    assert_eq!(library::scopes().len(), 3_181);
    assert!(library::scopes().iter().is_sorted_by(|a, b| a.name < b.name), "sorted, each name once");
    for (position, scope) in library::scopes().iter().enumerate() {
        assert_eq!(library::scope(scope.name), Some(scope));
        assert_eq!(library::scope_position(scope.name).map(usize::from), Some(position));
        assert!(!scope.summary.is_empty(), "{}", scope.name);
    }
    assert_eq!(library::scope("recording:reed"), None);
    assert_eq!(library::scope(""), None);
}

#[test]
fn levels_follow_the_names_but_for_the_irregular_ones() {
    let irregular: Vec<&str> = library::scopes()
        .iter()
        .filter(|scope| scope.level != Level::of_unknown_scope(scope.name))
        .map(|scope| scope.name)
        .collect();
    // Zoom's level of each of these does not show in its name; `member` and unstated count as admin.
    assert_eq!(
        irregular,
        ["chat_channel:read:member", "imchat:bot", "scim2", "zva:read:km_kbs", "zva:write:km_kbs"]
    );
}

#[test]
fn master_and_user_level_scopes_list_no_privileges() {
    for scope in library::scopes().iter() {
        if scope.level != Level::Admin {
            assert_eq!((scope.privileges, scope.may_need), (&[][..], &[][..]), "{}", scope.name);
        }
        for privilege in scope.privileges.iter().chain(scope.may_need) {
            assert_eq!(library::privilege(privilege).map(|known| known.name), Some(*privilege));
        }
    }
}

#[test]
fn privileges_are_those_named_by_at_least_half_as_many_operations_as_the_most_named_one() {
    let needs = |name| library::scope(name).map(|scope| (scope.privileges, scope.may_need));
    // User:Edit 18 times, User:Read 10 times, MobileDeviceManagement:Read twice.
    let user_write = (&["User:Edit", "User:Read"][..], &["MobileDeviceManagement:Read"][..]);
    assert_eq!(needs("user:write:admin"), Some(user_write));
    // Two spellings of one privilege.
    assert_eq!(needs("marketplace_entitlement:read:admin"), Some((&["MarketPlace:Edit"][..], &[][..])));
    // Documented though no description of an operation names it.
    assert_eq!(needs("report:read:admin"), Some((&["UsageReport:Read"][..], &[][..])));
}

#[test]
fn privileges_are_found_whatever_their_case() {
    let named = |name| library::privilege(name).map(|privilege| privilege.name);
    assert_eq!(named("marketplace:EDIT"), Some("MarketPlace:Edit"));
    assert_eq!(named("SCHEDULER"), Some("scheduler"));
    assert_eq!(named("MarketPlace"), None);
    let lower = |name: &str| name.to_ascii_lowercase();
    assert!(library::privileges().is_sorted_by(|a, b| lower(a.name) < lower(b.name)));
}

#[test]
fn a_classic_write_implies_its_read_of_the_same_suffix_and_nothing_else_implies_anything() {
    let names =
        |positions: &[u16]| -> Vec<&str> { positions.iter().map(|&position| at(position).name).collect() };
    let implies = |name: &str| names(library::scope(name).expect("a known scope").implies);
    assert_eq!(implies("recording:write:admin"), ["recording:read:admin"]);
    assert_eq!(implies("recording:write"), ["recording:read"]);
    assert_eq!(implies("division:wirte:admin"), ["division:read:admin"]);
    assert!(implies("imchat:write").is_empty(), "`imchat:read` does not exist");
    assert!(implies("recording:read:admin").is_empty());
    assert!(implies("meeting:write:meeting").is_empty(), "granular scopes imply nothing");
    for (position, scope) in library::scopes().iter().enumerate() {
        for &implied in scope.implies {
            let implied = at(implied);
            let by = u16::try_from(position).expect("few scopes");
            assert!(implied.implied_by.contains(&by), "{} and {}", scope.name, implied.name);
            assert_eq!(implied.level, scope.level);
        }
    }
    let edges = |links: fn(CatalogScope) -> usize| library::scopes().iter().map(links).sum::<usize>();
    assert_eq!(edges(|scope| scope.implies.len()), edges(|scope| scope.implied_by.len()));
}

#[test]
fn equivalents_go_both_ways_between_scopes_of_the_same_level() {
    for (position, scope) in library::scopes().iter().enumerate() {
        for &other in scope.equivalents {
            let other = at(other);
            assert!(other.equivalents.iter().any(|&back| usize::from(back) == position), "{}", scope.name);
        }
    }
}

#[test]
fn the_default_roles_open_their_levels_and_admins_approve() {
    let named: Vec<&str> = library::roles().iter().map(|role| role.name).collect();
    assert_eq!(named, ["member", "admin", "owner"]);
    let level = |role: usize| library::roles()[role].scopes.iter().map(|term| term.kind).collect::<Vec<_>>();
    assert_eq!(level(0), [BakedTermKind::Level(Level::User)]);
    assert_eq!(level(1), [BakedTermKind::Level(Level::Admin)]);
    assert_eq!(level(2), [BakedTermKind::Level(Level::Master)]);
    let approves = |role: usize| {
        library::roles()[role].privileges.iter().any(|privilege| privilege.text == "MarketPlace:Edit")
    };
    assert!(!approves(0) && approves(1));
    // Between them they hold every privilege once.
    let held: Vec<&str> =
        library::roles().iter().flat_map(|role| role.privileges).map(|privilege| privilege.text).collect();
    let distinct: BTreeSet<&str> = held.iter().copied().collect();
    assert_eq!((held.len(), distinct.len()), (library::privileges().len(), library::privileges().len()));
}

#[test]
fn every_entry_of_a_set_matches_something_that_the_entries_before_it_do_not() {
    for set in library::scope_sets() {
        let mut seen = BTreeSet::new();
        for term in set.scopes {
            let before = seen.len();
            seen.extend(matched(term.kind).iter().map(|scope| scope.name));
            assert!(seen.len() > before, "{:?} adds nothing to {}", term.kind, set.name);
        }
    }
}

#[test]
fn capture_takes_what_records_transcribes_and_streams_and_leaves_what_schedules() {
    let capture = members("capture");
    for inside in [
        "recording:read",
        "recording:write:admin",
        "cloud_recording:read:content",
        "meeting_token:read:admin:local_recording",
        "meeting:read:local_recording_token",
        "meeting:read:meeting_audio",
        "meeting:read:meeting_transcript",
        "meeting:update:livestream:admin",
        "webinar:read:live_streaming_token",
        "rtms:read",
        "meeting:read:summary",
        "archiving:read:archived_files",
    ] {
        assert!(capture.contains(inside), "{inside}");
    }
    for outside in
        ["meeting:read:meeting", "meeting:write:meeting", "meeting:read", "user:read", "phone_recording:read"]
    {
        assert!(!capture.contains(outside), "{outside}");
    }
    // Whatever is called a recording, a transcript or a stream is in it, unless it is of calls, of contact centers or of billing.
    let words = ["record", "transcript", "stream", "rtms", "archived_files"];
    let elsewhere = ["phone", "contact_center", "zva:", "zoom_node:", "zoom_events:read:chat_transcripts"];
    for scope in library::scopes().iter() {
        let speaks_of_it = words.iter().any(|word| scope.name.contains(word));
        if speaks_of_it && !elsewhere.iter().any(|start| scope.name.starts_with(start)) {
            assert!(capture.contains(scope.name), "{}", scope.name);
        }
    }
}

#[test]
fn the_other_sets_hold_what_their_names_say() {
    let holds = |set: &str, inside: &[&str], outside: &[&str]| {
        let members = members(set);
        assert!(inside.iter().all(|scope| members.contains(scope)), "{set} holds {inside:?}");
        assert!(!outside.iter().any(|scope| members.contains(scope)), "{set} holds none of {outside:?}");
    };
    holds(
        "directory",
        &["user:read:admin", "user:read:list_users:admin", "contact:read", "scim2"],
        &["user:read", "user:read:user", "user:write", "meeting:read:admin"],
    );
    holds(
        "chat-content",
        &[
            "chat_message:read",
            "team_chat:read:user_message:admin",
            "meeting:read:meeting_chat",
            "imchat:bot",
        ],
        &["chat_channel:read", "team_chat:read:channel", "chat_contact:read"],
    );
    holds("phone", &["phone:read", "phone:read:call_log:admin", "phone_recording:master"], &["user:read"]);
    holds(
        "account-control",
        &[
            "user:write:admin",
            "role:write:admin",
            "account:update:settings:admin",
            "marketplace_app:write:admin",
        ],
        &["user:read:admin", "role:read:admin", "account:read:admin", "marketplace_app:write", "user:write"],
    );
}

#[test]
fn places_of_roles_and_sets_point_at_their_text() {
    let slice = |file: usize, (start, end): (u32, u32)| {
        let (_, text) = library::files()[file];
        &text[start as usize..end as usize]
    };
    for role in library::roles() {
        assert_eq!(slice(role.file, role.head), format!("role {}", role.name));
        for name in role.extends.iter().chain(role.privileges) {
            assert_eq!(slice(role.file, name.place), name.text);
        }
    }
    for set in library::scope_sets() {
        assert_eq!(slice(set.file, set.head), format!("scope-set {}", set.name));
        for term in set.scopes {
            if let BakedTermKind::Scope(name) | BakedTermKind::Pattern(name) = term.kind {
                assert_eq!(slice(set.file, term.place), name);
            }
        }
    }
}

#[test]
fn every_file_of_a_baseline_is_in_the_program() {
    for name in library::BASELINES {
        let folder = format!("{}/policies/baselines/{name}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "a test compares the program with the repository")]
        let read = |path| std::fs::read_to_string(path).expect("a readable file");
        let mut on_disk: Vec<(String, String)> = std::fs::read_dir(folder)
            .expect("a folder for each baseline")
            .map(|entry| entry.expect("an entry"))
            .map(|entry| (format!("{name}/{}", entry.file_name().display()), read(entry.path())))
            .collect();
        on_disk.sort();
        let baked: Vec<(String, String)> = library::baseline(name)
            .expect("a known baseline")
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        assert_eq!(baked, on_disk, "in the order of their paths");
    }
    assert_eq!(library::baseline("lenient"), None);
}

/// A scope term with its place, in the same words for the baked tables and the syntax tree.
fn shown(kind: &str, name: &str, (start, end): (u32, u32)) -> String {
    format!("{kind} {name} at {start}..{end}")
}

fn shown_baked(term: &library::BakedTerm) -> String {
    match term.kind {
        BakedTermKind::Scope(name) => shown("scope", name, term.place),
        BakedTermKind::Pattern(name) => shown("pattern", name, term.place),
        BakedTermKind::Set(name) => shown("set", name, term.place),
        BakedTermKind::Level(level) => shown("level", level.list_word(), term.place),
    }
}

fn shown_parsed(term: &ast::ScopeTerm) -> String {
    let place = (term.span.start, term.span.end);
    match &term.kind {
        ast::ScopeTermKind::Scope(name) => shown("scope", &name.text, place),
        ast::ScopeTermKind::Pattern(name) => shown("pattern", &name.text, place),
        ast::ScopeTermKind::Set(name) => shown("set", &name.text, place),
        ast::ScopeTermKind::Level(level) => shown("level", level.list_word(), place),
    }
}

fn shown_names(names: &[ast::Name]) -> Vec<(&str, (u32, u32))> {
    names.iter().map(|name| (name.text.as_str(), (name.span.start, name.span.end))).collect()
}

fn shown_baked_names(names: &[library::BakedName]) -> Vec<(&str, (u32, u32))> {
    names.iter().map(|name| (name.text, name.place)).collect()
}

#[test]
fn the_baked_tables_are_what_the_parser_reads_from_the_same_files() {
    let (mut sources, mut found) = (SourceMap::new(), Sink::new());
    let (mut roles, mut sets) = (library::roles().iter(), library::scope_sets().iter());
    for (file, (path, text)) in library::files().iter().enumerate() {
        let id = sources.add(*path, *text);
        for item in syntax::parse(id, text, &mut found).items {
            let head = (item.head.start, item.head.end);
            match item.kind {
                ast::ItemKind::Role { name, extends, privileges, scopes } => {
                    let baked = roles.next().expect("a baked role for each parsed one");
                    assert_eq!((baked.name, baked.file, baked.head), (name.text.as_str(), file, head));
                    assert_eq!(shown_baked_names(baked.extends), shown_names(&extends));
                    assert_eq!(shown_baked_names(baked.privileges), shown_names(&privileges));
                    let parsed: Vec<String> = scopes.iter().map(shown_parsed).collect();
                    assert_eq!(baked.scopes.iter().map(shown_baked).collect::<Vec<_>>(), parsed);
                }
                ast::ItemKind::ScopeSet { name, scopes } => {
                    let baked = sets.next().expect("a baked set for each parsed one");
                    assert_eq!((baked.name, baked.file, baked.head), (name.text.as_str(), file, head));
                    let parsed: Vec<String> = scopes.iter().map(shown_parsed).collect();
                    assert_eq!(baked.scopes.iter().map(shown_baked).collect::<Vec<_>>(), parsed);
                }
                other => panic!("{path} holds roles and sets only, not {other:?}"),
            }
            assert!(!item.docs.is_empty(), "every item of the library says what it is for");
        }
    }
    assert_eq!((roles.next(), sets.next()), (None, None));
    assert_eq!(found.found(), []);
}
