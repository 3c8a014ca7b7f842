//! Names to ids: first everything that has a name is declared, then every reference is looked up.
//!
//! The passes, in order:
//! 1. attributes, roles, scope sets, allowlists, rule ids and the project's groups are declared; the project before what it extends, the
//!    later baseline before the earlier, the bundled library last: who comes first keeps the name;
//! 2. facts: entities of the project's policies and its fact files, then entities of baselines;
//! 3. references of roles, sets, groups, allowlists, rules, the account, tests;
//! 4. the scope table is closed over what scopes imply.

mod account;
mod assume;
mod broken;
mod comparand;
mod condition;
mod declare;
mod duplicate;
mod entity;
mod intake;
mod library;
mod rules;
mod scopes;
mod selection;
mod structure;
mod subject;
mod suggest;
mod terms;
mod tests;
mod type_errors;
mod unknown;
mod unknown_facts;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::{Model, RoleList};
use crate::diagnostics::{Code, Sink};
use crate::facts::{FactFile, Reading};
use crate::syntax::{Selection, ast::SyntaxTree};
use crate::text::{AppId, DeveloperId, FileId, RoleId, ScopeId, SourceMap, Span, Symbol};

pub use assume::assume;
pub(crate) use intake::UNDECLARED_ATTRIBUTE;

type FastMap<K, V> = HashMap<K, V, FxBuildHasher>;

/// What a project is made of.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The project's policy files.
    pub trees: &'a [SyntaxTree],
    /// The policy files of each baseline the project extends, in the order of `extends`: the later replaces the earlier, and the
    /// project replaces all.
    pub baselines: &'a [Vec<SyntaxTree>],
    /// Where the texts of the bundled library stand, in the order of `library::files()`, when the project extends `zoom`.
    pub zoom: Option<&'a [FileId]>,
    /// What the settings' terms of approval are about.
    pub terms: &'a [Selection],
}

/// Every code this module raises.
pub static CODES: &[&Code] = &[
    &account::ACCOUNT_CLAUSE_TWICE,
    &account::SEVERAL_ACCOUNTS,
    &account::UNNAMED_ACCOUNT,
    &declare::INVALID_CHOICES,
    &declare::RESERVED_ATTRIBUTE,
    &duplicate::DUPLICATE_DEFINITION,
    &intake::INVALID_VALUE,
    &intake::LISTED_BUT_UNPUBLISHED,
    &intake::MISSING_FIELD,
    &intake::RESERVED_DEVELOPER,
    &intake::ROLE_AND_ROLES,
    &intake::UNDECLARED_ATTRIBUTE,
    &rules::NOT_WAIVABLE,
    &selection::AMBIGUOUS_APP,
    &tests::UNKNOWN_REASON,
    &type_errors::FLAG_EXPECTED,
    &type_errors::PATTERN_IN_CONTAINS,
    &type_errors::SET_EXPECTED,
    &type_errors::SINGLE_VALUE_EXPECTED,
    &type_errors::TYPE_MISMATCH,
    &type_errors::UNKNOWN_CHOICE,
    &type_errors::UNORDERED_COMPARISON,
    &type_errors::USER_IN_EXEMPTION,
    &unknown::UNKNOWN_ALLOWLIST,
    &unknown::UNKNOWN_ATTRIBUTE,
    &unknown::UNKNOWN_GROUP,
    &unknown::UNKNOWN_ROLE,
    &unknown::UNKNOWN_RULE,
    &unknown::UNKNOWN_SCOPE_SET,
    &unknown_facts::UNKNOWN_APP,
    &unknown_facts::UNKNOWN_DEVELOPER,
    &unknown_facts::UNKNOWN_SCOPE,
    &unknown_facts::UNKNOWN_USER,
];

/// Resolves every name of a project. Always gives a model; what is wrong goes to `out`.
pub fn resolve(input: &Input<'_>, facts: &[FactFile], sources: &SourceMap, out: &mut Sink) -> Model {
    std::thread::scope(|scope| resolve_reading(input, Reading::start(scope, facts, sources), sources, out))
}

