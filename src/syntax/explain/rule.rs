//! Rules, their clauses, and accepted widenings.

use super::condition::{condition, missing_comma};
use super::fault::{Fault, Heard, UNEXPECTED_TEXT, expected, expected_with, peculiar, shown};
use super::selection::{apps, people, scopes};
use super::value::{date, name, owner, text};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::syntax::cursor::{Cursor, Kind, Token};
use crate::syntax::grammar::Rule;
use crate::syntax::lower::{Clause, RuleShape};
use crate::syntax::{resume, words};

declare_code! {
    /// A word where a clause or field should start that starts none.
    UNKNOWN_CLAUSE = Syntax, Error, "unknown-clause", "a word that starts no clause of the item it stands in"
}

/// A rule, from its keyword to its last clause; the next token must be able to follow it.
pub(super) fn rule(cursor: &mut Cursor<'_>, rule: Rule) -> Heard {
    let keyword = cursor.next();
    let first = cursor.peek();
    let heard = subject(cursor, rule).and_then(|()| tail(cursor, RuleShape::of(rule), rule));
    match heard {
        // `approve for everyone`: what is missing stands before the word that was read as a name.
        Err(_)
            if first.kind == Kind::Word && Clause::ALL.iter().any(|clause| clause.word() == first.text) =>
        {
            let mut at_first = *cursor;
            at_first.at = keyword.end();
            let help = format!("say which before `{}`", first.text);
            Err(expected_with(&at_first, what_of(rule), &help))
        }
        heard => heard,
    }
}

fn what_of(rule: Rule) -> &'static str {
    match rule {
        Rule::withhold => "scopes",
        Rule::waive => "the id of a rule",
        Rule::grant => "the name of a role",
        Rule::accept => "people",
        _ => "apps",
    }
}

/// What a rule is about.
pub(in crate::syntax) fn subject(cursor: &mut Cursor<'_>, rule: Rule) -> Heard {
    match rule {
        Rule::withhold => scopes(cursor),
        Rule::waive | Rule::grant => name(cursor, what_of(rule)),
        Rule::accept => {
            people(cursor)?;
            if !cursor.take_word("gain") {
                return Err(near_word(cursor, "`gain` and the apps they gain", &["gain"]));
            }
            apps(cursor)
        }
        _ => apps(cursor),
    }
}

/// The finding that one of `words` was expected, with the one that was meant.
pub(in crate::syntax) fn near_word(cursor: &Cursor<'_>, what: &str, words: &[&'static str]) -> Fault {
    let mut fault = expected(cursor, what);
    let near = nearest(cursor.peek().text, words.iter().copied());
    fault.help = fault.help.or(near.map(|near| format!("did you mean `{near}`?")));
    fault
}

/// The clauses of a rule, up to a token that can follow it.
fn tail(cursor: &mut Cursor<'_>, shape: &RuleShape, rule: Rule) -> Heard {
    let mut seen: Vec<Clause> = Vec::new();
    // Whether a comma could have gone on with a list.
    let mut after_list = !matches!(rule, Rule::waive | Rule::grant);
    loop {
        let token = cursor.peek();
        let clause = Clause::ALL.into_iter().find(|clause| token.is_word(clause.word()));
        let Some(clause) = clause else {
            if ends_rule(cursor, token, rule) {
                return Ok(());
            }
            return Err(not_a_clause(cursor, token, shape, &seen, after_list));
        };
        cursor.at = token.end();
        one_clause(cursor, clause)?;
        seen.push(clause);
        after_list =
            matches!(clause, Clause::For | Clause::To | Clause::From | Clause::On | Clause::Reviewed);
    }
}

/// Whether the rule may end before `token`.
fn ends_rule(cursor: &Cursor<'_>, token: Token<'_>, rule: Rule) -> bool {
    if rule == Rule::exempt {
        return token.kind == Kind::End
            || token.is_mark("}")
            || token.is_word("exempt")
            || token.is_word("approval");
    }
    resume::may_follow_item(cursor, token)
}

