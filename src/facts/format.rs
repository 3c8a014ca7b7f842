//! What a fact file is: its format by its name, its section by the setting that names it.

/// The format of a fact file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.yaml` or `.yml`
    Yaml,
    /// `.json`
    Json,
    /// `.jsonl` or `.ndjson`: an object on each line.
    JsonLines,
    /// `.csv`: a header row, then a record on each row.
    Csv,
}

impl Format {
    /// The format that the end of a file's name stands for, in any case; `None`: not a fact file.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        let is = |known: &str| extension.eq_ignore_ascii_case(known);
        if is("yaml") || is("yml") {
            Some(Self::Yaml)
        } else if is("json") {
            Some(Self::Json)
        } else if is("jsonl") || is("ndjson") {
            Some(Self::JsonLines)
        } else if is("csv") {
            Some(Self::Csv)
        } else {
            None
        }
    }
}

/// Which setting of `admit.yaml` names the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// `facts: directory`: users and groups.
    Directory,
    /// `facts: catalog`: developers, apps and scopes.
    Catalog,
}

impl Section {
    /// The word in `admit.yaml`: `directory` or `catalog`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Catalog => "catalog",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_name_is_the_format() {
        assert_eq!(Format::of_path("directory/users.CSV"), Some(Format::Csv));
        assert_eq!(Format::of_path("a.b.yml"), Some(Format::Yaml));
        assert_eq!(Format::of_path("a.ndjson"), Some(Format::JsonLines));
        assert_eq!(Format::of_path("folder.json/readme"), None);
        assert_eq!(Format::of_path("csv"), None);
    }
}
