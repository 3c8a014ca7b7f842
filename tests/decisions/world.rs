//! A small project as text, compiled, and questions to it.

use admit::check;
use admit::compile::compile;
use admit::decision::{Decision, Outcome};
use admit::diagnostics::{Severity, Sink};
use admit::eval::Evaluator;
use admit::facts::{FactFile, Format, Section};
use admit::graph::Graph;
use admit::library;
use admit::model::{Input, resolve};
use admit::program::Program;
use admit::syntax;
use admit::text::{Date, FileId, SourceMap};
use serde_json::Value as Json;

/// The day that questions are about unless they say another.
pub const DAY: &str = "2026-12-01";

/// The account that most projects here have.
pub const ACCOUNT: &str = "
account example {
  listed apps { approval required }
  unlisted apps { approval optional }
  notify nobody
  default role member
}
";

/// A compiled project.
pub struct World {
    pub program: Program,
}

impl World {
    /// The project of this policy text and the bundled library; it has no errors.
    pub fn new(policy: &str) -> Self {
        Self::with_facts(policy, &[])
    }

    /// The project of this policy text, the standard account and the bundled library.
    pub fn standard(policy: &str) -> Self {
        Self::new(&format!("{ACCOUNT}{policy}"))
    }

    /// The project of this policy text, facts and the bundled library.
    pub fn with_facts(policy: &str, facts: &[(&str, &str)]) -> Self {
        let mut sources = SourceMap::new();
        let mut out = Sink::new();
        let file = sources.add("policies/main.admit", policy.to_owned());
        let tree = syntax::parse(file, policy, &mut out);
        let zoom: Vec<FileId> =
            library::files().iter().map(|&(path, text)| sources.add(path, text)).collect();
        let facts: Vec<FactFile> = facts
            .iter()
            .map(|&(path, text)| FactFile {
                file: sources.add(path, text.to_owned()),
                format: Format::of_path(path).unwrap(),
                section: if path.starts_with("catalog") { Section::Catalog } else { Section::Directory },
            })
            .collect();
        let input = Input { trees: &[tree], baselines: &[], zoom: Some(&zoom), terms: &[] };
        let model = resolve(&input, &facts, &sources, &mut out);
        let graph = Graph::build(&model);
        check::check(&model, &graph, &mut out);
        let Some(checked) = check::seal(model, graph, &out) else {
            let found = out.into_sorted();
            let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
            let errors: Vec<String> =
                errors.map(|error| format!("{}: {}", error.code, error.message)).collect();
            panic!("the project has errors:\n{}", errors.join("\n"));
        };
        Self { program: compile(&checked, &sources) }
    }

    /// May the user install the app on that day, with everything that explains it? The outcome alone is the same.
    pub fn install_at(&self, user: &str, app: &str, at: &str) -> Decision {
        let (user, app) = (self.program.user(user).unwrap(), self.program.app(app).unwrap());
        let at = Date::parse(at).unwrap();
        let mut evaluator = Evaluator::new(&self.program);
        let decision = evaluator.explain_install(user, app, at);
        assert_eq!(evaluator.install(user, app, at), decision.outcome);
        decision
    }

    /// May the user install the app?
    pub fn install(&self, user: &str, app: &str) -> Decision {
        self.install_at(user, app, DAY)
    }

    /// Whether the user may install the app on that day.
    pub fn allows_at(&self, user: &str, app: &str, at: &str) -> bool {
        self.install_at(user, app, at).outcome == Outcome::Allow
    }

    /// Whether the user may install the app.
    pub fn allows(&self, user: &str, app: &str) -> bool {
        self.allows_at(user, app, DAY)
    }

    /// The JSON of the decision.
    pub fn json(&self, user: &str, app: &str) -> Json {
        serde_json::to_value(self.install(user, app)).unwrap()
    }

    /// The codes of the reasons against.
    pub fn codes(&self, user: &str, app: &str) -> Vec<&'static str> {
        codes(&self.install(user, app))
    }
}

/// The codes of a decision's reasons, in order.
pub fn codes(decision: &Decision) -> Vec<&'static str> {
    decision.reasons.iter().map(|reason| reason.code().name()).collect()
}
