//! Work shared among threads, with results in the order of the work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `work` for each number below `count`, on up to `workers` threads; the results in order.
pub(super) fn in_order<R: Send>(count: usize, workers: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let workers = workers.clamp(1, count.max(1));
    if workers == 1 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let result = work(number);
                    // A thread that panicked while it held this has ended the process's answer anyway.
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((number, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_unstable_by_key(|&(number, _)| number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_order_whoever_makes_them() {
        let expected: Vec<usize> = (0..1000).map(|number| number * 3).collect();
        for workers in [0, 1, 2, 7, 5000] {
            assert_eq!(in_order(1000, workers, |number| number * 3), expected);
        }
        assert_eq!(in_order(0, 4, |number| number), Vec::<usize>::new());
    }
}
