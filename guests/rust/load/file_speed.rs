//! How fast files are: `file_speed FIGURE COUNT`. Prints `count N` and `elapsed_us N`. Uses nothing of lunatic, so other
//! WASI libraries can be measured by it too.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::time::Instant;

const SMALL_FILE: usize = 1024;
const PAGE: usize = 4096;
const CHUNK: usize = 64 * 1024;
/// Pages of the file for random places: 16 MiB.
const RANDOM_PAGES: u64 = 4096;

fn main() {
    let mut args = std::env::args().skip(1);
    let figure = args.next().expect("a figure");
    let count: u64 = args.next().and_then(|text| text.parse().ok()).expect("a count");
    let _nothing_left_before = fs::remove_dir_all("speed");
    fs::create_dir("speed").unwrap();
    let start = prepare(&figure);
    let begin = Instant::now();
    run(&figure, count, start);
    let elapsed = begin.elapsed();
    // Not every WASI library can; what is measured is over.
    let _all_removed = fs::remove_dir_all("speed");
    println!("count {count}\nelapsed_us {}", elapsed.as_micros());
}

/// What must be there before the clock starts.
fn prepare(figure: &str) -> Option<File> {
    if !figure.starts_with("random") {
        return None;
    }
    let mut file = OpenOptions::new().read(true).write(true).create(true).open("speed/random").unwrap();
    for _ in 0..RANDOM_PAGES {
        file.write_all(&[1; PAGE]).unwrap();
    }
    Some(file)
}

fn run(figure: &str, count: u64, file: Option<File>) {
    match figure {
        "small" => small_files(count),
        "sequential" => sequential(count),
        "random_read" => random_reads(count, file.unwrap()),
        "random_write" => random_writes(count, file.unwrap()),
        "written" => written(count),
        "sync" => syncs(count),
        _ => panic!("there is no figure {figure}"),
    }
}

/// Files of 1 KB: made, written, closed, then opened and read back.
fn small_files(count: u64) {
    for number in 0..count {
        fs::write(format!("speed/{number}"), [number as u8; SMALL_FILE]).unwrap();
    }
    for number in 0..count {
        let content = fs::read(format!("speed/{number}")).unwrap();
        assert!(content.len() == SMALL_FILE && content[17] == number as u8);
    }
}

/// MiB written and read in chunks of 64 KiB.
fn sequential(mebibytes: u64) {
    let chunks = mebibytes * (1 << 20) / CHUNK as u64;
    let mut chunk = vec![0; CHUNK];
    let mut file = File::create("speed/large").unwrap();
    for number in 0..chunks {
        chunk[0] = number as u8;
        file.write_all(&chunk).unwrap();
    }
    drop(file);
    let mut file = File::open("speed/large").unwrap();
    for number in 0..chunks {
        file.read_exact(&mut chunk).unwrap();
        assert_eq!(chunk[0], number as u8);
    }
}

/// The same places in each run.
fn place(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % RANDOM_PAGES
}

fn random_reads(count: u64, mut file: File) {
    let mut page = [0; PAGE];
    for number in 0..count {
        file.seek(SeekFrom::Start(place(number) * PAGE as u64)).unwrap();
        file.read_exact(&mut page).unwrap();
        assert_eq!(page[9], 1);
    }
}

fn random_writes(count: u64, mut file: File) {
    for number in 0..count {
        file.seek(SeekFrom::Start(place(number) * PAGE as u64)).unwrap();
        file.write_all(&[number as u8; PAGE]).unwrap();
    }
}

/// MiB written in chunks of 64 KiB and made to last.
fn written(mebibytes: u64) {
    let chunk = vec![7; CHUNK];
    let mut file = File::create("speed/written").unwrap();
    for _ in 0..mebibytes * (1 << 20) / CHUNK as u64 {
        file.write_all(&chunk).unwrap();
    }
    file.sync_all().unwrap();
}

/// A page written and made to last, again and again.
fn syncs(count: u64) {
    let mut file = File::create("speed/synced").unwrap();
    for number in 0..count {
        file.seek(SeekFrom::Start(0)).unwrap();
        file.write_all(&[number as u8; PAGE]).unwrap();
        file.sync_all().unwrap();
    }
}
