//! Declared attributes.

use super::fault::{Heard, UNEXPECTED_TEXT, expected, expected_with};
use super::value::{is_identifier, name};
use crate::diagnostics::{Diagnostic, Edit, Fix};
use crate::syntax::cursor::{Cursor, Kind};
use crate::syntax::resume;
use crate::text::Span;

/// `attribute OWNER.NAME: TYPE`, from its keyword; the next token must be able to follow it.
pub(super) fn attribute(cursor: &mut Cursor<'_>) -> Heard {
    cursor.next();
    let token = cursor.peek();
    // `user.team:text` is one run of characters here.
    let path = token.text.split(':').next().unwrap_or(token.text);
    if token.kind != Kind::Word || !is_identifier(path) || path.is_empty() {
        let help = "an attribute is declared as `attribute user.department: text`";
        return Err(expected_with(cursor, "`user.`, `app.` or `developer.` and a name", help));
    }
    cursor.at = token.start + path.len();
    if !cursor.take_mark(":") && !take_colon(cursor) {
        let place = Span::new(cursor.file, cursor.at, cursor.at);
        let mut fault = expected(cursor, "`:` and the attribute's type");
        fault.fix = Some(Fix::suggestion("add `:`", vec![Edit { span: place, text: ":".to_owned() }]));
        return Err(fault);
    }
    attribute_type(cursor)?;
    let token = cursor.peek();
    if resume::may_follow_item(cursor, token) {
        return Ok(());
    }
    if token.is_mark("<") || token.is_mark(",") {
        let fault = Diagnostic::new(
            &UNEXPECTED_TEXT,
            cursor.span(token),
            "a type has either `,` or `<` between its values",
        );
        return Err(Box::new(
            fault.help("`<` throughout for values with an order, `,` throughout for values without"),
        ));
    }
    Err(expected(cursor, "the next item"))
}

/// A colon that a word follows directly.
fn take_colon(cursor: &mut Cursor<'_>) -> bool {
    let next = cursor.peek();
    let taken = next.text.starts_with(':');
    if taken {
        cursor.at = next.start + 1;
    }
    taken
}

fn attribute_type(cursor: &mut Cursor<'_>) -> Heard {
    const TYPES: &str = "`text`, `flag`, `number`, `date` or `one of`";
    let token = cursor.peek();
    if token.kind != Kind::Word || !is_identifier(token.text) {
        return Err(expected(cursor, TYPES));
    }
    cursor.at = token.end();
    if token.text != "one" || !cursor.take_word("of") {
        return Ok(());
    }
    name(cursor, "a value")?;
    let joint = cursor.peek();
    while (joint.is_mark(",") || joint.is_mark("<")) && cursor.take_mark(joint.text) {
        name(cursor, "a value")?;
    }
    Ok(())
}
