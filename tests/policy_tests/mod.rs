//! Policy tests: what assertions mean, what is shown, what coverage and mutation say.

mod coverage;
mod meaning;
mod mutants;
mod planted;
mod shown;
mod undated;

use serde_json::Value;

use crate::cli::stage::{Run, Stage};

/// A project in which policy tests can hold and fail in each way.
pub const POLICY: &str = r#"account example {
  listed apps { approval required }
  unlisted apps { approval optional  exempt apps by zoom when app.stage is beta }
  notify nobody
  default role member
}
role member { scopes user-level }
role admin extends member { privileges MarketPlace:Edit  scopes admin-level }
attribute user.contract-end: date
group sales { ana@x.example, bo@x.example }
group agents { kim@x.example }
user ana@x.example { contract-end 2027-01-31 }
user bo@x.example { contract-end 2026-06-30 }
user dana@x.example { role admin }
user kim@x.example { }
developer contoso { kind third-party }
app crm { developer contoso  listing listed  stage published  managed-by user  scopes user:read }
app recorder { developer contoso  listing listed  stage published  managed-by user  scopes recording:read }
app riddle { developer contoso  listing listed  stage published  managed-by user }
approve crm, recorder for group sales, role admin until 2027-06-30 id crm
block recorder for group agents id no-recording
"#;

/// The project with these tests.
pub fn project(tests: &str) -> Stage {
    Stage::new(&[
        ("admit.yaml", "policies: [\"policies/*.admit\"]\nextends: [zoom]\n"),
        ("policies/main.admit", POLICY),
        ("policies/tests.admit", tests),
    ])
}

/// A test suite that fails in each way.
pub fn failing() -> Stage {
    project(
        r#"test "it fails in each way" at 2026-12-01 {
  allow everyone install crm
  deny everyone install crm with blocked
  only ana@x.example, kim@x.example install crm
  allow nobody@x.example install crm
  allow everyone install all apps when app.stage is beta
  deny everyone install all apps when app.stage is beta
}
"#,
    )
}

/// The JSON that a run printed.
fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{run}"))
}

/// The run without what no two runs share.
fn steady(run: &Run) -> String {
    let text = run.to_string();
    let Some((before, after)) = text.split_once("finished in ") else { return text };
    let (_, rest) = after.split_once('s').unwrap();
    format!("{before}finished in TIME{rest}")
}
