//! Documents that are made from the program. `UPDATE_DOCS=1 cargo test` writes them anew.

use std::path::Path;

use admit::cli::Exit;
use anstyle::RgbColor;

use crate::cli::stage::Stage;

/// Compares a document with what it should say, or writes it.
fn generated(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "{} is out of date: run `UPDATE_DOCS=1 cargo test`", path.display());
}

#[test]
fn the_reference_of_the_command_line() {
    let stage = Stage::new(&[]);
    let help = stage.run("admit --help").out;
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names =
        commands.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    let mut text = format!(
        "# Command line\n\nMade from the program's own help (`UPDATE_DOCS=1 cargo test`).\n\n## admit\n\n```text\n{}```\n",
        help
    );
    for name in names {
        let help = stage.run(&format!("admit {name} --help")).out;
        // The options of every command stand at the top.
        let own = help.split("\nOptions of every command:").collect::<Vec<_>>();
        let after = own.get(1).and_then(|rest| rest.split_once("\n\n")).map_or("", |(_, after)| after);
        text.push_str(&format!("\n## admit {name}\n\n```text\n{}\n\n{after}```\n", own[0].trim_end()));
    }
    generated("docs/cli.md", &text);
}

#[test]
fn the_index_of_codes() {
    let table = Stage::new(&[]).run("admit codes --format markdown").out;
    let text = format!(
        "# Codes\n\nEvery kind of finding, with its page. `admit explain CODE` prints a page in the terminal.\n\n{table}"
    );
    generated("docs/codes.md", &text);
}

/// The table on the page about JSON.
#[test]
fn the_list_of_schemas() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md")).unwrap();
    let (before, rest) = page.split_once("| schema | describes |\n| --- | --- |\n").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let row = |schema: &admit::report::Schema| {
        format!("| [`{0}`](../schemas/{0}.json) | {1} |\n", schema.name, schema.summary)
    };
    let rows: String = admit::report::SCHEMAS.iter().map(row).collect();
    generated("docs/json.md", &format!("{before}| schema | describes |\n| --- | --- |\n{rows}\n{after}"));
}

/// A terminal whose colours can be told from its background.
fn terminal() -> anstyle_svg::Term {
    let rgb = |value: u32| RgbColor((value >> 16) as u8, (value >> 8) as u8, value as u8);
    let eight = [0x484f58, 0xff7b72, 0x7ee787, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x76e3ea, 0xe6edf3].map(rgb);
    let palette = std::array::from_fn(|color| eight[color % 8]);
    anstyle_svg::Term::new()
        .palette(anstyle_svg::Palette(palette))
        .fg_color(rgb(0xe6edf3).into())
        .bg_color(rgb(0x0d1117).into())
}

/// The picture in the README is what its command says.
#[test]
fn the_picture_of_a_denial() {
    let words = "can ravi.menon@orchard.example install gong --project examples/enterprise";
    let run = Stage::at(Path::new(env!("CARGO_MANIFEST_DIR"))).run(&format!("admit {words} --color always"));
    assert_eq!(run.exit, Exit::Deny, "{run}");
    let screen = format!("\u{1b}[1m$ admit {words}\u{1b}[0m\n{}", run.out);
    generated("docs/picture.svg", &terminal().render_svg(&screen));
}
