//! The policy files of the synthetic account.

use std::fmt::Write as _;

use super::account::{File, Size, app, email, scopes};

/// Rules in one file.
const RULES_PER_FILE: usize = 2_000;
/// Allowlists; each holds ten apps and a tenth of them another list.
const ALLOWLISTS: usize = 40;

/// Everything under `policies/`.
pub fn files(size: Size) -> Vec<File> {
    let mut random = fastrand::Rng::with_seed(7);
    let mut files = vec![
        ("policies/account.admit".to_owned(), ACCOUNT.to_owned()),
        ("policies/groups.admit".to_owned(), groups(size)),
        ("policies/allowlists.admit".to_owned(), allowlists(size, &mut random)),
    ];
    let mut rules = Rules { size, random, blocks: Vec::new(), scopes: scopes() };
    for (number, start) in (0..size.rules).step_by(RULES_PER_FILE).enumerate() {
        let mut text = String::new();
        for rule in start..(start + RULES_PER_FILE).min(size.rules) {
            rules.write(rule, &mut text);
        }
        files.push((format!("policies/rules/part-{number:03}.admit"), text));
    }
    files
}

const ACCOUNT: &str = "account northwind {
  listed apps {
    approval required
    exempt apps by zoom
  }
  unlisted apps {
    approval required
    exempt internal apps when app.stage is development
  }
  notify user-0000000@northwind.example
  default role member
}

attribute user.department: text
attribute user.employment: one of employee, contractor
attribute user.contract-end: date
attribute app.risk: one of low < moderate < high

role app-admin extends member {
  privileges MarketPlace:Read, MarketPlace:Edit
  scopes admin-level
}

role phone-admin extends member {
  scopes phone:*:admin, phone_*:admin
}

role recorder extends member {
  scopes recording:*:admin, cloud_recording:*
}

scope-set media { recording:*, cloud_recording:*, meeting:read:local_recording_token }

grant app-admin to user-0000000@northwind.example because \"runs the marketplace\"
";

/// Groups that stand above others: `unit-N` of eight `team-N`, `division-N` of eight `unit-N`.
fn groups(size: Size) -> String {
    let mut text = String::new();
    for (above, below, count) in
        [("unit", "team", size.groups), ("division", "unit", size.groups.div_ceil(8))]
    {
        for first in (0..count).step_by(8) {
            let members: Vec<String> =
                (first..(first + 8).min(count)).map(|n| format!("group {below}-{n}")).collect();
            let _ = writeln!(text, "group {above}-{} {{ {} }}", first / 8, members.join(", "));
        }
    }
    text
}

fn allowlists(size: Size, random: &mut fastrand::Rng) -> String {
    let mut text = String::new();
    for list in 0..ALLOWLISTS {
        let mut apps: Vec<String> = (0..10).map(|_| app(random.usize(..size.apps))).collect();
        if list % 10 == 9 {
            apps.push(format!("apps in list-{}", list - 1));
        }
        let _ = writeln!(text, "allowlist list-{list} {{ {} }}", apps.join(", "));
    }
    text
}

/// Writes rules one by one.
struct Rules {
    size: Size,
    random: fastrand::Rng,
    /// The ids of blocks so far, which waivers lift.
    blocks: Vec<String>,
    scopes: Vec<&'static str>,
}

impl Rules {
    /// Of a hundred rules 68 approve, 14 block, 8 withhold, 6 grant and 4 waive.
    fn write(&mut self, rule: usize, text: &mut String) {
        let line = match rule % 100 {
            0..8 => self.withhold(rule),
            8..22 => self.block(rule),
            22..28 => self.grant(),
            28..32 if !self.blocks.is_empty() => self.waive(),
            _ => self.approve(),
        };
        let _ = writeln!(text, "{line}\n  because \"request {rule}: reviewed with the people who asked\"\n");
    }

    fn approve(&mut self) -> String {
        let (apps, people) = (self.apps(), self.people());
        format!("approve {apps} for {people}{}{}", self.condition(), self.period())
    }

    fn block(&mut self, rule: usize) -> String {
        let id = format!("block-{rule}");
        let (apps, people, condition) = (self.apps(), self.people(), self.condition());
        let line = format!("block {apps} for {people}{condition}{}\n  id {id}", self.period());
        self.blocks.push(id);
        line
    }

    fn withhold(&mut self, rule: usize) -> String {
        let count = self.random.usize(1..4);
        let scopes: Vec<&str> =
            (0..count).filter_map(|_| self.random.choice(&self.scopes).copied()).collect();
        let on = if self.random.bool() { format!(" on {}", self.apps()) } else { String::new() };
        format!("withhold {}{on} from {}\n  id withhold-{rule}", scopes.join(", "), self.people())
    }

    fn grant(&mut self) -> String {
        // Not `app-admin`: every explanation lists those who can approve, and no account has thousands of them.
        let role = if self.random.u8(..4) == 0 { "phone-admin" } else { "recorder" };
        format!("grant {role} to {}{}", self.user_or_team(), self.period())
    }

    fn waive(&mut self) -> String {
        let lifted = self.random.choice(&self.blocks).cloned().unwrap_or_default();
        format!("waive {lifted} for {}\n  until 2027-{:02}-28", self.user_or_team(), self.random.u8(1..13))
    }

    fn apps(&mut self) -> String {
        match self.random.u8(..100) {
            0..75 => app(self.random.usize(..self.size.apps)),
            75..90 => format!(
                "{}, {}",
                app(self.random.usize(..self.size.apps)),
                app(self.random.usize(..self.size.apps))
            ),
            90..97 => format!("apps in list-{}", self.random.usize(..ALLOWLISTS)),
            _ => format!("apps by vendor-{}", self.random.usize(..100)),
        }
    }

    fn people(&mut self) -> String {
        let team = self.random.usize(..self.size.groups);
        match self.random.u8(..100) {
            0..60 => format!("group team-{team}"),
            60..85 => format!("group unit-{}", team / 8),
            85..92 => format!("group division-{}", team / 64),
            92..97 => email(self.random.usize(..self.size.users)),
            _ => format!("group unit-{} except group team-{team}", team / 8),
        }
    }

    fn user_or_team(&mut self) -> String {
        if self.random.bool() {
            email(self.random.usize(..self.size.users))
        } else {
            format!("group team-{}", self.random.usize(..self.size.groups))
        }
    }

    fn condition(&mut self) -> &'static str {
        match self.random.u8(..100) {
            0..70 => "",
            70..78 => "\n  when app.risk <= moderate",
            78..86 => "\n  when user.employment is employee",
            86..92 => "\n  when app.scopes any in [set media]",
            92..97 => "\n  when user.contract-end > today or user.department in [\"Sales\", \"Legal\"]",
            _ => "\n  when app.risk is high and user.department is not \"Finance\"",
        }
    }

    fn period(&mut self) -> String {
        match self.random.u8(..100) {
            0..60 => String::new(),
            60..85 => format!("\n  until 2027-{:02}-15", self.random.u8(1..13)),
            85..95 => format!("\n  until 2026-{:02}-15", self.random.u8(1..12)),
            _ => format!("\n  starting 2027-{:02}-01", self.random.u8(1..13)),
        }
    }
}
