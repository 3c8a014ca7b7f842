//! Groups of fact files.

use super::slot::Slot;
use super::values::Single;
use super::{Intake, is_email};
use crate::diagnostics::Sink;
use crate::facts::{Record, RecordKind, Scalar};
use crate::model::{Origin, Ref};
use crate::text::UserId;

impl Intake<'_, '_> {
    pub(super) fn group(&mut self, record: &Record<'_>, out: &mut Sink) {
        let key = self.key(record, out);
        let (mut members, mut groups) = (Vec::new(), Vec::new());
        for (position, field) in record.fields.iter().enumerate() {
            match self.slot(RecordKind::Group, position, field, out) {
                Slot::Members => {
                    for scalar in self.list(record, field).unwrap_or_default() {
                        members.extend(self.member(scalar, out));
                    }
                }
                Slot::Groups => {
                    for scalar in self.list(record, field).unwrap_or_default() {
                        let id = self.group_name(scalar, out);
                        groups.extend(id.map(|id| Ref { id, span: scalar.span }));
                    }
                }
                _ => {}
            }
        }
        let Some((name, span)) = key else { return };
        if let Some(id) = self.resolver.declare_group(self.rank, &name, span, record.span, out) {
            let group = self.resolver.model.groups.at_mut(id);
            (group.members, group.groups) = (members, groups);
        }
    }

    fn member(&mut self, scalar: &Scalar<'_>, out: &mut Sink) -> Option<Ref<UserId>> {
        let single = Single::of(scalar);
        if !self.is_text(&single, out) {
            return None;
        }
        if !is_email(&single.text) {
            self.no_email(&single, out);
            return None;
        }
        let id = self.resolver.named_user(&scalar.text, scalar.span, Origin::Listed);
        Some(Ref { id, span: scalar.span })
    }
}
