//! Laying out takes time in proportion to the text.

use std::fmt::Write as _;
use std::time::Instant;

use super::formatted;

/// The seconds that laying out takes.
fn seconds(text: &str) -> f64 {
    let start = Instant::now();
    assert!(formatted(text).is_some());
    start.elapsed().as_secs_f64()
}

#[test]
fn long_lists_conditions_and_comments_take_linear_time() {
    let list = |count: usize| {
        let members: Vec<String> = (0..count).map(|n| format!("user-{n}@x.example")).collect();
        format!("group g {{ {} }}\nblock all apps for {}\n", members.join(", "), members.join(", "))
    };
    let condition = |count: usize| {
        let tests: Vec<String> = (0..count).map(|n| format!("app.id is app-{n}")).collect();
        format!("block all apps when {}\n", tests.join(" or "))
    };
    let comments = |count: usize| {
        let mut text = "group g {\n".to_owned();
        for n in 0..count {
            writeln!(text, "# about the next\nuser-{n}@x.example, # this one").unwrap();
        }
        text + "}\n"
    };
    let shapes: [&dyn Fn(usize) -> String; 3] = [&list, &condition, &comments];
    for shape in shapes {
        let (small, large) = (seconds(&shape(1_000)), seconds(&shape(10_000)));
        assert!(large < 60.0 * small + 0.5, "ten times the text took {large} s after {small} s");
    }
}
