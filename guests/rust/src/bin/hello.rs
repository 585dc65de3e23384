//! The smallest lunatic program: the root process says hello and starts a
//! second process, which says hello too.

use lunatic::{host, spawn_link, Mailbox};

// `#[lunatic::main]` hands the root process its mailbox. Nobody sends to it here.
#[lunatic::main]
fn main(_: Mailbox<()>) {
    println!("hello from process {}", host::process_id());

    // A task is a process that computes one value and sends it back. It has a
    // memory of its own: `name` travels to it inside a message.
    let name = "lunatic".to_string();
    let greeting = spawn_link!(@task |name| {
        format!("hello {} from process {}", name, host::process_id())
    });

    println!("{}", greeting.result());
}
