import { describe, expect, test } from "vitest";
import type { DirectoryInode } from "./inode.ts";
import { createMemoryTree } from "./memory/memoryTree.ts";
import { walk } from "./walk.ts";

/** A jail with a secret beside it. */
function createJail() {
  const tree = createMemoryTree(() => 0n);
  tree.writeFile("/secret", "no");
  tree.writeFile("/jail/file", "yes");
  tree.writeFile("/jail/dir/inner/deep", "yes");
  const jail = tree.directory("/jail");
  const found = (path: string, lastSymlink: "follow" | "followBeforeSlash" | "keep" = "follow") => {
    const place = walk(jail, path, lastSymlink);
    return typeof place === "string" ? place : place.inode;
  };
  return { tree, jail, found, secret: tree.root.get("secret")! };
}

describe("paths", () => {
  test("slashes and dots in between change nothing", () => {
    const { found, jail } = createJail();
    expect(found("dir/.//inner/../../dir/inner/../inner///./deep")).toBe(found("dir/inner/deep"));
    expect(found(".")).toBe(jail);
    expect(found("./")).toBe(jail);
    expect(found("dir/..")).toBe(jail);
  });

  test("a missing last name is a free place, a missing name before it is a fault", () => {
    const { jail, found } = createJail();
    expect(walk(jail, "dir/new", "follow")).toMatchObject({ name: "new", inode: undefined });
    expect(found("none/new")).toBe("notFound");
    expect(found("file/new")).toBe("notDirectory");
    expect(found("file/.")).toBe("notDirectory");
    expect(found("file/..")).toBe("notDirectory");
  });

  test("a trailing slash is reported, also one at the end of a symlink that is followed", () => {
    const { tree, jail } = createJail();
    tree.symlink("dir/", "/jail/link");
    expect(walk(jail, "file/", "keep")).toMatchObject({ hasTrailingSlash: true });
    expect(walk(jail, "link", "follow")).toMatchObject({ hasTrailingSlash: true });
    expect(walk(jail, "file", "keep")).toMatchObject({ hasTrailingSlash: false });
  });

  test("the empty path is nothing, and NUL is in no name", () => {
    const { found } = createJail();
    expect(found("")).toBe("notFound");
    expect(found("file\0")).toBe("invalid");
  });

  test.each([
    ["n".repeat(255), undefined],
    ["n".repeat(256), "nameTooLong"],
    ["é".repeat(127), undefined],
    ["é".repeat(128), "nameTooLong"],
    ["🌙".repeat(63), undefined],
    ["🌙".repeat(64), "nameTooLong"],
  ])("names count in UTF-8 bytes, at most 255 (case %#)", (name, expected) => {
    expect(createJail().found(name)).toBe(expected);
  });

  test("a path has at most 4096 bytes", () => {
    const { found, jail } = createJail();
    expect(found("./".repeat(2048))).toBe(jail);
    expect(found(`${"./".repeat(2048)}.`)).toBe("nameTooLong");
  });
});

describe("symlinks", () => {
  test("as the last name they are followed only when asked, before it always", () => {
    const { tree, found } = createJail();
    tree.symlink("dir", "/jail/link");
    expect(found("link", "keep")).toMatchObject({ kind: "symlink" });
    expect(found("link", "followBeforeSlash")).toMatchObject({ kind: "symlink" });
    expect(found("link/", "followBeforeSlash")).toMatchObject({ kind: "directory" });
    expect(found("link/", "keep")).toMatchObject({ kind: "symlink" });
    expect(found("link/inner/deep", "keep")).toMatchObject({ kind: "file" });
  });

  test("a dangling one, followed, is the free place it leads to", () => {
    const { tree, jail } = createJail();
    tree.symlink("dir/new", "/jail/link");
    const place = walk(jail, "link", "follow");
    expect(place).toMatchObject({ name: "new", inode: undefined });
    expect((place as { parent: DirectoryInode }).parent).toBe(tree.directory("/jail/dir"));
  });

  test("forty on one path are followed, more are a loop", () => {
    const { tree, found } = createJail();
    tree.symlink("file", "/jail/s0");
    for (let i = 1; i <= 40; i++) tree.symlink(`s${i - 1}`, `/jail/s${i}`);
    expect(found("s39")).toMatchObject({ kind: "file" });
    expect(found("s40")).toBe("symlinkLoop");
    tree.symlink("self", "/jail/self");
    expect(found("self")).toBe("symlinkLoop");
    expect(found("self/x")).toBe("symlinkLoop");
  });
});

describe("nothing leads out of the start", () => {
  test.each([
    "/secret",
    "/",
    "..",
    "../",
    "../secret",
    "../jail/file",
    "dir/../../secret",
    "dir/inner/../../../secret",
    "./../secret",
    "none/../../secret",
  ])("%s", (path) => {
    expect(["escapes", "notFound"]).toContain(createJail().found(path));
  });

  test.each([
    ["an absolute symlink", "/secret"],
    ["an absolute symlink to the start itself", "/jail/file"],
    ["a relative symlink upwards", "../secret"],
    ["a symlink down and up", "dir/../../secret"],
  ])("%s", (_, target) => {
    const { tree, found } = createJail();
    tree.symlink(target, "/jail/link");
    expect(found("link")).toBe("escapes");
    expect(found("link/x")).toBe("escapes");
    expect(found("link", "keep")).toMatchObject({ kind: "symlink" });
  });

  test("a chain of symlinks of which each alone stays inside", () => {
    const { tree, found } = createJail();
    tree.symlink("..", "/jail/dir/up");
    tree.symlink("dir/up/..", "/jail/link");
    expect(found("dir/up/file")).toMatchObject({ kind: "file" });
    expect(found("link/secret")).toBe("escapes");
  });

  test("a symlink that was harmless where it was made and is moved up", () => {
    const { tree, found, jail } = createJail();
    tree.symlink("../../file", "/jail/dir/inner/link");
    expect(found("dir/inner/link")).toMatchObject({ kind: "file" });
    tree.rename(tree.directory("/jail/dir/inner"), "link", jail, "link");
    expect(found("link")).toBe("escapes");
  });

  test("the parent of a directory that was moved out of the start while it was open", () => {
    const { tree, jail } = createJail();
    const dir = tree.directory("/jail/dir");
    tree.rename(jail, "dir", tree.root, "outside");
    expect(walk(dir, "../secret", "follow")).toBe("escapes");
    expect(walk(dir, "inner/../../secret", "follow")).toBe("escapes");
  });
});
