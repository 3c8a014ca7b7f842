//! Layer 0: doing two things at the same time.

/// Does both at the same time, the second one on a thread of its own. A panic of either is a panic here.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        match other.join() {
            Ok(other) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::both;

    #[test]
    fn each_gives_its_own() {
        let text = String::from("shared");
        assert_eq!(both(|| text.len(), || text.to_uppercase()), (6, "SHARED".to_owned()));
    }

    #[test]
    #[should_panic = "the other"]
    fn a_panic_is_not_lost() {
        both(|| (), || panic!("the other"));
    }
}
