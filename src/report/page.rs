//! The page of a code as text.

use super::wrap::{hang, wrap};
use super::{Look, Mark};

/// Markdown as text for a terminal or a screen reader: headings in bold, paragraphs and lists wrapped, blocks of code indented.
///
/// Knows what the pages of codes use: `#` headings, fenced blocks, `-` lists, `` `code` `` and `**strong**` within lines.
pub fn page(markdown: &str, look: Look) -> String {
    let mut out = String::new();
    let mut paragraph = String::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            flush(&mut paragraph, look, &mut out);
            fenced = !fenced;
            if let (true, Some((_, file))) = (fenced, line.split_once("file=")) {
                out.push_str(&format!("    {}\n", look.dim(file)));
            }
        } else if fenced {
            out.push_str(format!("    {}", look.marked(Mark::Note, line)).trim_end());
            out.push('\n');
        } else if let Some(heading) = line.strip_prefix('#') {
            flush(&mut paragraph, look, &mut out);
            out.push_str(&format!(
                "{}\n",
                look.bold(&heading.trim_start_matches('#').trim().replace('`', ""))
            ));
        } else if line.trim().is_empty() {
            flush(&mut paragraph, look, &mut out);
            out.push('\n');
        } else if !line.starts_with("<!--") {
            if line.starts_with("- ") {
                flush(&mut paragraph, look, &mut out);
            } else if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    flush(&mut paragraph, look, &mut out);
    out
}

fn flush(paragraph: &mut String, look: Look, out: &mut String) {
    let text = std::mem::take(paragraph);
    if let Some(item) = text.strip_prefix("- ") {
        out.push_str(&hang("- ", 2, &item.replace("**", ""), look.width));
    } else if !text.is_empty() {
        out.push_str(&wrap(&text.replace("**", ""), look.width).join("\n"));
        out.push('\n');
    }
}
