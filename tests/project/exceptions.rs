//! `# admit: allow …`: what it silences, for how long, and what is said about it.

use admit::diagnostics::Suppressed;
use admit::text::Date;

use super::*;

/// A role with an unknown scope, under a comment, on a day.
fn analysed(comment: &str, settings: &str, today: Option<&str>) -> Analysis {
    let policy =
        format!("{comment}\nrole a {{ scopes no:such:scope }}\nrole b {{ scopes no:other:scope }}\n");
    let mut files = MemoryFiles::of([("/p/policies/a.admit", ACCOUNT)]);
    files.add("/p/admit.yaml", settings).add("/p/policies/b.admit", policy);
    let root = Root::at(&files, Path::new("/p")).unwrap();
    let today = today.map(|day| Date::parse(day).expect("a day"));
    analyse(&files, &root, &Options { today, ..Options::default() })
}

/// What is found there.
fn with(comment: &str, settings: &str, today: Option<&str>) -> Vec<String> {
    let found = findings(&analysed(comment, settings, today));
    found.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

const A: &str = "unknown-scope policies/b.admit:2:17";
const B: &str = "unknown-scope policies/b.admit:3:17";

#[test]
fn an_exception_holds_for_the_item_that_follows_it() {
    assert_eq!(with("#", "", None), [A, B]);
    assert_eq!(with("# admit: allow unknown-scope because \"soon\"", "", None), [B]);
    assert_eq!(with("# admit: allow unknown-user, unknown-scope because \"soon\"", "", None).len(), 2);
}

#[test]
fn an_exception_ends() {
    let until = "# admit: allow unknown-scope until 2026-06-30 because \"soon\"";
    assert_eq!(with(until, "", Some("2026-06-30")), [B]);
    assert_eq!(with(until, "", Some("2026-07-01")), ["expired-suppression policies/b.admit:1:1", A, B]);
}

#[test]
fn an_exception_that_is_not_needed_or_not_possible_is_reported() {
    let unused = with("# admit: allow undeclared-attribute because \"soon\"", "", None);
    assert_eq!(unused, ["unused-suppression policies/b.admit:1:16", A, B]);
    let unknown = with("# admit: allow unknown-scpoe because \"soon\"", "", None);
    assert_eq!(unknown, ["unknown-code policies/b.admit:1:16", A, B]);
    let fixed = with("# admit: allow unknown-role because \"soon\"", "", None);
    assert_eq!(fixed, ["fixed-level policies/b.admit:1:16", A, B]);
}

#[test]
fn levels_and_exceptions_work_together() {
    assert_eq!(with("#", "lints: { unknown-scope: off }", None), [""; 0]);
    let comment = "# admit: allow unknown-scope because \"soon\"";
    assert_eq!(with(comment, "lints: { unknown-scope: off }", None), [""; 0]);
    let stale = "# admit: allow undeclared-attribute because \"soon\"";
    assert_eq!(with(stale, "lints: { unknown-scope: off, unused-suppression: off }", None), [""; 0]);
}

#[test]
fn what_is_silenced_is_kept_with_its_reason() {
    let comment = "# admit: allow unknown-scope until 2026-06-30 because \"ADA-7: soon\"";
    let kept = |settings, today| {
        let analysis = analysed(comment, settings, today);
        let line = |kept: &Suppressed| {
            assert_eq!(analysis.sources.slice(kept.comment), comment);
            let (severity, until) = (kept.finding.severity.name(), kept.until.map(|day| day.to_string()));
            format!("{severity} {} {:?} {}", line(&analysis, &kept.finding), until, kept.because)
        };
        analysis.suppressed.iter().map(line).collect::<Vec<_>>()
    };
    let scope = "unknown-scope policies/b.admit:2:17 no catalogue knows the scope `no:such:scope`";
    assert_eq!(kept("", None), [format!("warning {scope} Some(\"2026-06-30\") ADA-7: soon")]);
    let raised = kept("lints: { unknown-scope: error }", None);
    assert_eq!(raised, [format!("error {scope} Some(\"2026-06-30\") ADA-7: soon")]);
    assert_eq!(kept("lints: { unknown-scope: off }", None), [""; 0]);
    assert_eq!(kept("", Some("2026-07-01")), [""; 0]);
}

/// Reports print codes with their stage, and people copy them.
#[test]
fn a_code_may_be_written_with_its_stage() {
    assert_eq!(with("# admit: allow resolve/unknown-scope because \"soon\"", "", None), [B]);
    assert_eq!(with("#", "lints: { resolve/unknown-scope: off }", None), [""; 0]);
    let wrong = with("# admit: allow lint/unknown-scope because \"soon\"", "", None);
    assert_eq!(wrong, ["unknown-code policies/b.admit:1:16", A, B]);
    let twice = with("#", "lints: { resolve/unknown-scope: off, unknown-scope: warn }", None);
    assert_eq!(twice, ["wrong-setting admit.yaml:1:38", A, B]);
}

/// The account is one item, and what is excepted in it is often one line of it.
#[test]
fn an_exception_may_be_for_one_exemption() {
    let account = |above: &str, before: &str, behind: &str| {
        let policy = format!(
            "{above}account northwind {{\n  unlisted apps {{ approval required }}\n  listed apps {{\n    approval required\n\
             {before}    exempt apps by zoom {behind}\n    exempt apps by zoom when app.stage is beta\n  }}\n  notify nobody\n}}\n"
        );
        let files = MemoryFiles::of([("/p/policies/a.admit", policy), ("/p/admit.yaml", String::new())]);
        let root = Root::at(&files, Path::new("/p")).unwrap();
        let options = Options { today: Date::parse("2026-12-01").ok(), lint: true, ..Options::default() };
        let found = findings(&analyse(&files, &root, &options)).into_iter();
        let found = found.filter(|line| !line.starts_with("no-default-role"));
        found.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let allow = "# admit: allow missing-reason because \"SEC-1\"\n";
    assert_eq!(
        account("", "", ""),
        ["missing-reason policies/a.admit:5:5", "missing-reason policies/a.admit:6:5"]
    );
    assert_eq!(account(allow, "", ""), [""; 0]);
    let second = "missing-reason policies/a.admit:8:5";
    assert_eq!(account("", &format!("    {allow}    # and why\n"), ""), [second]);
    let unused = "    # admit: allow ending-soon because \"SEC-1\"\n    # and why\n";
    assert_eq!(
        account("", unused, ""),
        ["unused-suppression policies/a.admit:5:20", "missing-reason policies/a.admit:7:5", second]
    );
    assert_eq!(account("", "", allow.trim_end()), ["bad-directive policies/a.admit:5:25"]);
}
