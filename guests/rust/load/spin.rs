//! Computes for ever and never calls the host after its first line: what a
//! host must be able to slice, pause and kill.

use lunatic::Mailbox;

#[lunatic::main]
fn main(_: Mailbox<()>) {
    println!("spinning");
    #[allow(clippy::empty_loop)]
    loop {}
}
