//! The commands in the READMEs of the examples say what stands below them. `UPDATE_DOCS=1 cargo test example_readmes` writes it there.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use admit::cli::{Out, Terminal, World, run};
use admit::text::Date;

/// What a run wrote to both streams, as a person sees it in a terminal.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a command, `admit …`, says in this folder.
fn said(words: &str, folder: &Path) -> String {
    let (out, err) = (Screen::default(), Screen::default());
    let mut world = World {
        input: Box::new(io::empty()),
        out: Out::new(out.clone()),
        err: Out::new(err.clone()),
        folder: folder.to_owned(),
        variable: Box::new(|_| None),
        today: Box::new(|| Date::parse("2026-12-01").unwrap()),
        terminal: Terminal::default(),
    };
    run(split(words), &mut world);
    drop(world);
    [out, err].map(|screen| String::from_utf8(screen.0.borrow().clone()).unwrap()).concat()
}

/// Words are parted by spaces; `'…'` keeps spaces.
fn split(words: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for (index, part) in words.split('\'').enumerate() {
        if index % 2 == 1 {
            found.last_mut().unwrap().push_str(part);
            continue;
        }
        let mut words = part.split(' ');
        found.last_mut().unwrap().push_str(words.next().unwrap());
        found.extend(words.map(str::to_owned));
    }
    found
}

/// The page with every console block as it would be now.
fn renewed(page: &str, folder: &Path) -> String {
    let mut new = String::new();
    let mut in_console = false;
    for line in page.lines() {
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        match (line, command) {
            ("```console", _) => in_console = true,
            ("```", _) => in_console = false,
            (_, None) if in_console => continue,
            _ => {}
        }
        // Two commands of one block are parted by an empty line.
        if command.is_some() && !new.ends_with("```console\n") {
            new.push('\n');
        }
        new.push_str(line);
        new.push('\n');
        if let Some(words) = command {
            let words = words.trim_end();
            for line in said(words, folder).trim_end().lines() {
                new.push_str(line.trim_end());
                new.push('\n');
            }
        }
    }
    new
}

#[expect(clippy::disallowed_methods, reason = "a test holds the repository's own pages to what they say")]
fn hold(example: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let path = folder.join("README.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let new = renewed(&page, &folder);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, new).unwrap();
    } else {
        assert_eq!(page, new, "run the test with UPDATE_DOCS=1 and look at what changed");
    }
}

#[test]
fn the_small_company_says_what_its_page_says() {
    hold("small-company");
}

#[test]
fn the_university_says_what_its_page_says() {
    hold("university");
}

#[test]
fn the_enterprise_says_what_its_page_says() {
    hold("enterprise");
}
