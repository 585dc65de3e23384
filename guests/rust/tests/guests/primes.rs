use super::*;

#[lunatic::test]
fn small_primes_are_known() {
    let primes: Vec<u32> = (0..30).filter(|n| is_prime(*n)).collect();
    assert_eq!(primes, [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
}

#[lunatic::test]
fn tasks_count_as_many_as_one_does() {
    let alone = (0..4_000).filter(|n| is_prime(*n)).count();
    let tasks: Vec<_> = (0..4)
        .map(|piece| {
            let from = piece * 1_000;
            spawn_link!(@task |from| (from..from + 1_000).filter(|n| is_prime(*n)).count())
        })
        .collect();
    let together: usize = tasks.into_iter().map(|task| task.result()).sum();
    assert_eq!(together, alone);
}

/// A second or two of computing.
#[lunatic::test]
#[ignore]
fn there_are_78498_primes_below_a_million() {
    let tasks: Vec<_> = (0..8)
        .map(|piece| {
            let from = piece * 125_000;
            spawn_link!(@task |from| (from..from + 125_000).filter(|n| is_prime(*n)).count())
        })
        .collect();
    assert_eq!(
        tasks.into_iter().map(|task| task.result()).sum::<usize>(),
        78_498
    );
}
