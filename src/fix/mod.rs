//! Layer 9: changes that mend findings, tried before anything is written.
//!
//! The fixes of lints are applied to the texts in memory, the project is analysed anew, and the two programs are [compared](same): a fix
//! that would change a decision, break the project or lead to a new finding is left out and named. Nothing is written here.

mod edits;
mod same;
mod touched;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::compile::compile;
use crate::diagnostics::{Fix, Severity, Stage};
use crate::lint::UNJUDGED;
use crate::program::Program;
use crate::project::{Analysis, FileSystem, Options, Overlay, Root, analyse};
use edits::Texts;

/// Which fixes are wanted.
pub struct Wanted<'w> {
    /// Suggestions too, which may change decisions. Nothing is compared then.
    pub suggestions: bool,
    /// Those of findings in files of these names only.
    pub file: &'w dyn Fn(&str) -> bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Fixed {
    /// The project with all applied fixes; `None`: nothing was applied.
    pub analysis: Option<Analysis>,
    /// The files that change, in the order of their names.
    pub files: Vec<ChangedFile>,
    /// The applied fixes, in the order they were applied.
    pub applied: Vec<Mended>,
    /// Fixes that were tried and left out.
    pub refused: Vec<Refused>,
}

/// A file that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its name, relative to the project's folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its text before.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
}

/// A finding that is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The name of its code.
    pub code: &'static str,
    /// What was done, in words.
    pub text: String,
    /// The name of its file.
    pub file: String,
    /// Its line as it was when the fix was applied, from 1.
    pub line: u32,
}

/// A fix that was tried and left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What would have been done.
    pub fix: Mended,
    /// Why it was not.
    pub why: Why,
}

/// Why a fix was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The project would have an error with it.
    Breaks,
    /// There would be a finding of this code with it that is not there now.
    NewFinding(&'static str),
    /// Some decision would change.
    ChangesDecisions,
    /// There are too many people, apps and days to compare all decisions, in all attempts together.
    TooLarge,
    /// So many others were tried before that there was no end in sight.
    TooMany,
}

impl Why {
    /// The reason in words.
    pub fn words(self) -> Cow<'static, str> {
        match self {
            Self::Breaks => "the project would have an error".into(),
            Self::NewFinding(code) => format!("it would lead to a finding of `{code}`").into(),
            Self::ChangesDecisions => "it would change a decision".into(),
            Self::TooLarge => "there is too much to compare every decision".into(),
            Self::TooMany => "too many others were tried before it; another run goes on with it".into(),
        }
    }
}

/// How often a project is analysed and compared to try fixes, at the least. Fixes uncover others, since what covers an entry may be covered
/// itself, and each that is left out is looked for by halves.
const FEWEST_ATTEMPTS: usize = 50;
/// How often where the project is small.
const MOST_ATTEMPTS: usize = 1_000;
/// Between these, so many bytes of policies are analysed in all attempts together.
const BYTES: usize = 50_000_000;

/// Mends what can be mended in a project that was analysed with these options, lints included. Nothing is in one with errors, which cannot
/// be compared.
pub fn fix(
    files: &dyn FileSystem,
    root: &Root,
    options: &Options,
    analysis: &Analysis,
    wanted: &Wanted<'_>,
) -> Fixed {
    let Some(program) = program(analysis) else {
        return Fixed { analysis: None, files: Vec::new(), applied: Vec::new(), refused: Vec::new() };
    };
    let state = State { counts: counts(analysis), texts: Texts::default(), analysis: None, program };
    let bytes = analysis.sources.files().map(|(_, file)| file.text().len()).sum::<usize>().max(1);
    let mut fixer = Fixer {
        files,
        root,
        options,
        analysis,
        wanted,
        state,
        applied: Vec::new(),
        refused: BTreeMap::new(),
        is_unjudged: analysis.diagnostics.iter().any(|finding| finding.code.name == UNJUDGED.name),
        attempts: (BYTES / bytes).clamp(FEWEST_ATTEMPTS, MOST_ATTEMPTS),
        questions: same::QUESTIONS,
    };
    let mut applied = 0;
    loop {
        let chosen = fixer.choose();
        if !chosen.is_empty() {
            fixer.apply(&chosen);
        } else if applied < fixer.applied.len() && !fixer.refused.is_empty() && fixer.attempts > 0 {
            // What was left out may do no harm after what was applied since.
            applied = fixer.applied.len();
            fixer.refused.clear();
        } else {
            break;
        }
    }
    let Fixer { state, applied, refused, .. } = fixer;
    let files = state.texts.changed(root);
    Fixed { analysis: state.analysis, files, applied, refused: refused.into_values().collect() }
}

/// The texts as they are so far, and what is known of them.
struct State {
    texts: Texts,
    /// `None`: nothing was applied.
    analysis: Option<Analysis>,
    counts: Counts,
    program: Program,
}

