//! `admit graph`

mod draw;
mod list;
mod svg;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::load::{Analysed, analyse};
use super::session::Session;
use crate::diagnostics::{nearest_of, quoted_list};
use crate::graph::Picture;

/// Show what depends on what: roles, groups, apps, lists, scopes, rules and tests
#[derive(Debug, clap::Args)]
#[command(after_help = "Formats: human, plain, json, dot (Graphviz), mermaid, svg\n\n\
                        Examples:\n  admit graph --focus app:deal-sync\n  \
                        admit graph --focus group:contractors --depth 3 --format svg > contractors.svg\n  admit graph --format dot | dot -Tpng > everything.png\n\n\
                        A policy with errors still has a graph, of what could be read; the exit code is then 2")]
pub(super) struct Graph {
    /// Only what is near this: app:ID, group:NAME, rule:ID, user:EMAIL, scope:NAME, …
    #[arg(long, value_name = "KIND:NAME")]
    focus: Option<String>,
    /// How many steps away from the focus [default: 2]
    #[arg(long, value_name = "N", requires = "focus")]
    depth: Option<usize>,
}

impl Graph {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let offered = [Format::Human, Format::Plain, Format::Json, Format::Dot, Format::Mermaid, Format::Svg];
        let format = session.format("graph", &offered)?;
        let project = analyse(session, &[])?;
        let picture = self.picture(&project)?;
        let sources = project.sources();
        let text = match format {
            Format::Json => list::json(&picture, sources)?,
            Format::Plain => list::plain(&picture, sources),
            Format::Dot => draw::dot(&picture),
            Format::Mermaid => draw::mermaid(&picture),
            Format::Svg if picture.nodes.len() > svg::MOST_NODES => {
                return Err(too_many(picture.nodes.len()));
            }
            Format::Svg => svg::svg(&picture),
            _ => list::human(&picture, sources, session.look()),
        };
        session.print(&text)?;
        if project.analysis.checked().is_some() {
            return Ok(Exit::Fine);
        }
        session.say("the policy has errors, and this is what could be read: see `admit check`\n")?;
        Ok(Exit::Invalid)
    }

    fn picture(&self, project: &Analysed) -> Result<Picture, Failure> {
        let (graph, model) = (project.analysis.graph(), project.analysis.model());
        let sources = project.sources();
        let Some(focus) = &self.focus else { return Ok(graph.picture(model, sources)) };
        // E-mail addresses are the same in any case, and stored in lower case.
        let found = graph.find(focus, model, sources).or_else(|| {
            focus.contains('@').then(|| graph.find(&focus.to_lowercase(), model, sources)).flatten()
        });
        if let Some(node) = found {
            return Ok(graph.neighbourhood(node, self.depth.unwrap_or(2), model, sources));
        }
        let all = graph.picture(model, sources);
        let ids = all.nodes.iter().map(|node| if focus.contains(':') { &node.id } else { &node.name });
        let near = nearest_of(focus, ids.map(String::as_str), 3);
        let failure = Failure::invalid(format!("nothing in the graph is called `{focus}`"));
        Err(if near.is_empty() {
            failure.help("`admit graph --format plain` names everything in it")
        } else {
            failure.help(format!("did you mean {}?", quoted_list(near, "or")))
        })
    }
}

/// The answer to a picture that nobody could read.
fn too_many(nodes: usize) -> Failure {
    Failure::invalid(format!("a picture of {nodes} nodes could not be read; the most is {}", svg::MOST_NODES))
        .help("name a part with `--focus KIND:NAME`, or let Graphviz draw all of it: `--format dot`")
}
