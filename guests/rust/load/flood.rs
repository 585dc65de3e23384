//! Sends for ever to a process that never reads: what a host must be able to
//! bound, slice and kill. Argument: bytes of each message (default 1024).

use std::time::Duration;

use lunatic::{sleep, Mailbox, Process};

fn deaf(_: (), _: Mailbox<Vec<u8>>) {
    sleep(Duration::from_secs(24 * 3600));
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let size = std::env::args()
        .nth(1)
        .map_or(1_024, |arg| arg.parse().unwrap());
    let victim = Process::spawn_link((), deaf);
    println!("flooding process {}", victim.id());
    loop {
        victim.send(vec![0; size]);
    }
}
