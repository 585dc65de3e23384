//! Files: writes a diary into the current directory, reads it back, lets
//! another process read it, and tidies up. This is plain `std::fs`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use lunatic::{spawn_link, Mailbox};

fn write_diary() -> io::Result<()> {
    fs::create_dir_all("diary")?;
    fs::write("diary/monday.txt", "Learned what a process is.\n")?;

    let mut tuesday = File::create("diary/tuesday.txt")?;
    writeln!(tuesday, "Spawned a thousand of them.")?;
    drop(tuesday);

    let mut tuesday = OpenOptions::new().append(true).open("diary/tuesday.txt")?;
    writeln!(tuesday, "None of them minded.")?;

    // Change a word in the middle of the file.
    let mut monday = OpenOptions::new()
        .read(true)
        .write(true)
        .open("diary/monday.txt")?;
    monday.seek(SeekFrom::Start(8))?;
    monday.write_all(b"WHAT")?;
    let mut rest = String::new();
    monday.read_to_string(&mut rest)?;
    print!("after the change the line goes on with:{rest}");
    Ok(())
}

fn list(directory: &str) -> io::Result<Vec<String>> {
    let mut names = fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    write_diary().unwrap();
    println!("files: {}", list("diary").unwrap().join(", "));

    for name in list("diary").unwrap() {
        let path = format!("diary/{name}");
        println!("{name} has {} bytes:", fs::metadata(&path).unwrap().len());
        for line in BufReader::new(File::open(&path).unwrap()).lines() {
            println!("  {}", line.unwrap());
        }
    }

    // Memory is private to a process, files are not.
    let lines = spawn_link!(@task || {
        fs::read_to_string("diary/tuesday.txt").unwrap().lines().count() as u32
    });
    println!("another process counts {} lines", lines.result());

    fs::rename("diary/monday.txt", "diary/sunday.txt").unwrap();
    println!("after a rename: {}", list("diary").unwrap().join(", "));
    println!(
        "monday: {:?}",
        File::open("diary/monday.txt")
            .err()
            .map(|error| error.kind())
    );
    println!(
        "outside: {:?}",
        File::open("../secret.txt").is_err().then_some("no access")
    );

    fs::remove_dir_all("diary").unwrap();
    println!("tidied up: {}", fs::metadata("diary").is_err());
}

#[cfg(test)]
#[path = "../../tests/guests/files.rs"]
mod tests;
