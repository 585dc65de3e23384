import { describe, expect, test } from "vitest";
import { seeded } from "../../mailbox/testing/seeded.ts";
import { SUPERBLOCK_PAGES } from "./geometry.ts";
import { mountVolume } from "./mountVolume.ts";
import { describeVolume, Model } from "./testing/model.ts";
import { SimulatedDisk } from "./testing/simulatedDisk.ts";
import { PAGE_BYTES, type VolumeBatch, VolumeError } from "./volume.ts";

const JOURNAL_BYTES = 8192;
const NOTHING: VolumeBatch = { inodes: [], entries: [], cuts: [], pages: [], discarded: [] };

function fileBatch(number: number, pages: number, fill = number): VolumeBatch {
  const record = { number, kind: "file", sizeBytes: pages * PAGE_BYTES, target: "" } as const;
  const times = { accessedNs: 1n, modifiedNs: 2n, changedNs: 3n };
  return {
    ...NOTHING,
    inodes: [{ ...record, ...times }],
    entries: [{ directory: 1, name: `file ${number}`, inode: number, cookie: number }],
    pages: [{ inode: number, firstPage: 0, bytes: new Uint8Array(pages * PAGE_BYTES).fill(fill) }],
  };
}

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof VolumeError) return error.fault;
    throw error;
  }
  return "none";
}

