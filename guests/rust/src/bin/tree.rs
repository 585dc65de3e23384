//! A tree of processes. Every process starts two more, down to the leaves;
//! the leaves rest for a moment, then the sums travel back up.
//!
//! Arguments: how many levels (default 6), rest in milliseconds (default 1000).

use std::time::Duration;

use lunatic::{sleep, spawn_link, Mailbox};

/// The number of processes in the subtree of this one, itself included.
fn grow(levels: u32, rest: u64) -> u64 {
    if levels == 1 {
        sleep(Duration::from_millis(rest));
        return 1;
    }
    let levels = levels - 1;
    let left = spawn_link!(@task |levels, rest| grow(levels, rest));
    let right = spawn_link!(@task |levels, rest| grow(levels, rest));
    1 + left.result() + right.result()
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let levels = args.next().unwrap_or(6) as u32;
    let rest = args.next().unwrap_or(1_000);

    println!("growing a tree with {levels} levels");
    println!("it had {} processes", grow(levels, rest));
}

#[cfg(test)]
#[path = "../../tests/guests/tree.rs"]
mod tests;
