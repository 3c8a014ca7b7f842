//! `expiry-window`: how long before its end something is said to end soon.

use super::Settings;
use crate::facts::{Entry, NodeKind};
use crate::text::Length;

pub(super) fn read(entry: &Entry, settings: &mut Settings<'_>) {
    let length = match &entry.value.kind {
        NodeKind::Scalar(text, _) => Length::parse(text),
        _ => None,
    };
    match length {
        Some(length) => settings.config.lint.expiry_window = length,
        None => {
            let help = format!("write {}", Length::FORM);
            settings.wrong(entry.value.span, "`expiry-window` is not a length of time here", help);
        }
    }
}
