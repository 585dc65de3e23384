//! Replaces files safely, over and over: `durable_files ROUNDS`. Round n writes a new file, syncs it, gives it the name of
//! one of the old ones, syncs the directory, and prints `synced n`. It goes on after the highest round that it finds.

use std::fs::{self, File};
use std::io::Write;

const SLOTS: u64 = 5;

fn main() {
    let rounds: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).expect("how many rounds");
    let last = (0..SLOTS).filter_map(|slot| fs::read(slot_name(slot)).ok()).map(|bytes| round_in(&bytes)).max();
    let first = last.unwrap_or(0) + 1;
    let directory = File::open(".").unwrap();
    for round in first..first + rounds {
        replace(round);
        directory.sync_all().unwrap();
        println!("synced {round}");
    }
}

/// Up to 40,000 bytes, all of which follow from the round.
fn replace(round: u64) {
    let words = 1 + (round * 37) % 5000;
    let mut file = File::create("new").unwrap();
    file.write_all(&round.to_le_bytes().repeat(words as usize)).unwrap();
    file.sync_data().unwrap();
    fs::rename("new", slot_name(round % SLOTS)).unwrap();
}

fn slot_name(slot: u64) -> String {
    format!("slot {slot}")
}

fn round_in(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes[..8].try_into().expect("a file that is not empty"))
}
