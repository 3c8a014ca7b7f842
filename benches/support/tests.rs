//! Policy tests of the synthetic account.

use super::account::{DAY, Size, app, email};

/// Tests that nobody may install something: a fourth each about one user and one app, a group and one app, everyone and one app, and a group
/// and all apps that capture meetings. Not all of them hold.
pub fn tests(size: Size, count: usize) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(7);
    let test = |number: usize| {
        let about = match number % 4 {
            0 => {
                let (user, app) = (email(random.usize(..size.users)), app(random.usize(..size.apps)));
                format!("{user} install {app}")
            }
            1 => {
                let (group, app) = (random.usize(..size.groups), app(random.usize(..size.apps)));
                format!("group team-{group} install {app}")
            }
            2 => format!("everyone install {}", app(random.usize(..size.apps))),
            _ => {
                let group = random.usize(..size.groups) / 8;
                format!("group unit-{group} install all apps when app.scopes any in [set capture]")
            }
        };
        format!("test \"{number}\" at {DAY} {{ deny {about} }}\n")
    };
    (0..count).map(test).collect()
}
