//! The examples, damaged at random.

use std::path::{Path, PathBuf};

use admit::project::MemoryFiles;
use fastrand::Rng;

use super::analysed;
use super::edits::edited;

type Files = Vec<(PathBuf, Vec<u8>)>;

/// How many edits every run of the suite makes; `ADMIT_EDITS` asks for more.
const EDITS: usize = 10_000;

/// The files of each example.
fn examples() -> Vec<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folders =
        std::fs::read_dir(&root).expect("there are examples").map(|entry| entry.expect("readable").path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.join("admit.yaml").is_file()).collect();
    folders.sort();
    folders.iter().map(|folder| files(folder)).collect()
}

fn files(folder: &Path) -> Files {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("readable").into_path()).filter(|path| path.is_file());
    files
        .map(|path| {
            #[allow(clippy::disallowed_methods, reason = "a test reads its examples")]
            let text = std::fs::read(&path).expect("readable");
            (Path::new("/p").join(path.strip_prefix(folder).expect("below")), text)
        })
        .collect()
}

/// Half of the time one file alone is damaged, so that what follows parsing is reached; else all of them are.
#[test]
fn damaged_examples_are_analysed_in_peace() {
    #[allow(clippy::disallowed_methods, reason = "a longer run is asked for through the environment")]
    let wanted = std::env::var("ADMIT_EDITS").ok().and_then(|text| text.parse().ok()).unwrap_or(EDITS);
    let examples = examples();
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let examples = &examples;
            scope.spawn(move || damage(&mut Rng::with_seed(worker), examples, wanted / 2));
        }
    });
}

fn damage(random: &mut Rng, examples: &[Files], wanted: usize) {
    let mut done = 0;
    while done < wanted {
        let mut files = examples[random.usize(..examples.len())].clone();
        let donors = &examples[random.usize(..examples.len())];
        let only = random.bool().then(|| random.usize(..files.len()));
        for (at, (_, text)) in files.iter_mut().enumerate() {
            let edits = random.usize(1..=3);
            if only.is_none_or(|only| only == at) {
                let (_, donor) = &donors[random.usize(..donors.len())];
                *text = edited(random, text, donor, edits);
                done += edits;
            }
        }
        analysed(&MemoryFiles::of(files), Path::new("/p"));
    }
}
