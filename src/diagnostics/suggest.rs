//! "did you mean": the known name nearest to an unknown one.

/// The candidate nearest to `name`, if one is near enough to be what was meant.
///
/// Near is a Damerau-Levenshtein distance of at most a third of the longer name, case ignored: of names of one or two letters only another
/// case is near. Equally near candidates are decided by their order. Names beyond 200 characters are not compared.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    ranked(name, candidates).into_iter().next().map(|(_, candidate)| candidate)
}

/// Up to `limit` near candidates, nearest first.
pub fn nearest_of<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    limit: usize,
) -> Vec<&'c str> {
    ranked(name, candidates).into_iter().take(limit).map(|(_, candidate)| candidate).collect()
}

/// `a`, `b` or `c`: names in backticks, joined as in a sentence by `word` ("or", "and").
pub fn quoted_list<T: AsRef<str>>(names: impl IntoIterator<Item = T>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} {word} {last}", init.join(", ")),
    }
}

/// How many letters may differ between two names that are near each other.
pub fn changes_allowed(name: &str, candidate: &str) -> usize {
    name.len().max(candidate.len()) / 3
}

fn ranked<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<(usize, &'c str)> {
    const LONGEST: usize = 200;
    if name.len() > LONGEST {
        return Vec::new();
    }
    let lower = name.to_ascii_lowercase();
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let allowed = changes_allowed(name, candidate);
        if candidate.len() > LONGEST || name.len().abs_diff(candidate.len()) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&lower, &candidate.to_ascii_lowercase());
        if distance <= allowed {
            near.push((distance, candidate));
        }
    }
    near.sort_by_key(|&(distance, _)| distance);
    near.dedup_by_key(|&mut (_, candidate)| candidate);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word_and_a_stranger_finds_none() {
        let words = ["approve", "block", "withhold"];
        assert_eq!(nearest("aprove", words), Some("approve"));
        assert_eq!(nearest("Blok", words), Some("block"));
        assert_eq!(nearest("zebra-crossing", words), None);
        // Every name of one or two letters is a letter away from many others.
        assert_eq!([nearest("d1", ["n1", "d"]), nearest("D", ["n", "d"])], [None, Some("d")]);
    }
}
