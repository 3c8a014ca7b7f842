//! How a run ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::project::reason;

/// How a run ends, as the exit code of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything is fine, or the answer is allow.
    Fine = 0,
    /// There are findings to act on.
    Findings = 1,
    /// The usage is wrong or the input is invalid: a policy with errors, an unknown user.
    Invalid = 2,
    /// The answer is deny.
    Deny = 3,
    /// admit itself failed.
    Internal = 4,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub(super) enum Failure {
    /// What was asked for makes no sense; with what to do about it.
    Invalid { message: String, help: Option<String> },
    /// Output could not be written, or something else outside failed.
    Internal(String),
}

impl Failure {
    /// What was asked for makes no sense.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid { message: message.into(), help: None }
    }
    /// … and this helps.
    pub(super) fn help(self, text: impl Into<String>) -> Self {
        match self {
            Self::Invalid { message, .. } => Self::Invalid { message, help: Some(text.into()) },
            other => other,
        }
    }
    /// The exit code that goes with it.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Invalid { .. } => Exit::Invalid,
            Self::Internal(_) => Exit::Internal,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { message, .. } | Self::Internal(message) => f.write_str(message),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Internal(format!("cannot write the output: {}", reason(&error)))
    }
}
