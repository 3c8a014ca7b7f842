//! Laws that hold for every text, however broken.

use std::time::{Duration, Instant};

use super::{Parsed, parse};

/// Policies that have every construct.
const SAMPLES: [&str; 2] =
    [include_str!("../cases/syntax/everything.admit"), include_str!("../cases/syntax/plain.admit")];

/// What holds of every text: places lie in the file, items are in order, and no text is lost without a word.
fn check_laws(text: &str) -> Parsed {
    let parsed = parse(text);
    for found in &parsed.found {
        let spans = found.related.iter().map(|label| label.span).chain([found.primary.span]);
        let edits = found.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        for span in spans.chain(edits) {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(start <= end && text.get(start..end).is_some(), "{span:?} of {}\n{text}", found.message);
        }
        assert!(!found.message.contains("could not be read"), "{}\n{text}", found.message);
        assert!(!found.message.is_empty() && !found.message.ends_with('.'), "{}", found.message);
    }
    let mut end = 0;
    let mut lost = false;
    for item in &parsed.tree.items {
        assert!(item.span.start >= end && item.span.end > item.span.start, "{text}");
        assert!(item.span.contains(item.head), "{text}");
        lost |= !is_trivia(&text[end as usize..item.span.start as usize]);
        end = item.span.end;
    }
    lost |= !is_trivia(&text[end as usize..]);
    assert!(!lost || parsed.tree.has_errors, "text was lost without a word in\n{text}");
    assert_eq!(parsed.tree.has_errors, !parsed.found.is_empty(), "{text}");
    parsed
}

fn is_trivia(text: &str) -> bool {
    let bare = |line: &str| line.trim_matches([' ', '\t', '\r']).split('#').next() == Some("");
    text.trim_start_matches('\u{feff}').lines().all(bare)
}

#[test]
fn every_prefix_of_every_sample_is_answered() {
    for sample in SAMPLES {
        let whole = check_laws(sample);
        assert_eq!(whole.messages(), Vec::<String>::new());
        // Items that are whole cost time and tell nothing new: each prefix starts one item before the one it ends in.
        let starts: Vec<usize> = whole.tree.items.iter().map(|item| item.span.start as usize).collect();
        for (at, _) in sample.char_indices() {
            let item = starts.partition_point(|&start| start < at);
            let from = starts.get(item.saturating_sub(2)).copied().filter(|_| item >= 2).unwrap_or(0);
            check_laws(&sample[from..at]);
        }
    }
}

/// Pieces that random edits put in: words, marks, and things that do not belong anywhere.
const PIECES: [&str; 48] = [
    "approve",
    "block",
    "for",
    "to",
    "from",
    "except",
    "when",
    "until",
    "2026-12-01",
    "2026-13-1",
    "group",
    "role",
    "apps",
    "all",
    "in",
    "any",
    "not",
    "and",
    "or",
    "is",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "\\",
    "#",
    "\n",
    ";",
    "=",
    "&&",
    "“",
    "é",
    "\0",
    "\u{a0}",
    "app",
    "user",
    "test",
    "given",
    "account",
    "x@y.example",
    "a:*",
    "##",
    "'",
    "<=",
];

fn edit(text: &mut String, random: &mut fastrand::Rng) {
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |random: &mut fastrand::Rng| boundaries[random.usize(..boundaries.len())];
    let (a, b) = (place(random), place(random));
    let (from, to) = (a.min(b), a.max(b));
    let near = boundaries
        [(boundaries.partition_point(|&at| at < from) + random.usize(..12)).min(boundaries.len() - 1)];
    match random.u8(..9) {
        0..3 => text.replace_range(from..near, ""),
        3 | 4 => text.insert_str(from, PIECES[random.usize(..PIECES.len())]),
        5 => text.replace_range(from..near, PIECES[random.usize(..PIECES.len())]),
        6 => {
            let copy = text[from..near].to_owned();
            text.insert_str(from, &copy);
        }
        7 if near <= to => {
            let copy = text[from..near].to_owned();
            text.insert_str(to, &copy);
            text.replace_range(from..near, "");
        }
        _ if random.u8(..4) == 0 => text.truncate(from),
        _ => text.replace_range(from..near, &random.char(..).to_string()),
    }
}

/// Some lines of a sample.
fn stretch(sample: &str, random: &mut fastrand::Rng) -> String {
    let lines: Vec<&str> = sample.split_inclusive('\n').collect();
    let start = random.usize(..lines.len());
    lines[start..(start + random.usize(1..20)).min(lines.len())].concat()
}

#[test]
fn ten_thousand_random_edits_are_answered() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..5_000 {
        for sample in SAMPLES {
            let mut text = stretch(sample, &mut random);
            for _ in 0..random.usize(1..4) {
                edit(&mut text, &mut random);
            }
            check_laws(&text);
        }
    }
}

/// Holds that a text is answered in time.
#[expect(clippy::disallowed_methods, reason = "the clock is what this measures")]
fn within(limit: Duration, text: &str) -> Parsed {
    let start = Instant::now();
    let parsed = parse(text);
    let took = start.elapsed();
    assert!(took < limit, "took {took:?}");
    parsed
}

