//! Three-valued logic.

/// What is known of a statement: strong Kleene logic, in which `and` is the least and `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    /// It does not hold.
    False,
    /// A fact that decides is not known.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either.
    pub(super) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite.
    pub(super) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};

    #[test]
    fn the_tables_are_kleenes() {
        let all = [False, Unknown, True];
        for a in all {
            assert_eq!(a.not().not(), a);
            for b in all {
                assert_eq!(a.and(b).not(), a.not().or(b.not()));
            }
        }
        assert_eq!((False.and(Unknown), True.and(Unknown)), (False, Unknown));
        assert_eq!((False.or(Unknown), True.or(Unknown)), (Unknown, True));
    }
}
