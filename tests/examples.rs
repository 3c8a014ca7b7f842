//! The examples and the baselines, taken as their readers take them: each is a project that raises no finding, and decides what its README
//! says.

use std::path::{Path, PathBuf};

use admit::compile::compile;
use admit::decision::{Decision, Outcome, Reason};
use admit::eval::Evaluator;
use admit::library;
use admit::program::Program;
use admit::project::{self, Analysis, DiskFiles, FileSystem, MemoryFiles, Options, Root};
use admit::text::Date;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// The program of a project that raises no finding at all.
fn program(files: &dyn FileSystem, folder: &Path, assume: &[&str]) -> Program {
    let root = Root::at(files, folder).expect("a project");
    let assume = assume.iter().map(|text| (*text).to_owned()).collect();
    let analysis = project::analyse(
        files,
        &root,
        &Options { assume, today: Some(day("2026-11-23")), ..Options::default() },
    );
    assert_eq!(shown(&analysis), Vec::<String>::new(), "{}", folder.display());
    compile(analysis.checked().expect("nothing violates the language"), &analysis.sources)
}

fn shown(analysis: &Analysis) -> Vec<String> {
    let line = |finding: &admit::diagnostics::Diagnostic| {
        let (span, sources) = (finding.primary.span, &analysis.sources);
        let path = sources.file(span.file).path();
        format!("{path}:{} {} {}", sources.start(span).line, finding.code.name, finding.message)
    };
    analysis.diagnostics.iter().map(line).collect()
}

fn decide(program: &Program, user: &str, app: &str, at: &str) -> Decision {
    let user = program.user(user).unwrap_or_else(|| panic!("no user {user}"));
    let app = program.app(app).unwrap_or_else(|| panic!("no app {app}"));
    Evaluator::new(program).explain_install(user, app, day(at))
}

/// Holds `user app day → allow | codes` lines against what the program decides.
fn decides(program: &Program, domain: &str, lines: &[(&str, &str, &str, &str)]) {
    for &(user, app, at, expected) in lines {
        let user = if user.contains('@') { user.to_owned() } else { format!("{user}@{domain}") };
        let decision = decide(program, &user, app, at);
        let codes: Vec<&str> = decision.reasons.iter().map(|reason| reason.code().name()).collect();
        let answer = if decision.outcome == Outcome::Allow { "allow".to_owned() } else { codes.join(" ") };
        assert_eq!(answer, expected, "{user} install {app} at {at}");
    }
}

/// The ids of the blocks that apply.
fn blocks(decision: &Decision) -> Vec<&str> {
    let rules = decision.reasons.iter().flat_map(|reason| match reason {
        Reason::Blocked { rules, .. } => rules.as_slice(),
        _ => &[],
    });
    rules.filter_map(|rule| rule.id.as_deref()).collect()
}

