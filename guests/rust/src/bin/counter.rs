//! A counter that lives in a process of its own.
//!
//! An abstract process owns a state and answers calls. Callers use ordinary
//! methods; behind each one is a message, so the state needs no lock: the
//! counter handles one message at a time, in order of arrival.

use lunatic::ap::{AbstractProcess, Config};
use lunatic::{abstract_process, spawn_link, Mailbox};

struct Counter(u32);

#[abstract_process]
impl Counter {
    #[init]
    fn init(_: Config<Self>, start: u32) -> Result<Self, ()> {
        Ok(Counter(start))
    }

    // Runs when somebody calls `shutdown()`.
    #[terminate]
    fn terminate(self) {
        println!("counter: closing at {}", self.0);
    }

    // A message: the caller does not wait.
    #[handle_message]
    fn add(&mut self, amount: u32) {
        self.0 += amount;
    }

    // A request: the caller waits for the answer.
    #[handle_request]
    fn value(&self) -> u32 {
        self.0
    }
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let counter = Counter::link().start(10).unwrap();
    println!("starts at {}", counter.value());

    for amount in 1..=5 {
        counter.add(amount);
    }
    println!("after 1+2+3+4+5: {}", counter.value());

    // A reference to a process can travel inside a message, so other
    // processes can use the same counter at the same time.
    let clients: Vec<_> = (0..4)
        .map(|_| {
            spawn_link!(@task |counter| {
                for _ in 0..100 {
                    counter.add(1);
                }
                // The answer proves that all additions before it were handled.
                counter.value()
            })
        })
        .collect();
    for client in clients {
        let _ = client.result();
    }
    println!("after 4 clients added 100 each: {}", counter.value());

    counter.shutdown();
    println!("done");
}

#[cfg(test)]
#[path = "../../tests/guests/counter.rs"]
mod tests;
