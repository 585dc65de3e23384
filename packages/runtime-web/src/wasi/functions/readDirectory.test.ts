import { describe, expect, test } from "vitest";
import { OutOfBoundsError } from "../../abi/guestMemory.ts";
import { DIRENT } from "../structs.ts";
import { Guest, ROOT } from "../testing/guest.ts";

const names = (guest: Guest, fd: number, bufLen?: number): string[] => {
  const all: string[] = [];
  for (let cookie = 0n; ; ) {
    const { entries, isFull } = guest.readdir(fd, cookie, bufLen);
    all.push(...entries.map(({ name }) => name));
    if (!isFull) return all;
    cookie = entries.at(-1)?.next ?? cookie;
  }
};

const manyFiles = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`/d/file.${i}`, ""]));

describe("fd_readdir", () => {
  test("gives the directory, its parent and the entries with type, inode and the way on", () => {
    const guest = new Guest({ files: { "/d/é": "" } });
    guest.tree.mkdirs("/d/sub");
    guest.tree.symlink("é", "/d/link");
    const fd = guest.open("d");
    const { entries, isFull } = guest.readdir(fd);
    expect(isFull).toBe(false);
    expect(entries.map(({ name, filetype }) => [name, filetype])).toEqual([
      [".", 3],
      ["..", 3],
      ["é", 4],
      ["sub", 3],
      ["link", 7],
    ]);
    expect(entries.map(({ next }) => next)).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect(entries[0]).toMatchObject({ inode: (guest.statFd(fd) as { inode: bigint }).inode });
    expect(entries[2]).toMatchObject({ inode: (guest.stat("d/é") as { inode: bigint }).inode });
    for (const { next } of entries.slice(0, -1)) {
      expect(guest.readdir(fd, next).entries).toEqual(entries.slice(Number(next)));
    }
    expect(guest.readdir(fd, 5n).entries).toEqual([]);
    expect(guest.readdir(fd, 2n ** 64n - 1n).entries).toEqual([]);
  });

  test("fills the buffer to the last byte, also in the middle of an entry", () => {
    const guest = new Guest({ files: manyFiles(10) });
    const fd = guest.open("d");
    for (const bufLen of [0, 1, 23, 24, 25, 26, 60, 100]) {
      expect(guest.readdir(fd, 0n, bufLen).isFull).toBe(true);
    }
    const whole = DIRENT.sizeBytes + 1;
    expect(guest.readdir(fd, 0n, whole).entries.map(({ name }) => name)).toEqual(["."]);
  });

  test("a thousand entries are read through a small buffer, each once", () => {
    const guest = new Guest({ files: manyFiles(1000) });
    const read = names(guest, guest.open("d"), 256);
    expect(read.length).toBe(1002);
    expect(new Set(read).size).toBe(1002);
  });

  test("a reader who deletes what it was given leaves an empty directory", () => {
    const guest = new Guest({ files: manyFiles(300) });
    const fd = guest.open("d");
    for (let cookie = 0n; ; ) {
      const { entries, isFull } = guest.readdir(fd, cookie, 200);
      for (const { name } of entries) {
        if (!name.startsWith(".")) guest.wasi.path_unlink_file(fd, ...guest.text(name));
      }
      if (!isFull) break;
      cookie = entries.at(-1)!.next;
    }
    expect(guest.wasi.path_remove_directory(ROOT, ...guest.text("d"))).toBe("success");
  });

  test("a reader who renames what it was given comes to an end", () => {
    const guest = new Guest({ files: manyFiles(50) });
    const fd = guest.open("d");
    let renamed = 0;
    for (let cookie = 0n; ; ) {
      const { entries, isFull } = guest.readdir(fd, cookie, 200);
      for (const { name } of entries) {
        if (name.startsWith(".")) continue;
        renamed++;
        guest.wasi.path_rename(fd, ...guest.text(name), fd, ...guest.text(`${name}~`));
      }
      if (!isFull) break;
      cookie = entries.at(-1)!.next;
    }
    expect(renamed).toBe(50);
    expect(names(guest, fd)).toContain("file.49~");
  });

  test("beginning anew shows what was added since", () => {
    const guest = new Guest({ files: manyFiles(1) });
    const fd = guest.open("d");
    expect(names(guest, fd)).toHaveLength(3);
    guest.tree.writeFile("/d/new", "");
    expect(names(guest, fd)).toEqual([".", "..", "file.0", "new"]);
  });

  test("the root is its own parent", () => {
    const guest = new Guest();
    const { entries } = guest.readdir(ROOT);
    expect(entries[1]?.inode).toBe(entries[0]?.inode);
  });

  test("files and streams have no entries, and a buffer outside memory traps", () => {
    const guest = new Guest({ files: { "/f": "" } });
    expect(guest.wasi.fd_readdir(guest.open("f"), 8, 64, 0n, 8)).toBe("notdir");
    expect(guest.wasi.fd_readdir(1, 8, 64, 0n, 8)).toBe("notdir");
    expect(() => guest.wasi.fd_readdir(ROOT, guest.region.sizeBytes - 8, 64, 0n, 8)).toThrow(
      OutOfBoundsError,
    );
    expect(guest.region.isIntact).toBe(true);
  });
});
