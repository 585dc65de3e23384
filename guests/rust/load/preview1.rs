//! What a WASI preview1 program may rely on, case by case, told by its errnos. Uses nothing of lunatic, so it runs on
//! any WASI runtime: give it a directory. Prints a line per case and ends at the first that fails.

mod preview1 {
    pub mod descriptors;
    pub mod directories;
    pub mod files;
    pub mod machine;
    pub mod names;
    pub mod sandbox;
    pub mod symlinks;
    pub mod sys;
}

use preview1::sys::{self, Fd};
use preview1::{descriptors, directories, files, machine, names, sandbox, symlinks};

/// A case gets an empty directory of its own; what it leaves there is removed.
pub type Case = (&'static str, fn(Fd));

/// The first directory that was given: it is what WASI programs take relative paths to be in.
const ROOT: Fd = 3;

fn main() {
    // A case tells of its failure by a panic, which ends a program; so each one is a run of its own.
    let cases: Vec<Case> = [
        machine::CASES, descriptors::CASES, files::CASES, names::CASES, directories::CASES, symlinks::CASES,
        sandbox::CASES,
    ]
    .concat();
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted.first().map(String::as_str) == Some("--list") {
        cases.iter().for_each(|(name, _)| println!("{name}"));
        return;
    }
    for (number, (name, case)) in cases.iter().enumerate() {
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        // Printed before it runs: the last line names the case that failed.
        print!("{name} ... ");
        let directory = format!("case-{number}.cleanup");
        sys::make_directory(ROOT, &directory).unwrap();
        let fd = sys::open_with(ROOT, 0, &directory, sys::DIRECTORY, sys::BUT_WRITE, sys::EVERYTHING, 0).unwrap();
        case(fd);
        let _closed_by_case = sys::close(fd);
        std::fs::remove_dir_all(&directory).unwrap();
        println!("ok");
    }
}
