import { describe, expect, test } from "vitest";
import { seeded } from "../mailbox/testing/seeded.ts";
import { readTree } from "../storage/fileSet.ts";
import { type FileInode, NO_ROOM_YET, NOT_HERE } from "../storage/inode.ts";
import { loadTree } from "../storage/shared/loadTree.ts";
import { createSharedTree, type SharedTree } from "../storage/shared/sharedTree.ts";
import { checkStore } from "../storage/shared/testing/checkStore.ts";
import { Hammer } from "../storage/shared/testing/hammer.ts";
import { mountVolume } from "../storage/volume/mountVolume.ts";
import { SimulatedDisk } from "../storage/volume/testing/simulatedDisk.ts";
import { PAGE_BYTES } from "../storage/volume/volume.ts";
import { VolumeKeeper } from "./volumeKeeper.ts";

/** A tree on a disk. */
async function open(disk: SimulatedDisk, capacityBytes = 2 ** 24) {
  const volume = Object.assign(await mountVolume(disk), { backing: "opfs" as const });
  const tree = createSharedTree(() => 5n, { capacityBytes }, true);
  loadTree(tree.store, volume.contents);
  const keeper = new VolumeKeeper(tree.store, volume);
  const ask = (need: Parameters<VolumeKeeper["ask"]>[0]) =>
    new Promise<string>((resolve) => keeper.ask(need, (fault) => resolve(fault ?? "done")));
  return { tree, keeper, ask, sync: () => ask({ type: "sync" }) };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Reads as a process does: what is not here is asked for, and then it goes on. */
async function read({ tree, ask }: Opened, path: string): Promise<Uint8Array> {
  const file = tree.exclusively(() => tree.file("read", path));
  const bytes = new Uint8Array(tree.exclusively(() => file.sizeBytes));
  for (let done = 0; done < bytes.length; ) {
    const count = tree.read(file, done, bytes, done, bytes.length);
    if (count === NOT_HERE) await ask({ ...pagesOf(file, done), pages: 4 });
    else done += count;
  }
  return bytes;
}

function pagesOf(file: FileInode, position: number) {
  const firstPage = Math.floor(position / PAGE_BYTES);
  return { type: "pages", place: file.place, inode: file.number, firstPage } as const;
}

async function contentsOf(opened: Opened): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = async (directory: string): Promise<void> => {
    for (const { name, kind } of opened.tree.list(directory)) {
      const path = `${directory}${name}`;
      if (kind === "directory") await visit(`${path}/`);
      found[path] = kind === "file" ? Buffer.from(await read(opened, path)).toString("base64") : kind;
    }
  };
  await visit("/");
  return found;
}

function inMemory(tree: SharedTree): Record<string, string> {
  return Object.fromEntries(
    readTree(tree).map(({ path, content }) =>
      path.endsWith("/") ? [path.slice(0, -1), "directory"] : [path, Buffer.from(content).toString("base64")],
    ),
  );
}

test("what was synced is there when it is opened again: names, links, times, holes, content", async () => {
  const disk = new SimulatedDisk();
  const first = await open(disk);
  const { tree } = first;
  tree.writeFile("/a/b/text", "héllo");
  tree.writeFile("/a/large", new Uint8Array(100_000).fill(3));
  tree.symlink("b/text", "/a/link");
  const sparse = tree.exclusively(() => tree.emptyFile("make", "/sparse"));
  tree.write(sparse, 2 ** 33, Uint8Array.of(9), 0, 1);
  tree.setTimes(sparse, 11n, 22n);
  expect(await first.sync()).toBe("done");

  const again = await open(new SimulatedDisk(disk.content));
  expect(again.tree.list("/").map(({ name }) => name)).toEqual(["a", "sparse"]);
  expect(new TextDecoder().decode(await read(again, "/a/link"))).toBe("héllo");
  expect(new Set(await read(again, "/a/large"))).toEqual(new Set([3]));
  const found = again.tree.exclusively(() => again.tree.file("find", "/sparse"));
  expect([found.sizeBytes, found.accessedNs, found.modifiedNs]).toEqual([2 ** 33 + 1, 11n, 22n]);
  await again.ask({ ...pagesOf(found, 2 ** 33), pages: 1 });
  const into = new Uint8Array(3);
  again.tree.read(found, 2 ** 33 - 2, into, 0, 3);
  expect(Array.from(into)).toEqual([0, 0, 0]);
  checkStore(again.tree.store);
});

test.each([1, 2, 3, 4, 5, 6])("after random work, reopened, it is the same tree (seed %i)", async (seed) => {
  const disk = new SimulatedDisk();
  const opened = await open(disk);
  const random = seeded(seed);
  const hammer = new Hammer(opened.tree.sharedBuffer!, 1, seed);
  for (let round = 0; round < 400; round++) {
    hammer.strike();
    if (random(20) === 0) opened.keeper.writeBack();
    if (random(30) === 0) await opened.sync();
  }
  hammer.closeAll();
  await opened.sync();
  const again = await open(new SimulatedDisk(disk.content));
  expect(await contentsOf(again)).toEqual(inMemory(opened.tree));
  checkStore(again.tree.store);
  // What was unlinked while it was open is not left on the disk.
  expect(again.tree.usage.inodes).toBe(opened.tree.usage.inodes);
});

