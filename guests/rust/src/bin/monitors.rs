//! Monitors watch processes without being tied to them: whichever way a
//! process ends, the watcher gets a message, and lives on.

use lunatic::{Mailbox, MessageSignal, Process, ProcessDiedSignal};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
enum Order {
    Return,
    Panic,
    Wait,
}

fn worker(_: (), mailbox: Mailbox<Order>) {
    loop {
        match mailbox.receive() {
            Order::Return => return,
            Order::Panic => panic!("as ordered"),
            Order::Wait => {}
        }
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<()>) {
    let mailbox = mailbox.monitorable();
    let workers = [(); 4].map(|_| Process::spawn((), worker));
    for worker in workers {
        mailbox.monitor(worker);
    }

    let next_death = || match mailbox.receive() {
        MessageSignal::Signal(ProcessDiedSignal(id)) => id,
        MessageSignal::Message(()) => panic!("nobody sends us messages"),
    };
    let [returns, panics, killed, unwatched] = workers;

    returns.send(Order::Return);
    println!("process {} returned", next_death());

    panics.send(Order::Panic);
    println!("process {} panicked", next_death());

    killed.send(Order::Wait);
    killed.kill();
    println!("process {} was killed", next_death());

    // Watching can be stopped, then an end goes unnoticed.
    mailbox.stop_monitoring(unwatched);
    unwatched.send(Order::Return);
    let news = mailbox.receive_timeout(std::time::Duration::from_millis(50));
    println!(
        "news about process {}: {}",
        unwatched.id(),
        if news.is_err() { "none" } else { "some" }
    );
}

#[cfg(test)]
#[path = "../../tests/guests/monitors.rs"]
mod tests;
