//! A ring of processes hands a token round. Every process adds one to it.
//!
//! Arguments: how many processes (default 100), how many rounds (default 10).

use lunatic::{Mailbox, Process};

/// Passes on whatever comes, until the token of the last round has gone by.
fn node((next, rounds): (Process<u64>, u64), mailbox: Mailbox<u64>) {
    for _ in 0..rounds {
        next.send(mailbox.receive() + 1);
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<u64>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let nodes: u64 = args.next().unwrap_or(100);
    let rounds: u64 = args.next().unwrap_or(10);

    // Each new process knows the one made before it. The first one knows us,
    // and we know the last one: that closes the ring.
    let mut next = mailbox.this();
    for _ in 0..nodes {
        next = Process::spawn_link((next, rounds), node);
    }

    let mut token = 0;
    for round in 1..=rounds {
        next.send(token);
        token = mailbox.receive();
        println!("round {round}: the token says {token}");
    }
    println!(
        "{} messages passed through {nodes} processes",
        token + rounds
    );
}

#[cfg(test)]
#[path = "../../tests/guests/ring.rs"]
mod tests;
