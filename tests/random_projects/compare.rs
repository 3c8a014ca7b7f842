//! One random project, decided by both.

use admit::decision::{Decision, Outcome};
use admit::eval::Evaluator;
use admit::program::Program;
use admit::text::Date;
use serde_json::Value as Json;

use super::dice::Dice;
use super::generate::Random;
use super::render::{self, Files};
use super::vocabulary::DAYS;
use super::{assume, pipeline};
use crate::reference::explain;
use crate::reference::project::Project;

/// Compares every decision that the project of this seed leads to; what differs is told at length.
pub fn project(seed: u64) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let files = render::render(&mut dice, &mut random);
    let mut project = random.whole();
    let assumed: Vec<String> =
        if dice.chance(25) { vec![assume::facts(&mut dice, &mut project)] } else { Vec::new() };
    let told = |error: String| format!("project {seed}: {error}\n{}assuming {assumed:?}", shown(&files));
    let programs = pipeline::fat_and_lean(&files, &assumed).map_err(told)?;
    for program in &programs {
        let day = dice.one(&DAYS);
        decisions(&Asked { program, project: &project, day }, &mut dice).map_err(told)?;
    }
    Ok(())
}

/// A project as admit and as the reference know it, on a day.
struct Asked<'a> {
    program: &'a Program,
    project: &'a Project,
    day: &'a str,
}

fn decisions(asked: &Asked<'_>, dice: &mut Dice) -> Result<(), String> {
    let Asked { program, project, .. } = asked;
    let mut evaluator = Evaluator::new(program);
    let mut machines = Evaluator::for_machines(program);
    let everybody: Vec<String> = project.everybody().into_iter().collect();
    for user in &everybody {
        for app in &project.apps {
            let decision = install(asked, &mut evaluator, user, &app.id)?;
            told_to_machines(asked, &mut machines, &decision)?;
            if dice.chance(30) {
                let by = dice.one(&everybody);
                others(asked, &mut evaluator, dice, (user, &app.id, &by))?;
            }
        }
    }
    Ok(())
}

/// What machines are told is what the JSON of the whole decision says.
fn told_to_machines(
    asked: &Asked<'_>,
    machines: &mut Evaluator<'_>,
    decision: &Decision,
) -> Result<(), String> {
    let query = &decision.query;
    let user = asked.program.user(query.user.as_deref().unwrap_or("")).ok_or("no user")?;
    let app = asked.program.app(&query.app).ok_or("no app")?;
    let json = |decision: &Decision| serde_json::to_string(decision).expect("decisions are JSON");
    let (whole, told) = (json(decision), json(&machines.explain_install(user, app, query.at)));
    if whole == told { Ok(()) } else { Err(format!("the decision is\n{whole}\nmachines are told\n{told}")) }
}

/// The outcome alone, the explained decision and the reference agree.
fn install(
    asked: &Asked<'_>,
    evaluator: &mut Evaluator<'_>,
    user: &str,
    app: &str,
) -> Result<Decision, String> {
    let Asked { program, project, day } = asked;
    let at = Date::parse(day).expect("a day");
    let id = program.user(user).ok_or_else(|| format!("no user {user}"))?;
    let app_id = program.app(app).ok_or_else(|| format!("no app {app}"))?;
    let fast = evaluator.install(id, app_id, at);
    let decision = evaluator.explain_install(id, app_id, at);
    if fast != decision.outcome {
        return Err(format!(
            "{user} {app} {day}: {fast:?} without an explanation, {:?} with one",
            decision.outcome
        ));
    }
    if (fast == Outcome::Allow) != explain::allowed(project, user, app, day) {
        return Err(format!("{user} {app} {day}: the table does not say {fast:?}"));
    }
    same(&decision, explain::install(project, user, app, day))?;
    Ok(decision)
}

