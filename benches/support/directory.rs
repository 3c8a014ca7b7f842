//! The fact files of the synthetic account.

use std::fmt::Write as _;

use super::account::{File, Format, Size, app, email, scopes};

const DEPARTMENTS: [&str; 8] = ["Sales", "Legal", "Finance", "Support", "Research", "People", "Design", "IT"];

/// About how many users can approve apps, however large the account is.
const APP_ADMINS: usize = 10;

/// One user's facts.
struct User {
    email: String,
    role: Option<&'static str>,
    groups: Vec<String>,
    department: &'static str,
    employment: &'static str,
    contract_end: Option<String>,
}

/// The users' file.
pub fn users(size: Size, format: Format) -> File {
    let mut random = fastrand::Rng::with_seed(11);
    let mut text = String::with_capacity(size.users * 120);
    match format {
        Format::Csv => text.push_str("email,role,groups,department,employment,contract_end\n"),
        Format::JsonLines => {}
        Format::Yaml => text.push_str("users:\n"),
    }
    for number in 0..size.users {
        let user = user(size, number, &mut random);
        // Writing to a string cannot fail.
        let _ = match format {
            Format::Csv => csv(&user, &mut text),
            Format::JsonLines => json(&user, &mut text),
            Format::Yaml => yaml(&user, &mut text),
        };
    }
    let extension = match format {
        Format::Csv => "csv",
        Format::JsonLines => "jsonl",
        Format::Yaml => "yaml",
    };
    (format!("directory/users.{extension}"), text)
}

/// Some groups. Where users are few, each is in one of their own as well: a group exists by its members.
fn groups(size: Size, number: usize, random: &mut fastrand::Rng) -> Vec<String> {
    let own = (size.users < size.groups * 10).then_some(number % size.groups);
    let others = (0..random.usize(3..8)).map(|_| random.usize(..size.groups));
    own.into_iter().chain(others).map(|group| format!("team-{group}")).collect()
}

fn user(size: Size, number: usize, random: &mut fastrand::Rng) -> User {
    let contractor = random.u8(..10) == 0;
    User {
        email: email(number),
        role: match random.u16(..1000) {
            _ if number % (size.users / APP_ADMINS).max(1) == 7 => Some("app-admin"),
            0..20 => Some("recorder"),
            _ => None,
        },
        groups: groups(size, number, random),
        department: DEPARTMENTS.get(random.usize(..DEPARTMENTS.len())).copied().unwrap_or_default(),
        employment: if contractor { "contractor" } else { "employee" },
        contract_end: contractor.then(|| format!("2027-{:02}-28", random.u8(1..13))),
    }
}

fn csv(user: &User, text: &mut String) -> std::fmt::Result {
    let (role, end) = (user.role.unwrap_or_default(), user.contract_end.as_deref().unwrap_or_default());
    let User { email, groups, department, employment, .. } = user;
    writeln!(text, "{email},{role},{},{department},{employment},{end}", groups.join(";"))
}

fn json(user: &User, text: &mut String) -> std::fmt::Result {
    let User { email, groups, department, employment, .. } = user;
    write!(text, "{{\"email\":\"{email}\",")?;
    if let Some(role) = user.role {
        write!(text, "\"role\":\"{role}\",")?;
    }
    write!(text, "\"groups\":[\"{}\"],", groups.join("\",\""))?;
    write!(text, "\"department\":\"{department}\",\"employment\":\"{employment}\"")?;
    if let Some(end) = &user.contract_end {
        write!(text, ",\"contract_end\":\"{end}\"")?;
    }
    text.push_str("}\n");
    Ok(())
}

fn yaml(user: &User, text: &mut String) -> std::fmt::Result {
    let User { email, groups, department, employment, .. } = user;
    writeln!(text, "  - email: {email}")?;
    if let Some(role) = user.role {
        writeln!(text, "    role: {role}")?;
    }
    writeln!(text, "    groups: [{}]", groups.join(", "))?;
    writeln!(text, "    department: {department}\n    employment: {employment}")?;
    if let Some(end) = &user.contract_end {
        writeln!(text, "    contract_end: {end}")?;
    }
    Ok(())
}

/// The developers and apps.
pub fn catalog(size: Size) -> File {
    let mut random = fastrand::Rng::with_seed(13);
    let scopes = scopes();
    let mut text = String::from("developers:\n");
    for vendor in 0..100 {
        let kind = if vendor % 20 == 0 { "internal" } else { "third-party" };
        let _ = writeln!(text, "  - {{ id: vendor-{vendor}, name: \"Vendor {vendor}\", kind: {kind} }}");
    }
    text.push_str("apps:\n");
    for number in 0..size.apps {
        let listing = if random.u8(..10) == 0 { "unlisted" } else { "listed" };
        let managed = if random.u8(..5) == 0 { "admin" } else { "user" };
        let risk = ["low", "moderate", "high"].get(random.usize(..3)).copied().unwrap_or_default();
        let asked: Vec<&str> =
            (0..random.usize(3..10)).filter_map(|_| random.choice(&scopes).copied()).collect();
        let _ = writeln!(
            text,
            "  - id: {}\n    developer: vendor-{}\n    listing: {listing}\n    stage: published\n    managed_by: {managed}\n    \
             risk: {risk}\n    scopes: [\"{}\"]",
            app(number),
            random.u8(..100),
            asked.join("\", \""),
        );
    }
    ("catalog/apps.yaml".to_owned(), text)
}
