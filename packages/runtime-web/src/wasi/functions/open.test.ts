import { describe, expect, test } from "vitest";
import { FDFLAG, OFLAG } from "../constants.ts";
import { RIGHT } from "../rights.ts";
import { ALL_RIGHTS, Guest, ROOT } from "../testing/guest.ts";

const { create, directory, exclusive, truncate } = OFLAG;

describe("path_open", () => {
  test("opens what is there, and what is not is noent", () => {
    const guest = new Guest({ files: { "/dir/f": "abc" } });
    expect(guest.read(guest.open("dir/f"), 9)).toBe("abc");
    expect(guest.tryOpen("none")).toBe("noent");
    expect(guest.tryOpen("none/f")).toBe("noent");
    expect(guest.tryOpen("dir/f/x")).toBe("notdir");
    expect(guest.tryOpen("")).toBe("noent");
  });

  test("makes a missing file when asked, and keeps one that is there", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    expect(guest.open("new", { oflags: create })).toBe(4);
    expect(guest.tree.exists("/new")).toBe(true);
    expect(guest.read(guest.open("f", { oflags: create }), 9)).toBe("abc");
    expect(guest.tryOpen("none/new", { oflags: create })).toBe("noent");
  });

  test("exclusively makes only what is not there, not even a dangling symlink", () => {
    const guest = new Guest({ files: { "/f": "" } });
    guest.tree.symlink("nowhere", "/link");
    expect(guest.tryOpen("f", { oflags: create | exclusive })).toBe("exist");
    expect(guest.tryOpen("link", { oflags: create | exclusive, follow: true })).toBe("exist");
    expect(guest.open("new", { oflags: create | exclusive })).toBe(4);
  });

  test("makes the file a dangling symlink leads to", () => {
    const guest = new Guest();
    guest.tree.symlink("target", "/link");
    expect(guest.open("link", { oflags: create, follow: true })).toBe(4);
    expect(guest.tree.exists("/target")).toBe(true);
  });

  test("empties a file when asked, which needs no right to write it", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    expect(guest.open("f", { oflags: truncate, rights: 0 })).toBe(4);
    expect(guest.tree.readFile("/f").length).toBe(0);
  });

  test("a symlink is followed only when asked", () => {
    const guest = new Guest({ files: { "/f": "abc" }, directories: ["/d"] });
    guest.tree.symlink("f", "/file");
    guest.tree.symlink("d", "/dir");
    guest.tree.symlink("loop", "/loop");
    expect(guest.tryOpen("file")).toBe("loop");
    expect(guest.tryOpen("dir")).toBe("loop");
    expect(guest.tryOpen("loop")).toBe("loop");
    expect(guest.tryOpen("loop", { follow: true })).toBe("loop");
    expect(guest.tryOpen("dir", { oflags: directory })).toBe("notdir");
    expect(guest.read(guest.open("file", { follow: true }), 9)).toBe("abc");
    expect(guest.open("dir", { oflags: directory, follow: true })).toBe(5);
    expect(guest.tryOpen("file", { oflags: directory, follow: true })).toBe("notdir");
    expect(guest.open("dir/")).toBe(6);
  });

  test("a trailing slash is for directories", () => {
    const guest = new Guest({ files: { "/d/f": "" } });
    expect(guest.open("d/")).toBe(4);
    expect(guest.open("d///")).toBe(5);
    expect(guest.tryOpen("d/f/")).toBe("notdir");
    expect(guest.tryOpen("d/f///")).toBe("notdir");
    expect(guest.tryOpen("new/", { oflags: create })).toBe("isdir");
    expect(guest.tree.exists("/new")).toBe(false);
  });

  test("a directory is opened to be looked into, not to be written, made or emptied", () => {
    const guest = new Guest({ directories: ["/d"] });
    expect(guest.fdstat(guest.open("d", { rights: 0 })).filetype).toBe(3);
    expect(guest.fdstat(guest.open("d", { oflags: directory, rights: RIGHT.fdRead })).filetype).toBe(3);
    expect(guest.tryOpen("d", { oflags: directory, rights: RIGHT.fdRead | RIGHT.fdWrite })).toBe("isdir");
    expect(guest.tryOpen("d", { rights: ALL_RIGHTS })).toBe("isdir");
    expect(guest.tryOpen("d", { oflags: create })).toBe("isdir");
    expect(guest.tryOpen("d", { oflags: truncate })).toBe("isdir");
    for (const oflags of [create, exclusive, truncate]) {
      expect(guest.tryOpen("d", { oflags: directory | oflags })).toBe("inval");
    }
  });

  test("a descriptor is no directory to start from if it is a file or a stream", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect(guest.tryOpen("x", { at: guest.open("f"), oflags: create })).toBe("notdir");
    expect(guest.tryOpen("x", { at: 1 })).toBe("notdir");
    expect(guest.tryOpen("x", { at: 99 })).toBe("badf");
  });

  test("a directory fd starts where it was opened, wherever it has been moved since", () => {
    const guest = new Guest({ files: { "/a/f": "abc" } });
    const fd = guest.open("a");
    guest.wasi.path_rename(ROOT, ...guest.text("a"), ROOT, ...guest.text("b"));
    expect(guest.read(guest.open("f", { at: fd }), 9)).toBe("abc");
    expect(guest.tryOpen("../b/f", { at: fd })).toBe("perm");
  });

  test("nonblocking is no matter for files and directories", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    expect(guest.open(".", { fdflags: FDFLAG.nonblock })).toBe(4);
    expect(guest.read(guest.open("f", { fdflags: FDFLAG.nonblock }), 3)).toBe("abc");
  });

  test("flags that do not exist are inval", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect(guest.tryOpen("f", { oflags: 16 })).toBe("inval");
    expect(guest.tryOpen("f", { fdflags: 32 })).toBe("inval");
    const path = guest.text("f");
    expect(guest.wasi.path_open(ROOT, 2, ...path, 0, 0n, 0n, 0, 8)).toBe("inval");
  });

  test("a path that is not UTF-8 is ilseq, one with NUL inval, one that is too long nametoolong", () => {
    const guest = new Guest();
    const ptr = guest.region.allocate(8);
    guest.region.write(ptr, Uint8Array.of(0x66, 0xff));
    expect(guest.wasi.path_open(ROOT, 0, ptr, 2, create, 0n, 0n, 0, 8)).toBe("ilseq");
    expect(guest.tryOpen("f\0", { oflags: create })).toBe("inval");
    expect(guest.tryOpen("n".repeat(256), { oflags: create })).toBe("nametoolong");
    expect(guest.tryOpen("./".repeat(3000))).toBe("nametoolong");
  });

  test("names are kept byte for byte, a byte order mark included", () => {
    const guest = new Guest();
    for (const name of ["\ufeffbom", "é", "e\u0301", "🌙", " ", "a\\b", "..."]) {
      expect(guest.open(name, { oflags: create | exclusive })).toBeGreaterThan(3);
      expect(guest.tree.list("/").at(-1)?.name).toBe(name);
    }
  });
});

