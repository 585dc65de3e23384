//! Making, linking, moving and removing names.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("a file that exists is not made exclusively", exclusive),
    ("what is not there is not opened", missing),
    ("a hard link is the file itself", hard_links),
    ("a hard link is refused where it cannot be", hard_links_refused),
    ("a directory is renamed, also onto an empty one", rename_directory),
    ("a file is renamed, also onto another file, not onto a directory", rename_file),
    ("a slash at the end means a directory", trailing_slashes),
    ("only an empty directory is removed", removing),
    ("a directory is made once", making),
    ("names and paths have a longest length", long_names),
];

fn touch(directory: Fd, path: &str) {
    close(open(directory, path, CREATE, 0).unwrap()).unwrap();
}

fn exclusive(directory: Fd) {
    touch(directory, "file");
    assert_eq!(open(directory, "file", CREATE | EXCLUSIVE, 0), Err(EXIST));
    symlink("nowhere", directory, "link").unwrap();
    assert_eq!(open(directory, "link", CREATE | EXCLUSIVE, 0), Err(EXIST));
}

fn missing(directory: Fd) {
    assert_eq!(open(directory, "file", 0, 0), Err(NOENT));
    assert_eq!(open(directory, "a/b", CREATE, 0), Err(NOENT));
    assert_eq!(open(directory, "", CREATE, 0), Err(NOENT));
}

fn hard_links(directory: Fd) {
    let file = open(directory, "file", CREATE, READ | GET_STAT).unwrap();
    link(directory, 0, "file", directory, "link").unwrap();
    make_directory(directory, "inner").unwrap();
    let inner = open_with(directory, 0, "inner", DIRECTORY, BUT_WRITE, EVERYTHING, 0).unwrap();
    link(directory, 0, "file", inner, "link").unwrap();
    for (place, name) in [(directory, "link"), (inner, "link")] {
        let linked = open(place, name, 0, READ | GET_STAT).unwrap();
        assert_eq!(filestat(linked).unwrap(), filestat(file).unwrap());
        assert_eq!(fdstat(linked).unwrap(), fdstat(file).unwrap());
        assert_eq!(filestat(linked).unwrap().links, 3);
        close(linked).unwrap();
    }
    unlink(inner, "link").unwrap();
    assert_eq!(filestat(file).unwrap().links, 2);
    close(inner).unwrap();
    close(file).unwrap();
}

fn hard_links_refused(directory: Fd) {
    touch(directory, "file");
    touch(directory, "other");
    make_directory(directory, "inner").unwrap();
    symlink("nowhere", directory, "dangling").unwrap();
    for taken in ["file", "other", "inner", "dangling"] {
        assert_eq!(link(directory, 0, "file", directory, taken), Err(EXIST));
    }
    assert_eq!(link(directory, 0, "inner", directory, "link"), Err(PERM));
    assert_eq!(link(directory, 0, "file", directory, "link/"), Err(NOENT));
    assert_eq!(link(directory, FOLLOW, "dangling", directory, "link"), Err(INVAL));
    // The symlink itself gets the second name.
    link(directory, 0, "dangling", directory, "link").unwrap();
    assert_eq!(readlink(directory, "link", 20).unwrap(), b"nowhere");
}

fn rename_directory(directory: Fd) {
    make_directory(directory, "source").unwrap();
    rename(directory, "source", directory, "target").unwrap();
    assert_eq!(open(directory, "source", DIRECTORY, 0), Err(NOENT));
    close(open(directory, "target", DIRECTORY, 0).unwrap()).unwrap();
    make_directory(directory, "source").unwrap();
    rename(directory, "source", directory, "target").unwrap();
    make_directory(directory, "source").unwrap();
    touch(directory, "target/file");
    assert_eq!(rename(directory, "source", directory, "target"), Err(NOTEMPTY));
    assert_eq!(rename(directory, "source", directory, "target/file"), Err(NOTDIR));
    assert_eq!(rename(directory, "target", directory, "target/inner"), Err(INVAL));
    rename(directory, "source", directory, "target/inner").unwrap();
    close(open(directory, "target/inner", DIRECTORY, 0).unwrap()).unwrap();
}

fn rename_file(directory: Fd) {
    touch(directory, "source");
    rename(directory, "source", directory, "target").unwrap();
    assert_eq!(open(directory, "source", 0, 0), Err(NOENT));
    touch(directory, "source");
    let inode = path_filestat(directory, 0, "source").unwrap().inode;
    rename(directory, "source", directory, "target").unwrap();
    assert_eq!(path_filestat(directory, 0, "target").unwrap().inode, inode);
    make_directory(directory, "inner").unwrap();
    assert_eq!(rename(directory, "target", directory, "inner"), Err(ISDIR));
    assert_eq!(rename(directory, "missing", directory, "other"), Err(NOENT));
    rename(directory, "target", directory, "target").unwrap();
}

fn trailing_slashes(directory: Fd) {
    make_directory(directory, "source").unwrap();
    rename(directory, "source/", directory, "target").unwrap();
    rename(directory, "target", directory, "source/").unwrap();
    rename(directory, "source/", directory, "target/").unwrap();
    touch(directory, "file");
    assert_eq!(rename(directory, "file/", directory, "other"), Err(NOTDIR));
    assert_eq!(open(directory, "file/", 0, 0), Err(NOTDIR));
    assert_eq!(open(directory, "file///", 0, 0), Err(NOTDIR));
    assert_eq!(unlink(directory, "file/"), Err(NOTDIR));
    assert_eq!(unlink(directory, "target"), Err(ISDIR));
    assert_eq!(unlink(directory, "target/"), Err(ISDIR));
    assert_eq!(remove_directory(directory, "file"), Err(NOTDIR));
    assert_eq!(remove_directory(directory, "file/"), Err(NOTDIR));
    remove_directory(directory, "target/").unwrap();
}

fn removing(directory: Fd) {
    make_directory(directory, "outer").unwrap();
    make_directory(directory, "outer/inner").unwrap();
    assert_eq!(remove_directory(directory, "outer"), Err(NOTEMPTY));
    let open_inner = open(directory, "outer/inner", DIRECTORY, BUT_WRITE).unwrap();
    remove_directory(directory, "outer/inner").unwrap();
    assert_eq!(open(open_inner, "file", CREATE, 0), Err(NOENT));
    close(open_inner).unwrap();
    remove_directory(directory, "outer").unwrap();
    assert_eq!(remove_directory(directory, "outer"), Err(NOENT));
    assert_eq!(remove_directory(directory, "."), Err(INVAL));
}

fn making(directory: Fd) {
    make_directory(directory, "inner/").unwrap();
    assert_eq!(make_directory(directory, "inner"), Err(EXIST));
    touch(directory, "file");
    assert_eq!(make_directory(directory, "file"), Err(EXIST));
    assert_eq!(make_directory(directory, "file/inner"), Err(NOTDIR));
}

fn long_names(directory: Fd) {
    touch(directory, &"n".repeat(255));
    assert_eq!(open(directory, &"n".repeat(256), CREATE, 0), Err(NAMETOOLONG));
    assert_eq!(open(directory, &"./".repeat(3_000), 0, 0), Err(NAMETOOLONG));
}
