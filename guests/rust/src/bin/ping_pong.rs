//! Two processes play ping-pong. Argument: how many rallies (default 1000).

use lunatic::{Mailbox, Process};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
enum Ball {
    Ping(u32),
    Pong(u32),
}

fn opponent(player: Process<Ball>, mailbox: Mailbox<Ball>) {
    loop {
        match mailbox.receive() {
            Ball::Ping(rally) => player.send(Ball::Pong(rally)),
            Ball::Pong(_) => panic!("that was mine"),
        }
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<Ball>) {
    let rallies: u32 = std::env::args()
        .nth(1)
        .map_or(1_000, |arg| arg.parse().unwrap());

    let opponent = Process::spawn_link(mailbox.this(), opponent);
    for rally in 1..=rallies {
        opponent.send(Ball::Ping(rally));
        match mailbox.receive() {
            Ball::Pong(answered) => assert_eq!(answered, rally),
            Ball::Ping(_) => panic!("that was mine"),
        }
        if rally % (rallies / 10).max(1) == 0 {
            println!("{rally} rallies");
        }
    }
    // The opponent still waits for a ball. It ends with us, as every process
    // ends when the root process does.
    println!("game over after {rallies} rallies");
}

#[cfg(test)]
#[path = "../../tests/guests/ping_pong.rs"]
mod tests;
