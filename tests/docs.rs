//! The documentation is run: the policies and facts on a page form a project, and it has nothing wrong with it.

use std::fs;
use std::path::Path;

use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::text::Date;

/// The fenced blocks of a page as files: policies where the fence says `admit`, facts where it names a file.
fn project(page: &str) -> MemoryFiles {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let mut files = MemoryFiles::new();
    files.add("project/admit.yaml", "");
    let mut lines = text.lines();
    let mut blocks = 0;
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        let path = match info.split_once(" file=") {
            Some((_, path)) => path.to_owned(),
            None if info == "admit" => format!("policies/block-{blocks:02}.admit"),
            None => continue,
        };
        blocks += 1;
        files.add(Path::new("project").join(path), body.join("\n") + "\n");
    }
    assert!(blocks > 0, "{page}: no blocks");
    files
}

fn check(files: &MemoryFiles) -> Analysis {
    check_with(files, &Options::default())
}

/// With every lint.
fn linted() -> Options {
    Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() }
}

fn check_with(files: &MemoryFiles, options: &Options) -> Analysis {
    let root = Root::at(files, Path::new("project")).unwrap();
    analyse(files, &root, options)
}

/// What was found, one line each.
fn found(analysis: &Analysis) -> Vec<String> {
    let line = |finding: &admit::diagnostics::Diagnostic| {
        let (file, at) = (finding.primary.span.file, analysis.sources.start(finding.primary.span));
        format!("{}:{} {}: {}", analysis.sources.file(file).path(), at.line, finding.code, finding.message)
    };
    analysis.diagnostics.iter().map(line).collect()
}

#[test]
fn the_language_reference_is_one_valid_project() {
    let analysis = check(&project("docs/language.md"));
    assert_eq!(found(&analysis), Vec::<String>::new());
    assert!(analysis.checked().is_some());
    assert!(analysis.model().rules.len() >= 12, "the rules on the page are in it");
}

#[test]
fn the_readme_shows_a_valid_project() {
    let analysis = check_with(&project("README.md"), &linted());
    assert_eq!(found(&analysis), Vec::<String>::new());
    assert!(analysis.checked().is_some());
}

/// What the guide tells to write goes into the project that `admit init` writes, with the baseline of its eighth section.
#[test]
fn what_the_guide_tells_to_write_is_valid() {
    let mut files = project("docs/guide.md");
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/init");
    for path in ["policies/account.admit", "policies/apps.admit", "policies/tests.admit", "catalog/apps.yaml"]
    {
        files.add(Path::new("project").join(path), fs::read_to_string(templates.join(path)).unwrap());
    }
    files.add("project/admit.yaml", "extends: [zoom, strict]\n");
    let analysis = check_with(&files, &linted());
    assert_eq!(found(&analysis), Vec::<String>::new());
    assert!(analysis.checked().is_some());
}

#[test]
fn the_fact_files_on_the_page_are_read() {
    let mut files = project("docs/project.md");
    files.add(
        "project/policies/account.admit",
        "account northwind { listed apps { approval required } unlisted apps { approval required } notify nobody default role member }",
    );
    let analysis = check(&files);
    assert_eq!(found(&analysis), Vec::<String>::new());
    let model = analysis.model();
    assert_eq!((model.users.len(), model.apps.len()), (5, 1));
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("ARCHITECTURE.md"), root.join("CHANGELOG.md")];
    pages.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    let mut broken = Vec::new();
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(page).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if !target.starts_with("http") && !file.is_empty() && !page.parent().unwrap().join(file).exists()
            {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn each_decision_has_a_number_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/decisions");
    let mut taken = std::collections::BTreeSet::new();
    for note in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = note.file_name().unwrap().to_str().unwrap();
        let number: u32 = name.split('-').next().unwrap().parse().unwrap();
        let text = fs::read_to_string(&note).unwrap();
        assert!(taken.insert(number), "{name} has another's number");
        assert!(text.starts_with(&format!("# {number}. ")), "{name} begins with its number");
    }
}

