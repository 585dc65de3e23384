import { expect, test } from "vitest";
import { fillTree, readTree, type WholeFile } from "./fileSet.ts";
import { createMemoryTree } from "./memory/memoryTree.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function byPath(files: readonly WholeFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
}

test("a tree gives back what it was filled with, and the directories above it", () => {
  const tree = createMemoryTree(() => 0n);
  fillTree(tree, [
    { path: "/a/b/c.txt", content: bytes("c") },
    { path: "/empty/", content: bytes("") },
    { path: "/top.txt", content: bytes("top") },
  ]);
  expect(byPath(readTree(tree))).toEqual({
    "/a/": "",
    "/a/b/": "",
    "/a/b/c.txt": "c",
    "/empty/": "",
    "/top.txt": "top",
  });
});

test("files keep the time at which they were last modified, and are new without one", () => {
  const tree = createMemoryTree(() => 5_000_000n);
  fillTree(tree, [
    { path: "/old", content: bytes("old"), modifiedMs: 1_000_000_000_123.5 },
    { path: "/whole", content: bytes("whole"), modifiedMs: 981_173_106_789 },
    { path: "/new", content: bytes("new") },
  ]);
  const times = Object.fromEntries(readTree(tree).map(({ path, modifiedMs }) => [path, modifiedMs]));
  expect(times).toEqual({ "/old": 1_000_000_000_123.5, "/whole": 981_173_106_789, "/new": 5 });
});

test("contents are copies, and symlinks do not lead in circles", () => {
  const tree = createMemoryTree(() => 0n);
  fillTree(tree, [{ path: "/d/file", content: bytes("old") }]);
  tree.symlink(".", "/d/circle");
  const before = readTree(tree);
  tree.writeFile("/d/file", "new");
  expect(byPath(before)).toEqual({ "/d/": "", "/d/file": "old" });
});
