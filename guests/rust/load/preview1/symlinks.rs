//! Symbolic links.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("a symlink is followed when that is asked for", following),
    ("a symlink that is not followed is refused", not_following),
    ("a dangling symlink is refused, and can be removed", dangling),
    ("a symlink to itself is a loop", circles),
    ("the text of a symlink is read, as much as fits", reading),
    ("a symlink has times of its own", symlink_times),
    ("a symlink's name must be free and have no slash", naming),
    ("a symlink to an absolute path is refused", absolute),
];

fn touch(directory: Fd, path: &str) {
    close(open(directory, path, CREATE, 0).unwrap()).unwrap();
}

fn following(directory: Fd) {
    touch(directory, "file");
    make_directory(directory, "inner").unwrap();
    symlink("file", directory, "to_file").unwrap();
    symlink("inner", directory, "to_inner").unwrap();
    close(open_with(directory, FOLLOW, "to_file", 0, 0, 0, 0).unwrap()).unwrap();
    close(open_with(directory, FOLLOW, "to_inner", DIRECTORY, 0, 0, 0).unwrap()).unwrap();
    assert_eq!(open_with(directory, FOLLOW, "to_file", DIRECTORY, 0, 0, 0), Err(NOTDIR));
    for (name, own, target) in [("to_file", TYPE_SYMLINK, TYPE_FILE), ("to_inner", TYPE_SYMLINK, TYPE_DIRECTORY)] {
        assert_eq!(path_filestat(directory, 0, name).unwrap().filetype, own);
        assert_eq!(path_filestat(directory, FOLLOW, name).unwrap().filetype, target);
    }
    // On the way to something else it always is.
    touch(directory, "to_inner/file");
    assert_eq!(path_filestat(directory, 0, "inner/file").unwrap().filetype, TYPE_FILE);
}

fn not_following(directory: Fd) {
    touch(directory, "file");
    make_directory(directory, "inner").unwrap();
    for target in ["file", "inner"] {
        symlink(target, directory, "link").unwrap();
        assert_eq!(open(directory, "link", 0, 0), Err(LOOP));
        let as_directory = open(directory, "link", DIRECTORY, 0).unwrap_err();
        assert!(as_directory == NOTDIR || as_directory == LOOP);
        unlink(directory, "link").unwrap();
    }
}

fn dangling(directory: Fd) {
    symlink("target", directory, "link").unwrap();
    assert_eq!(open(directory, "link", 0, 0), Err(LOOP));
    assert_eq!(open_with(directory, FOLLOW, "link", 0, 0, 0, 0), Err(NOENT));
    unlink(directory, "link").unwrap();
    assert_eq!(path_filestat(directory, 0, "link").unwrap_err(), NOENT);
}

fn circles(directory: Fd) {
    symlink("link", directory, "link").unwrap();
    assert_eq!(open(directory, "link", 0, 0), Err(LOOP));
    assert_eq!(open_with(directory, FOLLOW, "link", 0, 0, 0, 0), Err(LOOP));
    link(directory, 0, "link", directory, "second").unwrap();
}

fn reading(directory: Fd) {
    symlink("target", directory, "link").unwrap();
    assert_eq!(readlink(directory, "link", 10).unwrap(), b"target");
    assert_eq!(readlink(directory, "link", 4).unwrap(), b"targ");
    touch(directory, "file");
    assert_eq!(readlink(directory, "file", 10), Err(INVAL));
}

fn symlink_times(directory: Fd) {
    touch(directory, "file");
    symlink("file", directory, "link").unwrap();
    let file = path_filestat(directory, 0, "file").unwrap();
    path_set_times(directory, 0, "link", 0, 1_000, MODIFIED).unwrap();
    assert_eq!(path_filestat(directory, 0, "link").unwrap().modified, 1_000);
    assert_eq!(path_filestat(directory, FOLLOW, "link").unwrap().modified, file.modified);
    path_set_times(directory, FOLLOW, "link", 0, 2_000, MODIFIED).unwrap();
    assert_eq!(path_filestat(directory, 0, "file").unwrap().modified, 2_000);
}

fn naming(directory: Fd) {
    assert_eq!(symlink("source", directory, "target/"), Err(NOENT));
    make_directory(directory, "target").unwrap();
    assert_eq!(symlink("source", directory, "target"), Err(EXIST));
    assert_eq!(symlink("source", directory, "target/"), Err(EXIST));
    remove_directory(directory, "target").unwrap();
    touch(directory, "target");
    assert_eq!(symlink("source", directory, "target"), Err(EXIST));
}

fn absolute(directory: Fd) {
    assert_eq!(symlink("/", directory, "link"), Err(PERM));
    assert_eq!(symlink("/etc/passwd", directory, "link"), Err(PERM));
}