describe("a volume", () => {
  test("is made with a root directory and nothing else", async () => {
    const { contents } = await mountVolume(new SimulatedDisk());
    expect(contents.inodes).toMatchObject([{ number: 1, kind: "directory", sizeBytes: 0 }]);
    expect(contents.entries).toEqual([]);
    expect(contents.nextInode).toBe(2);
  });

  test("gives back records, names and pages when it is opened again", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    const link = { number: 7, kind: "symlink", sizeBytes: 0, target: "to/där" } as const;
    const times = { accessedNs: 2n ** 64n - 1n, modifiedNs: 0n, changedNs: 5n };
    await volume.commit({ ...fileBatch(2, 3), cuts: [] });
    await volume.commit({
      ...NOTHING,
      inodes: [{ ...link, ...times }],
      entries: [
        { directory: 1, name: "süß", inode: 7, cookie: 9 },
        { directory: 1, name: "file 2", inode: 0, cookie: 0 },
        { directory: 1, name: "moved", inode: 2, cookie: 10 },
      ],
    });
    const again = await mountVolume(new SimulatedDisk(disk.content));
    expect(again.contents.inodes).toContainEqual({ ...link, ...times });
    expect(again.contents.entries).toEqual([
      { directory: 1, name: "süß", inode: 7, cookie: 9 },
      { directory: 1, name: "moved", inode: 2, cookie: 10 },
    ]);
    expect(again.contents.nextInode).toBe(8);
    const bytes = new Uint8Array(4 * PAGE_BYTES).fill(9);
    await again.readPages(2, 0, bytes);
    expect([bytes[0], bytes[3 * PAGE_BYTES - 1], bytes[3 * PAGE_BYTES]]).toEqual([2, 2, 0]);
  });

  test("gives no inode number twice, also of one that is gone", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    await volume.commit(fileBatch(50, 0));
    await volume.commit({ ...NOTHING, discarded: [50] });
    await volume.close();
    expect((await mountVolume(new SimulatedDisk(disk.content))).contents.nextInode).toBe(51);
  });

  test("lets a name lead elsewhere in one step, and then it comes last", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    await volume.commit(fileBatch(2, 1));
    await volume.commit(fileBatch(3, 1));
    await volume.commit({ ...NOTHING, entries: [{ directory: 1, name: "file 2", inode: 3, cookie: 4 }] });
    const { contents } = await mountVolume(new SimulatedDisk(disk.content));
    expect(contents.entries.map(({ name, inode }) => [name, inode])).toEqual([
      ["file 3", 3],
      ["file 2", 3],
    ]);
  });

  test("reads zeros where a file was cut, and what was written in the same batch", async () => {
    const volume = await mountVolume(new SimulatedDisk());
    await volume.commit(fileBatch(2, 4));
    const page = new Uint8Array(PAGE_BYTES).fill(8);
    await volume.commit({
      ...NOTHING,
      cuts: [{ inode: 2, sizeBytes: PAGE_BYTES + 1 }],
      pages: [{ inode: 2, firstPage: 3, bytes: page }],
    });
    const bytes = new Uint8Array(4 * PAGE_BYTES);
    await volume.readPages(2, 0, bytes);
    expect([0, 1, 2, 3].map((each) => bytes[each * PAGE_BYTES])).toEqual([2, 2, 0, 8]);
  });

  test("takes pages from shared memory and fills it", async () => {
    const volume = await mountVolume(new SimulatedDisk());
    const shared = new Uint8Array(new SharedArrayBuffer(2 * PAGE_BYTES)).fill(6);
    await volume.commit({ ...fileBatch(2, 0), pages: [{ inode: 2, firstPage: 5, bytes: shared }] });
    const into = new Uint8Array(new SharedArrayBuffer(3 * PAGE_BYTES)).fill(1);
    await volume.readPages(2, 5, into);
    expect([into[0], into[2 * PAGE_BYTES - 1], into[2 * PAGE_BYTES]]).toEqual([6, 6, 0]);
  });

  test("answers at once where the device does", async () => {
    const volume = await mountVolume(new SimulatedDisk());
    expect(volume.commit(fileBatch(2, 1))).toBeUndefined();
    expect(volume.sync()).toBeUndefined();
    expect(volume.readPages(2, 0, new Uint8Array(PAGE_BYTES))).toBeUndefined();
    expect(volume.close()).toBeUndefined();
  });

  test("does calls one after another where the device answers later", async () => {
    const volume = await mountVolume(new SimulatedDisk(undefined, { isAsynchronous: true }));
    const bytes = new Uint8Array(PAGE_BYTES);
    await Promise.all([
      volume.commit(fileBatch(2, 1, 5)),
      volume.sync(),
      volume.commit(fileBatch(2, 1, 6)),
      volume.readPages(2, 0, bytes),
    ]);
    expect(bytes[0]).toBe(6);
  });

  test("does nothing after it was closed, and lets go of its file", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    await volume.close();
    await volume.close();
    expect(disk.isClosed).toBe(true);
    expect(faultOf(() => volume.commit(NOTHING))).toBe("closed");
    expect(faultOf(() => volume.sync())).toBe("closed");
    expect(faultOf(() => volume.readPages(1, 0, new Uint8Array(PAGE_BYTES)))).toBe("closed");
  });

  test("refuses pages that are not whole, and takes nothing of their batch", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    const bytes = new Uint8Array(PAGE_BYTES + 1);
    expect(() => volume.commit({ ...fileBatch(2, 0), pages: [{ inode: 2, firstPage: 0, bytes }] })).toThrow(
      RangeError,
    );
    expect((await mountVolume(new SimulatedDisk(disk.content))).contents.entries).toEqual([]);
  });

  test("asks for no second flush when nothing came since the first", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    await volume.commit(fileBatch(2, 1));
    await volume.sync();
    const { calls } = disk;
    await volume.sync();
    expect(disk.calls).toBe(calls);
  });
});

