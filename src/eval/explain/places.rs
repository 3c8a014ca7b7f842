//! Rules by their places.

use crate::decision::RuleRef;
use crate::program::{Name, Program};
use crate::text::RuleId;

/// The rule by its place; `because` inside it only where the JSON has it there.
pub(super) fn rule_ref(program: &Program, rule: RuleId, with_because: bool) -> Option<RuleRef> {
    let text = program.rules.texts.get(rule)?;
    let owned = |name: Option<Name>| name.map(|name| program.names.text(name).to_owned());
    Some(RuleRef {
        id: owned(text.id),
        file: program.names.text(text.file).to_owned(),
        line: text.line,
        column: text.column,
        because: if with_because { owned(text.because) } else { None },
        span: text.head,
        owner: owned(text.owner),
    })
}

/// Why the rule exists.
pub(super) fn because(program: &Program, rule: RuleId) -> Option<String> {
    let because = program.rules.texts.get(rule)?.because?;
    Some(program.names.text(because).to_owned())
}
