//! What came of tests.

use std::time::Duration;

use crate::decision::Decision;
use crate::model::{Assertion, PolicyTest};
use crate::terms::ReasonCode;
use crate::text::Date;

/// What came of one test.
#[derive(Clone, Debug)]
pub struct TestResult<'m> {
    /// The test.
    pub test: &'m PolicyTest,
    /// The day it was judged on.
    pub day: Date,
    /// What came of each assertion, in order.
    pub assertions: Vec<AssertionResult<'m>>,
    /// How long judging it took, by the clock that [`Suite::run_timed`](super::Suite::run_timed) was given; what tests share, such as
    /// compiling, is not in it.
    pub time: Duration,
}

impl TestResult<'_> {
    /// Whether every assertion holds. A test without any holds.
    pub fn passed(&self) -> bool {
        self.assertions.iter().all(|assertion| assertion.failure.is_none())
    }
}

/// What came of one assertion.
#[derive(Clone, Debug)]
pub struct AssertionResult<'m> {
    /// The assertion.
    pub assertion: &'m Assertion,
    /// How many pairs of a user and an app it is about.
    pub pairs: u64,
    /// Why it does not hold; `None`: it does.
    pub failure: Option<Failure>,
    /// What a `deny` does not find, so that it holds of nothing.
    pub vacuous: Option<Nothing>,
}

/// Why an assertion does not hold.
#[derive(Clone, Debug)]
pub enum Failure {
    /// It names users who exist nowhere.
    NoSuchUsers(Vec<String>),
    /// It is about nobody or nothing.
    Vacuous(Nothing),
    /// `allow`: some may not.
    Denied {
        /// How many pairs.
        pairs: u64,
        /// The first of them, explained.
        witness: Box<Decision>,
    },
    /// `deny`: some may, or are denied for other reasons.
    NotDenied {
        /// How many pairs may.
        allowed: u64,
        /// How many are denied without all the reasons that are asked for.
        otherwise: u64,
        /// Which of the reasons asked for are lacking somewhere.
        lacking: Vec<ReasonCode>,
        /// The first that may; else the first that is denied for other reasons.
        witness: Box<Decision>,
    },
    /// `only`: others may than those.
    Differs {
        /// Who should and may not, by app.
        missing: Vec<AppNames>,
        /// Who may and should not, by app.
        extra: Vec<AppNames>,
        /// The first of `extra`, else of `missing`, explained.
        witness: Box<Decision>,
    },
}

/// Users of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppNames {
    /// The app.
    pub app: String,
    /// How many users.
    pub count: u64,
    /// The first of them by address: at most [`AppNames::MOST`].
    pub users: Vec<String>,
}

impl AppNames {
    /// So many users are named of one app.
    pub const MOST: usize = 20;
}

/// What an assertion does not find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// No user is selected.
    NoUser,
    /// No app is selected.
    NoApp,
    /// Users and apps are, but `when` leaves no pair of them.
    NoPair,
}

impl Nothing {
    /// In words: `no user is selected`.
    pub fn text(self) -> &'static str {
        match self {
            Self::NoUser => "no user is selected",
            Self::NoApp => "no app is selected",
            Self::NoPair => "`when` leaves no user with an app",
        }
    }
}
