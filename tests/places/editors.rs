//! Editors: their files are valid, and colour what the language says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use admit::diagnostics::Sink;
use admit::syntax::{self, ast::SyntaxTree};
use admit::text::SourceMap;
use fancy_regex::Regex;
use serde_json::Value;

use super::text;
use super::textmate::{Grammar, Token};
use crate::cli::stage::Stage;

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn grammar() -> Grammar {
    Grammar::new(json("editors/vscode/syntaxes/admit.tmLanguage.json"))
}

/// Every policy file of the project, and the policies of the language reference.
fn policies() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["examples", "policies", "templates", "tests/cases"].map(|folder| root.join(folder)).into();
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "admit") {
                found.push(path);
            }
        }
    }
    found.sort();
    let page = text("docs/language.md");
    let blocks = page.split("```admit\n").skip(1).filter_map(|rest| rest.split("```").next());
    let texts = found.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.chain(blocks.map(str::to_owned)).collect()
}

fn parsed(text: &str) -> SyntaxTree {
    let mut sources = SourceMap::new();
    let file = sources.add("a.admit", text.to_owned());
    syntax::parse(file, text, &mut Sink::new())
}

/// The words that the grammar of the language knows.
fn keywords() -> BTreeSet<String> {
    let word = Regex::new("\"([a-z][a-z-]*)\"").unwrap();
    let text = text("grammar/admit.pest");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = lines.flat_map(|line| {
        word.captures_iter(line).map(|found| found.unwrap()[1].to_owned()).collect::<Vec<_>>()
    });
    words.collect()
}

/// Words that people read as part of the language though its grammar leaves them to names.
const MORE: &[&str] =
    &["everyone", "today", "none", "nobody", "automatically", "required", "optional", "text", "flag"];

#[test]
fn every_word_of_the_language_is_coloured_in_vs_code() {
    let grammar = grammar();
    let tokens: Vec<Token> = policies().iter().flat_map(|text| grammar.tokens(text)).collect();
    let coloured: BTreeSet<&str> = tokens
        .iter()
        .filter(|token| {
            ["keyword.", "storage.", "constant.language", "support."]
                .iter()
                .any(|kind| token.scope().starts_with(kind))
        })
        .flat_map(|token| token.text.split_whitespace())
        .collect();
    let words = keywords();
    assert!(words.len() > 55, "{words:?}");
    let words = words.iter().map(String::as_str).chain(MORE.iter().copied());
    let plain: Vec<&str> = words.filter(|word| !coloured.contains(word)).collect();
    assert!(plain.is_empty(), "no policy of the project shows these coloured: {plain:?}");
}

/// What the parser takes for a comment is one in the editor, and nothing else is.
#[test]
fn comments_are_comments() {
    let grammar = grammar();
    let mut compared = 0;
    for text in policies() {
        let tree = parsed(&text);
        if tree.has_errors {
            continue;
        }
        let expected: Vec<(usize, usize)> = tree
            .comments
            .iter()
            .map(|comment| (comment.span.start as usize, comment.span.end as usize))
            .collect();
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for token in grammar.tokens(&text).iter().filter(|token| token.is_in("comment")) {
            let start = starts[token.line] + token.start;
            match found.last_mut().filter(|last| last.1 == start) {
                Some(last) => last.1 += token.text.len(),
                None => found.push((start, start + token.text.len())),
            }
        }
        assert_eq!(found, expected, "{text}");
        compared += expected.len();
    }
    assert!(compared > 100);
}

