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

/// The first directory that was given in which something can be made.
fn make_case_directory(name: &str) -> Fd {
    let root = (3..)
        .take_while(|&fd| sys::preopen_name_length(fd).is_ok())
        .find(|&fd| sys::make_directory(fd, name).is_ok())
        .expect("give it a directory: --dir HOST::/");
    sys::open_with(root, 0, name, sys::DIRECTORY, sys::BUT_WRITE, sys::EVERYTHING, 0).unwrap()
}

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
        let fd = make_case_directory(&directory);
        case(fd);
        println!("ok");
        let _closed_by_case = sys::close(fd);
        if let Err(error) = std::fs::remove_dir_all(&directory) {
            println!("{directory} cannot be removed: {error}");
        }
    }
}
