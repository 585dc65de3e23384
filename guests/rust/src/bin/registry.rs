//! Named processes: whoever knows the name finds the process.

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::{abstract_process, spawn_link, Mailbox, Process, ProcessName};

// A type as a name cannot be misspelled and clashes with nobody else's.
#[derive(ProcessName)]
struct Announcer;

struct Dictionary;

#[abstract_process]
impl Dictionary {
    #[init]
    fn init(_: Config<Self>, _: ()) -> Result<Self, ()> {
        Ok(Dictionary)
    }

    #[handle_request]
    fn translate(&self, word: String) -> Option<String> {
        match word.as_str() {
            "moon" => Some("luna".to_string()),
            "process" => Some("processus".to_string()),
            _ => None,
        }
    }
}

#[lunatic::main]
fn main(mailbox: Mailbox<String>) {
    mailbox.this().register(&Announcer);
    Dictionary::link().start_as(&"dictionary", ()).unwrap();

    // The new process gets no reference to anybody. It looks both up.
    spawn_link!(|| {
        let dictionary = ProcessRef::<Dictionary>::lookup("dictionary").unwrap();
        let announcer = Process::<String>::lookup(&Announcer).unwrap();
        for word in ["moon", "process", "spoon"] {
            let latin = dictionary.translate(word.to_string());
            announcer.send(format!(
                "{word} is {}",
                latin.as_deref().unwrap_or("unknown")
            ));
        }
    });
    for _ in 0..3 {
        println!("{}", mailbox.receive());
    }

    // A name belongs to one process only.
    let second = Dictionary::start_as(&"dictionary", ());
    println!(
        "a second dictionary: {}",
        if second.is_err() {
            "name taken"
        } else {
            "started"
        }
    );
    println!(
        "no such name: {:?}",
        ProcessRef::<Dictionary>::lookup("atlas").map(|found| found.id())
    );
}

#[cfg(test)]
#[path = "../../tests/guests/registry.rs"]
mod tests;