#[test]
fn words_have_their_colours() {
    let of = |text: &str| {
        let tokens = grammar().tokens(text).into_iter().filter(|token| !token.text.trim().is_empty());
        let shown = |token: Token| {
            let scope = token.scope().trim_end_matches(".admit").to_owned();
            format!("{} {}", token.text.trim(), if scope.is_empty() { "-" } else { &scope })
        };
        tokens.map(shown).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(of("group field { group \"a when b\" } # approve x"), @r#"
    group keyword.declaration
    field entity.name.type
    { punctuation.section.block
    group keyword.other.selector
    " punctuation.definition.string.begin
    a when b string.quoted.double
    " punctuation.definition.string.end
    } punctuation.section.block
    # punctuation.definition.comment
    approve x comment.line.number-sign
    "#);
    insta::assert_snapshot!(of("block my.app, for-sale for group until-x until 2027-01-31\n  when user.for is \"\\q\\n"), @r#"
    block keyword.control.effect
    my.app -
    , punctuation.separator.list
    for-sale -
    for keyword.other.clause
    group keyword.other.selector
    until-x entity.name.tag
    until keyword.other.clause
    2027-01-31 constant.numeric.date
    when keyword.other.clause
    user variable.language
    . variable.other.attribute
    for variable.other.property
    is keyword.operator.comparison
    " punctuation.definition.string.begin
    \q invalid.illegal.escape
    \n constant.character.escape
    "#);
}

/// A grammar has no part that nothing uses, and its scopes are of the language.
#[test]
fn the_grammar_is_whole() {
    let root = json("editors/vscode/syntaxes/admit.tmLanguage.json");
    let text = root.to_string();
    for name in root["repository"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("\"#{name}\"")), "nothing includes {name}");
    }
    fn scopes(value: &Value, each: &mut dyn FnMut(&str)) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| scopes(item, each)),
            Value::Object(fields) => {
                fields.get("name").and_then(Value::as_str).into_iter().for_each(&mut *each);
                fields.values().for_each(|value| scopes(value, each));
            }
            _ => {}
        }
    }
    scopes(&root["repository"], &mut |scope| assert!(scope.ends_with(".admit"), "{scope}"));
    assert_eq!(root["scopeName"], "source.admit");
}

