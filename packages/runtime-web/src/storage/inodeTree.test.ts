import { describe, expect, test } from "vitest";
import type { DirectoryInode, FileInode } from "./inode.ts";
import { InodeTree, MAX_FILE_BYTES } from "./inodeTree.ts";
import { MemoryStore } from "./memory/memoryStore.ts";

const HOLDER = { environment: 1, pid: 1 };

function createTree(capacityBytes = 2 ** 20) {
  let nowNs = 1000n;
  const tree = new InodeTree(new MemoryStore(nowNs, { capacityBytes }), () => nowNs);
  return {
    tree,
    root: tree.root,
    tick: () => {
      nowNs += 1000n;
      return nowNs;
    },
    file: (name: string, parent = tree.root) => tree.createFile(parent, name) as FileInode,
    directory: (name: string, parent = tree.root) => tree.createDirectory(parent, name) as DirectoryInode,
  };
}

describe("links", () => {
  test("a file lives as long as one of its names", () => {
    const { tree, root, file } = createTree();
    const inode = file("a");
    tree.write(inode, 0, Uint8Array.of(1), 0, 1);
    expect(tree.link(inode, root, "b")).toBeUndefined();
    expect(inode.linkCount).toBe(2);
    tree.unlink(root, "a");
    expect(root.get("b")).toBe(inode);
    expect(tree.usage.usedBytes).toBeGreaterThan(0);
    tree.unlink(root, "b");
    expect(tree.usage.usedBytes).toBe(0);
  });

  test("an unlinked file can be read and written until its last descriptor is closed", () => {
    const { tree, root, file } = createTree();
    const inode = file("a");
    const [first, second] = [tree.open(inode, HOLDER) as number, tree.open(inode, HOLDER) as number];
    tree.unlink(root, "a");
    expect(tree.write(inode, 0, Uint8Array.of(5), 0, 1)).toBe(1);
    tree.close(inode, first);
    const into = new Uint8Array(1);
    expect(tree.read(inode, 0, into, 0, 1)).toBe(1);
    expect(into[0]).toBe(5);
    tree.close(inode, second);
    expect(tree.usage).toMatchObject({ usedBytes: 0, inodes: 1 });
  });

  test("a directory takes no second name", () => {
    const { tree, root, directory } = createTree();
    expect(tree.link(directory("d"), root, "e")).toBe("notPermitted");
  });

  test("directories count themselves, their name and each directory in them", () => {
    const { tree, root, directory } = createTree();
    const d = directory("d");
    expect([root.linkCount, d.linkCount]).toEqual([3, 2]);
    directory("e", d);
    expect(d.linkCount).toBe(3);
    tree.rename(d, "e", root, "e");
    expect([root.linkCount, d.linkCount]).toEqual([4, 2]);
    tree.removeDirectory(root, "e");
    expect(root.linkCount).toBe(3);
  });
});

describe("names", () => {
  test("a taken name is refused for every kind", () => {
    const { tree, root, file } = createTree();
    const a = file("a");
    expect(tree.createFile(root, "a")).toBe("exists");
    expect(tree.createDirectory(root, "a")).toBe("exists");
    expect(tree.createSymlink(root, "a", "t")).toBe("exists");
    expect(tree.link(a, root, "a")).toBe("exists");
  });

  test("unlink and removeDirectory refuse the other kind, and what is not empty", () => {
    const { tree, root, file, directory } = createTree();
    file("f");
    const d = directory("d");
    file("g", d);
    expect(tree.unlink(root, "d")).toBe("isDirectory");
    expect(tree.removeDirectory(root, "f")).toBe("notDirectory");
    expect(tree.removeDirectory(root, "d")).toBe("notEmpty");
    expect(tree.unlink(root, "none")).toBe("notFound");
  });

  test("a removed directory that is still open takes no new names", () => {
    const { tree, root, file, directory } = createTree();
    const d = directory("d");
    file("f");
    tree.open(d, HOLDER);
    tree.removeDirectory(root, "d");
    expect(tree.createFile(d, "x")).toBe("notFound");
    expect(tree.rename(root, "f", d, "x")).toBe("notFound");
    expect(root.get("f")).toBeDefined();
  });
});

