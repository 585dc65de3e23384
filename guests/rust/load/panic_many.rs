//! Starts processes that panic, one after another, and awaits the death of
//! each. Argument: how many (default 1000).

use std::time::Instant;

use lunatic::{LinkDiedSignal, Mailbox, MessageSignal, Process, Tag};

fn fail(number: u32, _: Mailbox<()>) {
    // The message of a panic costs more than the panic. Only the first is shown.
    if number > 0 {
        std::panic::set_hook(Box::new(|_| {}));
    }
    panic!("process number {number} fails as planned");
}

#[lunatic::main]
fn main(mailbox: Mailbox<()>) {
    let count: u32 = std::env::args()
        .nth(1)
        .map_or(1_000, |arg| arg.parse().unwrap());
    let mailbox = mailbox.catch_link_failure();

    let start = Instant::now();
    for number in 0..count {
        let link = Tag::new();
        Process::spawn_link_tag(number, link, fail);
        match mailbox.receive() {
            MessageSignal::Signal(LinkDiedSignal(tag)) => assert_eq!(tag, link),
            MessageSignal::Message(()) => panic!("nobody sends us messages"),
        }
    }

    println!("panicked {count}");
    println!("elapsed_us {}", start.elapsed().as_micros());
}
