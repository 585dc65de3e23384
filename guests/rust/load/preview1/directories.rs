//! Reading directories.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("an empty directory holds itself and the one above", empty),
    ("an entry has the type and the inode of what it names", entries),
    ("a thousand entries are read by a small buffer, each once", thousand),
    ("an entry that does not fit is cut off", cut_off),
];

const BUFFER: usize = 256;

fn empty(directory: Fd) {
    let (list, is_end) = read_directory(directory, BUFFER, 0).unwrap();
    assert!(is_end);
    assert_eq!(list.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), [".", ".."]);
    assert!(list.iter().all(|entry| entry.filetype == TYPE_DIRECTORY));
    assert_eq!(list[0].inode, filestat(directory).unwrap().inode);
}

fn entries(directory: Fd) {
    let file = open(directory, "file", CREATE, GET_STAT).unwrap();
    make_directory(directory, "inner").unwrap();
    symlink("file", directory, "link").unwrap();
    let (list, _) = read_directory(directory, BUFFER, 0).unwrap();
    let find = |name: &str| list.iter().find(|entry| entry.name == name).unwrap();
    assert_eq!((find("file").filetype, find("file").inode), (TYPE_FILE, filestat(file).unwrap().inode));
    assert_eq!(find("inner").filetype, TYPE_DIRECTORY);
    assert_eq!(find("link").filetype, TYPE_SYMLINK);
    // A cookie leads to the entry that follows.
    let (rest, is_end) = read_directory(directory, BUFFER, list[list.len() - 2].next).unwrap();
    assert!(is_end);
    assert_eq!((rest.len(), &rest[0].name), (1, &list[list.len() - 1].name));
    close(file).unwrap();
}

fn thousand(directory: Fd) {
    for number in 0..1_000 {
        close(open(directory, &format!("file.{number}"), CREATE, 0).unwrap()).unwrap();
    }
    let mut names = std::collections::BTreeSet::new();
    let mut cookie = 0;
    loop {
        let (list, is_end) = read_directory(directory, BUFFER, cookie).unwrap();
        for entry in &list {
            assert!(names.insert(entry.name.clone()), "{} came twice", entry.name);
        }
        if is_end {
            break;
        }
        cookie = list.last().unwrap().next;
    }
    assert_eq!(names.len(), 1_002);
}

fn cut_off(directory: Fd) {
    let (list, is_end) = read_directory(directory, 24 + 1 + 10, 0).unwrap();
    assert_eq!((list.len(), is_end), (1, false));
    assert_eq!(read_directory(directory, 0, 0).unwrap().0.len(), 0);
}