/// What a page does, in order.
enum Step {
    /// An `admit` block: a policy, in the place of the one before.
    Policy(String),
    /// A block that names a file.
    File { path: String, text: String },
    /// A line of a `console` block that begins with `$`, and the output that the page shows (nothing shown: not compared).
    Command { line: String, shown: String },
}

fn steps(page: &str) -> Vec<Step> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let mut steps = Vec::new();
    let mut fence = None;
    for line in text.lines() {
        match fence {
            None if line == "```admit" => steps.push(Step::Policy(String::new())),
            None if line.starts_with("```") && line.contains(" file=") => {
                let (_, path) = line.split_once(" file=").unwrap();
                steps.push(Step::File { path: path.to_owned(), text: String::new() });
            }
            _ if line.starts_with("```") => {}
            Some("```admit") => {
                if let Some(Step::Policy(text)) = steps.last_mut() {
                    *text += &format!("{line}\n");
                }
            }
            Some(fence) if fence.contains(" file=") => {
                if let Some(Step::File { text, .. }) = steps.last_mut() {
                    *text += &format!("{line}\n");
                }
            }
            Some("```console") => match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(line), _) => steps.push(Step::Command { line: line.to_owned(), shown: String::new() }),
                (None, Some(Step::Command { shown, .. })) => *shown += &format!("{line}\n"),
                (None, _) => {}
            },
            _ => {}
        }
        if line.starts_with("```") {
            fence = if fence.is_none() { Some(line) } else { None };
        }
    }
    steps
}

/// Runs a page's commands and compares what they print. Its policies are written to this file, if one is named, from the first command on
/// that runs in the project.
#[cfg(unix)]
fn follow(page: &str, policies: Option<&str>) {
    follow_steps(page, steps(page), policies);
}

/// The same, of some steps of a page.
#[cfg(unix)]
fn follow_steps(page: &str, steps: Vec<Step>, policies: Option<&str>) {
    let admit = Path::new(env!("CARGO_BIN_EXE_admit"));
    let folder = tempfile::tempdir().unwrap();
    let mut place = folder.path().to_owned();
    let path = format!("{}:{}", admit.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let (mut compared, mut policy) = (0, None);
    for step in steps {
        let (line, shown) = match step {
            Step::Policy(text) => {
                policy = Some(text);
                continue;
            }
            Step::File { path, text } => {
                let path = place.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
                continue;
            }
            Step::Command { line, shown } => (line, shown),
        };
        if let Some(inner) = line.strip_prefix("cd ") {
            place = place.join(inner);
            continue;
        }
        if let Some(file) = policies.filter(|_| place.join("admit.yaml").exists())
            && let Some(text) = policy.take()
        {
            fs::write(place.join(file), text).unwrap();
        }
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("{line} 2>&1")])
            .current_dir(&place)
            .env("PATH", &path)
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_ne!(output.status.code(), Some(2), "{line}: {printed}");
        if !shown.is_empty() {
            assert_eq!(untimed(&printed), untimed(&shown), "{line}");
            compared += 1;
        }
    }
    assert!(compared >= 3, "{page} shows outputs");
}

/// Without the time that a run took.
fn untimed(text: &str) -> String {
    let line = |line: &str| line.split(" finished in ").next().unwrap_or_default().to_owned() + "\n";
    text.lines().map(line).collect()
}

#[cfg(unix)]
#[test]
fn the_guide_shows_what_its_commands_print() {
    // What it tells to write is another test's.
    let steps = steps("docs/guide.md").into_iter().filter(|step| !matches!(step, Step::File { .. }));
    follow_steps("docs/guide.md", steps.collect(), None);
}

#[cfg(unix)]
#[test]
fn the_page_on_testing_shows_what_its_commands_print() {
    follow("docs/testing.md", Some("policies/more.admit"));
}

#[cfg(unix)]
#[test]
fn the_page_on_terms_shows_what_its_commands_print() {
    follow("docs/terms-of-approval.md", None);
}

#[test]
fn the_readme_names_the_rust_that_is_needed() {
    let needed = format!("You need Rust {} or later,", env!("CARGO_PKG_RUST_VERSION"));
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(text.contains(&needed), "{needed}");
}
