import { describe, expect, test } from "vitest";
import type { DirectoryInode, FileInode, InodeStore } from "../inode.ts";

const PAGE = 4096;

/** What every backend must do, whatever it keeps its bytes in. */
export function testStoreConformance(
  name: string,
  createStore: (limits: { capacityBytes: number; maxInodes: number }) => InodeStore,
): void {
  const roomy = () => createStore({ capacityBytes: 2 ** 22, maxInodes: 1000 });
  const file = (store: InodeStore): FileInode => {
    const inode = store.createFile(7n);
    if (inode === undefined) throw new Error("the store is full");
    return inode;
  };
  const content = (inode: FileInode, position = 0, length = inode.sizeBytes): number[] => {
    const into = new Uint8Array(length);
    return Array.from(into.subarray(0, inode.read(position, into, 0, length)));
  };

  describe(`${name}: files`, () => {
    test("what was written is read back at any offset across pages", () => {
      const inode = file(roomy());
      const bytes = Uint8Array.from({ length: 3 * PAGE + 5 }, (_, i) => i % 251);
      expect(inode.write(0, bytes, 0, bytes.length)).toBe(bytes.length);
      expect(inode.sizeBytes).toBe(bytes.length);
      for (const position of [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 4]) {
        expect(content(inode, position)).toEqual(Array.from(bytes.subarray(position)));
      }
    });

    test("only the given range of the caller's array is read and written", () => {
      const inode = file(roomy());
      inode.write(0, Uint8Array.of(9, 1, 2, 3, 9), 1, 4);
      const into = new Uint8Array(5).fill(7);
      expect(inode.read(0, into, 1, 4)).toBe(3);
      expect(Array.from(into)).toEqual([7, 1, 2, 3, 7]);
    });

    test("a read stops at the end of the file and gives nothing beyond", () => {
      const inode = file(roomy());
      inode.write(0, Uint8Array.of(1, 2, 3), 0, 3);
      expect(content(inode, 2, 10)).toEqual([3]);
      expect(content(inode, 3, 10)).toEqual([]);
      expect(content(inode, 2 ** 42, 10)).toEqual([]);
    });

    test("a gap before a write reads as zeros and takes no storage", () => {
      const store = roomy();
      const inode = file(store);
      inode.write(2 ** 40, Uint8Array.of(5), 0, 1);
      expect(inode.sizeBytes).toBe(2 ** 40 + 1);
      expect(store.usage.usedBytes).toBe(PAGE);
      expect(content(inode, 2 ** 40 - 2, 3)).toEqual([0, 0, 5]);
      const stale = new Uint8Array(4).fill(9);
      inode.read(1000, stale, 0, 4);
      expect(Array.from(stale)).toEqual([0, 0, 0, 0]);
    });

    test("bytes cut off do not come back when the file grows again", () => {
      const inode = file(roomy());
      inode.write(0, new Uint8Array(2 * PAGE).fill(8), 0, 2 * PAGE);
      inode.resize(10);
      inode.resize(2 * PAGE);
      expect(content(inode, 8, 4)).toEqual([8, 8, 0, 0]);
      expect(content(inode, PAGE, 2)).toEqual([0, 0]);
    });

    test("cutting off gives back exactly the pages behind, of dense and of sparse files", () => {
      const store = roomy();
      const inode = file(store);
      inode.write(0, new Uint8Array(8 * PAGE), 0, 8 * PAGE);
      inode.resize(7 * PAGE);
      expect(store.usage.usedBytes).toBe(7 * PAGE);
      inode.write(2 ** 40, Uint8Array.of(1), 0, 1);
      inode.resize(3 * PAGE + 1);
      expect(store.usage.usedBytes).toBe(4 * PAGE);
      inode.resize(0);
      expect(store.usage.usedBytes).toBe(0);
    });

    test("what is left of a large file written backwards is intact, and grows on with zeros", () => {
      const inode = file(roomy());
      for (let page = 199; page >= 0; page--)
        inode.write(page * PAGE, new Uint8Array(PAGE).fill(page + 1), 0, PAGE);
      inode.resize(3 * PAGE + 5);
      inode.resize(6 * PAGE);
      for (const [page, expected] of [1, 2, 3].entries()) {
        expect(new Set(content(inode, page * PAGE, PAGE))).toEqual(new Set([expected]));
      }
      expect(content(inode, 3 * PAGE, 7)).toEqual([4, 4, 4, 4, 4, 0, 0]);
      expect(new Set(content(inode, 4 * PAGE))).toEqual(new Set([0]));
      inode.write(4 * PAGE, Uint8Array.of(9), 0, 1);
      expect(content(inode, 4 * PAGE, 3)).toEqual([9, 0, 0]);
    });

    test("a full store takes what fits and says how much", () => {
      const store = createStore({ capacityBytes: 2 * PAGE, maxInodes: 10 });
      const inode = file(store);
      expect(inode.write(100, new Uint8Array(3 * PAGE), 0, 3 * PAGE)).toBe(2 * PAGE - 100);
      expect(inode.write(2 * PAGE, Uint8Array.of(1), 0, 1)).toBe(0);
      expect(inode.sizeBytes).toBe(2 * PAGE);
      // Pages the file has can still be written.
      expect(inode.write(0, Uint8Array.of(1), 0, 1)).toBe(1);
    });

    test("reserving takes storage in advance, or nothing at all", () => {
      const store = createStore({ capacityBytes: 3 * PAGE, maxInodes: 10 });
      const inode = file(store);
      expect(inode.reserve(0, 2 * PAGE)).toBe(true);
      expect(inode.sizeBytes).toBe(2 * PAGE);
      expect(store.usage.usedBytes).toBe(2 * PAGE);
      expect(inode.reserve(0, 4 * PAGE)).toBe(false);
      expect(inode.reserve(0, 2 ** 43)).toBe(false);
      expect(store.usage.usedBytes).toBe(2 * PAGE);
      expect(inode.reserve(0, PAGE)).toBe(true);
      expect(inode.sizeBytes).toBe(2 * PAGE);
    });
  });

  describe(`${name}: directories`, () => {
    const names = (directory: DirectoryInode, cookie = 0): string[] =>
      Array.from(directory.entriesFrom(cookie), (entry) => entry.name);

    test("entries come in the order they were added, from any cookie on", () => {
      const store = roomy();
      for (const name of ["b", "a", "c"]) store.root.add(name, file(store));
      expect(names(store.root)).toEqual(["b", "a", "c"]);
      const [, second] = [...store.root.entriesFrom(0)];
      expect(names(store.root, second!.cookie)).toEqual(["a", "c"]);
      expect(names(store.root, store.root.nextCookie)).toEqual([]);
    });

    test("a reader who deletes each entry it gets misses none of 500", () => {
      const store = roomy();
      for (let i = 0; i < 500; i++) store.root.add(`n${i}`, file(store));
      const seen: string[] = [];
      for (const entry of store.root.entriesFrom(0)) {
        seen.push(entry.name);
        store.root.delete(entry.name);
      }
      expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => `n${i}`));
      expect(store.root.entryCount).toBe(0);
    });

    test("a cookie stays good while entries before it are deleted", () => {
      const store = roomy();
      for (let i = 0; i < 100; i++) store.root.add(`n${i}`, file(store));
      const { cookie } = [...store.root.entriesFrom(0)][90]!;
      for (let i = 0; i < 90; i++) store.root.delete(`n${i}`);
      expect(names(store.root, cookie)).toEqual(Array.from({ length: 10 }, (_, i) => `n${90 + i}`));
    });

    test("a name that is deleted and added again gets a new cookie", () => {
      const store = roomy();
      store.root.add("a", file(store));
      const before = [...store.root.entriesFrom(0)][0]!.cookie;
      store.root.delete("a");
      store.root.add("a", file(store));
      expect([...store.root.entriesFrom(0)][0]!.cookie).toBeGreaterThan(before);
    });
  });

  describe(`${name}: inodes`, () => {
    test("numbers are unique and start above zero", () => {
      const store = roomy();
      const inodes = [
        store.root,
        file(store),
        store.createSymlink(0n, "t"),
        store.createDirectory(0n, store.root),
      ];
      const numbers = inodes.map((inode) => inode?.number ?? 0);
      expect(new Set(numbers).size).toBe(4);
      expect(Math.min(...numbers)).toBeGreaterThan(0);
    });

    test("no more inodes than allowed, and a discarded one makes room once", () => {
      const store = createStore({ capacityBytes: PAGE, maxInodes: 3 });
      const first = file(store);
      first.write(0, Uint8Array.of(1), 0, 1);
      expect(store.createDirectory(0n, store.root)).toBeDefined();
      expect(store.createFile(0n)).toBeUndefined();
      expect(store.createSymlink(0n, "t")).toBeUndefined();
      store.discard(first);
      store.discard(first);
      expect(store.usage).toMatchObject({ usedBytes: 0, inodes: 2 });
      expect(store.createFile(0n)).toBeDefined();
      expect(store.createFile(0n)).toBeUndefined();
    });
  });
}
