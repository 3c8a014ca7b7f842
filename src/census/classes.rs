//! Users, and apps, that no rule and no condition tells apart.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::eval::Evaluator;
use crate::program::{Ask, Comparand, Day, Program, Subject, User, Value};
use crate::terms::EntityKind;
use crate::text::{AppId, AttributeId, Id, UserId};

/// Everything about one user or app that an answer can depend on, as words: equal words, equal answers.
pub(crate) type Key = Vec<u64>;

/// What conditions look at, besides what every decision looks at.
#[derive(Debug)]
pub(crate) struct Looks<'p> {
    program: &'p Program,
    subjects: Vec<Subject>,
}

impl<'p> Looks<'p> {
    /// What the conditions of this program look at.
    pub(crate) fn of(program: &'p Program) -> Self {
        let conditions = &program.conditions;
        let mut subjects: Vec<Subject> = Vec::new();
        let mut add = |subject: Subject| {
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        };
        for test in &conditions.tests {
            add(test.subject);
            if let Ask::Is(one) | Ask::IsNot(one) | Ask::Compare(_, one) = test.ask {
                of_comparand(one).into_iter().for_each(&mut add);
            }
        }
        conditions.comparands.iter().copied().filter_map(of_comparand).for_each(add);
        Self { program, subjects }
    }

    /// Adds what answers about a user depend on to the key.
    pub(crate) fn add_user(&self, evaluator: &mut Evaluator<'_>, user: UserId, key: &mut Key) {
        let program = self.program;
        let Some(row) = program.users.rows.get(user) else { return };
        // Timed roles that are not stored follow from the principals.
        let timed = if row.timed == User::UNSTORED { u64::MAX } else { u64::from(row.timed) };
        key.extend([u64::from(row.roles), timed]);
        add_list(key, evaluator.principals(user).iter().map(|principal| principal.0));
        for &subject in &self.subjects {
            match subject {
                Subject::UserEmail => key.push(u64::from(user.0)),
                Subject::UserDomain => add_text(key, domain(program.user_name(user))),
                Subject::Attribute(id) => self.add_value(key, id, EntityKind::User, user.index()),
                _ => {}
            }
        }
    }

    /// Adds what answers about an app depend on to the key.
    pub(crate) fn add_app(&self, evaluator: &mut Evaluator<'_>, app: AppId, key: &mut Key) {
        let program = self.program;
        let Some(row) = program.apps.rows.get(app) else { return };
        key.extend([
            row.listing.map_or(u64::MAX, |listing| listing as u64),
            row.stage.map_or(u64::MAX, |stage| stage as u64),
            row.managed_by.map_or(u64::MAX, |managed| managed as u64),
            row.developer_kind.map_or(u64::MAX, |kind| kind as u64),
            u64::from(row.scopes_known),
            row.beta_until.map_or(u64::MAX, day_word),
        ]);
        let scopes = &program.apps.scopes;
        add_list(key, row.required.of(scopes).iter().map(|scope| scope.0));
        add_list(key, row.optional.of(scopes).iter().map(|scope| scope.0));
        let (sure, unknown) = evaluator.selectors(app);
        add_list(key, sure.iter().map(|selector| selector.0));
        add_list(key, unknown.iter().map(|selector| selector.0));
        for &subject in &self.subjects {
            match subject {
                Subject::AppId => key.push(u64::from(app.0)),
                Subject::AppDeveloper => key.push(row.developer.map_or(u64::MAX, |one| u64::from(one.0))),
                Subject::Attribute(id) => {
                    self.add_value(key, id, EntityKind::App, app.index());
                    if let Some(developer) = row.developer {
                        self.add_value(key, id, EntityKind::Developer, developer.index());
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds the value of an attribute, if it is one of such entities.
    fn add_value(&self, key: &mut Key, id: AttributeId, owner: EntityKind, row: usize) {
        let Some(attribute) = self.program.attributes.get(id).filter(|one| one.owner == owner) else {
            return;
        };
        match attribute.column.get(row) {
            None => key.push(0),
            Some(Value::Text(name)) => key.extend([1, u64::from(name.0)]),
            Some(Value::Flag(flag)) => key.extend([1, u64::from(flag)]),
            Some(Value::Number(number)) => key.extend([1, number.to_bits()]),
            Some(Value::Day(day)) => key.extend([1, day_word(day)]),
            Some(Value::Choice(choice)) => key.extend([1, u64::from(choice)]),
        }
    }
}

/// The first of each class of `things`, in order, each with the words that make it one.
pub(super) fn firsts<T: Copy>(things: impl Iterator<Item = T>, mut key_of: impl FnMut(T) -> Key) -> Vec<T> {
    let mut seen: HashMap<Key, (), FxBuildHasher> = HashMap::default();
    things.filter(|&thing| seen.insert(key_of(thing), ()).is_none()).collect()
}

fn of_comparand(comparand: Comparand) -> Option<Subject> {
    match comparand {
        Comparand::Subject(subject) => Some(subject),
        Comparand::Value(_) | Comparand::Today => None,
    }
}

/// Adds a list so that no two different lists add the same words.
fn add_list(key: &mut Key, list: impl ExactSizeIterator<Item = u32>) {
    key.push(list.len() as u64);
    key.extend(list.map(u64::from));
}

/// Adds a text so that no two different texts add the same words.
fn add_text(key: &mut Key, text: &str) {
    key.push(text.len() as u64);
    key.extend(text.bytes().map(u64::from));
}

fn domain(email: &str) -> &str {
    email.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// Calendar days only: the ends of time stand in no fact.
fn day_word(day: Day) -> u64 {
    let (year, month, day) = day.date().map_or((0, 0, 0), crate::text::Date::parts);
    (u64::from(year.unsigned_abs()) * 16 + u64::from(month.unsigned_abs())) * 32
        + u64::from(day.unsigned_abs())
}
