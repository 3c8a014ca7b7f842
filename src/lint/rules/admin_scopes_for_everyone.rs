//! What reaches the whole account is not approved for everyone.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::rules::DUPLICATE_RULE;
use crate::lint::{Context, selection};
use crate::model::{Effect, PrincipalKind, Rule, ScopeTermKind};
use crate::terms::{Level, pattern_matches};
use crate::text::{AppId, Id, ScopeId};

declare_code! {
    /// An approval for everyone of an app with admin-level or master scopes.
    ADMIN_SCOPES_FOR_EVERYONE = Lint, Warning, "admin-scopes-for-everyone", "an approval for everyone of an app with scopes of admin or master level"
}

/// An app that asks for such scopes: the first of them.
struct Reaching {
    app: AppId,
    scope: ScopeId,
}

pub(super) fn what_reaches_the_account_is_not_for_everyone(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let asks = |(app, row): (AppId, &crate::model::App)| {
        let mut asked = row.scopes.iter().flatten().chain(&row.optional_scopes);
        let scope = asked.find(|scope| model.scopes.at(scope.id).level != Level::User)?.id;
        Some(Reaching { app, scope })
    };
    let reaching: Vec<Reaching> = model.apps.enumerate().filter_map(asks).collect();
    if reaching.is_empty() {
        return;
    }
    let ended = |rule: &Rule| rule.period.until.is_some_and(|last| last < context.today);
    let own = model.rules.iter().filter(|rule| context.is_own(rule.span));
    for rule in own.filter(|rule| is_for_everyone(rule) && !ended(rule)) {
        let approved = |one: &&Reaching| {
            selection::has_app(context, rule, one.app) && is_reviewed(context, rule, one.app)
        };
        let mut approved = reaching.iter().filter(approved);
        if let Some(first) = approved.next() {
            out.push(admin_scopes_for_everyone(context, rule, first, approved.count()));
        }
    }
}

/// A condition says something about the app or the person, so a rule with one is not for everyone.
fn is_for_everyone(rule: &Rule) -> bool {
    let everyone = |people: &crate::model::People| {
        people.include.iter().any(|entry| entry.kind == PrincipalKind::Everyone) && people.except.is_empty()
    };
    matches!(rule.effect, Effect::Approve { .. })
        && rule.condition.is_none()
        && rule.people.as_ref().is_some_and(everyone)
}

/// Whether all that the app asks for was reviewed, so that the approval holds for it.
fn is_reviewed(context: &Context<'_>, rule: &Rule, app: AppId) -> bool {
    let Effect::Approve { reviewed: Some(terms) } = &rule.effect else { return true };
    let model = context.model;
    let row = model.apps.at(app);
    let mut asked = row.scopes.iter().flatten().chain(&row.optional_scopes);
    let name = |scope: ScopeId| model.name(model.scopes.at(scope).name);
    let mut kinds: Vec<ScopeTermKind> = terms.iter().map(|term| term.kind).collect();
    let mut seen = vec![false; model.scope_sets.len()];
    let mut at = 0;
    while let Some(&kind) = kinds.get(at) {
        at += 1;
        if let ScopeTermKind::Set(set) = kind
            && seen.get(set.index()) == Some(&false)
        {
            seen.iter_mut().skip(set.index()).take(1).for_each(|seen| *seen = true);
            kinds.extend(model.scope_sets.at(set).terms.iter().map(|term| term.kind));
        }
    }
    asked.all(|scope| {
        kinds.iter().any(|&kind| match kind {
            ScopeTermKind::Scope(one) => one == scope.id,
            ScopeTermKind::Pattern(pattern) => pattern_matches(model.name(pattern), name(scope.id)),
            ScopeTermKind::Level(level) => model.scopes.at(scope.id).level == level,
            ScopeTermKind::Set(_) => false,
        })
    })
}

fn admin_scopes_for_everyone(
    context: &Context<'_>,
    rule: &Rule,
    first: &Reaching,
    more: usize,
) -> Diagnostic {
    let model = context.model;
    let app = model.apps.at(first.app);
    let (name, scope) = (model.name(app.name), model.scopes.at(first.scope));
    let more = match more {
        0 => String::new(),
        1 => " (and 1 more app like it)".to_owned(),
        more => format!(" (and {more} more apps like it)"),
    };
    let what =
        format!("`{name}` asks for `{}`, a scope of {} level{more}", model.name(scope.name), scope.level);
    Diagnostic::new(&ADMIN_SCOPES_FOR_EVERYONE, rule.head, format!("approved for everyone: {what}"))
        .related(app.span, "described here")
        .help("approve it for the people who need it, such as a group; if everyone is to have it, allow this finding here and say why")
        .unless_told(&DUPLICATE_RULE, rule.head)
}
