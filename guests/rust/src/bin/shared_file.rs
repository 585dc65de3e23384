//! One file, two processes: what one writes, the other reads.
//!
//! Processes share no memory, but they share the files that their configuration
//! lets them see. The writer appends to a journal and tells the reader how far it
//! is; the reader has the file open all the time. A third process, whose
//! configuration names no directory, finds nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};

use lunatic::{spawn_link, Mailbox, Process, ProcessConfig};

const JOURNAL: &str = "journal.txt";

/// Reads on where it stopped, whenever it is told that there is more.
fn reader(parent: Process<String>, mailbox: Mailbox<u64>) {
    let mut journal = File::open(JOURNAL).unwrap();
    let mut read = 0;
    loop {
        let length = mailbox.receive();
        if length == 0 {
            return;
        }
        let mut news = String::new();
        journal.read_to_string(&mut news).unwrap();
        read += news.len() as u64;
        assert_eq!(read, length);
        parent.send(news.trim_end().to_string());
    }
}

fn stranger(parent: Process<String>, _: Mailbox<()>) {
    parent.send(match File::open(JOURNAL) {
        Ok(_) => "can read the journal".to_string(),
        Err(_) => "finds no journal".to_string(),
    });
}

#[lunatic::main]
fn main(mailbox: Mailbox<String>) {
    let this = mailbox.this();
    let mut journal = OpenOptions::new().create(true).truncate(true).write(true).open(JOURNAL).unwrap();
    let reader = spawn_link!(|this, mailbox: Mailbox<u64>| reader(this, mailbox));

    let mut length = 0;
    for line in ["first light", "a bird", "rain until noon"] {
        let line = format!("{line}\n");
        journal.write_all(line.as_bytes()).unwrap();
        length += line.len() as u64;
        reader.send(length);
        println!("the reader has read: {}", mailbox.receive());
    }

    // Under another name it is the same file to whoever has it open.
    fs::rename(JOURNAL, "archive.txt").unwrap();
    journal.write_all(b"renamed\n").unwrap();
    reader.send(length + 8);
    println!("after the rename it has read: {}", mailbox.receive());
    reader.send(0);

    fs::rename("archive.txt", JOURNAL).unwrap();
    let mut config = ProcessConfig::new().unwrap();
    config.set_can_spawn_processes(false);
    spawn_link!(&config, |this, mailbox: Mailbox<()>| stranger(this, mailbox));
    println!("a process without directories {}", mailbox.receive());
    fs::remove_file(JOURNAL).unwrap();
}

#[cfg(test)]
#[path = "../../tests/guests/shared_file.rs"]
mod tests;
