//! `admit graph --format svg`

use std::fmt::Write as _;

use admit::cli::Exit;
use insta::assert_snapshot;

use super::stage::Stage;

const ACCOUNT: &str = "account example {\n  listed apps { approval required }\n  unlisted apps { approval required }\n  notify nobody\n}\n";

/// The boxes of a picture: left, top, width, height.
fn boxes(svg: &str) -> Vec<[f64; 4]> {
    let number = |text: &str, name: &str| -> f64 {
        let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    svg.lines()
        .filter_map(|line| line.strip_prefix("<g><title>"))
        .map(|line| ["x", "y", "width", "height"].map(|name| number(line, name)))
        .collect()
}

#[test]
fn a_picture_shows_every_node_once_and_no_box_covers_another() {
    for example in ["small-company", "university", "enterprise"] {
        let stage = Stage::at(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
        let words = format!("admit graph --project examples/{example}");
        let plain = stage.run(&format!("{words} --format plain")).out;
        let run = stage.run(&format!("{words} --format svg"));
        assert_eq!(run.exit, Exit::Fine, "{run}");
        let boxes = boxes(&run.out);
        assert_eq!(boxes.len(), plain.lines().filter(|line| line.starts_with("node ")).count());
        let edges = run.out.matches("<path d=\"M").count() - 1;
        assert_eq!(edges, plain.lines().filter(|line| line.starts_with("edge ")).count());
        for (at, [x, y, width, height]) in boxes.iter().enumerate() {
            for [left, top, wide, high] in &boxes[at + 1..] {
                let apart = x + width <= *left || left + wide <= *x || y + height <= *top || top + high <= *y;
                assert!(apart, "{example}: boxes at {x},{y} and {left},{top} overlap");
            }
        }
    }
}

#[test]
fn names_cannot_leave_their_text() {
    let policy = format!("{ACCOUNT}test \"</text><script>&\\u{{1}}\" {{ deny everyone install all apps }}\n");
    let stage = Stage::new(&[("policies/main.admit", &policy)]);
    let svg = stage.run("admit graph --format svg").out;
    assert!(svg.contains("&lt;/text&gt;&lt;script&gt;&amp;\u{fffd}"), "{svg}");
    assert!(!svg.contains("<script"));
}

#[test]
fn a_picture_that_nobody_could_read_is_refused_with_a_way_on() {
    let mut policy = ACCOUNT.to_owned();
    for number in 0..700 {
        writeln!(policy, "group g{number} {{ u{number}@x.example }}").unwrap();
    }
    let stage = Stage::new(&[("policies/main.admit", &policy)]);
    assert_snapshot!(stage.run("admit graph --format svg"), @r"
    $ admit graph --format svg
    --- messages
    error: a picture of 1535 nodes could not be read; the most is 600
    help: name a part with `--focus KIND:NAME`, or let Graphviz draw all of it: `--format dot`
    --- exit 2
    ");
}

#[test]
fn a_circle_of_groups_is_drawn_too() {
    let policy = format!("{ACCOUNT}group a {{ group b }}\ngroup b {{ group c }}\ngroup c {{ group a }}\n");
    let stage = Stage::new(&[("policies/main.admit", &policy)]);
    let run = stage.run("admit graph --format svg --focus group:a");
    assert_eq!(run.exit, Exit::Invalid);
    assert_eq!(boxes(&run.out).len(), 3, "{run}");
}