#[test]
fn the_package_for_vs_code_names_what_is_there() {
    let package = json("editors/vscode/package.json");
    let contributes = &package["contributes"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode");
    for path in [
        &contributes["languages"][0]["configuration"],
        &contributes["grammars"][0]["path"],
        &contributes["snippets"][0]["path"],
    ] {
        assert!(folder.join(path.as_str().unwrap()).is_file(), "{path}");
    }
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    let configuration = json("editors/vscode/language-configuration.json");
    let expressions =
        ["increaseIndentPattern", "decreaseIndentPattern"].map(|key| &configuration["indentationRules"][key]);
    for expression in expressions
        .into_iter()
        .chain([&configuration["wordPattern"], &configuration["onEnterRules"][0]["beforeText"]])
    {
        Regex::new(expression.as_str().unwrap()).unwrap();
    }
}

/// A snippet leaves something behind that is of the language.
#[test]
fn snippets_are_policies() {
    let mark = Regex::new(r"\$\{\d+\|([^,|]*)[^}]*\}|\$\{[A-Z_]+\}|\$\d+").unwrap();
    let default = Regex::new(r"\$\{\d+:([^{}$]*)\}").unwrap();
    for (name, snippet) in json("editors/vscode/snippets/admit.json").as_object().unwrap() {
        let lines: Vec<&str> =
            snippet["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let mut body = lines.join("\n");
        body = body
            .replace("${CURRENT_YEAR}", "2027")
            .replace("${CURRENT_MONTH}", "01")
            .replace("${CURRENT_DATE}", "31");
        body = mark.replace_all(&body, "$1").into_owned();
        body = default.replace_all(&body, "$1").into_owned();
        assert!(!body.contains('$'), "{name}: {body}");
        let text = format!("{body}\ngroup last {{ }}\n");
        let mut found = Sink::new();
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", text.clone());
        let tree = syntax::parse(file, &text, &mut found);
        assert!(!tree.has_errors && found.found().is_empty(), "{name}: {:?}\n{text}", found.found());
    }
}

/// A project with an error and a warning.
fn wrong() -> Stage {
    let stage = Stage::new(&[]);
    stage.run("admit init --quiet");
    stage.write("policies/a b.admit", "block all apps for group saels\nrole x { scopes no:such:scope }\n");
    stage
}

/// VS Code knows the words `error`, `warning` and `info`; what has none of them gets the matcher's own severity.
#[test]
fn the_problem_matcher_reads_what_check_writes() {
    let package = json("editors/vscode/package.json");
    let matcher = &package["contributes"]["problemMatchers"][0];
    let regex = Regex::new(matcher["pattern"]["regexp"].as_str().unwrap()).unwrap();
    let advised = Stage::new(&[]);
    advised.run("admit init --quiet");
    advised.write(
        "policies/c.admit",
        "group most { group contractors, kim@example.com }\nblock unlisted apps for group most because \"x\"\n",
    );
    let text = [wrong(), advised].map(|stage| stage.run("admit check --format plain").out).concat();
    let part = |found: &fancy_regex::Captures<'_, str>, key: &str| {
        let found = found.get(matcher["pattern"][key].as_u64().unwrap() as usize);
        let or_own = if key == "severity" { &matcher["severity"] } else { &Value::Null };
        found.map_or_else(|| or_own.as_str().unwrap().to_owned(), |found| found.as_str().to_owned())
    };
    let problems: Vec<[String; 5]> = text
        .lines()
        .filter_map(|line| regex.captures(line).unwrap())
        .map(|found| ["severity", "code", "file", "line", "column"].map(|key| part(&found, key)))
        .collect();
    assert_eq!(
        problems,
        [
            ["error", "resolve/unknown-group", "policies/a b.admit", "1", "26"],
            ["warning", "resolve/unknown-scope", "policies/a b.admit", "2", "17"],
            ["info", "lint/covered-person", "policies/c.admit", "1", "33"],
        ]
    );
}

#[test]
fn every_word_of_the_language_is_coloured_in_vim() {
    let text = text("editors/vim/syntax/admit.vim");
    let lines = text.lines().filter_map(|line| line.strip_prefix("syntax keyword "));
    let coloured: BTreeSet<&str> = lines.flat_map(|line| line.split_whitespace().skip(1)).collect();
    let words = keywords();
    let words = words.iter().map(String::as_str).chain(MORE.iter().copied());
    let plain: Vec<&str> = words.filter(|word| !coloured.contains(word)).collect();
    assert!(plain.is_empty(), "{plain:?}");
}

/// Runs a script in Vim, if there is one; gives what it wrote.
fn vim(script: &str, folder: &Path) -> Option<String> {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vim");
    let out = folder.join("vim.out");
    let script = format!(
        "set nocompatible\nset runtimepath^={}\nfiletype plugin indent on\nsyntax on\nlet g:out = '{}'\n{script}\nqall!\n",
        runtime.display(),
        out.display()
    );
    std::fs::write(folder.join("script.vim"), script).unwrap();
    let admit = Path::new(env!("CARGO_BIN_EXE_admit")).parent().unwrap();
    let done = Command::new("vim")
        .args(["-u", "NONE", "-i", "NONE", "-es", "-S", "script.vim"])
        .current_dir(folder)
        .env("PATH", format!("{}:{}", admit.display(), std::env::var("PATH").unwrap()))
        .stdin(std::process::Stdio::null())
        .output();
    // Small versions of Vim have no scripts.
    done.ok().and_then(|_| std::fs::read_to_string(out).ok())
}

#[test]
fn vim_knows_the_language() {
    let stage = wrong();
    stage.write("x.admit", "group a { group b } # c\nblock \"for\" for-x for everyone\n");
    stage.write("plain.txt", stage.run("admit check --format plain").out);
    let script = "edit x.admit
let g:seen = [&filetype, &formatexpr, &commentstring, v:errmsg]
call extend(g:seen, map([[1, 1], [1, 7], [1, 11], [1, 22], [2, 8], [2, 13], [2, 19]], \"synIDattr(synID(v:val[0], v:val[1], 1), 'name')\"))
cgetfile plain.txt
call extend(g:seen, map(getqflist(), \"bufname(v:val.bufnr) . ':' . v:val.lnum . ':' . v:val.col . ' ' . v:val.type . ' ' . substitute(v:val.text, '\\n', ' / ', 'g')\"))
call writefile(g:seen, g:out)";
    let Some(seen) = vim(script, stage.path()) else { return };
    insta::assert_snapshot!(seen, @r"
    admit
    AdmitFormat()
    # %s

    admitItem
    admitName
    admitItem
    admitComment
    admitString

    admitClause
    policies/a b.admit:1:26 E unknown group `saels` / help: did you mean `sales`?
    policies/a b.admit:2:17 W no catalogue knows the scope `no:such:scope` / help: as it stands it counts as user-level; describe it under `scopes` in the catalogue
    ");
}

/// … whatever the current folder is; the project is that of the file.
#[cfg(unix)]
#[test]
fn vim_makes_a_list_of_files_that_exist() {
    let stage = Stage::new(&[(".git/HEAD", "")]);
    stage.run("admit init --quiet 'my 50% account'");
    stage.write(
        "my 50% account/policies/a b.admit",
        "block all apps for group saels\nrole x { scopes no:such:scope }\n",
    );
    for (folder, file) in [
        ("", "my\\ 50\\%\\ account/policies/apps.admit"),
        ("my\\ 50\\%\\ account", "policies/apps.admit"),
        ("my\\ 50\\%\\ account/policies", "apps.admit"),
        ("my\\ 50\\%\\ account/directory", "../policies/new.admit"),
    ] {
        let script = format!(
            "cd {here}/{folder}
edit {file}
silent make!
let g:seen = map(filter(getqflist(), 'v:val.valid'), \"fnamemodify(bufname(v:val.bufnr), ':p') . ':' . v:val.lnum . ' ' . v:val.type\")
call writefile(g:seen, g:out)",
            here = stage.path().display()
        );
        let Some(seen) = vim(&script, stage.path()) else { return };
        let wrong = stage.path().join("my 50% account/policies/a b.admit");
        let expected = format!("{0}:1 E\n{0}:2 W\n", wrong.display());
        assert_eq!(seen, expected, "from `{folder}`");
    }
}

/// `gq` lays out what can be read, and leaves the rest as it is.
#[test]
fn vim_lays_out_policies_and_leaves_broken_ones_alone() {
    let stage = Stage::new(&[]);
    let broken = "blok   x for   everyone\n\ngroup b { }\n";
    let long = "group   a { ana@x.example,bo@x.example }\n\n\n\n\ngroup b { }\n";
    let short = "group   a { ana@x.example,bo@x.example } group b { } group c { }\n";
    for text in [broken, long, short, "group a { ana@x.example }\n"] {
        stage.write("x.admit", text);
        let Some(seen) = vim("edit x.admit\nnormal! gggqG\nexecute 'write! ' . g:out", stage.path()) else {
            return;
        };
        let laid_out = stage.run_with("admit fmt -", text).out;
        assert_eq!(seen, if text == broken { text } else { &laid_out });
    }
    stage.write("x.admit", broken);
    let script = "edit x.admit\nredir => g:said\nnormal! gggqG\nredir END\ncall writefile(split(g:said, '\\n'), g:out)";
    let said = vim(script, stage.path()).unwrap();
    assert_eq!(said, "not laid out: error syntax/unknown-item <stdin>:1:1 `blok` starts no item\n");
}

/// Indenting gives the examples the layout that they have.
#[test]
fn vim_indents_as_the_examples_are() {
    let stage = Stage::new(&[]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for example in std::fs::read_dir(examples).unwrap() {
        let folder = example.unwrap().path().join("policies");
        for policy in std::fs::read_dir(folder).into_iter().flatten() {
            let text = std::fs::read_to_string(policy.unwrap().path()).unwrap();
            let flat: String = text.lines().map(|line| format!("{}\n", line.trim_start())).collect();
            stage.write("x.admit", flat);
            let Some(indented) = vim("edit x.admit\nnormal! gg=G\nexecute 'write! ' . g:out", stage.path())
            else {
                return;
            };
            assert_eq!(indented, text);
        }
    }
}

#[test]
fn vim_indents_what_goes_on_with_a_clause() {
    let text = "block all apps for group contractors\n  when app.scopes any in [set capture]\n    and app.risk is high\n    and not app.internal\n  \
                because \"SEC-1\"\n";
    let stage = Stage::new(&[]);
    stage.write("x.admit", text.lines().map(|line| format!("{}\n", line.trim_start())).collect::<String>());
    if let Some(indented) = vim("edit x.admit\nnormal! gg=G\nexecute 'write! ' . g:out", stage.path()) {
        assert_eq!(indented, text);
    }
}