/// The same, where the fact files are being read already.
pub fn resolve_reading(
    input: &Input<'_>,
    mut facts: Reading<'_, '_, '_>,
    sources: &SourceMap,
    out: &mut Sink,
) -> Model {
    let mut resolver = Resolver::new(input, sources);
    resolver.declare_builtins();
    let layers = Layer::of(input);
    for layer in &layers {
        resolver.declare(*layer, out);
    }
    resolver.declare_library();
    for layer in &layers {
        resolver.take_facts(*layer, &mut facts, out);
    }
    resolver.resolve_givens(out);
    resolver.resolve_structure(out);
    resolver.resolve_rules(out);
    resolver.resolve_account(out);
    resolver.resolve_tests(out);
    resolver.resolve_terms(input.terms, out);
    resolver.resolve_app_developers(out);
    resolver.close_scopes(0);
    resolver.report_unknown_scopes(out);
    resolver.model
}

/// Policy files of one precedence.
#[derive(Clone, Copy)]
struct Layer<'a> {
    /// 0 is the project; a higher number gives way to a lower one.
    rank: u16,
    trees: &'a [SyntaxTree],
}

impl<'a> Layer<'a> {
    /// The rank of the project.
    const PROJECT: u16 = 0;
    /// The rank of the bundled library.
    const LIBRARY: u16 = u16::MAX - 1;
    /// The rank of a name that facts use without anything declaring it.
    const IMPLICIT: u16 = u16::MAX;

    fn of(input: &Input<'a>) -> Vec<Self> {
        let project = Self { rank: Self::PROJECT, trees: input.trees };
        let baselines = input.baselines.iter().rev().zip(1..Self::LIBRARY);
        std::iter::once(project).chain(baselines.map(|(trees, rank)| Self { rank, trees })).collect()
    }
}

/// The state of one resolution.
struct Resolver<'a> {
    model: Model,
    sources: &'a SourceMap,
    zoom: Option<&'a [FileId]>,
    claims: declare::Claims,
    todo: declare::Todo<'a>,
    /// Names that stand in items with syntax errors: a reference to one of these is not reported again.
    broken: broken::Broken,
    budget: suggest::Budget,
    /// Scopes that no catalogue knew when they were named, with the place.
    doubtful_scopes: Vec<(ScopeId, Span)>,
    /// Where the project's `scopes` facts describe a scope.
    catalogued: FastMap<ScopeId, Span>,
    /// The id of each list of roles in the user table.
    role_lists: FastMap<Box<[RoleId]>, RoleList>,
    /// The developer that each app's facts name, looked up when all are known.
    app_developers: Vec<(AppId, Symbol, Span)>,
    /// Whether any user is described.
    has_users: bool,
    /// What comes into being in the test that is being resolved.
    given: Given,
}

/// Apps and developers that only the `given` of a test knows. Their ids follow those of the tables: exactly the ids that
/// [`assume`] gives them.
#[derive(Default)]
struct Given {
    apps: FastMap<Symbol, AppId>,
    developers: FastMap<Symbol, DeveloperId>,
}

impl<'a> Resolver<'a> {
    fn new(input: &Input<'a>, sources: &'a SourceMap) -> Self {
        let mut policy_files: Vec<FileId> =
            input.trees.iter().chain(input.baselines.iter().flatten()).map(|tree| tree.file).collect();
        policy_files.sort_unstable();
        let place = input.trees.iter().map(|tree| tree.file).min().map(|file| Span::new(file, 0, 0));
        let model = Model {
            policy_files,
            place,
            has_catalogue: input.zoom.is_some(),
            extends_zoom: input.zoom.is_some(),
            ..Model::default()
        };
        Self {
            model,
            sources,
            zoom: input.zoom,
            claims: declare::Claims::default(),
            todo: declare::Todo::default(),
            broken: broken::Broken::find(input, sources),
            budget: suggest::Budget::default(),
            doubtful_scopes: Vec::new(),
            catalogued: FastMap::default(),
            role_lists: FastMap::default(),
            app_developers: Vec::new(),
            has_users: false,
            given: Given::default(),
        }
    }
}
