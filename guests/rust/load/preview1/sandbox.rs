//! No way leads out of the directory that a descriptor stands for.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("an absolute path is refused", absolute),
    ("a path may go up as far as it went down", up_and_down),
    ("a symlink does not lead out", by_symlink),
    ("a chain of symlinks does not lead out", by_chain),
    ("nothing is moved, linked or made outside", by_names),
    ("a directory that was moved away keeps its own walls", by_moving),
    ("a path with a NUL is refused", with_nul),
];

fn inner(directory: Fd) -> Fd {
    make_directory(directory, "inner").unwrap();
    close(open(directory, "secret", CREATE, 0).unwrap()).unwrap();
    open_with(directory, 0, "inner", DIRECTORY, BUT_WRITE, EVERYTHING, 0).unwrap()
}

fn absolute(directory: Fd) {
    let inner = inner(directory);
    for path in ["/secret", "//secret", "/", "/./secret"] {
        assert_eq!(open(inner, path, 0, READ), Err(PERM), "{path}");
    }
    close(inner).unwrap();
}

fn up_and_down(directory: Fd) {
    let inner = inner(directory);
    make_directory(inner, "deep").unwrap();
    close(open(inner, "deep/file", CREATE, 0).unwrap()).unwrap();
    close(open(inner, "deep/.//../deep/../deep/./file", 0, 0).unwrap()).unwrap();
    for path in ["..", "../secret", "deep/../../secret", "./../secret", "deep/../.."] {
        assert_eq!(open(inner, path, 0, 0), Err(PERM), "{path}");
        assert_eq!(path_filestat(inner, 0, path).unwrap_err(), PERM, "{path}");
    }
    close(inner).unwrap();
}

fn by_symlink(directory: Fd) {
    let inner = inner(directory);
    symlink("../secret", inner, "link").unwrap();
    symlink("..", inner, "up").unwrap();
    assert_eq!(open_with(inner, FOLLOW, "link", 0, READ, 0, 0), Err(PERM));
    assert_eq!(open_with(inner, FOLLOW, "link", CREATE | TRUNCATE, WRITE, 0, 0), Err(PERM));
    assert_eq!(open(inner, "up/secret", 0, READ), Err(PERM));
    assert_eq!(unlink(inner, "up/secret"), Err(PERM));
    // From outside the same link is fine: it stays in what this descriptor stands for.
    close(open_with(directory, FOLLOW, "inner/link", 0, READ, 0, 0).unwrap()).unwrap();
    close(inner).unwrap();
}

fn by_chain(directory: Fd) {
    let inner = inner(directory);
    make_directory(inner, "a").unwrap();
    make_directory(inner, "a/b").unwrap();
    symlink("a/b", inner, "down").unwrap();
    symlink("../../../secret", inner, "a/b/out").unwrap();
    assert_eq!(open_with(inner, FOLLOW, "down/out", 0, READ, 0, 0), Err(PERM));
    symlink("down/../../..", inner, "wind").unwrap();
    assert_eq!(open(inner, "wind/secret", 0, READ), Err(PERM));
    close(inner).unwrap();
}

fn by_names(directory: Fd) {
    let inner = inner(directory);
    close(open(inner, "file", CREATE, 0).unwrap()).unwrap();
    assert_eq!(rename(inner, "file", inner, "../file"), Err(PERM));
    assert_eq!(rename(inner, "../secret", inner, "stolen"), Err(PERM));
    assert_eq!(link(inner, 0, "../secret", inner, "stolen"), Err(PERM));
    assert_eq!(link(inner, 0, "file", inner, "../file"), Err(PERM));
    assert_eq!(make_directory(inner, "../made"), Err(PERM));
    assert_eq!(symlink("x", inner, "../made"), Err(PERM));
    assert_eq!(readlink(inner, "../made", 10), Err(PERM));
    assert_eq!(remove_directory(inner, "../inner"), Err(PERM));
    assert_eq!(path_set_times(inner, 0, "../secret", 0, 0, MODIFIED_NOW), Err(PERM));
    close(inner).unwrap();
}

fn by_moving(directory: Fd) {
    let inner = inner(directory);
    make_directory(inner, "deep").unwrap();
    let deep = open_with(inner, 0, "deep", DIRECTORY, BUT_WRITE, EVERYTHING, 0).unwrap();
    rename(inner, "deep", directory, "elsewhere").unwrap();
    assert_eq!(open(deep, "../secret", 0, READ), Err(PERM));
    assert_eq!(open(deep, "..", DIRECTORY, 0), Err(PERM));
    close(open(deep, "file", CREATE, 0).unwrap()).unwrap();
    assert_eq!(path_filestat(directory, 0, "elsewhere/file").unwrap().filetype, TYPE_FILE);
    close(deep).unwrap();
    close(inner).unwrap();
}

fn with_nul(directory: Fd) {
    close(open(directory, "file", CREATE, 0).unwrap()).unwrap();
    assert_eq!(open(directory, "file\0", 0, 0), Err(INVAL));
    assert_eq!(open(directory, "file\0/../secret", 0, 0), Err(INVAL));
}
