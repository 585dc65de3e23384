use super::*;

#[lunatic::test]
fn a_diary_is_written_and_listed() {
    write_diary().unwrap();
    assert_eq!(list("diary").unwrap(), ["monday.txt", "tuesday.txt"]);
    let monday = fs::read_to_string("diary/monday.txt").unwrap();
    assert_eq!(monday, "Learned WHAT a process is.\n");
    let tuesday = fs::read_to_string("diary/tuesday.txt").unwrap();
    assert_eq!(tuesday.lines().count(), 2);
    fs::remove_dir_all("diary").unwrap();
}

#[lunatic::test]
fn another_process_reads_what_this_one_wrote() {
    fs::write("shared-note.txt", "for you").unwrap();
    let read = spawn_link!(@task || fs::read_to_string("shared-note.txt").unwrap());
    assert_eq!(read.result(), "for you");
    fs::remove_file("shared-note.txt").unwrap();
}

#[lunatic::test]
fn nothing_above_the_working_directory_is_there() {
    assert!(File::open("../secret.txt").is_err());
    assert!(list("..").is_err());
}

#[lunatic::test]
#[should_panic(expected = "NotFound")]
fn a_missing_file_is_an_error() {
    panic!(
        "{:?}",
        File::open("never-written.txt")
            .err()
            .map(|error| error.kind())
    );
}
