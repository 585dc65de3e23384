//! An endless loop beside a ticking clock.
//!
//! The loop never waits for anything, never calls the host and never gives
//! way. The clock ticks all the same, because the runtime takes turns between
//! processes. In the end the loop is killed, in the middle of its work.

use std::time::Duration;

use lunatic::{sleep, spawn_link, Mailbox, MessageSignal, Process, ProcessDiedSignal};

#[lunatic::main]
fn main(mailbox: Mailbox<()>) {
    let mailbox = mailbox.monitorable();

    #[allow(clippy::empty_loop)]
    let spinner = Process::spawn((), |_, _: Mailbox<()>| loop {});
    mailbox.monitor(spinner);

    let clock = spawn_link!(@task || {
        for tick in 1..=10 {
            sleep(Duration::from_millis(50));
            println!("tick {tick}");
        }
    });
    let () = clock.result();

    println!("the loop is still running: {}", spinner.is_alive());
    spinner.kill();
    match mailbox.receive() {
        MessageSignal::Signal(ProcessDiedSignal(id)) => println!("process {id} was killed"),
        MessageSignal::Message(()) => panic!("nobody sends us messages"),
    }
    println!("the loop is still running: {}", spinner.is_alive());
}

#[cfg(test)]
#[path = "../../tests/guests/endless_loop.rs"]
mod tests;
