import { describe, expect, test } from "vitest";
import { PAGE_BYTES } from "../volume/volume.ts";
import { confirmPages, takeChangedPages } from "./changedPages.ts";
import { loadTree } from "./loadTree.ts";
import { createSharedTree } from "./sharedTree.ts";
import { checkStore } from "./testing/checkStore.ts";

/** A tree that notes what changes for a volume. `write` fills a page with a number. */
function open() {
  const tree = createSharedTree(() => 5n, { capacityBytes: 2 ** 24 }, true);
  loadTree(tree.store, { inodes: [], entries: [], nextInode: 2 });
  const write = (path: string, page: number, fill: number) =>
    tree.exclusively(() => {
      const file = tree.file("write", path);
      tree.write(file, page * PAGE_BYTES, new Uint8Array(PAGE_BYTES).fill(fill), 0, PAGE_BYTES);
    });
  const take = () => {
    tree.store.begin();
    const runs = takeChangedPages(tree.store.memory);
    tree.store.end();
    return runs.map(({ firstPage, bytes }) => ({ firstPage, fills: fillsOf(bytes) }));
  };
  const confirm = () => {
    tree.store.begin();
    confirmPages(tree.store.memory);
    tree.store.end();
  };
  const make = (path: string) => tree.exclusively(() => tree.emptyFile("make", path));
  return { tree, write, take, confirm, make };
}

function fillsOf(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length / PAGE_BYTES }, (_, page) => bytes[page * PAGE_BYTES]!);
}

describe("pages that changed", () => {
  test("are taken in the order of their file, whatever the order they were written in", () => {
    const { write, take, make } = open();
    make("/a");
    for (const page of [9, 3, 8, 2, 1]) write("/a", page, page);
    expect(take()).toEqual([
      { firstPage: 1, fills: [1, 2, 3] },
      { firstPage: 8, fills: [8, 9] },
    ]);
  });

  test("come as runs of at most 256, of one file each", () => {
    const { write, take, make } = open();
    make("/a");
    make("/b");
    for (let page = 0; page < 300; page++) write("/a", page, page % 200);
    write("/b", 300, 1);
    expect(take().map(({ firstPage, fills }) => [firstPage, fills.length])).toEqual([
      [0, 256],
      [256, 44],
      [300, 1],
    ]);
  });

  test("are taken once, and again when they were written to meanwhile", () => {
    const { tree, write, take, confirm, make } = open();
    make("/a");
    for (let page = 0; page < 600; page++) write("/a", page, 1);
    expect(take()).toHaveLength(3);
    write("/a", 500, 2);
    checkStore(tree.store);
    confirm();
    checkStore(tree.store);
    expect(take()).toEqual([{ firstPage: 500, fills: [2] }]);
    confirm();
    expect(take()).toEqual([]);
  });

  test("of a file that was cut off are not taken", () => {
    const { tree, write, take, make } = open();
    make("/a");
    for (let page = 0; page < 20; page++) write("/a", page, page);
    tree.exclusively(() => tree.file("cut", "/a").resize(2 * PAGE_BYTES));
    expect(take()).toEqual([{ firstPage: 0, fills: [0, 1] }]);
    checkStore(tree.store);
  });
});
