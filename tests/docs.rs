//! The documentation is run: the policies and facts on a page form a project, and it has nothing wrong with it.

use std::fs;
use std::path::Path;

use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};

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
    let root = Root::at(files, Path::new("project")).unwrap();
    analyse(files, &root, &Options::default())
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
    let analysis = check(&project("README.md"));
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
            if !target.starts_with("http") && !file.is_empty() && !page.parent().unwrap().join(file).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}
