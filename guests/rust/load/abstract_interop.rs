//! An abstract process that programs in other languages talk to, and one that talks to theirs: the argument says which.
//!
//!     serve NAME   runs a Counter under a name
//!     use NAME     finds a Counter of that name, whoever runs it, and uses all of its handlers

use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, DeferredResponse, ProcessRef};
use lunatic::{abstract_process, sleep, Mailbox};

struct Counter {
    total: i64,
    waiting: Vec<(i64, DeferredResponse<String, Self>)>,
}

#[abstract_process]
impl Counter {
    #[init]
    fn init(_: Config<Self>, start: i64) -> Result<Self, ()> {
        Ok(Counter {
            total: start,
            waiting: vec![],
        })
    }

    #[terminate]
    fn terminate(self) {
        println!("rust: the counter ends with {}", self.total);
    }

    #[handle_message]
    fn add(&mut self, by: i64, reasons: Vec<String>) {
        self.total += by;
        println!("rust: {} added because of {}", by, reasons.join(" and "));
        let total = self.total;
        for index in (0..self.waiting.len()).rev() {
            if total >= self.waiting[index].0 {
                let (limit, answer) = self.waiting.remove(index);
                answer.send_response(format!("{total} is at least {limit}"));
            }
        }
    }

    #[handle_request]
    fn total(&self) -> i64 {
        self.total
    }

    #[handle_request]
    fn describe(&self, prefix: Option<String>) -> String {
        format!("{}{}", prefix.unwrap_or_default(), self.total)
    }

    #[handle_deferred_request]
    fn reached(&mut self, limit: i64, answer: DeferredResponse<String, Self>) {
        self.waiting.push((limit, answer));
    }
}

fn serve(name: &str) {
    let counter = Counter::start_as(&name, 10).unwrap();
    println!("rust: a counter is there");
    while counter.is_alive() {
        sleep(Duration::from_millis(20));
    }
    println!("rust: the counter is gone");
}

fn use_other(name: &str) {
    let counter = loop {
        match ProcessRef::<Counter>::lookup(name) {
            Some(counter) => break counter,
            None => sleep(Duration::from_millis(20)),
        }
    };
    println!("rust: total {}", counter.total());
    counter.add(5, vec!["five".to_string(), "more".to_string()]);
    println!("rust: {}", counter.describe(Some("now ".to_string())));
    println!("rust: {}", counter.describe(None));
    counter
        .with_delay(Duration::from_millis(20))
        .add(100, vec!["a delay".to_string()]);
    println!("rust: {}", counter.reached(100));
    counter.shutdown();
    println!("rust: the counter has shut down");
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let args: Vec<String> = std::env::args().collect();
    let name = args.get(2).map(String::as_str).unwrap_or("counter");
    match args.get(1).map(String::as_str) {
        Some("use") => use_other(name),
        _ => serve(name),
    }
}
