import { expect, test } from "vitest";
import { emptyTree, isOpenForPageOnly } from "./emptyTree.ts";
import { HEADER } from "./layout.ts";
import { createSharedTree, SharedTree } from "./sharedTree.ts";
import { checkStore } from "./testing/checkStore.ts";

const now = () => 7n;

function fill(tree: SharedTree, files: number): void {
  for (let i = 0; i < files; i++) tree.writeFile(`/d${i % 7}/f${i}`, new Uint8Array(5000).fill(i));
}

test("an emptied tree is as a new one, for all who share it, and takes files again", () => {
  const tree = createSharedTree(now, {}, true);
  const other = new SharedTree(tree.sharedBuffer!, 3, now);
  fill(tree, 2000);
  expect(tree.exclusively(() => emptyTree(tree.store, 9n))).toBe(true);
  checkStore(tree.store);
  const fresh = createSharedTree(now, {}, true);
  expect(tree.usage).toEqual(fresh.usage);
  expect([...other.list("/")]).toEqual([]);
  fill(other, 500);
  checkStore(tree.store);
  expect(tree.list("/d3").length).toBe(71);
  expect(tree.readFile("/d3/f10")[0]).toBe(10);
});

test("whoever watches sees that something changed", () => {
  const tree = createSharedTree(now);
  const before = tree.store.memory.words[HEADER.changes];
  emptyTree(tree.store, 1n);
  expect(tree.store.memory.words[HEADER.changes]).not.toBe(before);
});

test("a tree that somebody has something open in stays as it is", () => {
  const tree = createSharedTree(now);
  tree.writeFile("/a", "content");
  const { file, opening } = tree.exclusively(() => {
    const found = tree.file("open", "/a");
    return { file: found, opening: tree.open(found, { environment: 1, pid: 4 }) as number };
  });
  expect([emptyTree(tree.store, 1n), isOpenForPageOnly(tree.store)]).toEqual([false, false]);
  expect(tree.list("/").map(({ name }) => name)).toEqual(["a"]);
  tree.close(file, opening);
  expect(emptyTree(tree.store, 1n)).toBe(true);
});

test("what the page has open is told from what processes have", () => {
  const tree = createSharedTree(now);
  const root = tree.exclusively(() => tree.directory("/"));
  tree.open(root, { environment: 0, pid: 0 });
  expect(isOpenForPageOnly(tree.store)).toBe(true);
  tree.open(root, { environment: 1, pid: 1 });
  expect(isOpenForPageOnly(tree.store)).toBe(false);
});
