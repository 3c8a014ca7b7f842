//! The kinds of findings.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never changes an exit code.
    Advice,
    /// Probably a mistake; the policy still has a meaning.
    Warning,
    /// The policy has no meaning (or a lint was raised to this level).
    Error,
}

impl Severity {
    /// The word shown to people and machines: `error`, `warning` or `advice`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Which stage finds it; shown before the code's name, as in `resolve/unknown-role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reading `admit.yaml` and finding files.
    Project,
    /// The text of policy files.
    Syntax,
    /// Fact files.
    Facts,
    /// Names.
    Resolve,
    /// The types of conditions.
    Types,
    /// Everything else the language demands.
    Check,
    /// Opinions.
    Lint,
}

impl Stage {
    /// The word shown to people: `syntax`, `facts`, ….
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Syntax => "syntax",
            Self::Facts => "facts",
            Self::Resolve => "resolve",
            Self::Types => "types",
            Self::Check => "check",
            Self::Lint => "lint",
        }
    }
}

/// A kind of finding, declared once as a `static` beside the check that raises it.
#[derive(Debug)]
pub struct Code {
    /// A kebab-case name that states the flaw and reads well after "allow", such as `unknown-role`.
    pub name: &'static str,
    /// The stage that finds it.
    pub stage: Stage,
    /// Its severity unless `admit.yaml` says otherwise.
    pub severity: Severity,
    /// Whether it is reported only where `admit.yaml` gives it a level: not every account wants to work that way.
    pub opt_in: bool,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// Its page in Markdown: `docs/codes/NAME.md`, embedded so that a missing page breaks the build.
    pub page: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.stage.name(), self.name)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// Declares a [`Code`] as a `pub static` whose page is `docs/codes/<name>.md`.
///
/// ```ignore
/// declare_code! {
///     /// A role that nothing declares.
///     UNKNOWN_ROLE = Resolve, Error, "unknown-role", "a role that no policy declares"
/// }
/// ```
///
/// `Lint, Warning if asked` makes it [opt-in](Code::opt_in).
#[macro_export]
macro_rules! declare_code {
    ($(#[$doc:meta])* $ident:ident = $stage:ident, $severity:ident, $name:literal, $summary:literal) => {
        $crate::declare_code! { @ $(#[$doc])* $ident $stage $severity false $name $summary }
    };
    ($(#[$doc:meta])* $ident:ident = $stage:ident, $severity:ident if asked, $name:literal, $summary:literal) => {
        $crate::declare_code! { @ $(#[$doc])* $ident $stage $severity true $name $summary }
    };
    (@ $(#[$doc:meta])* $ident:ident $stage:ident $severity:ident $opt_in:literal $name:literal $summary:literal) => {
        $(#[$doc])*
        pub static $ident: $crate::diagnostics::Code = $crate::diagnostics::Code {
            name: $name,
            stage: $crate::diagnostics::Stage::$stage,
            severity: $crate::diagnostics::Severity::$severity,
            opt_in: $opt_in,
            summary: $summary,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes/", $name, ".md")),
        };
    };
}
