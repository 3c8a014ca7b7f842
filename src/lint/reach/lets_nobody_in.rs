//! Somebody whom an approval is for gets in.

use std::collections::BTreeMap;

use super::approvals::is_true;
use super::coming::Coming;
use super::{Reach, counted};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::lint::apps::is_unavailable;
use crate::model::Rule;
use crate::program::Program;
use crate::text::{AppId, RuleId, ScopeId, UserId};

declare_code! {
    /// An approval none of whose people may install any of its apps, for other reasons.
    LETS_NOBODY_IN = Lint, Warning, "lets-nobody-in", "an approval that lets nobody in"
}

/// What stops the people of the approval: how many pairs of a person and an app.
#[derive(Default)]
struct Stopped {
    pairs: usize,
    unavailable: usize,
    unknown: usize,
    admin_managed: usize,
    lacking: usize,
    scopes: BTreeMap<ScopeId, usize>,
    /// Roles that people get on a later day may give all that somebody lacks.
    roles_may_come: bool,
    /// Nothing of this stops them, so rules do.
    ruled_out: usize,
}

/// Finds out what stops them.
pub(super) fn somebody_gets_in(
    reach: &Reach<'_, '_>,
    id: RuleId,
    rule: &Rule,
    apps: &[AppId],
) -> Option<Diagnostic> {
    let census = reach.census;
    let mut stopped = Stopped::default();
    let kinds = census.kinds_of(id)?;
    let mut first = None;
    for &app in apps {
        if !census.spend(kinds.len() / 4 + 1) {
            return None;
        }
        let approves = |case: &Case<'_>| {
            let approves = case.approves(id);
            if approves {
                first.get_or_insert((case.user(), app));
            }
            approves
        };
        // An app of which nobody is approved says nothing about the approval.
        if !census.some_pair(id, &[app], |truth| truth == Truth::True, approves)? {
            continue;
        }
        for (&sample, &count) in census.samples().iter().zip(&*kinds).filter(|(_, count)| **count > 0) {
            census
                .ask(sample, app, |case| stopped.count(case, count as usize, reach.shared.coming.as_deref()));
        }
    }
    // An app that nobody can add is told about the app where it is named; so are facts that are missing.
    let told = |&app: &AppId| is_unavailable(reach.context, reach.context.model.apps.at(app));
    if !reach.describes_apps(rule.apps.as_ref()) && apps.iter().all(told) {
        return None;
    }
    let later = reach.is_for_others_later(id)
        || stopped.ruled_out > 0 && reach.rules_let_in_later(id, apps)?
        || stopped.roles_may_come && reach.roles_come_later(id)?;
    if later || stopped.unknown >= stopped.pairs {
        return None;
    }
    let keeping = if stopped.ruled_out > 0 { keeping(reach, id, apps)? } else { Keeping::Nothing };
    Some(lets_nobody_in(reach, rule, apps, &stopped, (first, keeping)))
}

/// A rule that keeps people from apps for which their roles suffice.
enum Keeping {
    /// There is none: the condition does.
    Nothing,
    /// This one, and what it does to somebody, in words.
    Rule(RuleId, String),
}

/// The first rule that keeps one of the approval's people from one of the apps.
fn keeping(reach: &Reach<'_, '_>, id: RuleId, apps: &[AppId]) -> Option<Keeping> {
    let census = reach.census;
    for &app in apps {
        let able = census.able(app);
        if !census.able_may_be_among(id, &able) {
            continue;
        }
        let mut found = Keeping::Nothing;
        let is_able = |user| able.contains(census.kind(user));
        census.some_pair_of(id, &[app], is_able, is_true, |case| {
            if case.approves(id) {
                found = kept_by(census.program(), case, app);
            }
            matches!(found, Keeping::Rule(..))
        })?;
        if let Keeping::Rule(..) = found {
            return Some(found);
        }
    }
    Some(Keeping::Nothing)
}

/// The first rule that keeps a user whose roles suffice from an app.
fn kept_by(program: &Program, case: &Case<'_>, app: AppId) -> Keeping {
    let (user, app) = (program.user_name(case.user()), program.app_name(app));
    let mut by = None;
    if case.blocked_by(|rule| by.replace(rule).is_none()) {
        return by.map_or(Keeping::Nothing, |rule| {
            Keeping::Rule(rule, format!("this keeps `{user}` from `{app}`"))
        });
    }
    for &scope in case.required() {
        if case.withheld_by(&[scope], |rule| by.replace(rule).is_none())
            && let Some(rule) = by
        {
            let scope = program.scope_name(scope);
            return Keeping::Rule(
                rule,
                format!("this takes `{scope}` from `{user}`, and `{app}` must have it"),
            );
        }
    }
    Keeping::Nothing
}

