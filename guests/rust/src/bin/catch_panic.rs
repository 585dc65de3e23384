//! A panic ends a process, but it can be caught at two places: around a call,
//! and around the start of an abstract process.

use lunatic::ap::{AbstractProcess, Config, StartupError};
use lunatic::panic::catch_panic;
use lunatic::{abstract_process, spawn_link, Mailbox};

fn divide(dividend: i32, divisor: i32) -> i32 {
    if divisor == 0 {
        panic!("{dividend} cannot be divided by zero");
    }
    dividend / divisor
}

struct Fussy;

#[abstract_process]
impl Fussy {
    #[init]
    fn init(_: Config<Self>, breakfast: String) -> Result<Self, String> {
        match breakfast.as_str() {
            "tea" => Ok(Fussy),
            "coffee" => Err("coffee is not tea".to_string()),
            _ => panic!("what is {breakfast}?"),
        }
    }
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    for divisor in [4, 0, 5] {
        match catch_panic(|| divide(20, divisor)) {
            Ok(quotient) => println!("20 / {divisor} = {quotient}"),
            Err(_) => println!("20 / {divisor} panicked, and we go on"),
        }
    }

    // Catches nest: the inner one keeps the outer call alive. This happens in a
    // process of its own, because Rust counts a caught panic as one in progress
    // and makes a great noise about a second one in the same process.
    let nested = spawn_link!(@task || {
        let outer = catch_panic(|| catch_panic(|| divide(1, 0)).is_err());
        outer == Ok(true)
    });
    println!("the outer call survived: {}", nested.result());

    for breakfast in ["tea", "coffee", "gravel"] {
        let outcome = match Fussy::start(breakfast.to_string()) {
            Ok(_) => "started".to_string(),
            Err(StartupError::Custom(reason)) => format!("refused: {reason}"),
            Err(StartupError::InitPanicked) => "panicked while starting".to_string(),
            Err(error) => format!("{error:?}"),
        };
        println!("{breakfast}: {outcome}");
    }
}

#[cfg(test)]
#[path = "../../tests/guests/catch_panic.rs"]
mod tests;
