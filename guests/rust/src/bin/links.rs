//! Links tie the fates of processes together: if one fails, the others die.
//! A process that wants to survive takes the news as a message instead.

use std::time::Duration;

use lunatic::{spawn_link, LinkDiedSignal, Mailbox, MessageSignal, Process, Tag};

/// Starts `length` more processes, each linked to the next. The last one panics.
fn chain(length: u32, _: Mailbox<()>) {
    if length == 0 {
        panic!("the last link breaks");
    }
    Process::spawn_link(length - 1, chain);
    // Waits for ever. What ends this process is the death of the next one.
    lunatic::sleep(Duration::from_secs(3600));
}

#[lunatic::main]
fn main(mailbox: Mailbox<()>) {
    // From here on a failing link is a signal in the mailbox, not our end.
    // Underneath this is `die_when_link_dies(false)`.
    let mailbox = mailbox.catch_link_failure();

    // The tag says which link has failed.
    let broken = Tag::special(64).unwrap();
    let first = Process::spawn_link_tag(4, broken, chain);
    match mailbox.receive() {
        MessageSignal::Signal(LinkDiedSignal(tag)) if tag == broken => {
            println!("one process of five panicked and took the other four along");
        }
        other => panic!("expected the death of the chain, got {other:?}"),
    }
    println!("first of the chain alive: {}", first.is_alive());

    // A process that ends well says nothing to its links.
    let calm = spawn_link!(@task || "all is well".to_string());
    println!("a linked process says: {}", calm.result());
    let news = mailbox.receive_timeout(Duration::from_millis(50));
    println!(
        "news about its end: {}",
        if news.is_err() { "none" } else { "some" }
    );

    // Undone links tie nothing any more.
    let doomed = spawn_link!(|mailbox: Mailbox<()>| {
        mailbox.receive();
        panic!("nobody hears this");
    });
    doomed.unlink();
    doomed.send(());
    let news = mailbox.receive_timeout(Duration::from_millis(50));
    println!(
        "news after unlink: {}",
        if news.is_err() { "none" } else { "some" }
    );
}

#[cfg(test)]
#[path = "../../tests/guests/links.rs"]
mod tests;
