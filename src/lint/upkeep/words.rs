//! What rules and days are called in messages.

use super::Context;
use crate::model::Rule;
use crate::text::Date;

/// `` the `block` `no-capture` ``, or `` this `block` `` where it has no id.
pub(in crate::lint) fn this(context: &Context<'_>, rule: &Rule) -> String {
    let effect = rule.effect.name();
    match rule.id {
        Some((id, _)) => format!("the `{effect}` `{}`", context.model.name(id)),
        None => format!("this `{effect}`"),
    }
}

/// `today`, `tomorrow`, `in 12 days`; `yesterday`, `12 days ago`.
pub(super) fn when(day: Date, today: Date) -> String {
    match today.days_until(day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let day = |text| Date::parse(text).unwrap();
        let said = |text| when(day(text), day("2026-12-01"));
        assert_eq!(
            ["2026-12-01", "2026-12-02", "2026-12-13", "2026-11-30", "2025-12-01"].map(said),
            ["today", "tomorrow", "in 12 days", "yesterday", "365 days ago"]
        );
    }
}
