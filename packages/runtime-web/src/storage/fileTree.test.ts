import { describe, expect, test } from "vitest";
import { StorageError } from "./fault.ts";
import { createMemoryTree } from "./memory/memoryTree.ts";
import { createSharedTree } from "./shared/sharedTree.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof StorageError) return error.fault;
    throw error;
  }
  return "none";
}

describe.each([
  ["in memory", createMemoryTree],
  ["shared", createSharedTree],
] as const)("the host's side of a tree %s", (_, createTree) => {
  test("a written file is read back, with the directories above it made on the way", () => {
    const tree = createTree(() => 42n);
    tree.writeFile("/a/b/é.txt", "héllo 🌙");
    expect(text(tree.readFile("a/b/é.txt"))).toBe("héllo 🌙");
    expect(tree.list("/")).toEqual([{ name: "a", kind: "directory", sizeBytes: 0, modifiedNs: 42n }]);
    expect(tree.list("/a/b")).toEqual([{ name: "é.txt", kind: "file", sizeBytes: 11, modifiedNs: 42n }]);
  });

  test("writing again replaces the content, however long it was", () => {
    const tree = createTree(() => 0n);
    tree.writeFile("f", new Uint8Array(10_000).fill(1));
    tree.writeFile("f", Uint8Array.of(2));
    expect(Array.from(tree.readFile("f"))).toEqual([2]);
    tree.writeFile("f", "");
    expect(tree.readFile("f").length).toBe(0);
  });

  test("what is read is a copy", () => {
    const tree = createTree(() => 0n);
    tree.writeFile("f", "abc");
    tree.readFile("f").fill(0);
    expect(text(tree.readFile("f"))).toBe("abc");
  });

  test("mkdirs may be repeated", () => {
    const tree = createTree(() => 0n);
    tree.mkdirs("/x/y");
    tree.mkdirs("x/y/z/");
    tree.mkdirs("/");
    expect(tree.exists("/x/y/z")).toBe(true);
  });

  test("symlinks are followed", () => {
    const tree = createTree(() => 0n);
    tree.writeFile("/data/f", "abc");
    tree.symlink("data", "/link");
    expect(text(tree.readFile("/link/f"))).toBe("abc");
    tree.mkdirs("/link/sub");
    expect(tree.exists("/data/sub")).toBe(true);
  });

  test("remove takes a directory with everything in it, and a symlink without what it leads to", () => {
    const tree = createTree(() => 0n);
    tree.writeFile("/keep/f", "abc");
    tree.writeFile("/gone/a/b", "abc");
    tree.symlink("../keep", "/gone/link");
    tree.remove("/gone");
    expect(tree.exists("/gone")).toBe(false);
    expect(tree.exists("/keep/f")).toBe(true);
    expect(tree.usage.inodes).toBe(3);
  });

  test("remove reaches the bottom of directories nested deeper than any path is long", () => {
    const tree = createTree(() => 0n);
    let at = tree.root;
    for (let i = 0; i < 20_000; i++) {
      const inner = tree.createDirectory(at, "deeper");
      if (typeof inner === "string") throw new Error(inner);
      at = inner;
    }
    tree.createFile(at, "bottom");
    tree.remove("/deeper");
    expect(tree.usage.inodes).toBe(1);
  });

  test("each failure names its cause", () => {
    const tree = createTree(() => 0n, { capacityBytes: 8192 });
    tree.writeFile("/f", "abc");
    tree.mkdirs("/d");
    tree.symlink("/f", "/absolute");
    expect(faultOf(() => tree.readFile("/none"))).toBe("notFound");
    expect(faultOf(() => tree.readFile("/d"))).toBe("isDirectory");
    expect(faultOf(() => tree.readFile("/f/"))).toBe("notDirectory");
    expect(faultOf(() => tree.readFile("/../f"))).toBe("escapes");
    expect(faultOf(() => tree.readFile("/absolute"))).toBe("escapes");
    expect(faultOf(() => tree.writeFile("/d", "x"))).toBe("isDirectory");
    expect(faultOf(() => tree.writeFile("/f/x", "x"))).toBe("notDirectory");
    expect(faultOf(() => tree.mkdirs("/f"))).toBe("notDirectory");
    expect(faultOf(() => tree.list("/f"))).toBe("notDirectory");
    expect(faultOf(() => tree.writeFile("/big", new Uint8Array(9000)))).toBe("noSpace");
    expect(faultOf(() => tree.remove("/"))).toBe("busy");
    expect(faultOf(() => tree.remove("/none"))).toBe("notFound");
  });

  test("the message says what was attempted on what and what to do", () => {
    const tree = createTree(() => 0n, { capacityBytes: 4096 });
    expect(() => tree.writeFile("/big", new Uint8Array(5000))).toThrow(
      'Cannot write the file "/big": the filesystem is full; create it with more `capacityBytes` or `maxInodes`, or remove files',
    );
  });

  test("a hole of terabytes is not read into memory", () => {
    const tree = createTree(() => 0n);
    tree.writeFile("/f", "");
    const file = tree.root.get("f");
    if (file?.kind !== "file") throw new Error("expected a file");
    tree.resize(file, 2 ** 42);
    expect(faultOf(() => tree.readFile("/f"))).toBe("fileTooLarge");
  });
});
