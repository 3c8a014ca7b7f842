//! The clauses of rules: which kind of rule takes which, which it needs, and each at most once.

use super::{Lowering, Node};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, quoted_list};
use crate::syntax::ast::{AppSelection, Clauses, Condition, People, ScopeTerm, Spanned};
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

declare_code! {
    /// A clause or field that stands twice in one item.
    REPEATED_CLAUSE = Syntax, Error, "repeated-clause", "a clause or field that stands twice in one item"
}
declare_code! {
    /// A clause that its item cannot do without is not there.
    MISSING_CLAUSE = Syntax, Error, "missing-clause", "a clause that its item cannot do without is not there"
}
declare_code! {
    /// A clause that other items take, but not this one.
    MISPLACED_CLAUSE = Syntax, Error, "misplaced-clause", "a clause that other items take, but not this one"
}
declare_code! {
    /// The word `apps` alone, which does not say which apps.
    BARE_APPS = Syntax, Error, "bare-apps", "the word `apps` alone, which does not say which apps"
}

/// The clauses of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Clause {
    For,
    To,
    From,
    On,
    When,
    Reviewed,
    Starting,
    Until,
    Owner,
    Id,
    Because,
}

impl Clause {
    /// Every clause, in the order in which the formatter writes them.
    pub(in crate::syntax) const ALL: [Self; 11] = [
        Self::On,
        Self::For,
        Self::To,
        Self::From,
        Self::When,
        Self::Reviewed,
        Self::Starting,
        Self::Until,
        Self::Owner,
        Self::Id,
        Self::Because,
    ];

    /// Its keyword.
    pub(in crate::syntax) fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::To => "to",
            Self::From => "from",
            Self::On => "on",
            Self::When => "when",
            Self::Reviewed => "reviewed",
            Self::Starting => "starting",
            Self::Until => "until",
            Self::Owner => "owner",
            Self::Id => "id",
            Self::Because => "because",
        }
    }

    fn of(rule: Rule) -> Option<Self> {
        Some(match rule {
            Rule::for_people => Self::For,
            Rule::to_people => Self::To,
            Rule::from_people => Self::From,
            Rule::on_apps => Self::On,
            Rule::when => Self::When,
            Rule::reviewed => Self::Reviewed,
            Rule::starting => Self::Starting,
            Rule::until => Self::Until,
            Rule::owner => Self::Owner,
            Rule::id => Self::Id,
            Rule::because => Self::Because,
            _ => return None,
        })
    }

    /// What it looks like when written.
    fn example(self) -> &'static str {
        match self {
            Self::For => "for group NAME",
            Self::To => "to group NAME",
            Self::From => "from group NAME",
            Self::On => "on APPS",
            Self::When => "when CONDITION",
            Self::Reviewed => "reviewed SCOPES",
            Self::Starting => "starting YYYY-MM-DD",
            Self::Until => "until YYYY-MM-DD",
            Self::Owner => "owner EMAIL",
            Self::Id => "id NAME",
            Self::Because => "because \"…\"",
        }
    }
}

/// What one kind of item says about its clauses.
pub(in crate::syntax) struct RuleShape {
    /// Its keyword.
    pub keyword: &'static str,
    /// The clauses it takes, in the order in which the formatter writes them.
    pub takes: &'static [Clause],
    /// Those of them it needs.
    pub needs: &'static [Clause],
}

use Clause::{Because, For, From, Id, On, Owner, Reviewed, Starting, To, Until, When};

pub(in crate::syntax) static APPROVE: RuleShape = RuleShape {
    keyword: "approve",
    takes: &[For, When, Reviewed, Starting, Until, Owner, Id, Because],
    needs: &[For],
};
pub(in crate::syntax) static BLOCK: RuleShape =
    RuleShape { keyword: "block", takes: &[For, When, Starting, Until, Owner, Id, Because], needs: &[] };
pub(in crate::syntax) static WITHHOLD: RuleShape = RuleShape {
    keyword: "withhold",
    takes: &[On, From, When, Starting, Until, Owner, Id, Because],
    needs: &[From],
};
pub(in crate::syntax) static WAIVE: RuleShape = RuleShape {
    keyword: "waive",
    takes: &[On, For, Starting, Until, Owner, Id, Because],
    needs: &[For, Until, Because],
};
pub(in crate::syntax) static GRANT: RuleShape =
    RuleShape { keyword: "grant", takes: &[To, Starting, Until, Owner, Id, Because], needs: &[To] };
pub(in crate::syntax) static EXEMPT: RuleShape =
    RuleShape { keyword: "exempt", takes: &[When, Starting, Until, Because], needs: &[] };
pub(in crate::syntax) static ACCEPT: RuleShape =
    RuleShape { keyword: "accept", takes: &[Owner, Until, Because], needs: &[Owner, Until, Because] };

impl RuleShape {
    /// The shape of the items that a grammar rule reads.
    pub(in crate::syntax) fn of(rule: Rule) -> &'static Self {
        match rule {
            Rule::approve => &APPROVE,
            Rule::block => &BLOCK,
            Rule::withhold => &WITHHOLD,
            Rule::waive => &WAIVE,
            Rule::grant => &GRANT,
            Rule::accept => &ACCEPT,
            _ => &EXEMPT,
        }
    }
}

