//! What conditions ask for is known of those they are about.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::membership::Membership;
use crate::lint::unused_attribute::subjects;
use crate::lint::{Context, selection};
use crate::model::{Attribute, Effect, Origin, Rule, Subject};
use crate::program::{PrincipalId, SelectorId};
use crate::terms::EntityKind;
use crate::text::{AppId, AttributeId, Id, IdVec, Span, UserId};

declare_code! {
    /// An attribute that a condition asks for and that is not known of some people or apps the rule is about.
    MISSING_VALUE = Lint, Advice, "missing-value", "a value that a condition asks for and no fact states"
}

/// A rule that asks for an attribute, and where.
struct Asking<'m> {
    rule: &'m Rule,
    span: Span,
}

pub(super) fn values_that_decide_are_there(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let model = context.model;
    let mut asking: IdVec<AttributeId, Vec<Asking<'_>>> =
        model.attributes.iter().map(|_| Vec::new()).collect();
    for rule in model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        rule.condition.iter().for_each(|condition| {
            subjects(condition, &mut |subject, span| {
                if let Subject::Attribute(id) = subject
                    && let Some(asking) = asking.get_mut(id)
                {
                    asking.push(Asking { rule, span });
                }
            });
        });
    }
    for (attribute, asking) in
        model.attributes.iter().zip(asking.iter()).filter(|(_, asking)| !asking.is_empty())
    {
        if let Some(lacking) = lacking(context, members, attribute, asking) {
            out.push(missing_value(context, attribute, &lacking));
        }
    }
}

/// Those of whom a value is not known.
struct Lacking<'a> {
    count: usize,
    /// The first of them, and where they are described.
    name: &'a str,
    place: Span,
    /// A rule that is about the first.
    asking: &'a Asking<'a>,
}

/// Those who lack the attribute and whom one of the rules is about, if there are any and not too many pairs to look at.
fn lacking<'a>(
    context: &Context<'a>,
    members: &'a Membership<'a>,
    attribute: &Attribute,
    asking: &'a [Asking<'a>],
) -> Option<Lacking<'a>> {
    let model = context.model;
    let lacks = |at: usize| attribute.column.get(at).is_none_or(Option::is_none);
    let (count, name, place, asking) = match attribute.owner {
        EntityKind::User => {
            let described = |user: &UserId| model.users.rows.at(*user).origin == Origin::Described;
            let users = model.users.rows.ids().filter(|user| lacks(user.index()) && described(user));
            let people = asking.iter().map(|asking| match &asking.rule.people {
                Some(people) => {
                    let kinds = people.include.iter().map(|entry| entry.kind);
                    kinds.filter_map(|kind| selection::principal(context, kind)).collect()
                }
                None => vec![PrincipalId::EVERYONE],
            });
            let index = index(people);
            let by = |user| selection::selecting_user(context, user);
            let has = |rule: &Rule, user| selection::has_user(context, rule, user);
            let (count, first, asking) = Search { index, asking, members }.run(users, by, has)?;
            let user = model.users.rows.at(first);
            (count, user.email, user.span, asking)
        }
        EntityKind::App => {
            let apps = model.apps.ids().filter(|app| lacks(app.index()));
            let (count, first, asking) = apps_asked_for(context, members, asking, apps)?;
            let app = model.apps.at(first);
            (count, app.name, app.span, asking)
        }
        EntityKind::Developer => {
            // One app of each developer stands for them.
            let mut seen = FixedBitSet::with_capacity(model.developers.len());
            let of = |app: AppId| model.apps.at(app).developer.map(|developer| developer.id.index());
            let apps = model
                .apps
                .ids()
                .filter(|app| of(*app).is_some_and(|at| lacks(at) && at < seen.len() && !seen.put(at)));
            let (count, first, asking) = apps_asked_for(context, members, asking, apps)?;
            let app = model.apps.at(first);
            let developer = model.developers.get(app.developer?.id)?;
            (count, developer.name, developer.span.unwrap_or(app.span), asking)
        }
    };
    Some(Lacking { count, name: model.name(name), place, asking })
}

