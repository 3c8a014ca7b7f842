//! Which decisions a change of some texts may touch, so that no others need be compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Effect, Model};
use crate::program::{Principal, Program, RuleEffect, Run, Selector};
use crate::project::Analysis;
use crate::syntax::ast::ItemKind;
use crate::text::{AppId, FileId, RuleId, UserId};

/// One state of a project.
#[derive(Clone, Copy)]
pub(super) struct State<'s> {
    pub(super) analysis: &'s Analysis,
    pub(super) program: &'s Program,
}

/// Whether one of these users may have one of these apps may be decided in another way.
pub(super) type Part = (Vec<UserId>, Vec<AppId>);

/// The parts outside of which two states decide alike; `None`: everything may differ.
///
/// Nothing but the texts of rules, groups and allowlists may be another one, each in its place and with all users, apps, groups, allowlists
/// and roles in theirs. Then a decision can only change where a rule with another text selects the user and the app, or where a group or
/// list that rules or conditions name holds one of the two in one state only.
pub(super) fn touched(before: State<'_>, after: State<'_>) -> Option<Vec<Part>> {
    if !same_names(before.analysis.model(), after.analysis.model()) {
        return None;
    }
    let changed = changed(before.analysis, after.analysis)?;
    let (users, apps) = (|| before.program.users(), || before.program.apps());
    let mut parts = Vec::new();
    for rule in changed.rules.into_iter().filter(|&rule| !before.says_the_same(after, rule).unwrap_or(false))
    {
        let selected_users =
            users().filter(|&user| [before, after].iter().any(|state| state.selects_user(rule, user)));
        let selected_apps =
            apps().filter(|&app| [before, after].iter().any(|state| state.selects_app(rule, app)));
        parts.push((selected_users.collect(), selected_apps.collect()));
    }
    if changed.groups {
        let moved = |&user: &UserId| {
            before.groups(after, user).is_none_or(|groups| Some(groups) != after.groups(before, user))
        };
        parts.push((users().filter(moved).collect(), apps().collect()));
    }
    if changed.allowlists {
        let moved = |&app: &AppId| {
            before.lists(after, app).is_none_or(|lists| Some(lists) != after.lists(before, app))
        };
        parts.push((users().collect(), apps().filter(moved).collect()));
    }
    Some(parts)
}

/// Whether what has a number has the same in both.
fn same_names(before: &Model, after: &Model) -> bool {
    let counts = |model: &Model| {
        [
            model.rules.len(),
            model.users.rows.len(),
            model.apps.len(),
            model.groups.len(),
            model.allowlists.len(),
            model.roles.len(),
            model.scopes.len(),
        ]
    };
    counts(before) == counts(after) && names(before).eq(names(after))
}

/// The names of all that has a number, kind after kind.
fn names(model: &Model) -> impl Iterator<Item = &str> {
    let users = model.users.rows.iter().map(|user| user.email);
    let apps = model.apps.iter().map(|app| app.name);
    let groups = model.groups.iter().map(|group| group.name);
    let lists = model.allowlists.iter().map(|list| list.name);
    let roles = model.roles.iter().map(|role| role.name);
    let scopes = model.scopes.iter().map(|scope| scope.name);
    let all = users.chain(apps).chain(groups).chain(lists).chain(roles).chain(scopes);
    all.map(|name| model.name(name))
}

/// Whom or what a rule names.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Principal(Principal),
    Selector(Selector),
}

/// What has another text.
#[derive(Default)]
struct Changed {
    rules: Vec<RuleId>,
    groups: bool,
    allowlists: bool,
}

/// `None`: something else has, or stands in another place.
fn changed(before: &Analysis, after: &Analysis) -> Option<Changed> {
    let mut changed = Changed::default();
    let mut rules: BTreeMap<(FileId, u32), RuleId> = BTreeMap::new();
    let model = before.model();
    rules.extend(model.rules.enumerate().map(|(id, rule)| ((rule.span.file, rule.span.start), id)));
    if before.trees.len() != after.trees.len() {
        return None;
    }
    for (tree, new) in before.trees.iter().zip(&after.trees) {
        let same_file = before.sources.file(tree.file).path() == after.sources.file(new.file).path();
        if !same_file || tree.items.len() != new.items.len() {
            return None;
        }
        for (item, new) in tree.items.iter().zip(&new.items) {
            if before.sources.slice(item.span) == after.sources.slice(new.span) {
                continue;
            }
            match (&item.kind, &new.kind) {
                (ItemKind::Group { .. }, ItemKind::Group { .. }) => changed.groups = true,
                (ItemKind::Allowlist { .. }, ItemKind::Allowlist { .. }) => changed.allowlists = true,
                (ItemKind::Rule(_), ItemKind::Rule(_)) => {
                    let rule = *rules.get(&(item.span.file, item.span.start))?;
                    // Grants say who has which roles, on which much else hangs.
                    if matches!(model.rules.at(rule).effect, Effect::Grant { .. }) {
                        return None;
                    }
                    changed.rules.push(rule);
                }
                _ => return None,
            }
        }
    }
    Some(changed)
}