describe("rights of what is opened", () => {
  test("are those asked for that the directory may pass on and that mean something", () => {
    const guest = new Guest({ files: { "/d/f": "" } });
    const restricted = guest.open("d", {
      rights: RIGHT.pathOpen | RIGHT.fdRead,
      inheriting: RIGHT.fdRead | RIGHT.fdSeek | RIGHT.pathOpen,
    });
    expect(guest.fdstat(restricted)).toMatchObject({
      base: BigInt(RIGHT.pathOpen),
      inheriting: BigInt(RIGHT.fdRead | RIGHT.fdSeek | RIGHT.pathOpen),
    });
    const inner = guest.open("f", { at: restricted, rights: ALL_RIGHTS });
    expect(guest.fdstat(inner).base).toBe(BigInt(RIGHT.fdRead | RIGHT.fdSeek));
    const again = guest.open(".", { at: restricted });
    expect(guest.fdstat(again).inheriting).toBe(BigInt(RIGHT.fdRead | RIGHT.fdSeek | RIGHT.pathOpen));
  });

  test("to open, make and empty are the directory's", () => {
    const guest = new Guest({ files: { "/d/f": "abc" } });
    const at = (rights: number) => guest.open("d", { rights });
    expect(guest.tryOpen("f", { at: at(0) })).toBe("notcapable");
    expect(guest.tryOpen("new", { at: at(RIGHT.pathOpen), oflags: create })).toBe("notcapable");
    expect(guest.tryOpen("f", { at: at(RIGHT.pathOpen), oflags: truncate })).toBe("notcapable");
    expect(guest.tree.list("/d")).toMatchObject([{ name: "f", sizeBytes: 3 }]);
    expect(
      guest.open("new", { at: at(RIGHT.pathOpen | RIGHT.pathCreateFile), oflags: create }),
    ).toBeGreaterThan(3);
    expect(
      guest.open("f", { at: at(RIGHT.pathOpen | RIGHT.pathFilestatSetSize), oflags: truncate }),
    ).toBeGreaterThan(3);
  });
});
