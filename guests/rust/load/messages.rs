//! What messages cost. First argument: the figure, then its numbers.
//!
//!   ping_pong ROUNDS [apart]   one process answers another; "apart" keeps it busy
//!                              first, so that it moves to another executor
//!   ring NODES ROUNDS          a token goes round
//!   fan_in SENDERS EACH        many send to one
//!   selective QUEUED TIMES     takes the newest of so many queued messages
//!   send BYTES TIMES           one message each time, taken by a process that counts
//!   yield TIMES                gives up its turn while another does the same
//!   tasks COUNT                so many tasks spawned in one loop, then all answers
//!
//! Prints `count` (operations that took place) and `elapsed_us`.

use std::time::{Duration, Instant};

use lunatic::{host, sleep, spawn_link, Mailbox, Process, Tag};

fn echo((parent, apart): (Process<u64>, bool), mailbox: Mailbox<u64>) {
    if apart {
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(100) {}
    }
    loop {
        parent.send(mailbox.receive() + 1);
    }
}

fn busy(_: (), _: Mailbox<()>) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(300) {}
}

fn ping_pong(mailbox: &Mailbox<u64>, rounds: u64, apart: bool) -> (u64, Duration) {
    if apart {
        Process::spawn_link((), busy);
    }
    let partner = Process::spawn_link((mailbox.this(), apart), echo);
    partner.send(0);
    mailbox.receive();
    if apart {
        sleep(Duration::from_millis(400));
    }
    let start = Instant::now();
    let mut value = 0;
    for _ in 0..rounds {
        partner.send(value);
        value = mailbox.receive();
    }
    (value, start.elapsed())
}

fn node((next, rounds): (Process<u64>, u64), mailbox: Mailbox<u64>) {
    for _ in 0..rounds {
        next.send(mailbox.receive() + 1);
    }
}

fn ring(mailbox: &Mailbox<u64>, nodes: u64, rounds: u64) -> (u64, Duration) {
    let mut next = mailbox.this();
    // The first round starts the processes and is not counted.
    for _ in 0..nodes {
        next = Process::spawn_link((next, rounds + 1), node);
    }
    next.send(0);
    mailbox.receive();
    let start = Instant::now();
    let mut token = 0;
    for _ in 0..rounds {
        next.send(token);
        token = mailbox.receive();
    }
    (token, start.elapsed())
}

fn sender((to, count): (Process<u64>, u64), _: Mailbox<()>) {
    for _ in 0..count {
        to.send(1);
    }
}

fn fan_in(mailbox: &Mailbox<u64>, senders: u64, each: u64) -> (u64, Duration) {
    let start = Instant::now();
    for _ in 0..senders {
        Process::spawn_link((mailbox.this(), each), sender);
    }
    let sum = (0..senders * each).map(|_| mailbox.receive()).sum();
    (sum, start.elapsed())
}

fn selective(mailbox: &Mailbox<u64>, queued: u64, times: u64) -> (u64, Duration) {
    let (old, new) = (Tag::special(64).unwrap(), Tag::special(65).unwrap());
    let this = mailbox.this();
    for _ in 0..queued {
        this.tag_send(old, 0);
    }
    let start = Instant::now();
    let mut taken = 0;
    for _ in 0..times {
        this.tag_send(new, 1);
        taken += mailbox.tag_receive(&[new]);
    }
    (taken, start.elapsed())
}

/// The host's own functions: the serializer takes a byte at a time and would be
/// all that is measured.
fn count_bytes((parent, times): (Process<u64>, u64), _: Mailbox<()>) {
    let mut bytes = 0;
    for _ in 0..times {
        unsafe {
            host::api::message::receive(std::ptr::null(), 0, u64::MAX);
            bytes += host::api::message::data_size();
        }
    }
    parent.send(bytes);
}

fn send(mailbox: &Mailbox<u64>, bytes: u64, times: u64) -> (u64, Duration) {
    let reader = Process::spawn_link((mailbox.this(), times), count_bytes);
    let message = vec![7u8; bytes as usize];
    let start = Instant::now();
    for _ in 0..times {
        unsafe {
            host::api::message::create_data(1, bytes);
            host::api::message::write_data(message.as_ptr(), message.len());
            host::api::message::send(reader.id());
        }
    }
    let received = mailbox.receive();
    (received / bytes, start.elapsed())
}

fn give_way(times: u64, _: Mailbox<()>) {
    for _ in 0..times {
        unsafe { host::api::process::sleep_ms(0) };
    }
}

fn yields(times: u64) -> (u64, Duration) {
    Process::spawn_link(times, give_way);
    let start = Instant::now();
    for _ in 0..times {
        unsafe { host::api::process::sleep_ms(0) };
    }
    (times, start.elapsed())
}

fn tasks(count: u64) -> (u64, Duration) {
    let start = Instant::now();
    let tasks: Vec<_> = (0..count).map(|n| spawn_link!(@task |n| n % 2 + 1)).collect();
    let sum: u64 = tasks.into_iter().map(|task| task.result()).sum();
    assert_eq!(sum, count + count / 2);
    (count, start.elapsed())
}

#[lunatic::main]
fn main(mailbox: Mailbox<u64>) {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| args[index].parse::<u64>().unwrap();
    let (count, elapsed) = match args[0].as_str() {
        "ping_pong" => ping_pong(&mailbox, number(1), args.len() > 2),
        "ring" => ring(&mailbox, number(1), number(2)),
        "fan_in" => fan_in(&mailbox, number(1), number(2)),
        "selective" => selective(&mailbox, number(1), number(2)),
        "send" => send(&mailbox, number(1), number(2)),
        "yield" => yields(number(1)),
        "tasks" => tasks(number(1)),
        other => panic!("unknown figure {other}"),
    };
    println!("count {count}");
    println!("elapsed_us {}", elapsed.as_micros());
}