/// How many findings there are of each code and severity.
type Counts = BTreeMap<(&'static str, Severity), usize>;

struct Fixer<'f> {
    files: &'f dyn FileSystem,
    root: &'f Root,
    options: &'f Options,
    /// Before anything was changed.
    analysis: &'f Analysis,
    wanted: &'f Wanted<'f>,
    state: State,
    applied: Vec<Mended>,
    refused: BTreeMap<Key, Refused>,
    /// Lints gave up on a part of the project. Whatever else they find after a fix may have been there before it.
    is_unjudged: bool,
    /// How many attempts may still be made.
    attempts: usize,
    /// How many questions they may still ask.
    questions: u64,
}

/// What tells a fix from others while lines move: its file, its code, its words and the message of its finding.
type Key = (String, &'static str, String, String);

/// A fix that may be applied.
struct Choice {
    key: Key,
    mended: Mended,
    fix: Fix,
}

impl Fixer<'_> {
    /// What is known of the texts as they are so far.
    fn analysis(&self) -> &Analysis {
        self.state.analysis.as_ref().unwrap_or(self.analysis)
    }

    /// Fixes that do not touch each other, in the order of the text.
    fn choose(&self) -> Vec<Choice> {
        let sources = &self.analysis().sources;
        let mut chosen = Vec::new();
        let mut taken = BTreeSet::new();
        let findings = self.analysis().diagnostics.iter();
        for finding in findings.filter(|finding| finding.code.stage == Stage::Lint) {
            let Some(fix) = finding.fix.as_ref().filter(|fix| fix.keeps_decisions || self.wanted.suggestions)
            else {
                continue;
            };
            let file = sources.file(finding.primary.span.file);
            let key = (file.path().to_owned(), finding.code.name, fix.text.clone(), finding.message.clone());
            let touches = fix.edits.iter().any(|edit| edits::touches(&taken, edit.span));
            if (self.wanted.file)(file.path()) && !touches && !self.refused.contains_key(&key) {
                taken.extend(fix.edits.iter().map(|edit| edit.span));
                let line = file.location(finding.primary.span.start).line;
                let mended = Mended {
                    code: finding.code.name,
                    text: fix.text.clone(),
                    file: file.path().to_owned(),
                    line,
                };
                chosen.push(Choice { key, mended, fix: fix.clone() });
            }
        }
        chosen
    }

    /// Applies all of these. Where something would change by that, applies what it can of the first half; the next round begins with the
    /// rest, whose places have moved.
    fn apply(&mut self, chosen: &[Choice]) {
        let Some(left) = self.attempts.checked_sub(1) else { return self.refuse(chosen, Why::TooMany) };
        self.attempts = left;
        match self.attempt(chosen) {
            Ok(state) => {
                self.state = state;
                self.applied.extend(chosen.iter().map(|choice| choice.mended.clone()));
            }
            Err(why) if chosen.len() == 1 => self.refuse(chosen, why),
            Err(_) => self.apply(chosen.split_at(chosen.len() / 2).0),
        }
    }

    fn refuse(&mut self, chosen: &[Choice], why: Why) {
        for Choice { key, mended, .. } in chosen {
            self.refused.insert(key.clone(), Refused { fix: mended.clone(), why });
        }
    }

    /// The project with these fixes, or why they may not be applied.
    fn attempt(&mut self, chosen: &[Choice]) -> Result<State, Why> {
        let edits = chosen.iter().flat_map(|choice| &choice.fix.edits);
        let texts = self.state.texts.with(&self.analysis().sources, edits);
        let mut overlay = Overlay::new(self.files);
        texts.lay_over(self.root, &mut overlay);
        let analysis = analyse(&overlay, self.root, self.options);
        let program = program(&analysis).ok_or(Why::Breaks)?;
        let counts = counts(&analysis);
        let before = |key| self.state.counts.get(key).copied().unwrap_or(0);
        let more = counts.iter().find(|(key, count)| **count > before(key));
        if let Some(((code, _), _)) = more
            && !self.is_unjudged
        {
            return Err(Why::NewFinding(code));
        }
        if !self.wanted.suggestions {
            let before = touched::State { analysis: self.analysis(), program: &self.state.program };
            let after = touched::State { analysis: &analysis, program: &program };
            let mut questions = self.questions;
            let same = same::decisions(before, after, &mut questions);
            self.questions = questions;
            same?;
        }
        Ok(State { texts, analysis: Some(analysis), counts, program })
    }
}

fn program(analysis: &Analysis) -> Option<Program> {
    analysis.checked().map(|checked| compile(checked, &analysis.sources))
}

fn counts(analysis: &Analysis) -> Counts {
    let mut counts = Counts::new();
    for finding in &analysis.diagnostics {
        *counts.entry((finding.code.name, finding.severity)).or_insert(0) += 1;
    }
    counts
}
