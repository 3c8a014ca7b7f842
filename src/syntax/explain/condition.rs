//! Conditions.

use super::fault::{Fault, Heard, expected, expected_with, shown};
use super::selection::scope;
use super::value::{is_identifier, value};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, nearest};
use crate::syntax::cursor::{Cursor, Kind, Token};
use crate::syntax::scan::DEEPEST;
use crate::syntax::words;
use crate::text::Span;

declare_code! {
    /// An operator of other languages.
    UNSUPPORTED_OPERATOR = Syntax, Error, "unsupported-operator", "an operator that conditions do not have"
}
declare_code! {
    /// Parentheses that nest too deep.
    NESTING_TOO_DEEP = Syntax, Error, "nesting-too-deep", "parentheses that nest more than 64 deep"
}
declare_code! {
    /// A list without entries where at least one is needed.
    EMPTY_LIST = Syntax, Error, "empty-list", "a list without entries where at least one is needed"
}
declare_code! {
    /// A parenthesis or bracket without its partner.
    UNCLOSED_BRACKET = Syntax, Error, "unclosed-bracket", "a parenthesis or bracket that is never closed"
}
declare_code! {
    /// Two entries of a list without a comma between them.
    MISSING_COMMA = Syntax, Error, "missing-comma", "two entries of a list without a comma between them"
}

/// A condition; `depth` parentheses stand around it.
pub(super) fn condition(cursor: &mut Cursor<'_>, depth: usize) -> Heard {
    loop {
        operand(cursor, depth)?;
        let token = cursor.peek();
        match token.text {
            "and" | "or" => cursor.at = token.end(),
            "&&" | "||" => return Err(other_operator(cursor, token)),
            _ => return Ok(()),
        }
    }
}

fn operand(cursor: &mut Cursor<'_>, depth: usize) -> Heard {
    if cursor.take_word("not") && cursor.peek().is_word("not") {
        return Err(expected_with(
            cursor,
            "an attribute or `(` after `not`",
            "leave both `not` out: they cancel out",
        ));
    }
    let token = cursor.peek();
    if token.is_mark("(") {
        if depth >= DEEPEST {
            return Err(Box::new(too_deep(cursor.span(token))));
        }
        cursor.at = token.end();
        condition(cursor, depth + 1)?;
        if !cursor.take_mark(")") {
            return Err(unclosed(cursor, token, "`and`, `or` or `)`"));
        }
        return Ok(());
    }
    if token.is_mark("!") {
        return Err(other_operator(cursor, token));
    }
    if token.kind != Kind::Word || !is_identifier(token.text) {
        let help = "a condition compares attributes, such as `app.risk <= moderate`";
        return Err(expected_with(cursor, "an attribute", help));
    }
    cursor.at = token.end();
    predicate(cursor, token)
}

/// What may follow an attribute.
fn predicate(cursor: &mut Cursor<'_>, subject: Token<'_>) -> Heard {
    let token = cursor.peek();
    match token.text {
        "is" => {
            cursor.at = token.end();
            cursor.take_word("not");
            compared(cursor)
        }
        "<" | "<=" | ">" | ">=" => {
            cursor.at = token.end();
            compared(cursor)
        }
        "contains" => {
            cursor.at = token.end();
            value(cursor, "a value")?;
            contained(cursor)
        }
        "in" => {
            cursor.at = token.end();
            values(cursor, "in")
        }
        "any" | "all" => {
            cursor.at = token.end();
            if !cursor.take_word("in") {
                return Err(expected(cursor, &format!("`in` after `{}`", token.text)));
            }
            values(cursor, &format!("{} in", token.text))
        }
        "=" | "==" | "!=" | "!" => Err(other_operator(cursor, token)),
        "not" => Err(not_after(cursor, subject, token)),
        _ => flag_or_typo(cursor, token),
    }
}

/// The value that an attribute is compared with.
fn compared(cursor: &mut Cursor<'_>) -> Heard {
    let (token, after) = (cursor.peek(), cursor.peek_second());
    // `app.risk is until 2027-01-01`: the value is missing, although `until` could be one.
    let clause_follows = matches!(after.kind, Kind::Word | Kind::Text { .. })
        && !words::continues_condition(after.text)
        && words::item_named(after.text).is_none();
    if token.kind == Kind::Word && super::is_clause(token.text) && clause_follows {
        return Err(expected_with(
            cursor,
            "a value",
            "a value that is called like a clause is written in quotes",
        ));
    }
    value(cursor, "a value")
}

/// `contains set x` and `contains [x]` are tries at `any in`.
fn contained(cursor: &Cursor<'_>) -> Heard {
    let before = cursor.text.get(..cursor.at).unwrap_or("");
    let next = cursor.peek();
    if before.ends_with("set") && next.kind == Kind::Word && !words::continues_condition(next.text) {
        return Err(expected_with(
            cursor,
            "one value after `contains`",
            "for a set or several values write `any in [set NAME]`",
        ));
    }
    Ok(())
}