describe("a full disk", () => {
  test.each([false, true])("takes nothing of a batch that does not fit (asynchronous: %s)", async (later) => {
    const disk = new SimulatedDisk(undefined, { capacityBytes: 60 * PAGE_BYTES, isAsynchronous: later });
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    await volume.commit(fileBatch(2, 20));
    await expect((async () => volume.commit(fileBatch(3, 40)))()).rejects.toMatchObject({ fault: "noSpace" });
    await volume.commit(fileBatch(4, 5));
    await volume.sync();
    const again = await mountVolume(new SimulatedDisk(disk.content));
    expect(again.contents.inodes.map(({ number }) => number)).toEqual([1, 2, 4]);
  });

  test("can be emptied, and then takes as much again", async () => {
    const disk = new SimulatedDisk(undefined, { capacityBytes: 60 * PAGE_BYTES });
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    let number = 2;
    for (let round = 0; round < 20; round++) {
      const first = number;
      while (faultOf(() => volume.commit(fileBatch(number, 3))) === "none") number++;
      expect(number - first).toBeGreaterThan(10);
      for (let file = first; file < number; file++) await volume.commit({ ...NOTHING, discarded: [file] });
    }
    expect(volume.usage().usedBytes).toBeLessThanOrEqual(60 * PAGE_BYTES);
  });

  test("loses nothing that was synced, whenever it fills up", async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed);
      const disk = new SimulatedDisk(undefined, { capacityBytes: (60 + random(60)) * PAGE_BYTES });
      const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
      let model = new Model();
      let refused = 0;
      for (let batches = 0; batches < 60; batches++) {
        const before = model.moments.length - 1;
        const fault = faultOf(() => volume.commit(model.nextBatch(random)));
        if (fault === "none") continue;
        expect(fault).toBe("noSpace");
        refused++;
        model = Model.continuing(model, before);
      }
      await volume.sync();
      const again = await mountVolume(new SimulatedDisk(disk.afterPowerCut(random)));
      expect(await describeVolume(again), `seed ${seed}, ${refused} refused`).toBe(
        model.moments.at(-1)!.text,
      );
    }
  }, 120_000);
});

test.each([false, true])(
  "a checkpoint of which the browser refuses the last word loses nothing, nor do the changes after it (undone: %s)",
  async (undone) => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    const flush = disk.flush.bind(disk);
    let before = disk.content;
    let flushes = 0;
    disk.flush = () => {
      // Nobody syncs: the first one of a checkpoint is for what it says, the second to make it count.
      if (++flushes === 2) {
        // IndexedDB undoes what it refuses, OPFS may not.
        if (undone) disk.write(0, before.slice(0, SUPERBLOCK_PAGES * PAGE_BYTES));
        throw new VolumeError("noSpace", "There is no more");
      }
      before = disk.content;
      return flush();
    };
    let number = 2;
    let fault = "none";
    for (; fault === "none"; number++) fault = faultOf(() => volume.commit(fileBatch(number, 400)));
    expect(fault).toBe("noSpace");
    const kept = Array.from({ length: number - 2 }, (_, index) => index + 1);
    const numbersIn = async (content: Uint8Array<ArrayBuffer>) => {
      const { contents } = await mountVolume(new SimulatedDisk(content));
      return contents.inodes.map((inode) => inode.number).sort((a, b) => a - b);
    };
    expect(await numbersIn(disk.content)).toEqual(kept);
    // So small that the journal still has room for it.
    await volume.commit({ ...NOTHING, discarded: [2] });
    await volume.commit(fileBatch(number, 1));
    expect(await numbersIn(disk.content)).toEqual([1, ...kept.slice(2), number]);
  },
);

describe("space", () => {
  test("of what was overwritten and discarded is found again in a long life", async () => {
    const random = seeded(11);
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    let model = new Model();
    let mostPages = 0;
    for (let batch = 0; batch < 3000; batch++) {
      await volume.commit(model.nextBatch(random));
      if (random(10) === 0) await volume.sync();
      mostPages = Math.max(mostPages, model.pageCount);
      model = Model.continuing(model, model.moments.length - 1);
      const boundPages = mostPages * 1.5 + 400;
      expect(disk.sizeBytes / PAGE_BYTES, `after batch ${batch}`).toBeLessThan(boundPages);
    }
  }, 120_000);

  test("is found again also when nobody ever syncs", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk, { journalBytes: 2 ** 20 });
    for (let round = 0; round < 500; round++) await volume.commit(fileBatch(2, 10, round));
    expect(disk.sizeBytes).toBeLessThan(4 * 2 ** 20);
  });

  test("at the end of the file is given back", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    await volume.commit(fileBatch(2, 500));
    await volume.commit({ ...NOTHING, discarded: [2] });
    await volume.close();
    const again = new SimulatedDisk(disk.content);
    const volumeAgain = await mountVolume(again, { journalBytes: JOURNAL_BYTES });
    await volumeAgain.commit(fileBatch(3, 1));
    await volumeAgain.close();
    expect(again.sizeBytes).toBeLessThan(200 * PAGE_BYTES);
    expect(volumeAgain.usage().usedBytes).toBeLessThan(50 * PAGE_BYTES);
  });
});
