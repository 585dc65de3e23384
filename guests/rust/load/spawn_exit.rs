//! Spawns processes that do nothing, one after another, and waits for the
//! answer of each. Argument: how many (default 1000).

use std::time::Instant;

use lunatic::{spawn_link, Mailbox};

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let count: u32 = std::env::args()
        .nth(1)
        .map_or(1_000, |arg| arg.parse().unwrap());

    let start = Instant::now();
    for _ in 0..count {
        let _: () = spawn_link!(@task || ()).result();
    }

    println!("spawned {count}");
    println!("elapsed_us {}", start.elapsed().as_micros());
}
