//! Speaks with a module that was written in another language.
//!
//! It compiles the module whose file is its argument, spawns its `_start`, and then both sides
//! ask each other, found by names: the messages hold sum types, options, maps and handles.

use std::collections::HashMap;
use std::time::Duration;

use lunatic::{sleep, Mailbox, Process, WasmModule};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    id: u64,
    operation: Operation,
    reply_to: Process<Reply>,
    note: Option<String>,
    weights: HashMap<String, f64>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Operation {
    Add { a: i32, b: i32 },
    Join { parts: Vec<String>, between: String },
    Sum(Vec<f64>),
    Ping,
}

#[derive(Debug, Serialize, Deserialize)]
enum Reply {
    Number { id: u64, value: i64 },
    Text { id: u64, text: String },
    Real { id: u64, value: f64 },
    Pong,
}

fn answer(request: Request) {
    let id = request.id;
    let reply = match request.operation {
        Operation::Add { a, b } => Reply::Number { id, value: i64::from(a) + i64::from(b) },
        Operation::Join { parts, between } => {
            let mut text = parts.join(&between);
            if let Some(note) = request.note {
                text.push_str(&note);
            }
            Reply::Text { id, text }
        }
        Operation::Sum(values) => {
            let weight: f64 = request.weights.values().sum();
            Reply::Real { id, value: values.iter().sum::<f64>() * weight }
        }
        Operation::Ping => Reply::Pong,
    };
    request.reply_to.send(reply);
}

/// Answers what the other language asks.
fn serve(_: (), mailbox: Mailbox<Request>) {
    loop {
        answer(mailbox.receive());
    }
}

/// The other side registers its server when it has started.
fn wait_for(name: &str) -> Process<Request> {
    loop {
        if let Some(process) = Process::<Request>::lookup(name) {
            return process;
        }
        sleep(Duration::from_millis(5));
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<Reply>) {
    let path = match std::env::args().nth(1) {
        Some(path) => path,
        None => return println!("usage: interop MODULE.wasm"),
    };
    let bytes = std::fs::read(&path).expect("the module's file");
    let module = WasmModule::new(&bytes).expect("a module");

    Process::spawn((), serve).register(&"rust");
    let other: Process<(), lunatic::serializer::Bincode> = module.spawn("_start", &[]).expect("a process");

    let server = wait_for("other");
    let mut asks = 0;
    let mut ask = |operation: Operation, note: Option<&str>| {
        asks += 1;
        server.send(Request {
            id: asks,
            operation,
            reply_to: mailbox.this(),
            note: note.map(str::to_string),
            weights: HashMap::from([("one".to_string(), 0.5), ("two".to_string(), 1.5)]),
        });
        println!("rust got {:?}", mailbox.receive());
    };
    ask(Operation::Add { a: 40, b: -82 }, None);
    ask(Operation::Join { parts: vec!["grün".into(), "blau".into()], between: "+".into() }, Some("!"));
    ask(Operation::Sum(vec![0.25, 0.5]), None);
    ask(Operation::Ping, None);

    while other.is_alive() {
        sleep(Duration::from_millis(5));
    }
    println!("both are through");
}
