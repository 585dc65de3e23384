//! Keeps many processes alive at once: spawns them all, each waits for a
//! message, then every one gets a message and answers.
//! Argument: how many (default 1000).

use std::time::Instant;

use lunatic::{Mailbox, Process};

fn answer(parent: Process<u64>, mailbox: Mailbox<u64>) {
    parent.send(mailbox.receive() + 1);
}

#[lunatic::main]
fn main(mailbox: Mailbox<u64>) {
    let count: u64 = std::env::args()
        .nth(1)
        .map_or(1_000, |arg| arg.parse().unwrap());

    let start = Instant::now();
    let processes: Vec<_> = (0..count)
        .map(|_| Process::spawn(mailbox.this(), answer))
        .collect();
    println!("alive {}", processes.len());
    println!("spawn_us {}", start.elapsed().as_micros());

    let start = Instant::now();
    for (number, process) in processes.iter().enumerate() {
        process.send(number as u64);
    }
    let sum: u64 = (0..count).map(|_| mailbox.receive()).sum();
    println!("answered {count}");
    println!("sum {sum}");
    println!("answer_us {}", start.elapsed().as_micros());
}
