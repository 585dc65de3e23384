import { expect, test } from "vitest";
import { createSharedTree } from "./sharedTree.ts";
import { checkStore } from "./testing/checkStore.ts";

const COUNT = 20_000;
const NAME = (index: number) => `${"long".repeat(index % 60)} ${index} é`;

test("a directory of twenty thousand names of all lengths finds each, lists all in order, and is emptied again", () => {
  const tree = createSharedTree(() => 0n);
  for (let index = 0; index < COUNT; index++)
    expect(typeof tree.createFile(tree.root, NAME(index))).toBe("object");
  checkStore(tree.store);
  for (let index = 0; index < COUNT; index += 7) expect(tree.exists(NAME(index))).toBe(true);
  expect(tree.exists(NAME(COUNT))).toBe(false);
  const names = tree.list("/").map(({ name }) => name);
  expect(names.length).toBe(COUNT);
  expect([names[0], names.at(-1)]).toEqual([NAME(0), NAME(COUNT - 1)]);
  for (let index = 0; index < COUNT; index++) expect(tree.unlink(tree.root, NAME(index))).toBeUndefined();
  expect(tree.usage.inodes).toBe(1);
  checkStore(tree.store);
});

test("a tree whose memory is full says so, undoes what it had begun, and goes on when something is removed", () => {
  const tree = createSharedTree(() => 0n, { capacityBytes: 2 ** 16, maxInodes: 4000 });
  const file = tree.createFile(tree.root, "file");
  if (typeof file === "string") throw new Error(file);
  // Names, of one file, take memory and are no inodes.
  let made = 0;
  while (tree.link(file, tree.root, `${"n".repeat(240)}${made}`) === undefined) made++;
  expect(made).toBeGreaterThan(4000);
  expect(tree.usage.inodes).toBe(2);
  expect(tree.link(file, tree.root, `${"n".repeat(240)}${made}`)).toBe("noSpace");
  expect(tree.rename(tree.root, "file", tree.root, "m".repeat(255))).toBe("noSpace");
  expect(tree.exists("/file")).toBe(true);
  checkStore(tree.store);
  for (let index = 0; index < 100; index++) tree.unlink(tree.root, `${"n".repeat(240)}${index}`);
  expect(tree.rename(tree.root, "file", tree.root, "m".repeat(255))).toBeUndefined();
  checkStore(tree.store);
});
