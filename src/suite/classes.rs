//! Users, and apps, that no answer and no assertion of a program tells apart.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::census::{Key, Looks};
use crate::eval::Evaluator;
use crate::program::Program;
use crate::text::{AppId, UserId};

/// Things that nothing tells apart.
#[derive(Clone, Debug)]
pub(super) struct Class<T> {
    /// The first, which stands for all.
    pub(super) first: T,
    /// All of them, in the order of ids.
    pub(super) members: Vec<T>,
}

impl<T: Copy> Class<T> {
    /// A class of one.
    pub(super) fn of_one(thing: T) -> Self {
        Self { first: thing, members: vec![thing] }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.members.len() as u64
    }
}

/// All users of a program, those together that nothing tells apart.
pub(super) fn users(program: &Program) -> Vec<Class<UserId>> {
    let (looks, mut evaluator) = (Looks::of(program), Evaluator::new(program));
    group(program.users(), |user, key| looks.add_user(&mut evaluator, user, key))
}

/// All apps of a program, those together that nothing tells apart.
pub(super) fn apps(program: &Program) -> Vec<Class<AppId>> {
    let (looks, mut evaluator) = (Looks::of(program), Evaluator::new(program));
    group(program.apps(), |app, key| looks.add_app(&mut evaluator, app, key))
}

fn group<T: Copy>(things: impl Iterator<Item = T>, mut key_of: impl FnMut(T, &mut Key)) -> Vec<Class<T>> {
    let mut classes: Vec<Class<T>> = Vec::new();
    let mut numbers: HashMap<Key, usize, FxBuildHasher> = HashMap::default();
    let mut key = Key::new();
    for thing in things {
        key.clear();
        key_of(thing, &mut key);
        match numbers.get(&key).and_then(|&number| classes.get_mut(number)) {
            Some(class) => class.members.push(thing),
            None => {
                numbers.insert(key.clone(), classes.len());
                classes.push(Class::of_one(thing));
            }
        }
    }
    classes
}
