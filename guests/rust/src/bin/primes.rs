//! Counts primes in parallel. The range is cut into pieces and every piece is
//! counted by a task, a process that computes one value and sends it back.
//!
//! Arguments: the upper limit (default 200000) and the number of tasks (8).

use lunatic::{spawn_link, Mailbox};

fn is_prime(n: u32) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let limit: u32 = args.next().unwrap_or(200_000);
    let pieces: u32 = args.next().unwrap_or(8);

    // All tasks are started before the first result is awaited, so they run
    // side by side, on as many cores as the host has.
    let tasks: Vec<_> = (0..pieces)
        .map(|piece| {
            let from = limit / pieces * piece;
            let to = if piece + 1 == pieces {
                limit
            } else {
                from + limit / pieces
            };
            let task = spawn_link!(@task |from, to| (from..to).filter(|n| is_prime(*n)).count());
            (from, to, task)
        })
        .collect();

    let mut total = 0;
    for (from, to, task) in tasks {
        let count = task.result();
        println!("{count} primes from {from} to {to}");
        total += count;
    }
    println!("{total} primes below {limit}");
}

#[cfg(test)]
#[path = "../../tests/guests/primes.rs"]
mod tests;
