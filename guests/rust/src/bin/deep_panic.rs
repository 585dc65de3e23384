//! A panic deep inside nested calls. The process traps; its stack shows the
//! functions of this file by name.

use lunatic::Mailbox;

struct Table {
    chairs: u32,
    guests: Vec<String>,
}

impl Table {
    #[inline(never)]
    fn take_chair(&mut self, guest: &str) {
        if self.guests.len() as u32 == self.chairs {
            panic!("no chair for {guest}");
        }
        println!("{guest} sits down");
        self.guests.push(guest.to_string());
    }
}

#[inline(never)]
fn welcome<F: FnMut(&str)>(guests: &[&str], seat: &mut F) {
    if let Some((first, others)) = guests.split_first() {
        seat(first);
        // Recursion, to make the stack deep: one frame for every guest.
        welcome(others, seat);
        println!("{first} got a place");
    }
}

#[inline(never)]
fn dinner_party(chairs: u32) -> usize {
    let mut table = Table {
        chairs,
        guests: Vec::new(),
    };
    welcome(
        &["Ada", "Barbara", "Grace", "Hedy", "Radia"],
        &mut |guest| table.take_chair(guest),
    );
    table.guests.len()
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    println!("{} guests are seated", dinner_party(3));
}

#[cfg(test)]
#[path = "../../tests/guests/deep_panic.rs"]
mod tests;