describe("a cache of 32 pages before a file of 200", () => {
  const CACHE = 32 * PAGE_BYTES;
  const page = (index: number) => new Uint8Array(PAGE_BYTES).fill(index);

  test("a writer waits for room, and all of it is read back", async () => {
    const opened = await open(new SimulatedDisk(), CACHE);
    const { tree } = opened;
    const file = tree.exclusively(() => tree.emptyFile("make", "/f"));
    let waits = 0;
    for (let index = 0; index < 200; ) {
      const written = tree.write(file, index * PAGE_BYTES, page(index), 0, PAGE_BYTES);
      if (written === PAGE_BYTES) index++;
      else {
        expect(written).toBe(NO_ROOM_YET);
        waits++;
        expect(await opened.ask({ type: "room" })).toBe("done");
      }
    }
    expect(waits).toBeGreaterThan(3);
    expect(tree.usage.usedBytes).toBeLessThanOrEqual(CACHE);
    const bytes = await read(opened, "/f");
    for (let index = 0; index < 200; index++)
      expect(bytes.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES)).toEqual(page(index));
    checkStore(tree.store);
  });

  test("a page that is only partly written is fetched first, and cut off before it is read again", async () => {
    const disk = new SimulatedDisk();
    const first = await open(disk);
    first.tree.writeFile("/f", new Uint8Array(50 * PAGE_BYTES).fill(1));
    await first.sync();
    const opened = await open(new SimulatedDisk(disk.content), CACHE);
    const { tree } = opened;
    const file = tree.exclusively(() => tree.file("find", "/f"));
    expect(tree.write(file, 10, Uint8Array.of(2), 0, 1)).toBe(NOT_HERE);
    await opened.ask({ ...pagesOf(file, 10), pages: 1 });
    expect(tree.write(file, 10, Uint8Array.of(2), 0, 1)).toBe(1);
    expect(tree.resize(file, 30 * PAGE_BYTES + 5)).toBe(NOT_HERE);
    await opened.ask({ ...pagesOf(file, 30 * PAGE_BYTES), pages: 1 });
    expect(tree.resize(file, 30 * PAGE_BYTES + 5)).toBeUndefined();
    tree.resize(file, 40 * PAGE_BYTES);
    await opened.sync();
    const bytes = await read(opened, "/f");
    expect([bytes[9], bytes[10], bytes[11]]).toEqual([1, 2, 1]);
    expect(bytes.subarray(30 * PAGE_BYTES, 30 * PAGE_BYTES + 6)).toEqual(Uint8Array.of(1, 1, 1, 1, 1, 0));
    expect(new Set(bytes.subarray(30 * PAGE_BYTES + 5))).toEqual(new Set([0]));
  });
});

describe("a disk that is full", () => {
  test("loses nothing: what was written stays, writers and syncs are told, and it is tried again", async () => {
    const disk = new SimulatedDisk(undefined, { capacityBytes: 2 ** 22 });
    const opened = await open(disk);
    const { tree } = opened;
    tree.writeFile("/kept", new Uint8Array(200_000).fill(1));
    tree.writeFile("/gone", new Uint8Array(600_000).fill(2));
    expect(await opened.sync()).toBe("done");
    tree.writeFile("/late", new Uint8Array(2 ** 22).fill(3));
    expect(await opened.sync()).toBe("noSpace");
    expect(() => tree.writeFile("/more", "x")).toThrow(/full/);
    expect(new Set(await read(opened, "/late"))).toEqual(new Set([3]));
    tree.remove("/late");
    tree.remove("/gone");
    expect(await opened.sync()).toBe("done");
    tree.writeFile("/more", "x");
    expect(await opened.sync()).toBe("done");
    const again = await open(new SimulatedDisk(disk.content));
    expect(again.tree.list("/").map(({ name }) => name)).toEqual(["kept", "more"]);
    expect(new Set(await read(again, "/kept"))).toEqual(new Set([1]));
  });
});

test("closing writes back what changed, and is over although processes go on asking", async () => {
  const disk = new SimulatedDisk();
  const opened = await open(disk);
  opened.tree.writeFile("/last", "words");
  let isOver = false;
  let answers = 0;
  const goOn = (): void => {
    answers++;
    if (!isOver) opened.keeper.ask({ type: "sync" }, () => setTimeout(goOn, 0));
  };
  goOn();
  expect(await opened.keeper.close()).toBeUndefined();
  expect(await opened.ask({ type: "sync" })).toBe("unavailable");
  isOver = true;
  expect(answers).toBeGreaterThan(0);
  const again = await open(new SimulatedDisk(disk.content));
  expect(new TextDecoder().decode(await read(again, "/last"))).toBe("words");
});
