//! What a descriptor is, has and may.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("a preopened directory tells its name to a buffer that is large enough", preopen_names),
    ("a preopened directory may do and pass on what programs expect", preopen_rights),
    ("a closed preopen does not close what was opened through it", close_preopen),
    ("a descriptor takes the place of a preopened one", renumber_over_preopen),
    ("renumbering moves a descriptor, and only to one that is open", renumbering),
    ("rights of a descriptor shrink and never grow", rights),
    ("rights decide between reading and writing", read_or_write),
    ("a directory is no file", directory_as_file),
    ("a file is no directory", file_as_directory),
    ("flags are kept and can be changed", flags),
    ("a number that was never open is refused everywhere", never_open),
];

const PREOPEN: Fd = 3;

fn preopen_names(_: Fd) {
    let length = preopen_name_length(PREOPEN).unwrap();
    assert!(length > 0);
    assert_eq!(preopen_name(PREOPEN, 0), Err(NAMETOOLONG));
    let name = preopen_name(PREOPEN, length).unwrap();
    assert_eq!(name.len(), length as usize);
    assert_eq!(preopen_name(PREOPEN, length + 1).unwrap(), [name, vec![0]].concat());
}

fn preopen_rights(directory: Fd) {
    const PATHS: u64 = 0x1ff << 9 | 1 << 18 | 1 << 20 | 7 << 24;
    const FILES: u64 = 0x1ff | 7 << 21 | 1 << 27;
    let stat = fdstat(PREOPEN).unwrap();
    assert_eq!(stat.base & (PATHS | GET_STAT | SET_TIMES), PATHS | GET_STAT | SET_TIMES);
    assert_eq!(stat.inheriting & (PATHS | FILES), PATHS | FILES);
    for (oflags, base) in [(0, stat.base), (0, 0), (DIRECTORY, 0), (DIRECTORY, READ)] {
        close(open_with(PREOPEN, 0, ".", oflags, base, stat.inheriting, 0).unwrap()).unwrap();
    }
    assert_eq!(open(PREOPEN, ".", DIRECTORY, READ | WRITE), Err(ISDIR));
    close(open_with(directory, 0, ".", 0, 0, 0, NONBLOCK).unwrap()).unwrap();
}

/// A second name for the root: the real one is needed by the cases that follow.
fn reopened_root() -> Fd {
    let stat = fdstat(PREOPEN).unwrap();
    open_with(PREOPEN, 0, ".", DIRECTORY, stat.base, stat.inheriting, 0).unwrap()
}

fn close_preopen(directory: Fd) {
    let root = reopened_root();
    close(root).unwrap();
    assert_eq!(fdstat(root), Err(BADF));
    assert_eq!(fdstat(directory).unwrap().filetype, TYPE_DIRECTORY);
}

fn renumber_over_preopen(_: Fd) {
    let (root, again) = (reopened_root(), reopened_root());
    let before = filestat(root).unwrap();
    renumber(root, again).unwrap();
    assert_eq!(filestat(again).unwrap(), before);
    assert_eq!(fdstat(root), Err(BADF));
    close(again).unwrap();
}

fn renumbering(directory: Fd) {
    let from = open(directory, "one", CREATE, READ | WRITE).unwrap();
    let before = fdstat(from).unwrap();
    let to = open(directory, "two", CREATE, READ | WRITE).unwrap();
    renumber(from, to).unwrap();
    assert_eq!(close(from), Err(BADF));
    assert_eq!(fdstat(to).unwrap(), before);
    assert_eq!(renumber(to, from), Err(BADF));
    assert_eq!(renumber(to, to), Ok(()));
    close(to).unwrap();
}

fn rights(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | WRITE | SEEK | TELL).unwrap();
    write(file, &[0, 1, 2, 3]).unwrap();
    seek(file, 0, 0).unwrap();
    assert_eq!(read(file, 4).unwrap(), [0, 1, 2, 3]);
    let stat = fdstat(file).unwrap();
    set_rights(file, stat.base & !(READ | WRITE), stat.inheriting).unwrap();
    let left = fdstat(file).unwrap().base;
    assert_eq!(left & (READ | WRITE | SEEK), SEEK);
    assert_eq!(read(file, 4), Err(NOTCAPABLE));
    assert_eq!(write(file, &[1]), Err(NOTCAPABLE));
    assert_eq!(set_rights(file, left | READ, 0), Err(NOTCAPABLE));
    close(file).unwrap();

    let stat = fdstat(directory).unwrap();
    close(open(directory, "file", TRUNCATE, 0).unwrap()).unwrap();
    set_rights(directory, stat.base & !PATH_SET_SIZE, stat.inheriting & !SET_SIZE).unwrap();
    assert_eq!(open(directory, "file", TRUNCATE, 0), Err(NOTCAPABLE));
}