describe("rename", () => {
  test("replaces a file in one step and lets its inode go", () => {
    const { tree, root, file } = createTree();
    const a = file("a");
    const b = file("b");
    tree.write(b, 0, Uint8Array.of(1), 0, 1);
    expect(tree.rename(root, "a", root, "b")).toBeUndefined();
    expect(root.get("b")).toBe(a);
    expect(root.get("a")).toBeUndefined();
    expect(tree.usage.usedBytes).toBe(0);
  });

  test("keeps a replaced file that is open", () => {
    const { tree, root, file } = createTree();
    file("a");
    const b = file("b");
    tree.open(b, HOLDER);
    tree.write(b, 0, Uint8Array.of(4), 0, 1);
    tree.rename(root, "a", root, "b");
    const into = new Uint8Array(1);
    expect(tree.read(b, 0, into, 0, 1)).toBe(1);
    expect(into[0]).toBe(4);
  });

  test("replaces an empty directory by a directory and nothing else", () => {
    const { tree, root, file, directory } = createTree();
    const source = directory("source");
    const target = directory("target");
    file("f", target);
    expect(tree.rename(root, "source", root, "target")).toBe("notEmpty");
    tree.unlink(target, "f");
    expect(tree.rename(root, "source", root, "target")).toBeUndefined();
    expect(root.get("target")).toBe(source);
    file("f");
    expect(tree.rename(root, "f", root, "target")).toBe("isDirectory");
    expect(tree.rename(root, "target", root, "f")).toBe("notDirectory");
  });

  test("does nothing between two names of one file", () => {
    const { tree, root, file } = createTree();
    const a = file("a");
    tree.link(a, root, "b");
    expect(tree.rename(root, "a", root, "b")).toBeUndefined();
    expect([root.get("a"), root.get("b")]).toEqual([a, a]);
  });

  test("does not move a directory into itself or below", () => {
    const { tree, root, directory } = createTree();
    const a = directory("a");
    const b = directory("b", a);
    expect(tree.rename(root, "a", a, "x")).toBe("invalid");
    expect(tree.rename(root, "a", b, "x")).toBe("invalid");
    expect(root.get("a")).toBe(a);
  });

  test("gives a moved directory its new parent", () => {
    const { tree, root, directory } = createTree();
    const a = directory("a");
    const b = directory("b", a);
    tree.rename(a, "b", root, "c");
    expect(b.parent).toBe(root);
  });
});

describe("times", () => {
  test("writing and naming stamp what POSIX says; reading stamps nothing", () => {
    const { tree, root, tick, file } = createTree();
    const a = file("a");
    expect([a.accessedNs, a.modifiedNs, a.changedNs, root.modifiedNs]).toEqual([1000n, 1000n, 1000n, 1000n]);
    const written = tick();
    tree.write(a, 0, Uint8Array.of(1), 0, 1);
    expect([a.accessedNs, a.modifiedNs, a.changedNs]).toEqual([1000n, written, written]);
    tick();
    tree.read(a, 0, new Uint8Array(1), 0, 1);
    expect(a.accessedNs).toBe(1000n);
    const renamed = tick();
    tree.rename(root, "a", root, "b");
    expect([a.modifiedNs, a.changedNs, root.modifiedNs]).toEqual([written, renamed, renamed]);
  });

  test("times can be set apart from each other, to any value", () => {
    const { tree, tick, file } = createTree();
    const a = file("a");
    const now = tick();
    tree.setTimes(a, undefined, 0xffff_ffff_ffff_ffffn);
    expect([a.accessedNs, a.modifiedNs, a.changedNs]).toEqual([1000n, 0xffff_ffff_ffff_ffffn, now]);
    tree.setTimes(a, "now", undefined);
    expect([a.accessedNs, a.modifiedNs]).toEqual([now, 0xffff_ffff_ffff_ffffn]);
  });
});

describe("limits", () => {
  test("a full store is a fault, but writing nothing is not", () => {
    const { tree, file } = createTree(4096);
    const a = file("a");
    expect(tree.write(a, 0, new Uint8Array(5000), 0, 5000)).toBe(4096);
    expect(tree.write(a, 4096, new Uint8Array(1), 0, 1)).toBe("noSpace");
    expect(tree.write(a, 4096, new Uint8Array(1), 0, 0)).toBe(0);
    expect(tree.reserve(a, 0, 8192)).toBe("noSpace");
  });

  test("no file grows beyond 8 TiB", () => {
    const { tree, file } = createTree();
    const a = file("a");
    const two = Uint8Array.of(1, 2);
    expect(tree.write(a, MAX_FILE_BYTES - 1, two, 0, 2)).toBe(1);
    expect(tree.write(a, MAX_FILE_BYTES, two, 0, 2)).toBe("fileTooLarge");
    expect(tree.resize(a, MAX_FILE_BYTES + 1)).toBe("fileTooLarge");
    expect(tree.reserve(a, 0, MAX_FILE_BYTES + 1)).toBe("fileTooLarge");
    expect(a.sizeBytes).toBe(MAX_FILE_BYTES);
  });
});