/// The questions other than installing.
fn others(
    asked: &Asked<'_>,
    evaluator: &mut Evaluator<'_>,
    dice: &mut Dice,
    (user, app, by): (&str, &str, &str),
) -> Result<(), String> {
    let Asked { program, project, day } = asked;
    let at = Date::parse(day).expect("a day");
    let id = |email| program.user(email).ok_or_else(|| format!("no user {email}"));
    let (user_id, admin) = (id(user)?, id(by)?);
    let app_id = program.app(app).ok_or_else(|| format!("no app {app}"))?;
    same(&evaluator.approve(user_id, app_id, at), explain::approve(project, user, app, day))?;
    same(&evaluator.add(admin, user_id, app_id, at), explain::add(project, by, user, app, day))?;
    let scopes: Vec<String> =
        project.apps.iter().flat_map(|app| app.scopes.iter().flatten()).cloned().collect();
    if !scopes.is_empty() {
        let scope = dice.one(&scopes);
        let behalf = dice.maybe(70, |_| user);
        let decision = evaluator.use_scope(app_id, &scope, behalf.map(|_| user_id), at);
        same(&decision, explain::use_scope(project, app, &scope, behalf, day))?;
    }
    Ok(())
}

/// Whether both say the same, texts for people aside.
fn same(decision: &Decision, mut expected: Json) -> Result<(), String> {
    let mut decided = serde_json::to_value(decision).expect("decisions are JSON");
    normalise("", &mut decided, false);
    normalise("", &mut expected, false);
    if decided == expected {
        return Ok(());
    }
    Err(format!("admit says\n{decided:#}\nthe reference says\n{expected:#}"))
}

/// Leaves out texts for people, and the spelling and order of privileges, which are equal whatever their case; where the places of rules
/// are not to matter, those too, and what follows from their order.
fn normalise(key: &str, json: &mut Json, places_aside: bool) {
    match json {
        Json::Object(fields) => {
            fields.remove("detail");
            if places_aside {
                // Of several withholds the first by place is told.
                for key in ["file", "line", "column", "withheld_by"] {
                    fields.remove(key);
                }
            }
            fields.iter_mut().for_each(|(key, value)| normalise(key, value, places_aside));
        }
        Json::Array(items) => {
            items.iter_mut().for_each(|item| normalise(key, item, places_aside));
            if places_aside || key.ends_with("privileges") {
                items.sort_by_key(ToString::to_string);
            }
        }
        Json::String(text) if key.contains("privilege") => *text = text.to_lowercase(),
        _ => {}
    }
}

/// Writes the project of this seed twice, in other orders and formats, and compares the decisions.
pub fn renderings(seed: u64) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let first = render::render(&mut dice, &mut random);
    let second = render::render(&mut dice, &mut random);
    let told = |error: String| format!("project {seed}: {error}\n{}\nor\n{}", shown(&first), shown(&second));
    let a = pipeline::program(&first, &[]).map_err(told)?;
    let b = pipeline::program(&second, &[]).map_err(told)?;
    let (mut a, mut b) = ((Evaluator::new(&a), &a), (Evaluator::new(&b), &b));
    let project = random.whole();
    let day = dice.one(&DAYS);
    for user in project.everybody() {
        for app in &project.apps {
            let (one, other) = (decided(&mut a, &user, &app.id, day), decided(&mut b, &user, &app.id, day));
            if one != other {
                return Err(told(format!("one writing leads to\n{one:#}\nthe other to\n{other:#}")));
            }
        }
    }
    Ok(())
}

fn decided((evaluator, program): &mut (Evaluator<'_>, &Program), user: &str, app: &str, day: &str) -> Json {
    let (user, app) = (program.user(user).expect("a user"), program.app(app).expect("an app"));
    let decision = evaluator.explain_install(user, app, Date::parse(day).expect("a day"));
    let mut decided = serde_json::to_value(decision).expect("decisions are JSON");
    normalise("", &mut decided, true);
    decided
}

/// The files of a project, one after the other.
pub fn shown(files: &Files) -> String {
    files.iter().map(|(path, text)| format!("--- {path}\n{text}")).collect()
}