fn read_or_write(directory: Fd) {
    close(open(directory, "file", CREATE, 0).unwrap()).unwrap();
    let reader = open(directory, "file", 0, READ).unwrap();
    assert_eq!(fdstat(reader).unwrap().base & (READ | WRITE), READ);
    assert_eq!(read(reader, 100), Ok(vec![]));
    assert_eq!(write(reader, &[1; 50]), Err(NOTCAPABLE));
    let writer = open(directory, "file", 0, WRITE).unwrap();
    assert_eq!(read(writer, 100), Err(NOTCAPABLE));
    assert_eq!(write(writer, &[1; 50]), Ok(50));
    // Seen at once by whoever has it open.
    assert_eq!(read(reader, 100).unwrap(), [1; 50]);
    close(reader).unwrap();
    close(writer).unwrap();
    let both = open(directory, "file", 0, READ | WRITE | GET_STAT).unwrap();
    assert_eq!(read(both, 100).unwrap().len(), 50);
    assert_eq!(write(both, &[2; 25]), Ok(25));
    assert_eq!(filestat(both).unwrap().size, 75);
    close(both).unwrap();
}

fn directory_as_file(directory: Fd) {
    assert_eq!(filestat(directory).unwrap().filetype, TYPE_DIRECTORY);
    assert_eq!(fdstat(directory).unwrap().base & (SEEK | SET_SIZE), 0);
    assert_eq!(read(directory, 8), Err(BADF));
    assert_eq!(write(directory, &[0]), Err(BADF));
    assert_eq!(read_parts(directory, &[8], Some(0)), Err(BADF));
    assert_eq!(write_parts(directory, &[&[0]], Some(0)), Err(BADF));
    for whence in 0..3 {
        assert_eq!(seek(directory, 0, whence), Err(BADF));
    }
    assert_eq!(tell(directory), Err(BADF));
    assert_eq!(allocate(directory, 0, 0), Err(BADF));
    assert_eq!(set_size(directory, 0), Err(BADF));
    make_directory(directory, "inner").unwrap();
    let asked = open(directory, "inner", DIRECTORY, SEEK).unwrap();
    assert_eq!(fdstat(asked).unwrap().base & SEEK, 0);
    close(asked).unwrap();
}

fn file_as_directory(directory: Fd) {
    let file = open(directory, "file", CREATE, BUT_WRITE).unwrap();
    assert_eq!(fdstat(file).unwrap().filetype, TYPE_FILE);
    assert_eq!(open(file, "inner", CREATE, 0), Err(NOTDIR));
    assert_eq!(make_directory(file, "inner"), Err(NOTDIR));
    assert_eq!(unlink(file, "inner"), Err(NOTDIR));
    assert_eq!(read_directory(file, 100, 0).unwrap_err(), NOTDIR);
    assert_eq!(open(directory, "file", DIRECTORY, 0), Err(NOTDIR));
    close(file).unwrap();
}

fn flags(directory: Fd) {
    let file = open_with(directory, 0, "file", CREATE, READ | WRITE | SET_FLAGS, 0, APPEND | SYNC).unwrap();
    assert_eq!(fdstat(file).unwrap().flags, APPEND | SYNC);
    set_flags(file, 0).unwrap();
    assert_eq!(fdstat(file).unwrap().flags, 0);
    close(file).unwrap();
}

fn never_open(_: Fd) {
    let fd = -31_337_i32 as u32;
    assert_eq!(write_parts(fd, &[], None), Err(BADF));
    assert_eq!(read(fd, 1), Err(BADF));
    assert_eq!(close(fd), Err(BADF));
    assert_eq!(sync(fd), Err(BADF));
    assert_eq!(seek(fd, 0, 0), Err(BADF));
    assert_eq!(make_directory(fd, "a"), Err(BADF));
    assert_eq!(preopen_name_length(fd), Err(BADF));
    assert_eq!(renumber(fd, fd), Err(BADF));
}
