//! Messages that arrive later. The runtime keeps the timer; the sender goes on.

use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::{abstract_process, Mailbox, Process};

struct Egg {
    cook: Process<String>,
}

#[abstract_process]
impl Egg {
    #[init]
    fn init(_: Config<Self>, cook: Process<String>) -> Result<Self, ()> {
        Ok(Egg { cook })
    }

    #[handle_message]
    fn ready(&self) {
        self.cook.send("the egg is ready".to_string());
    }
}

fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[lunatic::main]
fn main(mailbox: Mailbox<String>) {
    // What counts is the time, not the order of the calls.
    let this = mailbox.this();
    this.send_after("third".to_string(), milliseconds(150));
    this.send_after("first".to_string(), milliseconds(50));
    this.send_after("second".to_string(), milliseconds(100));
    for _ in 0..3 {
        println!("{}", mailbox.receive());
    }

    // A timer can be stopped before it fires.
    let alarm = this.send_after("wake up".to_string(), milliseconds(100));
    println!("alarm cancelled: {}", alarm.cancel());
    println!(
        "alarm rang: {}",
        mailbox.receive_timeout(milliseconds(200)).is_ok()
    );

    // The methods of an abstract process can be called with a delay, too.
    let egg: ProcessRef<Egg> = Egg::link().start(this).unwrap();
    egg.with_delay(milliseconds(100)).ready();
    println!("the egg is in the pot");
    println!("{}", mailbox.receive());
}

#[cfg(test)]
#[path = "../../tests/guests/timers.rs"]
mod tests;
