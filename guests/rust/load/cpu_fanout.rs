//! Computes in many processes at once, without a single host call in between.
//! Arguments: how many tasks (default 64), iterations of each (default 2000000).

use std::time::Instant;

use lunatic::{spawn_link, Mailbox};

fn churn(task: u64, iterations: u64) -> u64 {
    (0..iterations).fold(task + 1, |state, _| {
        let state = state ^ (state << 13);
        let state = state ^ (state >> 7);
        state ^ (state << 17)
    })
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let tasks: u64 = args.next().unwrap_or(64);
    let iterations: u64 = args.next().unwrap_or(2_000_000);

    let start = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|task| spawn_link!(@task |task, iterations| churn(task, iterations)))
        .collect();
    let checksum = running.into_iter().fold(0, |sum, task| sum ^ task.result());

    println!("tasks {tasks}");
    println!("checksum {checksum:016x}");
    println!("elapsed_us {}", start.elapsed().as_micros());
}
