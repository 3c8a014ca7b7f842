//! Layer 1: what every stage reports, as plain data. Nothing here renders; `report` does.

mod code;
mod diagnostic;
mod sink;
mod suggest;
mod suppressed;

pub use code::{Code, Severity, Stage};
pub use diagnostic::{Diagnostic, Edit, Fix, Label};
pub use sink::{Sink, TOO_MANY_ERRORS};
pub use suggest::{changes_allowed, nearest, nearest_of, quoted_list};
pub use suppressed::Suppressed;
