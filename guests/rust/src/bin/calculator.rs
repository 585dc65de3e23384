//! Session types: the conversation between two processes is part of their
//! types. Whoever sends when it is the turn to receive gets a compile error.

use lunatic::protocol::{Branch, End, Offer, Protocol, Recv, Send};
use lunatic::{Mailbox, Process};

/// As the calculator sees it: take two numbers, answer with their sum.
type Add = Recv<i32, Recv<i32, Send<i32, End>>>;
/// Take one number, answer with its opposite.
type Negate = Recv<i32, Send<i32, End>>;
/// The other side chooses.
type Calculator = Offer<Add, Negate>;

fn calculator(_: (), session: Protocol<Calculator>) {
    let _: Protocol<End> = match session.offer() {
        Branch::Left(add) => {
            let (add, left) = add.receive();
            let (add, right) = add.receive();
            add.send(left + right)
        }
        Branch::Right(negate) => {
            let (negate, number) = negate.receive();
            negate.send(-number)
        }
    };
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    // Our end of the session has the mirrored type: where the calculator
    // receives, we send.
    let session = Process::spawn_link((), calculator);
    let (_, sum) = session.select_left().send(2).send(40).receive();
    println!("2 + 40 = {sum}");

    let session = Process::spawn_link((), calculator);
    let (_, opposite) = session.select_right().send(7).receive();
    println!("the opposite of 7 is {opposite}");
}

#[cfg(test)]
#[path = "../../tests/guests/calculator.rs"]
mod tests;
