//! What a process knows about its surroundings: arguments and environment
//! variables. A child gets its parent's, or those of its own config.

use std::env;

use lunatic::{Mailbox, Process, ProcessConfig};

/// Prints all arguments but the program's name, and the variables in order.
fn describe(who: &str) {
    println!(
        "{who}: arguments {:?}",
        env::args().skip(1).collect::<Vec<_>>()
    );
    let mut variables: Vec<_> = env::vars().collect();
    variables.sort();
    for (name, value) in variables {
        println!("{who}: {name}={value}");
    }
}

fn child(parent: Process<()>, _: Mailbox<()>) {
    describe("child");
    parent.send(());
}

#[lunatic::main]
fn main(mailbox: Mailbox<()>) {
    describe("root");

    Process::spawn_link(mailbox.this(), child);
    mailbox.receive();

    let mut config = ProcessConfig::new().unwrap();
    config.add_command_line_argument("program");
    config.add_command_line_argument("--quiet");
    config.add_environment_variable("MOOD", "calm");
    Process::spawn_link_config(&config, mailbox.this(), child);
    mailbox.receive();
}

#[cfg(test)]
#[path = "../../tests/guests/environment.rs"]
mod tests;
