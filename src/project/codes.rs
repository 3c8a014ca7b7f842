//! Every kind of finding there is.

use super::discovery::{MISSING_FILE, NO_POLICIES, SYMLINK_LOOP, UNKNOWN_FORMAT, UNMATCHED_PATTERN};
use super::settings::{
    FIXED_LEVEL, MALFORMED_SETTINGS, UNKNOWN_CODE, UNKNOWN_LIBRARY, UNKNOWN_SETTING, WRONG_SETTING,
};
use super::suppressions::{EXPIRED_SUPPRESSION, UNUSED_SUPPRESSION};
use super::texts::{FILE_TOO_LARGE, NOT_UTF8, UNREADABLE_FILE};
use crate::diagnostics::Code;
use crate::{check, facts, lint, model, suite, syntax};

/// The kinds of findings that this module raises.
pub static CODES: &[&Code] = &[
    &EXPIRED_SUPPRESSION,
    &FILE_TOO_LARGE,
    &FIXED_LEVEL,
    &MALFORMED_SETTINGS,
    &MISSING_FILE,
    &NO_POLICIES,
    &NOT_UTF8,
    &SYMLINK_LOOP,
    &UNKNOWN_CODE,
    &UNKNOWN_FORMAT,
    &UNKNOWN_LIBRARY,
    &UNKNOWN_SETTING,
    &UNMATCHED_PATTERN,
    &UNREADABLE_FILE,
    &UNUSED_SUPPRESSION,
    &WRONG_SETTING,
];

/// The kind of findings that a name stands for: `unknown-role`, or `resolve/unknown-role` as reports print it.
pub fn code(written: &str) -> Option<&'static Code> {
    let (stage, name) = stage_and_name(written);
    let fits = |code: &&Code| code.name == name && stage.is_none_or(|stage| code.stage.name() == stage);
    codes().into_iter().find(fits)
}

/// The parts of a code as people write it: its stage, which may be left out, and its name.
pub fn stage_and_name(written: &str) -> (Option<&str>, &str) {
    written.split_once('/').map_or((None, written), |(stage, name)| (Some(stage), name))
}

/// The kinds of findings of every module, in the order of the stages.
pub fn codes() -> Vec<&'static Code> {
    [CODES, syntax::CODES, facts::CODES, model::CODES, check::CODES, lint::CODES, suite::CODES].concat()
}
