//! A mailbox is a queue, but a process may take messages out of turn: it names
//! the tags it wants, and everything else stays queued in order. A time-out
//! bounds the wait.

use std::time::Duration;

use lunatic::{Mailbox, MailboxError, Process, Tag};

/// Sends three letters and a telegram, all before anybody reads them.
fn post_office((reader, letter, telegram): (Process<String>, Tag, Tag), _: Mailbox<()>) {
    reader.tag_send(letter, "letter 1".to_string());
    reader.tag_send(letter, "letter 2".to_string());
    reader.tag_send(telegram, "telegram: come at once".to_string());
    reader.tag_send(letter, "letter 3".to_string());
    reader.send("postcard without a tag".to_string());
}

#[lunatic::main]
fn main(mailbox: Mailbox<String>) {
    // Tags 64 to 128 are for applications.
    let letter = Tag::special(64).unwrap();
    let telegram = Tag::special(65).unwrap();
    let parcel = Tag::special(66).unwrap();

    Process::spawn((mailbox.this(), letter, telegram), post_office);

    // Jumps the queue: two letters came before it.
    println!("{}", mailbox.tag_receive(&[telegram]));

    // Any of several tags, the oldest message first.
    println!("{}", mailbox.tag_receive(&[telegram, letter]));

    // Nobody sends a parcel.
    match mailbox.tag_receive_timeout(&[parcel], Duration::from_millis(50)) {
        Err(MailboxError::TimedOut) => println!("no parcel within 50 ms"),
        other => panic!("expected a time-out, got {other:?}"),
    }

    // Without tags everything left comes in order of arrival.
    println!("{}", mailbox.receive());
    println!("{}", mailbox.receive());
    println!("{}", mailbox.receive());
    println!(
        "anything left: {}",
        mailbox.receive_timeout(Duration::ZERO).is_ok()
    );
}

#[cfg(test)]
#[path = "../../tests/guests/selective_receive.rs"]
mod tests;
