//! Contents, positions, sizes and times of files.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("positions follow reads, writes and seeks", positions),
    ("reading and writing at a place leaves the position alone", at_a_place),
    ("appending writes at the end, wherever the position is", appending),
    ("a gap reads as zeros, also after the file was cut", gaps),
    ("truncating empties", truncating),
    ("allocating grows and never shrinks", allocating),
    ("times are set, kept, or now", times),
    ("a file lives on without its name while it is open", unlinked),
    ("syncing succeeds", syncing),
    ("two files are two inodes of one device", identity),
];

fn positions(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | SEEK | TELL).unwrap();
    assert_eq!(tell(file), Ok(0));
    assert_eq!(write(file, &[7; 100]), Ok(100));
    assert_eq!(tell(file), Ok(100));
    assert_eq!(seek(file, -50, 1), Ok(50));
    assert_eq!(seek(file, -10, 2), Ok(90));
    assert_eq!(seek(file, 0, 0), Ok(0));
    assert_eq!(seek(file, 1000, 1), Ok(1000));
    assert_eq!(seek(file, -2000, 1), Err(INVAL));
    assert_eq!(seek(file, 0, 7), Err(INVAL));
    assert_eq!(tell(file), Ok(1000));
    assert_eq!(read(file, 10), Ok(vec![]));
    seek(file, 0, 0).unwrap();
    assert_eq!(read_parts(file, &[10, 0, 90], None).unwrap(), [7; 100]);
    assert_eq!(tell(file), Ok(100));
    close(file).unwrap();
}

fn at_a_place(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | SEEK | TELL).unwrap();
    assert_eq!(write_parts(file, &[&[0, 1], &[], &[2, 3]], Some(0)), Ok(4));
    assert_eq!(read_parts(file, &[2, 2], Some(0)).unwrap(), [0, 1, 2, 3]);
    assert_eq!(read_parts(file, &[4], Some(2)).unwrap(), [2, 3]);
    assert_eq!(write_parts(file, &[&[1, 0]], Some(2)), Ok(2));
    assert_eq!(read_parts(file, &[4], Some(0)).unwrap(), [0, 1, 1, 0]);
    assert_eq!(tell(file), Ok(0));
    close(file).unwrap();
}

fn appending(directory: Fd) {
    let rights = READ | WRITE | SEEK | TELL | SET_FLAGS;
    let file = open_with(directory, 0, "file", CREATE, rights, 0, APPEND).unwrap();
    write(file, &[0; 100]).unwrap();
    seek(file, 0, 0).unwrap();
    write(file, &[1; 100]).unwrap();
    assert_eq!(tell(file), Ok(200));
    assert_eq!(read_parts(file, &[200], Some(0)).unwrap(), [[0; 100], [1; 100]].concat());
    set_flags(file, 0).unwrap();
    seek(file, 0, 0).unwrap();
    write(file, &[2; 100]).unwrap();
    assert_eq!(path_filestat(directory, 0, "file").unwrap().size, 200);
    assert_eq!(read_parts(file, &[101], Some(0)).unwrap()[99..], [2, 1]);
    close(file).unwrap();
}

fn gaps(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | SEEK | SET_SIZE | GET_STAT).unwrap();
    write_parts(file, &[&[9; 10_000]], Some(5_000)).unwrap();
    assert_eq!(read_parts(file, &[5_001], Some(0)).unwrap(), [vec![0; 5_000], vec![9]].concat());
    set_size(file, 7_000).unwrap();
    set_size(file, 12_000).unwrap();
    assert_eq!(filestat(file).unwrap().size, 12_000);
    assert_eq!(read_parts(file, &[5_001], Some(6_999)).unwrap(), [vec![9], vec![0; 5_000]].concat());
    close(file).unwrap();
}

fn truncating(directory: Fd) {
    let file = open(directory, "file", CREATE, WRITE).unwrap();
    write(file, b"soon gone").unwrap();
    close(file).unwrap();
    let file = open(directory, "file", CREATE | TRUNCATE, READ | WRITE).unwrap();
    assert_eq!(read(file, 100), Ok(vec![]));
    close(file).unwrap();
}

fn allocating(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | ALLOCATE | ADVISE | GET_STAT | SET_SIZE).unwrap();
    let size = || filestat(file).unwrap().size;
    allocate(file, 0, 100).unwrap();
    assert_eq!(size(), 100);
    allocate(file, 10, 10).unwrap();
    assert_eq!(size(), 100);
    allocate(file, 90, 20).unwrap();
    assert_eq!(size(), 110);
    advise(file, 10, 50, 0).unwrap();
    assert_eq!(size(), 110);
    assert_eq!(advise(file, 0, 0, 99), Err(INVAL));
    close(file).unwrap();
}

fn times(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | GET_STAT | SET_TIMES).unwrap();
    let before = filestat(file).unwrap();
    let earlier = before.modified - 100;
    set_times(file, earlier, earlier, MODIFIED).unwrap();
    let after = filestat(file).unwrap();
    assert_eq!((after.modified, after.accessed), (earlier, before.accessed));
    assert_eq!(set_times(file, 1, 2, MODIFIED | MODIFIED_NOW), Err(INVAL));
    assert_eq!(set_times(file, 1, 2, ACCESSED | ACCESSED_NOW), Err(INVAL));
    assert_eq!(path_set_times(directory, 0, "file", 0, 0, MODIFIED | MODIFIED_NOW), Err(INVAL));
    assert_eq!(filestat(file).unwrap().modified, earlier);
    path_set_times(directory, 0, "file", 77, 0, ACCESSED | MODIFIED_NOW).unwrap();
    let now = path_filestat(directory, 0, "file").unwrap();
    assert!(now.modified >= before.modified && now.accessed == 77);
    close(file).unwrap();
}

fn unlinked(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | SEEK | GET_STAT).unwrap();
    write(file, b"still here").unwrap();
    unlink(directory, "file").unwrap();
    assert_eq!(open(directory, "file", 0, 0), Err(NOENT));
    assert_eq!(read_parts(file, &[20], Some(0)).unwrap(), b"still here");
    assert_eq!(filestat(file).unwrap().links, 0);
    let other = open(directory, "file", CREATE, GET_STAT).unwrap();
    assert_ne!(filestat(other).unwrap().inode, filestat(file).unwrap().inode);
    close(other).unwrap();
    close(file).unwrap();
}

fn syncing(directory: Fd) {
    let file = open(directory, "file", CREATE, EVERYTHING).unwrap();
    write(file, &[1]).unwrap();
    sync(file).unwrap();
    datasync(file).unwrap();
    sync(directory).unwrap();
    close(file).unwrap();
}

fn identity(directory: Fd) {
    let one = open(directory, "one", CREATE, GET_STAT).unwrap();
    let two = open(directory, "two", CREATE, GET_STAT).unwrap();
    let (first, second) = (filestat(one).unwrap(), filestat(two).unwrap());
    assert_eq!(first.device, second.device);
    assert_ne!(first.inode, second.inode);
    close(one).unwrap();
    close(two).unwrap();
}
