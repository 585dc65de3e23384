import { describe, expect, test } from "vitest";
import { FDFLAG, OFLAG } from "../constants.ts";
import { RIGHT } from "../rights.ts";
import { ALL_RIGHTS, Guest, ROOT } from "../testing/guest.ts";

const { create, directory, exclusive, truncate } = OFLAG;

describe("path_open", () => {
  test("opens what is there, and what is not is noent", () => {
    const guest = new Guest({ files: { "/dir/f": "abc" } });
    expect(guest.read(guest.open("dir/f"), 9)).toBe("abc");
    expect(guest.open("none")).toBe(-44);
    expect(guest.open("none/f")).toBe(-44);
    expect(guest.open("dir/f/x")).toBe(-54);
    expect(guest.open("")).toBe(-44);
  });

  test("makes a missing file when asked, and keeps one that is there", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    expect(guest.open("new", { oflags: create })).toBe(4);
    expect(guest.tree.exists("/new")).toBe(true);
    expect(guest.read(guest.open("f", { oflags: create }), 9)).toBe("abc");
    expect(guest.open("none/new", { oflags: create })).toBe(-44);
  });

  test("exclusively makes only what is not there, not even a dangling symlink", () => {
    const guest = new Guest({ files: { "/f": "" } });
    guest.tree.symlink("nowhere", "/link");
    expect(guest.open("f", { oflags: create | exclusive })).toBe(-20);
    expect(guest.open("link", { oflags: create | exclusive, follow: true })).toBe(-20);
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
    expect(guest.open("file")).toBe(-32);
    expect(guest.open("dir")).toBe(-32);
    expect(guest.open("loop")).toBe(-32);
    expect(guest.open("loop", { follow: true })).toBe(-32);
    expect(guest.open("dir", { oflags: directory })).toBe(-54);
    expect(guest.read(guest.open("file", { follow: true }), 9)).toBe("abc");
    expect(guest.open("dir", { oflags: directory, follow: true })).toBe(5);
    expect(guest.open("file", { oflags: directory, follow: true })).toBe(-54);
    expect(guest.open("dir/")).toBe(6);
  });

  test("a trailing slash is for directories", () => {
    const guest = new Guest({ files: { "/d/f": "" } });
    expect(guest.open("d/")).toBe(4);
    expect(guest.open("d///")).toBe(5);
    expect(guest.open("d/f/")).toBe(-54);
    expect(guest.open("d/f///")).toBe(-54);
    expect(guest.open("new/", { oflags: create })).toBe(-31);
    expect(guest.tree.exists("/new")).toBe(false);
  });

  test("a directory is opened to be looked into, not to be written, made or emptied", () => {
    const guest = new Guest({ directories: ["/d"] });
    expect(guest.fdstat(guest.open("d", { rights: 0 })).filetype).toBe(3);
    expect(guest.fdstat(guest.open("d", { oflags: directory, rights: RIGHT.fdRead })).filetype).toBe(3);
    expect(guest.open("d", { oflags: directory, rights: RIGHT.fdRead | RIGHT.fdWrite })).toBe(-31);
    expect(guest.open("d", { rights: ALL_RIGHTS })).toBe(-31);
    expect(guest.open("d", { oflags: create })).toBe(-31);
    expect(guest.open("d", { oflags: truncate })).toBe(-31);
    for (const oflags of [create, exclusive, truncate]) {
      expect(guest.open("d", { oflags: directory | oflags })).toBe(-28);
    }
  });

  test("a descriptor is no directory to start from if it is a file or a stream", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect(guest.open("x", { at: guest.open("f"), oflags: create })).toBe(-54);
    expect(guest.open("x", { at: 1 })).toBe(-54);
    expect(guest.open("x", { at: 99 })).toBe(-8);
  });

  test("a directory fd starts where it was opened, wherever it has been moved since", () => {
    const guest = new Guest({ files: { "/a/f": "abc" } });
    const fd = guest.open("a");
    guest.wasi.path_rename(ROOT, ...guest.text("a"), ROOT, ...guest.text("b"));
    expect(guest.read(guest.open("f", { at: fd }), 9)).toBe("abc");
    expect(guest.open("../b/f", { at: fd })).toBe(-63);
  });

  test("nonblocking is no matter for files and directories", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    expect(guest.open(".", { fdflags: FDFLAG.nonblock })).toBe(4);
    expect(guest.read(guest.open("f", { fdflags: FDFLAG.nonblock }), 3)).toBe("abc");
  });

  test("flags that do not exist are inval", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect(guest.open("f", { oflags: 16 })).toBe(-28);
    expect(guest.open("f", { fdflags: 32 })).toBe(-28);
    const path = guest.text("f");
    expect(guest.wasi.path_open(ROOT, 2, ...path, 0, 0n, 0n, 0, 8)).toBe(28);
  });

  test("a path that is not UTF-8 is ilseq, one with NUL inval, one that is too long nametoolong", () => {
    const guest = new Guest();
    const ptr = guest.region.allocate(8);
    guest.region.write(ptr, Uint8Array.of(0x66, 0xff));
    expect(guest.wasi.path_open(ROOT, 0, ptr, 2, create, 0n, 0n, 0, 8)).toBe(25);
    expect(guest.open("f\0", { oflags: create })).toBe(-28);
    expect(guest.open("n".repeat(256), { oflags: create })).toBe(-37);
    expect(guest.open("./".repeat(3000))).toBe(-37);
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
    expect(guest.open("f", { at: at(0) })).toBe(-76);
    expect(guest.open("new", { at: at(RIGHT.pathOpen), oflags: create })).toBe(-76);
    expect(guest.open("f", { at: at(RIGHT.pathOpen), oflags: truncate })).toBe(-76);
    expect(guest.tree.list("/d")).toMatchObject([{ name: "f", sizeBytes: 3 }]);
    expect(
      guest.open("new", { at: at(RIGHT.pathOpen | RIGHT.pathCreateFile), oflags: create }),
    ).toBeGreaterThan(3);
    expect(
      guest.open("f", { at: at(RIGHT.pathOpen | RIGHT.pathFilestatSetSize), oflags: truncate }),
    ).toBeGreaterThan(3);
  });
});
