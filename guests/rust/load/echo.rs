//! Message round trips with a server that sends everything back.
//! Arguments: how many (default 1000), bytes of each message (default 64).

use std::time::Instant;

use lunatic::{Mailbox, Process};

fn server(_: (), mailbox: Mailbox<(Process<Vec<u8>>, Vec<u8>)>) {
    loop {
        let (client, bytes) = mailbox.receive();
        client.send(bytes);
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<Vec<u8>>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let count = args.next().unwrap_or(1_000);
    let size = args.next().unwrap_or(64);

    let server = Process::spawn_link((), server);
    let message: Vec<u8> = (0..size).map(|index| index as u8).collect();

    let start = Instant::now();
    for _ in 0..count {
        server.send((mailbox.this(), message.clone()));
        assert_eq!(mailbox.receive(), message);
    }

    println!("round_trips {count}");
    println!("bytes {}", 2 * count * size);
    println!("elapsed_us {}", start.elapsed().as_micros());
}
