//! The register of exceptions: everything that says "not here, for now", in one list.

use crate::model::{AppSelection, Effect, Model, People, Rule};
use crate::syntax::ast::{Item, Suppression};
use crate::text::{Date, SourceMap, Span};

use super::analysis::Analysis;
use super::codes::stage_and_name;

/// One exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// What kind it is.
    pub kind: ExceptionKind,
    /// What is excepted: codes of findings, the id of the rule that is lifted, or what people gain.
    pub what: String,
    /// Which apps, as written; `None`: it is not about apps, or about all of them.
    pub apps: Option<String>,
    /// Which people, as written.
    pub people: Option<String>,
    /// Who answers for it, as an e-mail address.
    pub owner: Option<String>,
    /// Whether `owner` is who answers for the rule that is lifted, since the waiver names nobody.
    pub owner_of_rule: bool,
    /// Why.
    pub because: String,
    /// Its last day.
    pub until: Option<Date>,
    /// How it stands.
    pub state: ExceptionState,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    /// A comment `# admit: allow …`.
    Suppression,
    /// A `waive`.
    Waiver,
    /// An `accept … gain …`.
    Accept,
}

impl ExceptionKind {
    /// The word for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suppression => "suppression",
            Self::Waiver => "waiver",
            Self::Accept => "accept",
        }
    }
}

/// How an exception stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionState {
    /// It holds.
    Active,
    /// It holds, and ends within the window of `expiry-window`.
    EndsSoon,
    /// It will hold, but does not yet.
    NotYet,
    /// It held, and has ended.
    Ended,
    /// It silences nothing. (Only suppressions are known to.)
    Unused,
}

impl ExceptionState {
    /// Every state, the most usual first.
    pub const ALL: [Self; 5] = [Self::Active, Self::EndsSoon, Self::NotYet, Self::Ended, Self::Unused];

    /// The word for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::EndsSoon => "ends-soon",
            Self::NotYet => "not-yet",
            Self::Ended => "ended",
            Self::Unused => "unused",
        }
    }
}

/// Every exception of an analysed project and what it builds on, by its end; those without one come last. Whether a suppression silences
/// anything is known only of a project that was linted.
pub fn register(analysis: &Analysis, today: Date) -> Vec<Exception> {
    let model = analysis.model();
    let sources = &analysis.sources;
    let soon = analysis.config.lint.expiry_window.after(today);
    let state = |starting: Option<Date>, until: Option<Date>| match (starting, until) {
        (_, Some(until)) if until < today => ExceptionState::Ended,
        (Some(starting), _) if today < starting => ExceptionState::NotYet,
        (_, Some(until)) if until <= soon => ExceptionState::EndsSoon,
        _ => ExceptionState::Active,
    };
    let mut found = suppressions(analysis, &state);
    let waivers = model.rules.iter().filter_map(|rule| waiver(model, sources, rule, &state));
    found.extend(waivers);
    found.extend(model.accepts.iter().map(|accept| Exception {
        kind: ExceptionKind::Accept,
        what: "gain".to_owned(),
        apps: Some(written(sources, accept.apps.span)),
        people: Some(written(sources, accept.people.span)),
        owner: Some(model.name(accept.owner).to_owned()),
        owner_of_rule: false,
        because: model.name(accept.because).to_owned(),
        until: Some(accept.until),
        state: state(None, Some(accept.until)),
        span: accept.span,
    }));
    found.sort_by_key(|exception| (exception.until.is_none(), exception.until, exception.span));
    found
}

fn suppressions(
    analysis: &Analysis,
    state: &dyn Fn(Option<Date>, Option<Date>) -> ExceptionState,
) -> Vec<Exception> {
    let trees = analysis.trees.iter().chain(analysis.baselines.iter().flatten());
    let comments = trees.flat_map(|tree| &tree.items).flat_map(|item: &Item| &item.suppressions);
    comments
        .map(|comment: &Suppression| {
            let codes: Vec<&str> = comment.codes.iter().map(|code| stage_and_name(&code.text).1).collect();
            let unused = analysis.unused_exceptions.binary_search(&comment.span).is_ok();
            let state = match state(None, comment.until) {
                ExceptionState::Ended => ExceptionState::Ended,
                _ if unused => ExceptionState::Unused,
                state => state,
            };
            Exception {
                kind: ExceptionKind::Suppression,
                what: codes.join(", "),
                apps: None,
                people: None,
                owner: None,
                owner_of_rule: false,
                because: comment.because.to_string(),
                until: comment.until,
                state,
                span: comment.span,
            }
        })
        .collect()
}

fn waiver(
    model: &Model,
    sources: &SourceMap,
    rule: &Rule,
    state: &dyn Fn(Option<Date>, Option<Date>) -> ExceptionState,
) -> Option<Exception> {
    let Effect::Waive { rule: Some(lifted) } = rule.effect else { return None };
    let lifted = model.rules.get(lifted)?;
    let owner = rule.owner.or(lifted.owner).map(|(owner, _)| model.name(owner).to_owned());
    Some(Exception {
        kind: ExceptionKind::Waiver,
        what: lifted.id.map_or("", |(id, _)| model.name(id)).to_owned(),
        apps: rule.apps.as_ref().map(|apps: &AppSelection| written(sources, apps.span)),
        people: rule.people.as_ref().map(|people: &People| written(sources, people.span)),
        owner,
        owner_of_rule: rule.owner.is_none() && lifted.owner.is_some(),
        because: rule.because.map_or("", |because| model.name(because)).to_owned(),
        until: rule.period.until,
        state: state(rule.period.starting, rule.period.until),
        span: rule.span,
    })
}

/// The text of a place on one line, without comments.
fn written(sources: &SourceMap, span: Span) -> String {
    let lines = sources.slice(span).lines().map(|line| line.split('#').next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
