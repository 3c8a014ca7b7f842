//! Input that was made to hurt, through the whole pipeline: nothing panics, nothing hangs, every finding has a place in its file.

mod damage;
mod disk;
mod edits;
mod masses;
mod structures;

use std::path::Path;
use std::time::{Duration, Instant};

use admit::compile::compile;
use admit::decision::Decision;
use admit::diagnostics::Severity;
use admit::eval::Evaluator;
use admit::program::Program;
use admit::project::{Analysis, FileSystem, MemoryFiles, Options, Root, analyse};
use admit::text::Date;

/// What every project here may take in a debug build on a busy machine. What is worse than linear takes far longer.
const LIMIT: Duration = Duration::from_secs(60);

/// A valid account.
const ACCOUNT: &str = "account example {
  listed apps { approval required } unlisted apps { approval required } notify nobody default role member
}
";

/// Analyses the project in the folder `/p`, compiles it if it is valid, and puts a few questions to it.
fn analysed(files: &dyn FileSystem, root: &Path) -> Analysis {
    let start = Instant::now();
    let root = Root::at(files, root).expect("a project");
    let analysis = analyse(files, &root, &Options::default());
    assert_places(&analysis);
    if let Some(checked) = analysis.checked() {
        ask(&compile(checked, &analysis.sources));
    }
    assert!(start.elapsed() < LIMIT, "took {:?}", start.elapsed());
    analysis
}

/// Asks about some users and some apps.
fn ask(program: &Program) {
    let mut evaluator = Evaluator::new(program);
    let at = Date::parse("2026-12-01").expect("a day");
    for user in program.users().take(3) {
        for app in program.apps().take(3) {
            let decision = evaluator.explain_install(user, app, at);
            assert_eq!(decision.outcome, evaluator.install(user, app, at));
        }
    }
}

/// A project with a valid account, these files and the library's roles.
fn project(files: &[(&str, &str)]) -> MemoryFiles {
    let mut all = MemoryFiles::of(files.iter().map(|(path, text)| (Path::new("/p").join(path), *text)));
    all.add("/p/policies/account.admit", ACCOUNT).add("/p/admit.yaml", "extends: [zoom]\n");
    all
}

/// The names of the codes found at error level, each once.
fn errors(analysis: &Analysis) -> Vec<&'static str> {
    let errors = analysis.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut codes: Vec<&str> = errors.map(|finding| finding.code.name).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The errors of a project of files in memory.
fn errors_of(files: &[(&str, &str)]) -> Vec<&'static str> {
    errors(&analysed(&project(files), Path::new("/p")))
}

/// The decision on `u@x.example` and the app `a`, in a project that has to be valid.
fn decision(files: &[(&str, &str)]) -> Decision {
    let start = Instant::now();
    let files = project(files);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let analysis = analyse(&files, &root, &Options::default());
    let checked = analysis.checked().unwrap_or_else(|| panic!("{:#?}", &analysis.diagnostics[..1]));
    let program = compile(checked, &analysis.sources);
    let (user, app) = (program.user("u@x.example").expect("the user"), program.app("a").expect("the app"));
    let at = Date::parse("2026-12-01").expect("a day");
    let mut evaluator = Evaluator::new(&program);
    let decision = evaluator.explain_install(user, app, at);
    assert_eq!(decision.outcome, evaluator.install(user, app, at));
    assert!(start.elapsed() < LIMIT, "took {:?}", start.elapsed());
    decision
}

/// Every place of a finding lies within its file, at the boundaries of characters.
fn assert_places(analysis: &Analysis) {
    for diagnostic in &analysis.diagnostics {
        let places = diagnostic.related.iter().chain([&diagnostic.primary]).map(|label| label.span);
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in places.chain(edits) {
            let text = analysis.sources.file(span.file).text();
            let range = span.start as usize..span.end as usize;
            assert!(text.get(range).is_some(), "{span:?} of {} is no place: {diagnostic:?}", text.len());
        }
    }
}
