import { strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { StorageError } from "../storage/fault.ts";
import { createSharedTree } from "../storage/shared/sharedTree.ts";
import { ArchiveError } from "./errors.ts";
import { mountInto, packZip } from "./fileArchive.ts";

/** A tree behind the page's methods. */
function createFiles() {
  const tree = createSharedTree(() => 1_700_000_000_000_000_000n);
  const entry = (name: string, kind: "file" | "directory" | "symlink", sizeBytes = 0) => ({
    name,
    kind,
    sizeBytes,
    modifiedMs: 1_700_000_000_000,
  });
  return {
    tree,
    mkdir: async (path: string) => tree.mkdirs(path),
    write: async (path: string, content: string | Uint8Array) => tree.writeFile(path, content),
    read: async (path: string) => tree.readFile(path),
    list: async (path: string) => tree.list(path).map(({ name, kind }) => entry(name, kind)),
    stat: async (path: string) => {
      const inode = tree.find(path, "follow");
      return inode && entry(path.split("/").at(-1)!, inode.kind);
    },
  };
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("a zip is unpacked to a directory, beside what is there", async () => {
  const files = createFiles();
  files.tree.writeFile("/project/old", "old");
  const zip = zipSync({
    "a.txt": strToU8("a"),
    src: { "é.rs": strToU8("fn main() {}") },
    "empty/": new Uint8Array(),
  });
  await mountInto(files, "/project", zip);
  expect(
    files.tree
      .list("/project")
      .map(({ name, kind }) => `${name} ${kind}`)
      .sort(),
  ).toEqual(["a.txt file", "empty directory", "old file", "src directory"]);
  expect(text(files.tree.readFile("/project/src/é.rs"))).toBe("fn main() {}");
});

test.each(["../out", "/out", "in/../../out", "in\\..\\..\\out"])(
  "an archive with a file named %s is refused as a whole",
  async (name) => {
    const files = createFiles();
    const zip = zipSync({ first: strToU8("x"), [name]: strToU8("x") });
    await expect(mountInto(files, "/jail", zip)).rejects.toThrow(StorageError);
    expect(files.tree.list("/").map((entry) => entry.name)).toEqual(["jail"]);
    expect(files.tree.list("/jail")).toEqual([]);
  },
);

test("what is no zip is said to be none", async () => {
  await expect(mountInto(createFiles(), "/x", strToU8("Dear diary"))).rejects.toThrow(ArchiveError);
});

test("a directory becomes a zip that holds all that is in it", async () => {
  const files = createFiles();
  files.tree.writeFile("/d/one", "1");
  files.tree.writeFile("/d/in/two", new Uint8Array(100_000).fill(50));
  files.tree.mkdirs("/d/none");
  files.tree.symlink("one", "/d/link");
  const zip = await packZip(files, "/d");
  const entries = unzipSync(zip);
  expect(Object.keys(entries).sort()).toEqual(["in/", "in/two", "none/", "one"]);
  expect(text(entries.one!)).toBe("1");
  expect(entries["in/two"]!.length).toBe(100_000);
  expect(zip.length).toBeLessThan(2000);
  await expect(packZip(files, "/missing")).rejects.toThrow(/no such file/);
});
