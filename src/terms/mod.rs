//! Layer 0: the fixed words of the language that every stage shares.

use std::borrow::Cow;
use std::fmt;

mod pattern;
mod written;

pub use pattern::pattern_matches;
pub use written::{is_unseen, quoted, written, written_value};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every one, in the order of their meaning.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word people write.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The one that `word` names, if any.
            pub fn from_name(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

words! {
    /// The kinds of things that carry attributes.
    EntityKind {
        /// A user.
        User = "user",
        /// An app.
        App = "app",
        /// A developer.
        Developer = "developer",
    }
}

words! {
    /// The level of a scope: how far it reaches.
    Level {
        /// The authorising user's own data.
        User = "user",
        /// Everyone in the account.
        Admin = "admin",
        /// Sub-accounts too, from the master account.
        Master = "master",
    }
}

impl Level {
    /// The word in scope lists: `user-level`, `admin-level` or `master-level`.
    pub fn list_word(self) -> &'static str {
        match self {
            Self::User => "user-level",
            Self::Admin => "admin-level",
            Self::Master => "master-level",
        }
    }

    /// The level of a scope that no catalogue knows: `master` if any part between colons is `master`, else `admin` if any part is
    /// `admin`, else `user`.
    pub fn of_unknown_scope(scope: &str) -> Self {
        if scope.split(':').any(|part| part == "master") {
            Self::Master
        } else if scope.split(':').any(|part| part == "admin") {
            Self::Admin
        } else {
            Self::User
        }
    }
}

words! {
    /// Who makes an app.
    DeveloperKind {
        /// The marketplace's own company.
        Zoom = "zoom",
        /// Somebody inside the account.
        Internal = "internal",
        /// Anybody else.
        ThirdParty = "third-party",
    }
}

words! {
    /// Where an app is shown.
    Listing {
        /// In the marketplace.
        Listed = "listed",
        /// Only by its link.
        Unlisted = "unlisted",
    }
}

words! {
    /// How far along an app is.
    Stage {
        /// Reviewed and open to everyone.
        Published = "published",
        /// Open for testing until its end.
        Beta = "beta",
        /// Being developed.
        Development = "development",
        /// Not meant to be published.
        Private = "private",
    }
}

words! {
    /// Who adds an app: each user for themself, or an admin for the account.
    ManagedBy {
        /// Each user.
        User = "user",
        /// An admin.
        Admin = "admin",
    }
}

words! {
    /// Why a query is denied.
    ReasonCode {
        /// The app cannot be added by anybody on that day.
        Unavailable = "unavailable",
        /// A `block` applies.
        Blocked = "blocked",
        /// Approval is required and none covers the user.
        ApprovalRequired = "approval-required",
        /// Only an installer may add the app.
        AdminManaged = "admin-managed",
        /// The user does not hold every required scope.
        MissingScopes = "missing-scopes",
        /// A fact that decides is not known.
        UnknownFact = "unknown-fact",
        /// (Actions other than `install`.) The acting user lacks a privilege.
        MissingPrivilege = "missing-privilege",
        /// (`use`.) The app does not ask for the scope, nor for one that implies it.
        NotAsked = "not-asked",
    }
}

words! {
    /// An order comparison in a condition.
    CompareOp {
        /// Less.
        Less = "<",
        /// Less or equal.
        LessOrEqual = "<=",
        /// Greater.
        Greater = ">",
        /// Greater or equal.
        GreaterOrEqual = ">=",
    }
}

impl CompareOp {
    /// Whether the comparison holds between two values that compare as `ordering`.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// An e-mail address in the form it is stored and compared in: lower case.
pub fn fold_email(email: &str) -> Cow<'_, str> {
    if email.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(email)
    } else {
        Cow::Owned(email.to_lowercase())
    }
}
