import { describe, expect, test } from "vitest";
import { OFLAG } from "../constants.ts";
import { RIGHT } from "../rights.ts";
import { Guest, ROOT } from "../testing/guest.ts";

/** The path functions of the root directory, by names. */
function calls(guest: Guest, at = ROOT) {
  const { wasi } = guest;
  return {
    mkdir: (path: string) => wasi.path_create_directory(at, ...guest.text(path)),
    rmdir: (path: string) => wasi.path_remove_directory(at, ...guest.text(path)),
    unlink: (path: string) => wasi.path_unlink_file(at, ...guest.text(path)),
    rename: (from: string, to: string) => wasi.path_rename(at, ...guest.text(from), at, ...guest.text(to)),
    link: (from: string, to: string, flags = 0) =>
      wasi.path_link(at, flags, ...guest.text(from), at, ...guest.text(to)),
    symlink: (target: string, path: string) =>
      wasi.path_symlink(...guest.text(target), at, ...guest.text(path)),
    readlink: (path: string, bufLen = 64) => {
      const [buf, used] = [guest.region.allocate(bufLen), guest.region.allocate(4)];
      const errno = wasi.path_readlink(at, ...guest.text(path), buf, bufLen, used);
      return errno === "success"
        ? new TextDecoder().decode(guest.region.read(buf, guest.region.u32(used)))
        : { errno };
    },
  };
}

describe("path_create_directory and path_remove_directory", () => {
  test("with and without trailing slash", () => {
    const { mkdir, rmdir } = calls(new Guest());
    expect([mkdir("d"), rmdir("d"), mkdir("d/"), rmdir("d/"), rmdir("d")]).toEqual([
      "success",
      "success",
      "success",
      "success",
      "noent",
    ]);
  });

  test("a directory is not made over anything, nor without one above", () => {
    const guest = new Guest({ files: { "/f": "" } });
    const { mkdir, symlink } = calls(guest);
    symlink("nowhere", "link");
    expect([mkdir("f"), mkdir("f/"), mkdir("link"), mkdir("."), mkdir("x/y"), mkdir("f/y")]).toEqual([
      "exist",
      "exist",
      "exist",
      "exist",
      "noent",
      "notdir",
    ]);
  });

  test("only an empty directory is removed, by its own name", () => {
    const guest = new Guest({ files: { "/d/e/f": "", "/f": "" } });
    const { rmdir, symlink } = calls(guest);
    symlink("d/e", "link");
    expect([rmdir("d"), rmdir("f"), rmdir("f/"), rmdir("link"), rmdir("link/")]).toEqual([
      "notempty",
      "notdir",
      "notdir",
      "notdir",
      "notdir",
    ]);
    expect([rmdir("."), rmdir("d/."), rmdir("d/..")]).toEqual(["inval", "inval", "notempty"]);
  });
});

describe("path_unlink_file", () => {
  test("takes files and symlinks, not what they lead to, not directories", () => {
    const guest = new Guest({ files: { "/f": "", "/d/g": "" } });
    const { unlink, symlink } = calls(guest);
    symlink("d", "link");
    expect([unlink("d"), unlink("d/"), unlink("."), unlink("f/"), unlink("link/"), unlink("none")]).toEqual([
      "isdir",
      "isdir",
      "isdir",
      "notdir",
      "notdir",
      "noent",
    ]);
    expect([unlink("link"), unlink("f")]).toEqual(["success", "success"]);
    expect(guest.tree.list("/").map(({ name }) => name)).toEqual(["d"]);
  });
});

