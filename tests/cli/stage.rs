//! A folder to run the command in, and what it said.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use admit::cli::{Exit, Out, Terminal, World, run};
use admit::text::Date;

/// A temporary folder with files, and the environment that runs see.
pub struct Stage {
    folder: PathBuf,
    inside: PathBuf,
    /// Takes the folder away again.
    _temporary: Option<tempfile::TempDir>,
    variables: Vec<(&'static str, &'static str)>,
    terminal: Terminal,
}

/// What one run said.
pub struct Run {
    typed: String,
    pub out: String,
    pub err: String,
    pub exit: Exit,
}

impl Stage {
    /// A folder with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = Self::at(folder.path());
        stage._temporary = Some(folder);
        for (path, text) in files {
            stage.write(path, text);
        }
        stage
    }

    /// A folder that is there.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            inside: PathBuf::new(),
            _temporary: None,
            variables: Vec::new(),
            terminal: Terminal::default(),
        }
    }

    /// Adds or replaces a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Runs start in this folder of it.
    pub fn inside(mut self, folder: &str) -> Self {
        self.inside = PathBuf::from(folder);
        self
    }

    /// Runs see this environment variable.
    pub fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Runs write to a terminal of 80 columns.
    pub fn terminal(mut self) -> Self {
        self.terminal = Terminal { out: true, err: true, width: Some(80) };
        self
    }

    /// Runs `admit` with these words.
    pub fn run(&self, words: &str) -> Run {
        self.run_with(words, "")
    }

    /// … and this on its standard input. Words are parted by spaces; `'…'` keeps spaces.
    pub fn run_with(&self, words: &str, input: &(impl AsRef<[u8]> + ?Sized)) -> Run {
        let (out, err) = (Shared::default(), Shared::default());
        let mut world = World {
            input: Box::new(input.as_ref()),
            out: Out::new(out.clone()),
            err: Out::new(err.clone()),
            folder: self.folder.join(&self.inside),
            variable: Box::new(|name| {
                self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            }),
            today: Box::new(|| Date::parse("2026-12-01").unwrap()),
            terminal: self.terminal,
        };
        let exit = run(split(words), &mut world);
        drop(world);
        // What differs between runs is named alike in all of them.
        let said = |stream: Shared| stream.text().replace(&*self.folder.to_string_lossy(), "/stage");
        Run { typed: words.to_owned(), out: said(out), err: said(err), exit }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "$ {}", self.typed)?;
        f.write_str(&self.out)?;
        if !self.err.is_empty() {
            writeln!(f, "--- messages")?;
            f.write_str(&self.err)?;
        }
        write!(f, "--- exit {}", self.exit.code())
    }
}

fn split(words: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    for character in words.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => found.push(String::new()),
            other => found.last_mut().unwrap().push(other),
        }
    }
    found
}

/// A stream that the test reads afterwards.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