/// What follows the keyword of a clause.
pub(super) fn one_clause(cursor: &mut Cursor<'_>, clause: Clause) -> Heard {
    match clause {
        Clause::For | Clause::To | Clause::From => people(cursor),
        Clause::On => apps(cursor),
        Clause::When => condition(cursor, 0),
        Clause::Reviewed => scopes(cursor),
        Clause::Starting | Clause::Until => date(cursor),
        Clause::Owner => owner(cursor),
        Clause::Id => name(cursor, "a name"),
        Clause::Because => text(cursor, "a reason in double quotes"),
    }
}

/// The finding for a token behind a rule that is neither a clause nor the next item.
fn not_a_clause(
    cursor: &Cursor<'_>,
    token: Token<'_>,
    shape: &RuleShape,
    seen: &[Clause],
    after_list: bool,
) -> Fault {
    if let Some(fault) = peculiar(cursor, token) {
        return fault;
    }
    let span = cursor.span(token);
    let needed = shape.needs.iter().find(|clause| !seen.contains(clause));
    let whom = needed.filter(|clause| matches!(clause, Clause::For | Clause::To | Clause::From));
    if let (Some(whom), true) =
        (whom, token.is_word("group") || token.is_word("role") || token.text.contains('@'))
    {
        let message = format!("expected `{}` before {}", whom.word(), shown(token.text));
        let help = format!("say whom with `{} {} …`", whom.word(), token.text);
        return Box::new(Diagnostic::new(&UNEXPECTED_TEXT, span, message).help(help));
    }
    let takes = || shape.takes.iter().map(|clause| clause.word());
    if token.kind == Kind::Word
        && let Some(near) = nearest(token.text, takes())
    {
        let message = format!("{} starts no clause of `{}`", shown(token.text), shape.keyword);
        return Box::new(
            Diagnostic::new(&UNKNOWN_CLAUSE, span, message).help(format!("did you mean `{near}`?")),
        );
    }
    if after_list && matches!(token.kind, Kind::Word | Kind::Text { .. }) && !cursor.first_of_line(token) {
        return missing_comma(cursor, token);
    }
    let what = match needed {
        Some(needed) => format!("`{}` or another clause", needed.word()),
        None => "a clause or the next item".to_owned(),
    };
    let mut fault = expected(cursor, &what);
    if token.kind == Kind::Word {
        fault.code = &UNKNOWN_CLAUSE;
    }
    let rest = shape.takes.iter().filter(|clause| !seen.contains(clause)).map(|clause| clause.word());
    fault.help =
        fault.help.or_else(|| Some(format!("`{}` takes {}", shape.keyword, quoted_list(rest, "and"))));
    fault
}

/// Whether `word` is the keyword of a clause of a rule.
pub(in crate::syntax) fn is_clause(word: &str) -> bool {
    Clause::ALL.iter().any(|clause| clause.word() == word)
}

/// The keyword of an item that was misspelled, or of a clause that stands alone.
pub(super) fn unknown_item(cursor: &Cursor<'_>, token: Token<'_>) -> Fault {
    if let Some(fault) = peculiar(cursor, token) {
        return fault;
    }
    if token.is_mark("}") {
        return super::fault::stray_brace(cursor, token);
    }
    let span = cursor.span(token);
    if token.kind != Kind::Word {
        return expected(cursor, "an item such as `approve` or `role`");
    }
    if words::item_named(token.text).is_some() {
        // The keyword is right, but a mark is stuck to it.
        let behind = Cursor { at: token.end(), ..*cursor };
        return expected(&behind, &format!("a space and what `{}` is about", token.text));
    }
    let near = words::near_keyword(token.text).filter(|near| *near != token.text);
    let message = format!("{} starts no item", shown(token.text));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if is_clause(token.text) => {
            format!("`{}` is a clause of a rule and follows what the rule is about", token.text)
        }
        None => {
            let items = words::ITEMS.iter().map(|(word, _)| *word);
            format!("an item starts with {}", quoted_list(items, "or"))
        }
    };
    Box::new(Diagnostic::new(&super::UNKNOWN_ITEM, span, message).help(help))
}