describe("path_rename", () => {
  test("moves files and directories, over files and empty directories", () => {
    const guest = new Guest({ files: { "/a": "A", "/b": "B" }, directories: ["/d", "/e"] });
    const { rename } = calls(guest);
    expect([rename("a", "b"), rename("d", "e"), rename("b", "e/c")]).toEqual([
      "success",
      "success",
      "success",
    ]);
    expect(guest.tree.list("/").map(({ name }) => name)).toEqual(["e"]);
    expect(new TextDecoder().decode(guest.tree.readFile("/e/c"))).toBe("A");
  });

  test("slashes may follow directories", () => {
    const { mkdir, rename } = calls(new Guest());
    expect([mkdir("s"), rename("s/", "t"), rename("t", "s/"), rename("s/", "t/"), rename("t", "s")]).toEqual([
      "success",
      "success",
      "success",
      "success",
      "success",
    ]);
  });

  test("refuses what would lose or tear something", () => {
    const guest = new Guest({ files: { "/f": "", "/d/g": "" }, directories: ["/empty"] });
    const { rename, symlink } = calls(guest);
    symlink("d", "link");
    expect([rename("none", "x"), rename("empty", "d"), rename("d", "f"), rename("f", "empty")]).toEqual([
      "noent",
      "notempty",
      "notdir",
      "isdir",
    ]);
    expect([rename("f/", "x"), rename("f", "x/"), rename("link/", "x"), rename("f", "none/x")]).toEqual([
      "notdir",
      "notdir",
      "notdir",
      "noent",
    ]);
    expect([rename("d", "d/x"), rename("d", "d/g/x"), rename(".", "x"), rename("f", "d/..")]).toEqual([
      "inval",
      "notdir",
      "busy",
      "busy",
    ]);
    expect(guest.tree.list("/").map(({ name }) => name)).toEqual(["empty", "f", "d", "link"]);
  });

  test("moves a symlink, not what it leads to", () => {
    const guest = new Guest({ files: { "/d/f": "" } });
    const { rename, symlink, readlink } = calls(guest);
    symlink("d", "link");
    expect(rename("link", "moved")).toBe("success");
    expect(readlink("moved")).toBe("d");
  });
});

describe("path_link", () => {
  test("gives a file a second name that is the same in everything", () => {
    const guest = new Guest({ files: { "/f": "abc" }, directories: ["/d"] });
    expect(calls(guest).link("f", "d/g")).toBe("success");
    expect(guest.stat("d/g")).toEqual(guest.stat("f"));
    expect(guest.stat("f")).toMatchObject({ linkCount: 2n, size: 3n });
  });

  test("links a symlink itself, dangling or not, and does not follow on request", () => {
    const { link, symlink, readlink } = calls(new Guest());
    symlink("nowhere", "link");
    symlink("loop", "loop");
    expect([link("link", "a"), link("loop", "b"), link("link", "c", 1)]).toEqual([
      "success",
      "success",
      "inval",
    ]);
    expect([readlink("a"), readlink("b")]).toEqual(["nowhere", "loop"]);
  });

  test("refuses taken names, directories, and a slash behind a file", () => {
    const guest = new Guest({ files: { "/f": "", "/g": "" }, directories: ["/d"] });
    const { link, symlink } = calls(guest);
    symlink("nowhere", "dangling");
    expect([link("f", "g"), link("f", "f"), link("f", "d"), link("f", "dangling")]).toEqual([
      "exist",
      "exist",
      "exist",
      "exist",
    ]);
    expect([link("d", "x"), link("f", "x/"), link("f/", "x"), link("none", "x")]).toEqual([
      "perm",
      "noent",
      "notdir",
      "noent",
    ]);
  });
});

describe("symlinks", () => {
  test("are read back whole, or as much as the buffer takes", () => {
    const guest = new Guest();
    const { symlink, readlink } = calls(guest);
    expect(symlink("tärget/x", "link")).toBe("success");
    expect(readlink("link")).toBe("tärget/x");
    expect(readlink("link", 4)).toBe("tär");
    expect(readlink("link", 0)).toBe("");
    expect(guest.stat("link")).toMatchObject({ filetype: 7, size: 9n });
  });

  test("are not made over anything, with a slash, absolute or empty", () => {
    const guest = new Guest({ files: { "/f": "" }, directories: ["/d"] });
    const { symlink } = calls(guest);
    expect([symlink("x", "f"), symlink("x", "d"), symlink("x", "d/"), symlink("x", "f/")]).toEqual([
      "exist",
      "exist",
      "exist",
      "exist",
    ]);
    expect([symlink("x", "new/"), symlink("/", "new"), symlink("/f", "new"), symlink("", "new")]).toEqual([
      "noent",
      "perm",
      "perm",
      "noent",
    ]);
    expect(guest.tree.exists("/new")).toBe(false);
  });

  test("only symlinks are read as such", () => {
    const { readlink, symlink } = calls(new Guest({ files: { "/d/f": "" } }));
    symlink("d", "link");
    expect([readlink("d/f"), readlink("d"), readlink("."), readlink("link/"), readlink("none")]).toEqual([
      { errno: "inval" },
      { errno: "inval" },
      { errno: "inval" },
      { errno: "inval" },
      { errno: "noent" },
    ]);
  });
});

