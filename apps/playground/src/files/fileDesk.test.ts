import { type FileEntry, type RuntimeFiles, StorageError } from "@lunatic-web/runtime";
import { expect, test, vi } from "vitest";
import { FileDesk, MAX_PREVIEW_BYTES } from "./fileDesk.ts";

/** A filesystem of a few paths to contents; a path that ends in a slash is a directory. */
function createFiles(contents: Record<string, string | Uint8Array<ArrayBuffer>>) {
  const all = new Map(Object.entries(contents));
  const read: string[] = [];
  let tellChange = () => {};
  const bytesOf = (path: string) => {
    const content = all.get(path);
    if (content === undefined) throw new StorageError("read the file", path, "notFound");
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  const entry = (path: string): FileEntry => {
    const isDirectory = path.endsWith("/");
    const name = path.replace(/\/$/, "").split("/").at(-1)!;
    const sizeBytes = isDirectory ? 0 : bytesOf(path).length;
    return { name, kind: isDirectory ? "directory" : "file", sizeBytes, modifiedMs: 0 };
  };
  const keyOf = (path: string) => (all.has(path) ? path : all.has(`${path}/`) ? `${path}/` : undefined);
  const files: Partial<RuntimeFiles> = {
    async list(path) {
      const below = path.endsWith("/") ? path : `${path}/`;
      return [...all.keys()]
        .filter((key) => key.startsWith(below) && /^[^/]+\/?$/.test(key.slice(below.length)))
        .map(entry);
    },
    async stat(path) {
      const key = keyOf(path);
      return key === undefined ? undefined : entry(key);
    },
    exists: async (path) => keyOf(path) !== undefined,
    async read(path, { maxBytes } = {}) {
      read.push(path);
      return bytesOf(path).slice(0, maxBytes);
    },
    async write(path, content) {
      all.set(path, content as string);
    },
    async mkdir(path) {
      all.set(path, "");
    },
    async rename(path, to) {
      const content = all.get(path);
      if (content === undefined) throw new StorageError("rename", path, "notFound");
      all.delete(path);
      all.set(to, content);
    },
    async remove(path) {
      all.delete(keyOf(path) ?? path);
    },
    holders: async (path) => (path === "/log" ? [{ environment: 1, pid: 7 }] : []),
    usage: async () => ({
      usedBytes: 1,
      capacityBytes: 2,
      inodes: all.size,
      maxInodes: 9,
      volume: undefined,
    }),
    exportZip: async () => new Uint8Array([0x50, 0x4b]),
    async *watch() {
      for (;;) {
        await new Promise<void>((resolve) => {
          tellChange = resolve;
        });
        yield [];
      }
    },
  };
  return {
    all,
    /** Paths, as often as they were read. */
    read,
    desk: new FileDesk(async () => files as RuntimeFiles),
    change: () => tellChange(),
  };
}

const paths = (desk: FileDesk) => desk.rows.value.map(({ path, level }) => `${level} ${path}`);

test("the tree shows what is in open directories, directories first", async () => {
  const { desk } = createFiles({ "/b.txt": "b", "/a.txt": "a", "/d/": "", "/d/inner.txt": "i" });
  await desk.refresh();
  expect(paths(desk)).toEqual(["1 /d", "1 /a.txt", "1 /b.txt"]);
  await desk.toggle("/d");
  expect(paths(desk)).toEqual(["1 /d", "2 /d/inner.txt", "1 /a.txt", "1 /b.txt"]);
  await desk.toggle("/d");
  expect(paths(desk)).toHaveLength(3);
});

test("a text is shown whole, anything else as bytes, a large file in part", async () => {
  const large = new Uint8Array(MAX_PREVIEW_BYTES + 1).fill(65);
  const { desk } = createFiles({ "/t": "täxt\n\t", "/b": new Uint8Array([0, 1, 255]), "/large": large });
  await desk.choose("/t");
  expect(desk.chosen.value?.text).toBe("täxt\n\t");
  await desk.choose("/b");
  expect(desk.chosen.value).toMatchObject({ text: undefined, sizeBytes: 3 });
  await desk.choose("/large");
  expect(desk.chosen.value).toMatchObject({ text: undefined, sizeBytes: large.length });
  expect(desk.chosen.value?.bytes).toHaveLength(MAX_PREVIEW_BYTES);
});

test("a settled file is not read again while others change, and is when it changes itself", async () => {
  const { desk, all, read } = createFiles({ "/t": "one", "/other": "" });
  await desk.choose("/t");
  all.set("/other", "written");
  await desk.refresh();
  expect(read).toEqual(["/t"]);
  all.set("/t", "three");
  await desk.refresh();
  expect([desk.chosen.value?.text, read]).toEqual(["three", ["/t", "/t"]]);
});

test("who has a file open is told", async () => {
  const { desk } = createFiles({ "/log": "…" });
  await desk.choose("/log");
  expect(desk.chosen.value?.holders).toEqual([{ environment: 1, pid: 7 }]);
});

test("a file is made in directories that open for it, edited, renamed within its directory and removed", async () => {
  const { desk, all } = createFiles({ "/d/": "" });
  await desk.make("d/new.txt");
  expect(paths(desk)).toEqual(["1 /d", "2 /d/new.txt"]);
  await desk.save("hello");
  expect(desk.chosen.value?.text).toBe("hello");
  await desk.rename("other.txt");
  expect(desk.chosen.value?.path).toBe("/d/other.txt");
  expect(all.get("/d/other.txt")).toBe("hello");
  await desk.remove();
  expect(desk.chosen.value).toBeUndefined();
  expect(paths(desk)).toEqual(["1 /d"]);
});

test("uploads go to the chosen directory, downloads are the file or a zip of the directory", async () => {
  const { desk, all } = createFiles({ "/d/": "", "/d/a": "content" });
  await desk.choose("/d");
  await desk.upload([
    { path: "x.txt", file: new File(["x"], "x.txt") },
    { path: "folder/in/y.txt", file: new File(["y"], "y.txt") },
  ]);
  expect([all.has("/d/x.txt"), all.has("/d/folder/in/y.txt")]).toEqual([true, true]);
  expect(desk.uploading.value).toBeUndefined();
  expect((await desk.download())?.name).toBe("d.zip");
  await desk.choose("/d/a");
  expect(new TextDecoder().decode((await desk.download())?.bytes)).toBe("content");
});

test("what cannot be done is told, and forgotten with the next that can", async () => {
  const { desk } = createFiles({ "/a": "a" });
  await desk.choose("/a");
  const { desk: other } = createFiles({});
  await other.refresh();
  expect(other.error.value).toBeUndefined();
  await desk.rename("/b");
  await desk.choose("/missing");
  expect([desk.chosen.value, desk.error.value]).toEqual([undefined, undefined]);
});

test("it follows what programs write until nobody looks any more", async () => {
  const { desk, all, change } = createFiles({});
  let isWanted = true;
  const followed = desk.follow(() => isWanted);
  await vi.waitFor(() => expect(desk.usage.value).toBeDefined());
  all.set("/new", "n");
  await vi.waitFor(() => {
    change();
    expect(paths(desk)).toEqual(["1 /new"]);
  });
  isWanted = false;
  await vi.waitFor(async () => {
    change();
    await Promise.race([followed, Promise.reject(new Error("still following"))]);
  });
});

test("a file of the visitor's that cannot be read is told, and those before it are there", async () => {
  const { desk, all } = createFiles({});
  const gone = new File([], "gone.txt");
  gone.arrayBuffer = () => Promise.reject(new DOMException("The file could not be found", "NotFoundError"));
  await desk.upload([
    { path: "x.txt", file: new File(["x"], "x.txt") },
    { path: "gone.txt", file: gone },
  ]);
  expect([desk.error.value, all.has("/x.txt"), desk.uploading.value]).toEqual([
    "The file could not be found",
    true,
    undefined,
  ]);
  await desk.glance();
  expect(desk.error.value).toBe("The file could not be found");
});

test("a choice that is made while the desk looks around is kept", async () => {
  const { desk } = createFiles({ "/a": "a", "/b": "b" });
  const looking = desk.refresh();
  await Promise.all([desk.choose("/a"), looking]);
  expect(desk.chosen.value?.path).toBe("/a");
  await Promise.all([desk.refresh(), desk.choose("/b"), desk.refresh()]);
  expect(desk.chosen.value?.path).toBe("/b");
});
