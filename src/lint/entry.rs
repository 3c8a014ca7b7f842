//! Taking one entry out of a list, with the comma that goes with it.

use crate::diagnostics::Edit;
use crate::text::{SourceMap, Span};

/// The edit that takes `entry` out of its list. `None` where it is the only entry, and where a comment stands so close that it would be
/// lost or come to stand with another entry.
pub(super) fn without(sources: &SourceMap, entry: Span) -> Option<Edit> {
    let text = sources.file(entry.file).text();
    let before = text.get(..entry.start as usize)?;
    let after = text.get(entry.end as usize..)?;
    if sources.slice(entry).contains('#') || is_commented(after) || is_headed(before) {
        return None;
    }
    let (start, end) = match before.trim_end().strip_suffix(',') {
        Some(head) if last_line(head).contains('#') => return None,
        Some(head) => match next_on_line(before, after) {
            Some(next) => (before.len(), before.len() + entry.len() + next),
            None => (head.len(), before.len() + entry.len()),
        },
        None => (before.len(), before.len() + entry.len() + next_entry(after)?),
    };
    Some(Edit { span: Span::new(entry.file, start, end), text: String::new() })
}

/// The edit that takes out `except ENTRY` where it is all that is excepted.
pub(super) fn without_exception(sources: &SourceMap, entry: Span) -> Option<Edit> {
    let text = sources.file(entry.file).text();
    let before = text.get(..entry.start as usize)?;
    let after = text.get(entry.end as usize..)?;
    let kept = before.trim_end().strip_suffix("except")?;
    let head = kept.trim_end();
    let more = after.trim_start().starts_with(',');
    let commented =
        sources.slice(entry).contains('#') || is_commented(after) || last_line(head).contains('#');
    if head.len() == kept.len() || more || commented {
        return None;
    }
    Some(Edit { span: Span::new(entry.file, head.len(), entry.end as usize), text: String::new() })
}

/// Whether a comment follows on the same line, which then is about what stands before it.
fn is_commented(after: &str) -> bool {
    after.trim_start_matches([' ', '\t', ',']).starts_with('#')
}

/// Whether a comment stands on the line above an entry that begins its line, and so is about what follows it.
fn is_headed(before: &str) -> bool {
    let above = before.trim_end_matches([' ', '\t']).trim_end_matches(['\n', '\r']);
    above.len() < before.trim_end_matches([' ', '\t']).len() && last_line(above).contains('#')
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

/// How far the next entry is, where it stands on the same line and the entry begins its line.
fn next_on_line(before: &str, after: &str) -> Option<usize> {
    let begins = last_line(before).trim().is_empty();
    let next = next_entry(after).filter(|_| begins)?;
    after.get(..next).filter(|gap| !gap.contains('\n')).map(str::len)
}

/// How far the next entry is, over the comma.
fn next_entry(after: &str) -> Option<usize> {
    let rest = after.trim_start().strip_prefix(',')?.trim_start();
    let ends = rest.is_empty() || rest.starts_with(['}', ']', '#']);
    (!ends).then(|| after.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without what stands between `<` and `>`.
    fn cut(text: &str, edit: impl Fn(&SourceMap, Span) -> Option<Edit>) -> Option<String> {
        let (start, end) = (text.find('<')?, text.find('>')? - 1);
        let plain = text.replace(['<', '>'], "");
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", plain.clone());
        let edit = edit(&sources, Span::new(file, start, end))?;
        let mut cut = plain;
        cut.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        Some(cut)
    }

    #[test]
    fn an_entry_goes_with_its_comma() {
        for (before, after) in [
            ("for a, <b>, c when x", "for a, c when x"),
            ("for <a>, b", "for b"),
            ("for a, <b>", "for a"),
            ("{\n  a,\n  <b>,\n  c\n}", "{\n  a,\n  c\n}"),
            ("{\n  a,\n  <b>\n}", "{\n  a\n}"),
            ("{\n  a,\n  <b>,\n}", "{\n  a,\n}"),
            ("{\n  <a>,\n  b\n}", "{\n  b\n}"),
            ("{\n  a, b,\n  <c>, d\n}", "{\n  a, b,\n  d\n}"),
            ("{\n  a, <b>,\n  c\n}", "{\n  a,\n  c\n}"),
            ("{\n  # who\n  a,\n  <b>,\n  c\n}", "{\n  # who\n  a,\n  c\n}"),
        ] {
            assert_eq!(cut(before, without).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn comments_and_only_entries_stay() {
        for text in [
            "for <a>",
            "{ <a>, }",
            "{ a, <b> # the boss\n}",
            "{\n  a, # yes,\n  <b>\n}",
            "{\n  # who, where,\n  <b>, c\n}",
            "{ <a>, # x\n b }",
            "{ a, <apps by # whom\n b> }",
            "{\n  a,\n  # the boss\n  <b>,\n  c\n}",
            "{\n  # the boss\n  <a>,\n  b\n}",
            "{\n  a,\n  # the boss\n\n  <b>,\n  c\n}",
        ] {
            assert_eq!(cut(text, without), None, "{text}");
        }
    }

    #[test]
    fn an_exception_goes_with_its_word() {
        assert_eq!(cut("for a except <b>\n  when x", without_exception).as_deref(), Some("for a\n  when x"));
        assert_eq!(cut("for a\n  except\n    <b>", without_exception).as_deref(), Some("for a"));
        assert_eq!(cut("for a except <b>, c", without_exception), None);
        assert_eq!(cut("for a except <b> # they know", without_exception), None);
    }
}