/// `[V, …]`
fn values(cursor: &mut Cursor<'_>, word: &str) -> Heard {
    let open = cursor.peek();
    if !cursor.take_mark("[") {
        let help = format!("the values stand in brackets: `{word} [a, b]`");
        return Err(expected_with(cursor, "`[`", &help));
    }
    if cursor.peek().is_mark("]") {
        let span = cursor.span(open).to(cursor.span(cursor.peek()));
        let fault =
            Diagnostic::new(&EMPTY_LIST, span, format!("nothing stands between the brackets after `{word}`"));
        return Err(Box::new(fault.help("list at least one value, or leave the test out")));
    }
    loop {
        scope(cursor)?;
        let comma = cursor.take_mark(",");
        if cursor.take_mark("]") {
            return Ok(());
        }
        if !comma {
            let token = cursor.peek();
            let list_goes_on = matches!(token.kind, Kind::Word | Kind::Text { closed: true })
                && !words::continues_condition(token.text)
                && words::item_named(token.text).is_none();
            return Err(if list_goes_on {
                missing_comma(cursor, token)
            } else {
                unclosed(cursor, open, "`,` or `]`")
            });
        }
    }
}

/// Words of other languages and what they are here.
const SYNONYMS: [(&str, &str); 14] = [
    ("equals", "is"),
    ("eq", "is"),
    ("are", "is"),
    ("was", "is"),
    ("isnt", "is not"),
    ("ne", "is not"),
    ("has", "contains"),
    ("have", "contains"),
    ("includes", "contains"),
    ("lt", "<"),
    ("le", "<="),
    ("gt", ">"),
    ("ge", ">="),
    ("within", "in"),
];

/// A bare flag, unless the word after it was meant as a comparison.
fn flag_or_typo(cursor: &Cursor<'_>, token: Token<'_>) -> Heard {
    if token.kind != Kind::Word
        || words::continues_condition(token.text)
        || words::item_named(token.text).is_some()
    {
        return Ok(());
    }
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == token.text).map(|(_, here)| *here);
    let near =
        synonym.or_else(|| nearest(token.text, ["is", "in", "any in", "all in", "contains", "and", "or"]));
    if near.is_none() && cursor.first_of_line(token) {
        return Ok(());
    }
    let mut fault =
        expected(cursor, "`is`, `is not`, `in`, `any in`, `all in`, `contains`, `<`, `<=`, `>` or `>=`");
    fault.help = fault.help.or(near.map(|near| format!("did you mean `{near}`?")));
    Err(fault)
}

fn other_operator(cursor: &Cursor<'_>, token: Token<'_>) -> Fault {
    let (here, what) = match token.text {
        "=" | "==" => ("is", "equality is written"),
        "!=" => ("is not", "inequality is written"),
        "&&" => ("and", "both is written"),
        "||" => ("or", "either is written"),
        _ => ("not ", "the opposite is written"),
    };
    let span = cursor.span(token);
    let word = here.trim_end();
    let fix = Fix::suggestion(format!("write `{word}`"), vec![Edit { span, text: here.to_owned() }]);
    let fault = Diagnostic::new(&UNSUPPORTED_OPERATOR, span, format!("conditions have no `{}`", token.text));
    Box::new(fault.help(format!("{what} `{word}`")).fix(fix))
}

/// `X not in […]` and the like.
fn not_after(cursor: &Cursor<'_>, subject: Token<'_>, not: Token<'_>) -> Fault {
    let mut after = *cursor;
    after.at = not.end();
    let next = after.peek();
    let rest = match next.text {
        "in" => "in […]",
        "any" => "any in […]",
        "all" => "all in […]",
        "contains" => "contains …",
        _ => {
            let help = format!("write `not {}` or `{} is not …`", subject.text, subject.text);
            return expected_with(cursor, "a comparison", &help);
        }
    };
    let span = cursor.span(not).to(cursor.span(next));
    let message = format!("conditions have no `not {}`", next.text);
    let fix = Fix::suggestion(
        "put `not` before the attribute",
        vec![
            Edit { span: cursor.span(Token { text: "", ..subject }), text: "not ".to_owned() },
            Edit { span: Span::new(cursor.file, not.start, next.start), text: String::new() },
        ],
    );
    let fault = Diagnostic::new(&UNSUPPORTED_OPERATOR, span, message);
    Box::new(fault.help(format!("write `not {} {rest}`", subject.text)).fix(fix))
}

/// The finding for a parenthesis that stands within too many others.
pub(in crate::syntax) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(&NESTING_TOO_DEEP, span, format!("parentheses nest more than {DEEPEST} deep"))
        .help("split the condition over several rules")
}

/// The finding for a parenthesis or bracket whose partner is not where it would have to be.
fn unclosed(cursor: &Cursor<'_>, open: Token<'_>, what: &str) -> Fault {
    let token = cursor.peek();
    if let Some(fault) = super::fault::peculiar(cursor, token) {
        return fault;
    }
    let found = if token.kind == Kind::End {
        "the file ends".to_owned()
    } else {
        format!("{} stands", shown(token.text))
    };
    let message = format!("this `{}` is not closed: {found} where {what} is expected", open.text);
    let at = if token.kind == Kind::End { super::fault::end_of(cursor) } else { cursor.span(token) };
    let partner = if open.text == "(" { ")" } else { "]" };
    let fault = Diagnostic::new(&UNCLOSED_BRACKET, cursor.span(open), message);
    Box::new(fault.related(at, "expected before this").help(format!("add `{partner}`")))
}

/// The finding for an entry of a list that follows another without a comma.
pub(in crate::syntax) fn missing_comma(cursor: &Cursor<'_>, token: Token<'_>) -> Fault {
    let place = Span::new(cursor.file, cursor.at, cursor.at);
    let fix = Fix::suggestion("add the comma", vec![Edit { span: place, text: ",".to_owned() }]);
    let fault = Diagnostic::new(
        &MISSING_COMMA,
        cursor.span(token),
        format!("a comma is missing before {}", shown(token.text)),
    );
    Box::new(fault.help("the entries of a list are separated by commas").fix(fix))
}