fn apps_asked_for<'a>(
    context: &Context<'a>,
    members: &'a Membership<'a>,
    asking: &'a [Asking<'a>],
    apps: impl Iterator<Item = AppId>,
) -> Option<(usize, AppId, &'a Asking<'a>)> {
    let selectors = asking.iter().map(|asking| match &asking.rule.apps {
        Some(apps) => {
            let kinds = apps.include.iter().map(|entry| entry.kind);
            kinds.filter_map(|kind| selection::selector(context, kind)).collect()
        }
        None => vec![SelectorId::ALL],
    });
    let index = index(selectors);
    let by = |app| selection::selecting_app(context, app);
    let has = |rule: &Rule, app| selection::has_app(context, rule, app);
    Search { index, asking, members }.run(apps, by, has)
}

/// The positions of the rules that name each principal or selector, in order.
fn index<K: std::hash::Hash + Eq>(named: impl Iterator<Item = Vec<K>>) -> FxHashMap<K, Vec<usize>> {
    let mut index: FxHashMap<K, Vec<usize>> = FxHashMap::default();
    for (at, names) in named.enumerate() {
        names.into_iter().for_each(|name| index.entry(name).or_default().push(at));
    }
    index
}

/// Looks for those whom rules are about.
struct Search<'a, K> {
    index: FxHashMap<K, Vec<usize>>,
    asking: &'a [Asking<'a>],
    members: &'a Membership<'a>,
}

impl<'a, K: std::hash::Hash + Eq + 'a> Search<'a, K> {
    /// How many some rule selects, and the first of them with the first such rule; `None`: nobody, or not looked into.
    fn run<I: Id>(
        &self,
        ids: impl Iterator<Item = I>,
        by: impl Fn(I) -> &'a [K],
        selects: impl Fn(&Rule, I) -> bool,
    ) -> Option<(usize, I, &'a Asking<'a>)> {
        let mut first = None;
        let mut count = 0;
        for id in ids {
            let mut found: Option<usize> = None;
            for at in by(id).iter().filter_map(|name| self.index.get(name)) {
                let mut tried = 0;
                let mut those = at.iter().copied().take_while(|&at| found.is_none_or(|found| at < found));
                let better = those.find(|&at| {
                    tried += 1;
                    self.asking.get(at).is_some_and(|asking| selects(asking.rule, id))
                });
                found = better.or(found);
                if !self.members.spend(tried + 1) {
                    return None;
                }
                // Of all but the first it does not matter which rule is about them.
                if found.is_some() && first.is_some() {
                    break;
                }
            }
            if let Some(asking) = found.and_then(|at| self.asking.get(at)) {
                count += 1;
                first.get_or_insert((id, asking));
            }
        }
        first.map(|(id, asking)| (count, id, asking))
    }
}

fn missing_value(context: &Context<'_>, attribute: &Attribute, lacking: &Lacking<'_>) -> Diagnostic {
    let name = format!("{}.{}", attribute.owner, context.model.name(attribute.name));
    let things = match attribute.owner {
        EntityKind::User => "users",
        EntityKind::App => "apps",
        EntityKind::Developer => "developers",
    };
    let message = match lacking.count {
        1 => format!("`{name}` of `{}` is not known", lacking.name),
        count => format!("`{name}` of {count} {things} is not known, `{}` for one", lacking.name),
    };
    let effect = match lacking.asking.rule.effect {
        Effect::Block | Effect::Withhold { .. } => "where its condition is not known, the rule holds",
        _ => "where its condition is not known, the rule does not hold",
    };
    Diagnostic::new(&MISSING_VALUE, lacking.asking.span, message)
        .label(effect)
        .related(lacking.place, "no fact states it here")
        .help("add the fact, or allow this where leaving it out is meant")
}