impl Stopped {
    /// Counts `count` people who are of the same kind as the user at hand.
    fn count(&mut self, case: &Case<'_>, count: usize, coming: Option<&Coming>) {
        self.pairs += count;
        let mut add = |stops: bool, to: fn(&mut Self) -> &mut usize| {
            if stops {
                *to(self) += count;
            }
            stops
        };
        let unavailable = add(case.available() == Truth::False, |stopped| &mut stopped.unavailable);
        let unknown = case.available() == Truth::Unknown
            || case.may_add() == Truth::Unknown
            || case.requires_approval().is_none()
            || !case.scopes_known();
        let unknown = add(unknown, |stopped| &mut stopped.unknown);
        let managed = add(case.may_add() == Truth::False, |stopped| &mut stopped.admin_managed);
        let lacks = case.required().iter().any(|&scope| !case.gives(scope));
        let lacks = add(lacks, |stopped| &mut stopped.lacking);
        add(!(unavailable || unknown || managed || lacks), |stopped| &mut stopped.ruled_out);
        self.roles_may_come |= (managed || lacks)
            && !(unavailable || unknown)
            && coming.is_some_and(|coming| coming.gives_what_lacks(case));
        for &scope in case.required().iter().filter(|&&scope| !case.gives(scope)) {
            *self.scopes.entry(scope).or_default() += count;
        }
    }

    /// What stops how many, the most frequent first.
    fn told(&self, reach: &Reach<'_, '_>, noun: &str) -> String {
        let verb = |count, one: &'static str, many: &'static str| if count == 1 { one } else { many };
        let lack = verb(self.lacking, "lacks", "lack");
        let find = verb(self.unavailable, "finds", "find");
        let are = |count| verb(count, "is", "are");
        let worst = self.scopes.iter().max_by_key(|(scope, count)| (**count, std::cmp::Reverse(**scope)));
        let lacking = match worst {
            Some((&scope, _)) if self.scopes.len() == 1 => {
                format!("{lack} `{}`", reach.census.program().scope_name(scope))
            }
            Some((&scope, count)) => {
                let name = reach.census.program().scope_name(scope);
                format!("{lack} required scopes, most often `{name}` ({count})")
            }
            None => String::new(),
        };
        let mut causes = vec![
            (self.lacking, lacking),
            (self.admin_managed, "may not add what administrators manage".to_owned()),
            (self.unavailable, format!("{find} the app not available")),
            (self.unknown, format!("{} stopped by facts that are not known", are(self.unknown))),
            (
                self.ruled_out,
                format!("{} stopped by a block, a withhold or the condition", are(self.ruled_out)),
            ),
        ];
        causes.retain(|(count, _)| *count > 0);
        causes.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        if self.pairs == 1 {
            let told: Vec<String> = causes.into_iter().map(|(_, cause)| cause).collect();
            return format!("the only {noun} that it is about {}", told.join("; "));
        }
        let told: Vec<String> = causes.iter().map(|(count, cause)| format!("{count} {cause}")).collect();
        format!(
            "of {}, {}",
            counted(
                self.pairs,
                noun,
                if noun == "person" { "people" } else { "pairs of a person and an app" }
            ),
            told.join("; ")
        )
    }
}

fn lets_nobody_in(
    reach: &Reach<'_, '_>,
    rule: &Rule,
    apps: &[AppId],
    stopped: &Stopped,
    (first, keeping): (Option<(UserId, AppId)>, Keeping),
) -> Diagnostic {
    let program = reach.census.program();
    let noun = if apps.len() == 1 { "person" } else { "pair of a person and an app" };
    let when = reach.when();
    let names = first.map(|(user, app)| (program.user_name(user), program.app_name(app)));
    let (message, question) = match names {
        Some((user, app)) => (
            format!("this approval lets nobody in{when}: not `{user}` into `{app}`, for one"),
            format!("admit can {user} install {app}"),
        ),
        None => (format!("this approval lets nobody in{when}"), "admit can … install …".to_owned()),
    };
    let found = Diagnostic::new(&LETS_NOBODY_IN, rule.head, message).label(stopped.told(reach, noun));
    let found = match keeping {
        Keeping::Rule(rule, words) => found.related(reach.context.model.rules.at(rule).head, words),
        Keeping::Nothing => found,
    };
    found.help(format!("ask `{question}` what is missing; remove the approval if they are not to have it"))
}
