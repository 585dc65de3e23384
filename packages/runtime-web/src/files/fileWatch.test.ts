import { expect, test } from "vitest";
import { createSharedTree } from "../storage/shared/sharedTree.ts";
import { FileWatch } from "./fileWatch.ts";

/** A tree whose clock moves at each change. */
function createTree() {
  let now = 0n;
  return createSharedTree(() => ++now);
}

const told = (watch: FileWatch) =>
  watch
    .changes()
    .map(({ path, type }) => `${type} ${path}`)
    .sort();

test("a watch tells what came, went and changed below a path, and nothing of what is beside it", () => {
  const tree = createTree();
  tree.writeFile("/d/old", "x");
  tree.writeFile("/d/in/deep", "x");
  const watch = new FileWatch(tree, "/d/");
  expect(told(watch)).toEqual([]);
  tree.writeFile("/d/new", "x");
  tree.writeFile("/d/in/deep", "y");
  tree.remove("/d/old");
  tree.writeFile("/beside", "x");
  expect(told(watch)).toEqual(["changed /d/in/deep", "created /d/new", "removed /d/old"]);
  expect(told(watch)).toEqual([]);
});

test("a directory that is moved away went with all in it, and came with all in it", () => {
  const tree = createTree();
  tree.writeFile("/a/in/f", "x");
  const watch = new FileWatch(tree, "/");
  tree.move("/a", "/b");
  expect(told(watch)).toEqual([
    "created /b",
    "created /b/in",
    "created /b/in/f",
    "removed /a",
    "removed /a/in",
    "removed /a/in/f",
  ]);
});

test("a file that is replaced by another of the same size and time has changed", () => {
  const tree = createSharedTree(() => 7n);
  tree.writeFile("/f", "one");
  tree.writeFile("/g", "two");
  const watch = new FileWatch(tree, "/f");
  tree.move("/g", "/f");
  expect(told(watch)).toEqual(["changed /f"]);
});

test("what is not there yet can be watched", () => {
  const tree = createTree();
  const watch = new FileWatch(tree, "/later/file");
  tree.writeFile("/later/file", "x");
  expect(told(watch)).toEqual(["created /later/file"]);
  tree.remove("/later");
  expect(told(watch)).toEqual(["removed /later/file"]);
});