impl State<'_> {
    /// Whether a rule without condition says the same in another state: of the same people, apps and scopes, on the same days. `None`: that
    /// cannot be seen.
    fn says_the_same(self, other: Self, rule: RuleId) -> Option<bool> {
        let row = |state: &Self| state.program.rules.rows.get(rule);
        let (one, two) = (row(&self)?, row(&other)?);
        if one.condition.is_some() || two.condition.is_some() {
            return None;
        }
        Some(
            self.effect(rule)? == other.effect(rule)?
                && (one.first, one.last) == (two.first, two.last)
                && self.scopes(rule)? == other.scopes(rule)?
                && self.named(rule)? == other.named(rule)?,
        )
    }

    fn effect(&self, rule: RuleId) -> Option<RuleEffect> {
        Some(self.program.rules.texts.get(rule)?.effect)
    }

    /// The scopes of a rule that are stored as bits.
    #[expect(clippy::option_option, reason = "a rule may have none, and they may not be stored")]
    fn scopes(&self, rule: RuleId) -> Option<Option<&[u64]>> {
        let scopes = &self.program.scopes;
        let Some(list) = self.program.rules.rows.get(rule)?.scopes else { return Some(None) };
        let bits = scopes.list(list)?.bits;
        bits.is_stored().then(|| Some(bits.of(&scopes.bits)))
    }

    /// Whom and which apps a rule names and excepts.
    fn named(&self, rule: RuleId) -> Option<[BTreeSet<Named>; 4]> {
        let Program { users, apps, rules, .. } = self.program;
        let (row, text) = (rules.rows.get(rule)?, rules.texts.get(rule)?);
        let people = |run: Run| {
            run.of(&rules.principals).iter().map(|&id| Named::Principal(users.principal(id))).collect()
        };
        let which = |run: Run| {
            run.of(&rules.selectors).iter().map(|&id| Named::Selector(apps.selector(id))).collect()
        };
        Some([people(text.people), people(row.people_except), which(text.apps), which(row.apps_except)])
    }

    /// Whether the rule names the user, or may: exceptions aside, and whoever has the roles that it names.
    fn selects_user(&self, rule: RuleId, user: UserId) -> bool {
        let (users, rules) = (&self.program.users, &self.program.rules);
        let (Some(row), Some(text)) = (users.rows.get(user), rules.texts.get(rule)) else { return true };
        let has = |named| row.selected_by.of(&users.selected_by).binary_search(named).is_ok();
        !row.selected_by.is_stored()
            || text.people.of(&rules.principals).iter().any(|named| match users.principal(*named) {
                Principal::Everyone | Principal::Role(_) => true,
                Principal::Group(_) | Principal::User(_) => has(named),
            })
    }

    /// Whether the rule names the app, or may: exceptions aside, and whichever it is not known of.
    fn selects_app(&self, rule: RuleId, app: AppId) -> bool {
        let (apps, rules) = (&self.program.apps, &self.program.rules);
        let (Some(row), Some(text)) = (apps.rows.get(app), rules.texts.get(rule)) else { return true };
        let has = |named| row.selected_by.of(&apps.selected_by).binary_search(named).is_ok();
        !row.selected_by.is_stored()
            || !row.gaps.is_none()
            || text
                .apps
                .of(&rules.selectors)
                .iter()
                .any(|named| apps.selector(*named) == Selector::All || has(named))
    }

    /// The groups of a user that rules and conditions name, here and in the other state.
    fn groups(&self, other: Self, user: UserId) -> Option<Vec<Principal>> {
        let users = &self.program.users;
        let row = users.rows.get(user).filter(|row| row.selected_by.is_stored())?;
        let all = row.selected_by.of(&users.selected_by).iter().map(|&id| users.principal(id));
        let named = |one: &Principal| {
            matches!(one, Principal::Group(_)) && other.program.users.principal_id(*one).is_some()
        };
        Some(all.filter(named).collect())
    }

    /// The allowlists with the app that rules name, here and in the other state.
    fn lists(&self, other: Self, app: AppId) -> Option<Vec<Selector>> {
        let apps = &self.program.apps;
        let row = apps.rows.get(app).filter(|row| row.selected_by.is_stored() && row.gaps.is_none())?;
        let all = row.selected_by.of(&apps.selected_by).iter().map(|&id| apps.selector(id));
        let named = |one: &Selector| {
            matches!(one, Selector::InAllowlist(_)) && other.program.apps.selector_id(*one).is_some()
        };
        Some(all.filter(named).collect())
    }
}