#[test]
fn lints_find_nothing_in_the_examples_that_is_not_accounted_for() {
    for name in ["small-company", "university", "enterprise"] {
        let root = Root::at(&DiskFiles, &example(name)).expect("a project");
        let options = Options { today: Some(day("2026-11-23")), lint: true, ..Options::default() };
        assert_eq!(shown(&project::analyse(&DiskFiles, &root, &options)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn an_account_on_a_baseline_is_free_of_findings() {
    for baseline in library::BASELINES {
        let mut files = MemoryFiles::new();
        files.add("/p/admit.yaml", format!("extends: [zoom, {baseline}]\n"));
        let policy = "account northwind { notify ada@x.example }\nuser ada@x.example { role admin }\n";
        files.add("/p/policies/main.admit", policy);
        let root = Root::at(&files, Path::new("/p")).expect("a project");
        let options = Options { today: Some(day("2026-11-23")), lint: true, ..Options::default() };
        assert_eq!(shown(&project::analyse(&files, &root, &options)), Vec::<String>::new(), "{baseline}");
    }
}

#[test]
fn a_small_company_books_films_and_keeps_its_directory() {
    let program = program(&DiskFiles, &example("small-company"), &[]);
    decides(
        &program,
        "harbour-kitchens.example",
        &[
            ("piet", "cronofy", "2026-12-01", "allow"),
            ("otis", "corevideo", "2026-12-01", "allow"),
            ("ida", "corevideo", "2026-12-01", "approval-required"),
            ("otis", "corevideo", "2027-04-01", "approval-required"),
            ("sam", "booking-page", "2027-02-28", "allow"),
            ("sam", "booking-page", "2027-03-01", "approval-required"),
            ("sam", "automations", "2026-12-01", "blocked approval-required"),
            // In development here, so exempt; the directory is withheld from all but administrators.
            ("otis", "door-light", "2026-12-01", "missing-scopes"),
            ("theo", "door-light", "2026-12-01", "allow"),
            ("rosa", "door-light", "2026-12-01", "allow"),
            // Nobody knows what Gong asks for, so it may be account control as well.
            ("theo", "gong", "2026-12-01", "approval-required unknown-fact"),
            ("ida", "gong", "2026-12-01", "blocked approval-required admin-managed unknown-fact"),
        ],
    );
}

#[test]
fn a_university_approves_for_a_term_and_keeps_seminars_to_itself() {
    let program = program(&DiskFiles, &example("university"), &[]);
    decides(
        &program,
        "lindenhof.example",
        &[
            ("silke.maurer", "cronofy", "2027-08-31", "allow"),
            ("silke.maurer", "cronofy", "2027-09-01", "approval-required"),
            ("silke.maurer", "moodle", "2026-12-01", "allow"),
            ("jonas.pohl", "moodle", "2026-12-01", "approval-required missing-scopes"),
            (
                "ines.vogt",
                "account-inventory",
                "2026-11-30",
                "approval-required admin-managed missing-scopes",
            ),
            ("ines.vogt", "account-inventory", "2026-12-01", "admin-managed"),
            ("wen.zhao", "account-inventory", "2026-12-01", "allow"),
            ("nadia.brandt", "captions", "2027-03-31", "allow"),
            ("nadia.brandt", "captions", "2027-04-01", "blocked missing-scopes"),
            ("helen.ashby@guests.lindenhof.example", "captions", "2027-03-31", "allow"),
            ("helen.ashby@guests.lindenhof.example", "captions", "2027-04-01", "approval-required"),
            ("tomasz.wilk@guests.lindenhof.example", "cronofy", "2026-12-01", "blocked approval-required"),
            ("nadia.brandt", "course-starter", "2027-09-30", "allow"),
            ("nadia.brandt", "course-starter", "2027-10-01", "approval-required"),
            ("silke.maurer", "interview-recorder", "2026-12-01", "approval-required unknown-fact"),
        ],
    );
    // The exception is for one app: capture stays blocked for what else she asks for.
    let recorder = decide(&program, "nadia.brandt@lindenhof.example", "interview-recorder", "2026-12-01");
    assert_eq!(blocks(&recorder), ["seminar-words"]);
}

#[test]
fn an_enterprise_writes_down_every_exception_to_the_strict_baseline() {
    let program = program(&DiskFiles, &example("enterprise"), &[]);
    decides(
        &program,
        "orchard.example",
        &[
            ("liv.strand", "cronofy", "2026-12-01", "allow"),
            ("liv.strand", "cronofy", "2027-07-01", "approval-required"),
            ("liv.strand", "captions", "2026-12-01", "allow"),
            ("priya.raman", "captions", "2026-12-01", "blocked approval-required missing-scopes"),
            ("ewa.nowicka", "identity-sync", "2026-12-01", "allow"),
            (
                "ewa.nowicka",
                "identity-sync",
                "2027-07-01",
                "blocked approval-required admin-managed missing-scopes",
            ),
            ("marcus.oyelaran", "identity-sync", "2026-12-01", "approval-required"),
            (
                "ewa.nowicka",
                "identity-sync-classic",
                "2026-12-01",
                "blocked approval-required missing-scopes",
            ),
            ("yuki.tanabe", "lakehouse-logs", "2026-12-01", "allow"),
            ("marcus.oyelaran", "account-inventory", "2026-12-01", "allow"),
            // The owner is of the board, whose meetings no unlisted app sees.
            ("helene.aubert", "account-inventory", "2026-12-01", "missing-scopes"),
            ("ruth.calder@orbit-partners.example", "booking-page", "2027-03-31", "allow"),
            ("ruth.calder@orbit-partners.example", "booking-page", "2027-04-01", "blocked approval-required"),
            ("ravi.menon", "gong", "2026-12-01", "blocked approval-required admin-managed unknown-fact"),
            ("marcus.oyelaran", "phone-as-code", "2026-12-01", "blocked approval-required unknown-fact"),
        ],
    );
    let ended = decide(&program, "jens.alm@lindqvist.example", "cronofy", "2026-12-01");
    assert_eq!(blocks(&ended), ["ended-contracts"]);
    let classic = decide(&program, "marcus.oyelaran@orchard.example", "identity-sync-classic", "2026-12-01");
    assert_eq!(blocks(&classic), ["retired-connector"]);
}

/// A project that is nothing but a baseline, an account with a name, three people and some apps.
fn on_baseline(baseline: &str, account: &str) -> Program {
    let mut files = MemoryFiles::new();
    files.add("/p/admit.yaml", format!("extends: [zoom, {baseline}]\n"));
    files.add("/p/policies/main.admit", format!("{account}\n{APPS}"));
    program(&files, Path::new("/p"), &[])
}

const APPS: &str = r"
user max@x.example { role member }
user ada@x.example { role admin }
user olu@x.example { role owner }
developer contoso { kind third-party }
developer us { kind internal }
app pad { developer zoom  listing listed  stage published  managed-by user  scopes meeting:write }
app slots { developer contoso  listing listed  stage published  managed-by user  scopes user:read:user, meeting:write:meeting }
app books { developer contoso  listing listed  stage published  managed-by user  scopes meeting:write }
app tapes { developer contoso  listing listed  stage published  managed-by user  scopes recording:read }
app chats { developer contoso  listing listed  stage published  managed-by user  scopes chat_message:read }
app rolodex { developer contoso  listing listed  stage published  managed-by user  scopes contact:read }
app throne { developer contoso  listing listed  stage published  managed-by admin  scopes role:write:admin }
app empire { developer contoso  listing listed  stage published  managed-by admin  scopes account:master }
app draft { developer us  stage development  managed-by user  scopes user:read }
app tool { developer us  stage private  managed-by user  scopes user:read }
";

#[test]
fn the_open_baseline_lets_people_have_what_zoom_has_reviewed() {
    let program = on_baseline("open", "account northwind {}");
    decides(
        &program,
        "x.example",
        &[
            ("max", "pad", "2026-12-01", "allow"),
            ("max", "tapes", "2026-12-01", "allow"),
            ("max", "draft", "2026-12-01", "allow"),
            ("max", "tool", "2026-12-01", "approval-required"),
            ("max", "throne", "2026-12-01", "admin-managed missing-scopes"),
            ("ada", "throne", "2026-12-01", "allow"),
            ("ada", "empire", "2026-12-01", "missing-scopes"),
            ("olu", "empire", "2026-12-01", "allow"),
        ],
    );
}

#[test]
fn the_balanced_baseline_holds_up_all_but_what_is_harmless() {
    let program = on_baseline("balanced", "account northwind {}");
    decides(
        &program,
        "x.example",
        &[
            ("max", "pad", "2026-12-01", "allow"),
            ("max", "slots", "2026-12-01", "allow"),
            ("max", "books", "2026-12-01", "approval-required"),
            ("max", "rolodex", "2026-12-01", "approval-required missing-scopes"),
            ("ada", "rolodex", "2026-12-01", "approval-required"),
            ("max", "throne", "2026-12-01", "blocked approval-required admin-managed missing-scopes"),
            ("olu", "throne", "2026-12-01", "approval-required"),
            ("ada", "empire", "2026-12-01", "approval-required missing-scopes"),
            ("max", "draft", "2026-12-01", "allow"),
        ],
    );
}

#[test]
fn the_strict_baseline_asks_for_an_approval_and_more() {
    let approvals =
        "account northwind { notify ada@x.example }\napprove all apps for everyone until 2027-06-30";
    let program = on_baseline("strict", approvals);
    decides(
        &program,
        "x.example",
        &[
            ("max", "pad", "2026-12-01", "allow"),
            ("max", "pad", "2027-07-01", "approval-required"),
            ("ada", "tapes", "2026-12-01", "blocked"),
            ("max", "chats", "2026-12-01", "missing-scopes"),
            ("ada", "chats", "2026-12-01", "allow"),
            ("max", "rolodex", "2026-12-01", "missing-scopes"),
            ("max", "throne", "2026-12-01", "blocked admin-managed missing-scopes"),
            ("ada", "throne", "2026-12-01", "allow"),
            ("olu", "empire", "2026-12-01", "missing-scopes"),
            ("max", "draft", "2026-12-01", "blocked"),
            ("ada", "draft", "2026-12-01", "allow"),
            ("max", "tool", "2026-12-01", "allow"),
        ],
    );
}

#[test]
fn strict_leaves_open_who_is_told_and_nothing_else() {
    let mut files = MemoryFiles::new();
    files.add("/p/admit.yaml", "extends: [zoom, strict]\n");
    files.add("/p/policies/main.admit", "account northwind {}");
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let analysis = project::analyse(&files, &root, &Options::default());
    let codes: Vec<&str> = analysis.diagnostics.iter().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["missing-notify"]);
    assert_eq!(library::BASELINES.len(), 3, "each baseline has its test above");
}
