//! A key-value store on files, as databases keep them: a log that is only ever appended to.
//!
//! The store is a supervised process. It dies in the middle of a write; the one
//! that takes its place reads the log, cuts off the half record at its end, and
//! has every value that was there before. When most of the log is out of date, it
//! is written anew and put in place of the old one by a rename.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::supervisor::{Supervisor, SupervisorConfig, SupervisorStrategy};
use lunatic::{abstract_process, sleep, spawn_link, Mailbox};

const LOG: &str = "store/log";
const NEW_LOG: &str = "store/log.new";
/// Checksum, length of the key, length of the value.
const HEAD_BYTES: usize = 12;

/// A key and its value as the log has them.
fn encode(key: &str, value: &str) -> Vec<u8> {
    let mut body = Vec::with_capacity(8 + key.len() + value.len());
    body.extend_from_slice(&(key.len() as u32).to_le_bytes());
    body.extend_from_slice(&(value.len() as u32).to_le_bytes());
    body.extend_from_slice(key.as_bytes());
    body.extend_from_slice(value.as_bytes());
    let mut record = checksum(&body).to_le_bytes().to_vec();
    record.extend_from_slice(&body);
    record
}

/// FNV-1a: tells a record that was only half written.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The next record of a log. An error: this is the end, or the rest of a write that never ended.
fn read_record(log: &mut impl Read) -> io::Result<(String, String)> {
    let mut head = [0; HEAD_BYTES];
    log.read_exact(&mut head)?;
    let word = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (key_bytes, value_bytes) = (word(4) as usize, word(8) as usize);
    let mut body = head[4..].to_vec();
    let read = log.take((key_bytes + value_bytes) as u64).read_to_end(&mut body)?;
    if read < key_bytes + value_bytes || checksum(&body) != word(0) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&body[8..8 + key_bytes]), text(&body[8 + key_bytes..])))
}

struct Store {
    log: File,
    /// Where the newest record of a key begins.
    places: HashMap<String, u64>,
    end: u64,
    records: usize,
}

impl Store {
    fn open() -> io::Result<Self> {
        fs::create_dir_all("store")?;
        let mut log = OpenOptions::new().read(true).write(true).create(true).open(LOG)?;
        let (mut places, mut end, mut records) = (HashMap::new(), 0, 0);
        let mut reader = BufReader::new(&mut log);
        while let Ok((key, value)) = read_record(&mut reader) {
            let length = (HEAD_BYTES + key.len() + value.len()) as u64;
            places.insert(key, end);
            end += length;
            records += 1;
        }
        let length = log.metadata()?.len();
        if length > end {
            println!("store: the last {} bytes are half a record and are cut off", length - end);
            log.set_len(end)?;
        }
        Ok(Store { log, places, end, records })
    }

    fn append(&mut self, key: &str, value: &str) -> io::Result<()> {
        let record = encode(key, value);
        self.log.seek(SeekFrom::Start(self.end))?;
        self.log.write_all(&record)?;
        self.places.insert(key.to_string(), self.end);
        self.end += record.len() as u64;
        self.records += 1;
        Ok(())
    }

    fn read(&mut self, key: &str) -> io::Result<Option<String>> {
        let place = match self.places.get(key) {
            Some(&place) => place,
            None => return Ok(None),
        };
        self.log.seek(SeekFrom::Start(place))?;
        Ok(Some(read_record(&mut self.log)?.1))
    }

    /// Writes the newest record of each key to a new log, which takes the old one's place when it is whole.
    fn compact(&mut self) -> io::Result<()> {
        let keys: Vec<String> = self.places.keys().cloned().collect();
        let mut new = File::create(NEW_LOG)?;
        for key in keys {
            let value = self.read(&key)?.unwrap_or_default();
            new.write_all(&encode(&key, &value))?;
        }
        new.sync_all()?;
        fs::rename(NEW_LOG, LOG)?;
        *self = Store::open()?;
        Ok(())
    }
}

#[abstract_process]
impl Store {
    #[init]
    fn init(_: Config<Self>, _: ()) -> Result<Self, ()> {
        Store::open().map_err(|error| println!("store: {error}"))
    }

    #[handle_request]
    fn put(&mut self, key: String, value: String) -> bool {
        self.append(&key, &value).is_ok()
    }

    #[handle_request]
    fn get(&mut self, key: String) -> Option<String> {
        self.read(&key).unwrap()
    }

    #[handle_request]
    fn sync(&mut self) -> (usize, usize, u64) {
        self.log.sync_all().unwrap();
        (self.places.len(), self.records, self.end)
    }

    #[handle_request]
    fn clean(&mut self) -> u64 {
        self.compact().unwrap();
        self.end
    }

    #[handle_message]
    fn die_while_writing(&mut self, key: String) {
        let record = encode(&key, "a value that nobody will ever see whole");
        self.log.seek(SeekFrom::Start(self.end)).unwrap();
        self.log.write_all(&record[..record.len() / 2]).unwrap();
        panic!("the power is gone");
    }
}

struct Keeper;

impl Supervisor for Keeper {
    type Arg = ();
    type Children = (Store,);

    fn init(config: &mut SupervisorConfig<Self>, _: ()) {
        config.set_strategy(SupervisorStrategy::OneForOne);
        config.set_args(((),));
        config.set_names((Some("store".to_string()),));
    }
}

fn store() -> ProcessRef<Store> {
    ProcessRef::<Store>::lookup("store").unwrap()
}

/// Waits until another process than `old` goes by the name "store".
fn next_store(old: ProcessRef<Store>) -> ProcessRef<Store> {
    loop {
        match ProcessRef::<Store>::lookup("store") {
            Some(new) if new != old => return new,
            _ => sleep(Duration::from_millis(10)),
        }
    }
}

const WRITERS: u32 = 4;
const KEYS: u32 = 25;
const ROUNDS: u32 = 5;

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let _nothing_left_before = fs::remove_dir_all("store");
    let keeper = Keeper::link().start(()).unwrap();

    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            spawn_link!(@task |writer = writer| {
                for round in 0..ROUNDS {
                    for key in 0..KEYS {
                        store().put(format!("{writer}/{key}"), format!("value {round}"));
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        let _done = writer.result();
    }
    let (keys, records, before) = store().sync();
    println!("{WRITERS} writers: {keys} keys in {records} records");

    let old = store();
    old.die_while_writing("0/0".to_string());
    let store = next_store(old);
    println!("after the crash 0/0 is {:?}", store.get("0/0".to_string()));
    println!("and 9/9 is {:?}", store.get("9/9".to_string()));

    let after = store.clean();
    println!("the log is cleaned: {} times smaller", before / after);
    println!("3/24 is still {:?}", store.get("3/24".to_string()));

    keeper.shutdown();
    fs::remove_dir_all("store").unwrap();
}

#[cfg(test)]
#[path = "../../tests/guests/key_value_store.rs"]
mod tests;
