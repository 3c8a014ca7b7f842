//! What `admit.yaml` says.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Severity};
use crate::lint;
use crate::syntax::Selection;
use crate::text::{FileId, Span};

/// A project's settings. A key that is left out has its conventional value.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The settings file, if there is one.
    pub file: Option<FileId>,
    /// Which files are policies.
    pub policies: Vec<PathPattern>,
    /// Which files hold users and groups.
    pub directory: Vec<PathPattern>,
    /// Which files hold developers, apps and scopes.
    pub catalog: Vec<PathPattern>,
    /// What the project builds on, in order; a later one replaces items of an earlier one.
    pub extends: Vec<Extend>,
    /// The levels of findings, by the names of their codes.
    pub levels: BTreeMap<&'static str, Level>,
    /// What else lints are told.
    pub lint: lint::Settings,
    /// What each of the terms of approval is about, in their order.
    pub terms: Vec<Selection>,
}

/// A pattern of paths, relative to the project's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// The pattern, with `/` between folders.
    pub text: String,
    /// Where it is written; `None`: it is the conventional one, and need not match anything.
    pub place: Option<Span>,
}

/// Something that a project builds on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extend {
    /// What.
    pub library: Library,
    /// Where the settings say so; `None`: by convention.
    pub place: Option<Span>,
}

/// What a project can build on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Library {
    /// The bundled scope catalogue, default roles and scope sets.
    Zoom,
    /// A bundled baseline, by its name.
    Baseline(&'static str),
    /// The policy files of a folder, relative to the project's.
    Folder(String),
}

/// The level that the settings give to a kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not reported.
    Off,
    /// It is reported with this severity.
    Report(Severity),
}

impl Level {
    /// The words for levels.
    pub const WORDS: [&'static str; 3] = ["off", "warn", "error"];

    /// The level that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Self::Off),
            "warn" => Some(Self::Report(Severity::Warning)),
            "error" => Some(Self::Report(Severity::Error)),
            _ => None,
        }
    }
}

impl Config {
    /// The conventional settings.
    pub fn conventional() -> Self {
        let pattern = |text: &str| vec![PathPattern { text: text.to_owned(), place: None }];
        Self {
            file: None,
            policies: pattern("policies/**/*.admit"),
            directory: pattern("directory/*"),
            catalog: pattern("catalog/*"),
            extends: vec![Extend { library: Library::Zoom, place: None }],
            levels: BTreeMap::new(),
            lint: lint::Settings::default(),
            terms: Vec::new(),
        }
    }

    /// The settings of a folder without `admit.yaml`: policy files may also stand right in it.
    pub fn of_folder() -> Self {
        let mut config = Self::conventional();
        config.policies.push(PathPattern { text: "*.admit".to_owned(), place: None });
        config
    }

    /// The settings of a single policy file: nothing but that file.
    pub fn of_file(name: &str) -> Self {
        let policies = vec![PathPattern { text: super::pattern::escape(name), place: None }];
        Self { policies, directory: Vec::new(), catalog: Vec::new(), ..Self::conventional() }
    }

    /// Whether findings of this kind are not reported, whatever they are about.
    pub fn is_off(&self, code: &Code) -> bool {
        match self.levels.get(code.name) {
            None => code.opt_in,
            Some(level) => *level == Level::Off,
        }
    }

    /// Whether the project extends the bundled `zoom` library. The bundled baselines are written with its roles and sets, so extending one
    /// of them is enough.
    pub fn extends_zoom(&self) -> bool {
        self.extends.iter().any(|extend| matches!(extend.library, Library::Zoom | Library::Baseline(_)))
    }
}
