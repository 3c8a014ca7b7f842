//! Gaps planted in the tests of the examples: the mutation run finds each, and what it shows closes it.

use std::path::Path;

use serde_json::Value;

use super::json;
use crate::cli::stage::Stage;

/// A gap in the tests of an example, and the change of its policies that nothing notices then.
struct Gap {
    example: &'static str,
    /// The file with the tests.
    tests: &'static str,
    /// How they are weakened.
    weakened: Weakened,
    /// Where the change is: the file, and how its line begins.
    at: (&'static str, &'static str),
    /// Of which kind it is, and what is changed.
    kind: &'static str,
    change: &'static str,
}

enum Weakened {
    /// The test of this name is left out.
    Without(&'static str),
    /// Something else stands instead of this.
    Instead(&'static str, &'static str),
}

const GAPS: &[Gap] = &[
    Gap {
        example: "small-company",
        tests: "policies/main.admit",
        weakened: Weakened::Instead("only group studio install", "allow group studio install"),
        at: ("policies/main.admit", "approve corevideo"),
        kind: "selector",
        change: "`everyone` instead of `group studio`",
    },
    Gap {
        example: "small-company",
        tests: "policies/main.admit",
        weakened: Weakened::Without("an agent's booking ends with the contract"),
        at: ("policies/main.admit", "  when user.contract-end >= today"),
        kind: "condition",
        change: "no `when user.contract-end >= today`",
    },
    Gap {
        example: "university",
        tests: "policies/tests.admit",
        weakened: Weakened::Without("Moodle is set up by the Zoom team and nobody else"),
        at: ("policies/approvals.admit", "approve moodle"),
        kind: "selector",
        change: "`everyone` instead of `role zoom-team`",
    },
    Gap {
        example: "university",
        tests: "policies/tests.admit",
        weakened: Weakened::Without("and one after it"),
        at: ("policies/account.admit", "      until 2027-09-30"),
        kind: "date",
        change: "`until 2027-10-01` instead of 2027-09-30",
    },
    Gap {
        example: "university",
        tests: "policies/tests.admit",
        weakened: Weakened::Without("office hours are for employees"),
        at: ("policies/approvals.admit", "approve cronofy"),
        kind: "effect",
        change: "`block` instead of `approve`",
    },
    Gap {
        example: "enterprise",
        tests: "policies/tests.admit",
        weakened: Weakened::Without("contractors book and do nothing else"),
        at: ("policies/restrictions.admit", "block all apps except apps in for-contractors"),
        kind: "except",
        change: "no `except apps in for-contractors`",
    },
    Gap {
        example: "enterprise",
        tests: "policies/tests.admit",
        weakened: Weakened::Without("identity sync is run by the identity team alone"),
        at: ("policies/roles.admit", "grant identity-operator"),
        kind: "remove",
        change: "the rule left out",
    },
    Gap {
        example: "enterprise",
        tests: "policies/tests.admit",
        weakened: Weakened::Instead("deny group interns install automations with missing-scopes", ""),
        at: ("policies/restrictions.admit", "withhold meeting:write, meeting:write:*,"),
        kind: "remove",
        change: "the rule left out",
    },
];

impl Gap {
    /// The example as it is, or with weaker tests, and with another test where there is one.
    fn stage(&self, weakened: bool, more: &str) -> Stage {
        let stage = Stage::new(&[]);
        for (path, mut text) in
            files_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(self.example))
        {
            if path == self.tests && weakened {
                self.weaken(&mut text);
            }
            if path == self.tests {
                text.push_str(more);
            }
            stage.write(&path, text);
        }
        stage
    }

    /// Nothing moves to another line.
    fn weaken(&self, text: &mut String) {
        match self.weakened {
            Weakened::Instead(old, new) => {
                assert!(text.contains(old), "{old}");
                *text = text.replace(old, new);
            }
            Weakened::Without(name) => {
                let start = text.find(&format!("test \"{name}\"")).unwrap_or_else(|| panic!("{name}"));
                let end = start + text[start..].find("\n}\n").unwrap() + 3;
                let lines = "\n".repeat(text[start..end].matches('\n').count());
                text.replace_range(start..end, &lines);
            }
        }
    }

    /// The change, tried.
    fn mutant(&self, stage: &Stage) -> Value {
        let run = stage.run(&format!("admit test --at 2026-12-01 --mutants {} --format json", self.kind));
        let (file, start) = self.at;
        let text = std::fs::read_to_string(stage.path().join(file)).unwrap();
        let report = json(&run);
        let all = report["mutants"]["tried"].as_array().unwrap_or_else(|| panic!("{run}")).iter();
        let begins = |one: &Value| {
            let line = usize::try_from(one["line"].as_u64().unwrap()).unwrap();
            text.lines().nth(line - 1).is_some_and(|line| line.starts_with(start))
        };
        let mut same = all.filter(|one| one["file"] == file && one["change"] == self.change && begins(one));
        let found = same.next().unwrap_or_else(|| panic!("{start}: {}\n{run}", self.change)).clone();
        assert!(same.next().is_none(), "{start}: {} is one change", self.change);
        found
    }
}

/// The files of a folder, with their paths in it.
fn files_of(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                found.push((path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}

#[test]
fn each_gap_that_is_planted_is_found_and_closed_by_the_test_that_is_shown() {
    for gap in GAPS {
        let told = format!("{}: {}", gap.at.1, gap.change);
        let whole = gap.mutant(&gap.stage(false, ""));
        assert_eq!(whole["result"], "noticed", "{told}, before anything is planted\n{whole:#}");
        let missed = gap.mutant(&gap.stage(true, ""));
        assert_eq!(missed["result"], "missed", "{told}\n{missed:#}");
        let ready = format!("\n{}", missed["test"].as_str().unwrap());
        let run = gap.stage(false, &ready).run("admit test --at 2026-12-01");
        assert_eq!(run.exit.code(), 0, "{told}\n{ready}\n{run}");
        let closed = gap.mutant(&gap.stage(true, &ready));
        assert_eq!(closed["result"], "noticed", "{told}\n{ready}\n{closed:#}");
        let name = closed["by"].as_str().unwrap();
        assert!(ready.contains(name), "{told}: {name} notices it, and not\n{ready}");
    }
}