describe("path_filestat_get and path_filestat_set_times", () => {
  test("tell a symlink from what it leads to", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    calls(guest).symlink("f", "link");
    const file = guest.stat("f");
    const set = (flags: number, time: bigint) =>
      guest.wasi.path_filestat_set_times(ROOT, flags, ...guest.text("link"), 0n, time, 4);
    expect(set(0, 11n)).toBe("success");
    expect(guest.stat("link")).toMatchObject({ filetype: 7, modified: 11n });
    expect(guest.stat("f")).toEqual(file);
    expect(guest.stat("link", { follow: true })).toEqual(file);
    expect(set(1, 22n)).toBe("success");
    expect(guest.stat("f")).toMatchObject({ filetype: 4, modified: 22n });
  });

  test("agree with fd_filestat_get, and inodes differ", () => {
    const guest = new Guest({ files: { "/f": "abc", "/g": "" } });
    expect(guest.stat("f")).toEqual(guest.statFd(guest.open("f")));
    expect(guest.stat(".")).toEqual(guest.statFd(ROOT));
    expect((guest.stat("f") as { inode: bigint }).inode).not.toBe(
      (guest.stat("g") as { inode: bigint }).inode,
    );
  });

  test("a slash behind a file, a missing name and unknown flags are refused", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect([guest.stat("f/"), guest.stat("none")]).toEqual(["notdir", "noent"]);
    const path = guest.text("f");
    expect(guest.wasi.path_filestat_get(ROOT, 2, ...path, 8)).toBe("inval");
    expect(guest.wasi.path_filestat_set_times(ROOT, 2, ...path, 0n, 0n, 0)).toBe("inval");
  });
});

describe("a file that is unlinked while open", () => {
  test("is read and written on, and its name is free", () => {
    const guest = new Guest({ files: { "/f": "old" } });
    const fd = guest.open("f", { rights: RIGHT.fdRead | RIGHT.fdWrite | RIGHT.fdFilestatGet });
    expect(calls(guest).unlink("f")).toBe("success");
    expect(guest.tryOpen("f")).toBe("noent");
    expect(guest.read(fd, 3)).toBe("old");
    expect(guest.write(fd, "er")).toBe(2);
    expect(guest.statFd(fd)).toMatchObject({ linkCount: 0n, size: 5n });
    expect(guest.open("f", { oflags: OFLAG.create | OFLAG.exclusive })).toBeGreaterThan(3);
  });

  test("so is a directory, in which nothing can be made any more", () => {
    const guest = new Guest({ directories: ["/d"] });
    const fd = guest.open("d");
    expect(calls(guest).rmdir("d")).toBe("success");
    expect(calls(guest, fd).mkdir("x")).toBe("noent");
    expect(guest.tryOpen("x", { at: fd, oflags: OFLAG.create })).toBe("noent");
    expect(guest.readdir(fd).entries.map(({ name }) => name)).toEqual([".", ".."]);
  });
});

test("every function on paths needs its right on the directory", () => {
  const guest = new Guest({ files: { "/d/f": "" } });
  const { mkdir, rmdir, unlink, rename, link, symlink, readlink } = calls(
    guest,
    guest.open("d", { rights: 0 }),
  );
  expect([mkdir("x"), rmdir("x"), unlink("f"), rename("f", "x"), link("f", "x"), symlink("f", "x")]).toEqual([
    "notcapable",
    "notcapable",
    "notcapable",
    "notcapable",
    "notcapable",
    "notcapable",
  ]);
  expect(readlink("f")).toEqual({ errno: "notcapable" });
  const at = guest.open("d", { rights: 0 });
  expect(guest.stat("f", { at })).toBe("notcapable");
  expect(guest.wasi.path_filestat_set_times(at, 0, ...guest.text("f"), 0n, 0n, 0)).toBe("notcapable");
  expect(guest.wasi.fd_readdir(at, 8, 8, 0n, 8)).toBe("notcapable");
  expect(guest.tree.list("/d").map(({ name }) => name)).toEqual(["f"]);
});

test("renaming and linking need the rights of both directories", () => {
  const guest = new Guest({ files: { "/d/f": "" } });
  const source = guest.open("d", { rights: RIGHT.pathRenameSource | RIGHT.pathLinkSource });
  const names = [...guest.text("f"), source, ...guest.text("x")] as const;
  expect(guest.wasi.path_rename(source, ...names)).toBe("notcapable");
  expect(guest.wasi.path_link(source, 0, ...names)).toBe("notcapable");
});