#[test]
fn deep_nesting_is_refused_at_once() {
    for (open, close) in [("(", ")"), ("not (", ")"), ("(app.a and ", ")"), ("[", "]"), ("{", "}")] {
        let text = format!(
            "role a {{}}\nblock x when {}app.a{}\nrole b {{}}",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        let parsed = within(Duration::from_secs(30), &text);
        assert_eq!(parsed.found.len(), 1, "{open}");
        assert_eq!(parsed.tree.items.len(), 2, "{open}");
    }
    let deepest = format!("block x when {}app.a{}", "(".repeat(64), ")".repeat(64));
    assert_eq!(parse(&deepest).messages(), Vec::<String>::new());
    let deeper = format!("block x when {}app.a{}", "(".repeat(65), ")".repeat(65));
    assert_eq!(parse(&deeper).messages(), ["1:78 nesting-too-deep: parentheses nest more than 64 deep"]);
}

#[test]
fn large_broken_items_take_linear_time() {
    let limit = Duration::from_secs(120);
    let many =
        |piece: &str| piece.repeat(5_000_000 / piece.len() / if cfg!(debug_assertions) { 40 } else { 1 });
    within(limit, &format!("group a {{ {}", many("ana@x.example,\n")));
    within(limit, &format!("group a {{ {}", many("ana@x.example ")));
    within(limit, &format!("app a {{ {}", many("developer a\n")));
    within(limit, &format!("app a {{ {}", many("app a {\n")));
    within(limit, &format!("test \"a\" {{ {}", many("given app a {\n")));
    within(limit, &format!("account a {{ {}", many("listed apps {\n")));
    within(limit, &many("approve a,\n"));
    within(limit, &many("approve apps by\n"));
    within(limit, &many("approve a when (\n"));
    within(limit, &many("approve a for b@x.example when (app.id is\n"));
    within(limit, &many("} "));
    within(limit, &many("\"\n"));
    within(limit, &many("\" "));
    within(limit, &many("\0"));
    within(limit, &many("a"));
    within(limit, &many("(\n"));
    within(limit, &many("# admit: allow\n"));
    within(limit, &format!("block x when app.a {}", many("and app.a ")));
    within(limit, &format!("block x when app.a in [{}", many("a ")));
    within(limit, &format!("block x because \"{}", many("\\\"")));
}

#[test]
fn noise_gives_few_messages_and_a_note_of_the_rest() {
    let zeros = parse(&"\0".repeat(10_000));
    assert_eq!(zeros.messages(), ["1:1 odd-character: a NUL character (U+0000) stands here"]);
    let parsed = parse(&"role x { nonsense }\n".repeat(1_000));
    assert_eq!(parsed.found.len(), 201);
    let last = parsed.found.last().unwrap();
    assert_eq!(parsed.message(last), "201:10 too-many-errors: 800 more mistakes in this file are not shown");
    assert_eq!(parsed.tree.items.len(), 1_000);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    for sample in SAMPLES {
        let plain = parse(sample);
        let windows = parse(&format!("\u{feff}{}", sample.replace('\n', "\r\n")));
        assert_eq!(windows.messages(), Vec::<String>::new());
        assert_eq!(without_places(&plain), without_places(&windows));
        assert_eq!(plain.tree.comments.len(), windows.tree.comments.len());
        for (a, b) in plain.tree.comments.iter().zip(&windows.tree.comments) {
            assert_eq!(plain.sources.slice(a.span), windows.sources.slice(b.span));
        }
    }
}

/// The items as text, places left out.
fn without_places(parsed: &Parsed) -> Vec<String> {
    let place = |text: &str| text.starts_with("Span {");
    let strip = |text: String| {
        let mut rest = text.as_str();
        let mut kept = String::new();
        while let Some(at) = rest.find("Span {").filter(|&at| place(&rest[at..])) {
            kept += &rest[..at];
            rest = &rest[at + rest[at..].find('}').unwrap() + 1..];
        }
        kept + rest
    };
    parsed.tree.items.iter().map(|item| strip(format!("{item:?}"))).collect()
}

#[test]
fn a_large_file_is_read_in_pieces_as_it_is_in_one() {
    let mut random = fastrand::Rng::with_seed(3);
    for round in 0..2 {
        let mut text = String::new();
        let mut expected = Vec::new();
        let mut messages = 0;
        while text.len() < 560_000 {
            let mut part = SAMPLES[random.usize(..SAMPLES.len())].to_owned();
            if round % 2 == 1 && random.u8(..8) == 0 {
                // Braces that are never closed shift what a piece believes about its start.
                part.insert_str(0, "role broken {\n  scopes a\n");
            }
            part.push('\n');
            let alone = parse(&part);
            expected.extend(without_places(&alone));
            messages += alone.found.len();
            text += &part;
        }
        let whole = parse(&text);
        assert_eq!(whole.found.len(), messages, "round {round}");
        assert!(without_places(&whole) == expected, "round {round}");
    }
}

#[test]
fn an_item_may_run_over_any_cut() {
    // One large item whose every line looks like the start of an item.
    let members = "approve,\nblock,\ngroup sales,\nrole,\n".repeat(15_000);
    let text = format!("allowlist a {{ {} x }}\nrole b {{}}", members.replace("group sales", "group"));
    let parsed = parse(&text);
    assert_eq!(parsed.messages(), Vec::<String>::new());
    assert_eq!(parsed.tree.items.len(), 2);
    let fields = "developer a-1\n".repeat(40_000);
    let text = format!("app a {{ {fields} }}\nrole b {{}}");
    let parsed = parse(&text);
    assert_eq!(parsed.found.len(), 201);
    assert_eq!(parsed.tree.items.len(), 2);
}