/// The clauses that were read.
#[derive(Default)]
pub(super) struct Tail {
    pub people: Option<People>,
    pub apps: Option<AppSelection>,
    pub when: Option<Condition>,
    pub reviewed: Option<Spanned<Vec<ScopeTerm>>>,
    pub clauses: Clauses,
    /// Whether a clause stands but could not be read: that was reported.
    pub broken: bool,
    /// The keywords of the clauses that stand, by clause.
    seen: [Option<Span>; 11],
}

impl Tail {
    fn seen(&self, clause: Clause) -> Option<Span> {
        self.seen.get(clause as usize).copied().flatten()
    }
}

impl Lowering<'_> {
    /// Reads the clauses of an item of shape `shape`.
    pub(super) fn tail<'i>(
        &mut self,
        clauses: impl Iterator<Item = Node<'i>>,
        shape: &RuleShape,
        head: Span,
    ) -> Tail {
        let mut tail = Tail::default();
        for node in clauses {
            let Some(clause) = Clause::of(node.as_rule()) else { continue };
            let keyword = self.first(&node, clause.word().len());
            if !shape.takes.contains(&clause) {
                self.push(misplaced(shape, clause, keyword));
                tail.broken = true;
                continue;
            }
            if let Some(first) = tail.seen(clause) {
                self.push(repeated(keyword, clause.word(), first));
                continue;
            }
            if let Some(seen) = tail.seen.get_mut(clause as usize) {
                *seen = Some(keyword);
            }
            self.clause(&mut tail, clause, node);
        }
        for &clause in shape.needs {
            if tail.seen(clause).is_none() {
                // `grant x for y`: the misplaced clause already says which one was meant.
                let names_people = matches!(clause, For | To | From);
                if !(tail.broken && names_people) {
                    self.push(missing(shape, clause, head));
                }
            }
        }
        tail
    }

    fn clause(&mut self, tail: &mut Tail, clause: Clause, node: Node<'_>) {
        let done = match clause {
            For | To | From => {
                tail.people = parts(node).next().and_then(|people| self.people(people));
                tail.people.is_some()
            }
            On => {
                tail.apps = parts(node).next().and_then(|apps| self.apps(apps));
                tail.apps.is_some()
            }
            When => {
                tail.when = parts(node).next().and_then(|condition| self.condition(condition));
                tail.when.is_some()
            }
            Reviewed => {
                let span = self.span(&node);
                tail.reviewed = Some(Spanned { value: self.scope_terms(node), span });
                true
            }
            Starting => {
                tail.clauses.starting = self.date(node);
                tail.clauses.starting.is_some()
            }
            Until => {
                tail.clauses.until = self.date(node);
                tail.clauses.until.is_some()
            }
            Owner => {
                tail.clauses.owner = self.owner(node);
                tail.clauses.owner.is_some()
            }
            Id => {
                tail.clauses.id = self.only_name(node);
                true
            }
            Because => {
                tail.clauses.because = self.only_name(node);
                true
            }
        };
        tail.broken |= !done;
    }
}

/// The finding for a clause or field that stands twice.
pub(in crate::syntax) fn repeated(span: Span, word: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&REPEATED_CLAUSE, span, format!("`{word}` stands twice"))
        .related(first, "it stands here already")
        .help("keep one of them; several values go into one list, separated by commas")
}

fn missing(shape: &RuleShape, clause: Clause, head: Span) -> Diagnostic {
    let (keyword, word) = (shape.keyword, clause.word());
    let help = match clause {
        For if keyword == "approve" => {
            "say whom: `for group NAME`, `for role NAME`, e-mail addresses, or `for everyone`".to_owned()
        }
        _ => format!("add `{}`", clause.example()),
    };
    Diagnostic::new(&MISSING_CLAUSE, head, format!("this `{keyword}` has no `{word}`")).help(help)
}

fn misplaced(shape: &RuleShape, clause: Clause, span: Span) -> Diagnostic {
    let (keyword, word) = (shape.keyword, clause.word());
    let people = shape.takes.iter().find(|taken| matches!(taken, For | To | From));
    let help = match (clause, people) {
        (For | To | From, Some(people)) => {
            format!("whom `{keyword}` is about is said with `{}`", people.word())
        }
        (Reviewed, _) => "only `approve` says which scopes were reviewed".to_owned(),
        _ => {
            let words = shape.takes.iter().map(|clause| clause.word());
            format!("after `{keyword}` may follow {}", quoted_list(words, "or"))
        }
    };
    Diagnostic::new(&MISPLACED_CLAUSE, span, format!("`{keyword}` takes no `{word}`")).help(help)
}

/// The finding for `apps` without a word that says which.
pub(in crate::syntax) fn bare_apps(span: Span) -> Diagnostic {
    Diagnostic::new(&BARE_APPS, span, "`apps` does not say which apps")
        .help("write `all apps`, `listed apps`, `unlisted apps`, `internal apps`, `apps by DEVELOPER` or `apps in ALLOWLIST`")
}
