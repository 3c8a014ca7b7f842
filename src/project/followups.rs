//! One mistake, one message: where a file could not be read to its end, names that it may have declared are not reported as unknown.

use crate::diagnostics::Sink;
use crate::facts::{self, FactFile, Section};

use super::discovery::MISSING_FILE;
use super::settings::{MALFORMED_SETTINGS, UNKNOWN_LIBRARY};

/// What was not read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lost {
    directory: bool,
    catalog: bool,
    policies: bool,
}

impl Lost {
    /// Notes a fact file of this section.
    pub(super) fn facts(&mut self, section: Section) {
        match section {
            Section::Directory => self.directory = true,
            Section::Catalog => self.catalog = true,
        }
    }

    /// Notes a policy file.
    pub(super) fn policies(&mut self) {
        self.policies = true;
    }

    /// Whether a finding only follows from what was not read.
    fn hides(self, name: &str) -> bool {
        let declared = |lost: bool, names: &[&str]| lost && names.contains(&name);
        declared(self.directory || self.policies, DIRECTORY)
            || declared(self.catalog || self.policies, CATALOG)
            || declared(self.policies, POLICIES)
    }
}

/// The findings that say an entity of a directory file, of a catalog file, or an item of a policy file is missing.
const DIRECTORY: &[&str] = &["unknown-user", "unknown-group"];
const CATALOG: &[&str] = &["unknown-app", "unknown-developer", "unknown-scope"];
const POLICIES: &[&str] = &[
    "missing-account",
    "missing-approval",
    "missing-notify",
    "missing-section",
    "recipient-cannot-approve",
    "undeclared-attribute",
    "unknown-allowlist",
    "unknown-attribute",
    "unknown-role",
    "unknown-rule",
    "unknown-scope-set",
];

/// The findings without those that only follow from what was not read.
pub(super) fn without(mut found: Sink, facts: &[FactFile], mut lost: Lost) -> Sink {
    let cut = [
        &facts::MALFORMED_FACTS,
        &facts::TOO_MANY_ALIASES,
        &facts::BAD_HEADER,
        &facts::EMPTY_FACTS,
        &facts::UNKNOWN_LIST,
    ];
    for finding in found.found() {
        let file = finding.primary.span.file;
        if *finding.code == UNKNOWN_LIBRARY || *finding.code == MALFORMED_SETTINGS {
            lost.policies();
        } else if *finding.code == MISSING_FILE {
            lost = Lost { directory: true, catalog: true, policies: true };
        } else if cut.contains(&finding.code)
            && let Some(fact) = facts.iter().find(|fact| fact.file == file)
        {
            lost.facts(fact.section);
        }
    }
    found.retain(|code| !lost.hides(code));
    found
}
