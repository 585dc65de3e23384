import { describe, expect, test } from "vitest";
import { seeded } from "../../mailbox/testing/seeded.ts";
import { mountVolume } from "./mountVolume.ts";
import { describeVolume, Model } from "./testing/model.ts";
import { SimulatedDisk } from "./testing/simulatedDisk.ts";
import { PAGE_BYTES, VolumeError } from "./volume.ts";

const JOURNAL_BYTES = 32_768;

/** A file of a volume that has lived for a while, and what it must hold. */
async function grownVolume(seed: number, how: "closed" | "synced") {
  const random = seeded(seed);
  const disk = new SimulatedDisk();
  const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
  const model = new Model();
  for (let batch = 0; batch < 30; batch++) await volume.commit(model.nextBatch(random));
  if (how === "closed") await volume.close();
  else await volume.sync();
  return { random, content: disk.content, text: model.moments.at(-1)!.text };
}

async function readAll(content: Uint8Array<ArrayBuffer>, salvage = false): Promise<string | VolumeError> {
  try {
    return await describeVolume(await mountVolume(new SimulatedDisk(content), { salvage }));
  } catch (error) {
    if (error instanceof VolumeError) return error;
    throw error;
  }
}

describe.each(["closed", "synced"] as const)("a volume that was %s", (how) => {
  test("tells of every flipped bit that matters, and never shows anything that was not written", async () => {
    const { random, content, text } = await grownVolume(5, how);
    let told = 0;
    for (let flip = 0; flip < 600; flip++) {
      const damaged = content.slice();
      const at = random(damaged.length);
      damaged[at]! ^= 1 << random(8);
      const outcome = await readAll(damaged);
      if (outcome === text) continue;
      told++;
      expect(outcome, `byte ${at}`).toMatchObject({
        fault: "damaged",
        message: expect.stringMatching(/byte/),
      });
    }
    expect(told).toBeGreaterThan(100);
  }, 120_000);

  test("bears the loss of any one sector of its superblocks", async () => {
    const { content, text } = await grownVolume(6, how);
    for (let slot = 0; slot < 4; slot++) {
      const damaged = content.slice();
      damaged.fill(0xa5, slot * PAGE_BYTES, slot * PAGE_BYTES + 512);
      expect(await readAll(damaged), `superblock ${slot}`).toBe(text);
    }
  });
});

describe("a damaged page", () => {
  test("is told with its inode and place, and hurts no other", async () => {
    const disk = new SimulatedDisk();
    const volume = await mountVolume(disk);
    const inode = {
      number: 2,
      kind: "file",
      sizeBytes: 2 * PAGE_BYTES,
      accessedNs: 0n,
      modifiedNs: 0n,
      changedNs: 0n,
      target: "",
    } as const;
    const bytes = new Uint8Array(2 * PAGE_BYTES).fill(0x5a, 0, PAGE_BYTES).fill(0x3c, PAGE_BYTES);
    await volume.commit({
      inodes: [inode],
      entries: [],
      cuts: [],
      pages: [{ inode: 2, firstPage: 0, bytes }],
      discarded: [],
    });
    await volume.close();
    const content = disk.content;
    const at = content.findIndex((_, index) => index % PAGE_BYTES === 0 && isFilled(content, index, 0x3c));
    content[at + 77]! ^= 4;
    const damaged = await mountVolume(new SimulatedDisk(content));
    const page = new Uint8Array(PAGE_BYTES);
    await damaged.readPages(2, 0, page);
    expect(page[0]).toBe(0x5a);
    expect(() => damaged.readPages(2, 1, page)).toThrow(
      `Page 1 of inode 2 is not what was written (byte ${at} of the volume's file)`,
    );
  });
});

describe("salvage", () => {
  test("shows the time before when the newest checkpoint is damaged", async () => {
    const { content } = await grownVolume(8, "closed");
    let shown = 0;
    for (let at = 4 * PAGE_BYTES; at < content.length; at += PAGE_BYTES) {
      const damaged = content.slice();
      damaged.fill(0xa5, at, at + 512);
      const outcome = await readAll(damaged);
      if (!(outcome instanceof VolumeError) || !outcome.message.includes("checkpoint is damaged")) continue;
      const volume = await mountVolume(new SimulatedDisk(damaged), { salvage: true });
      expect(volume.contents.inodes.length).toBeGreaterThan(1);
      shown++;
    }
    expect(shown).toBeGreaterThan(0);
  }, 120_000);

  test("shows what is whole in a volume with a damaged journal, and changes nothing", async () => {
    const { content, text } = await grownVolume(7, "synced");
    let shown = 0;
    for (let at = 0; at < content.length; at += 7 * 512) {
      const damaged = content.slice();
      damaged.fill(0xa5, at, at + 512);
      const outcome = await readAll(damaged);
      if (!(outcome instanceof VolumeError) || !outcome.message.includes("journal is damaged")) continue;
      const disk = new SimulatedDisk(damaged);
      const volume = await mountVolume(disk, { salvage: true });
      expect(volume.contents.inodes.length).toBeGreaterThan(0);
      expect(() => volume.sync()).toThrow(VolumeError);
      expect(await describeVolume(volume).then((found) => found === text, isDamage)).toBeTypeOf("boolean");
      await volume.close();
      expect(disk.calls).toBe(0);
      shown++;
    }
    expect(shown).toBeGreaterThan(3);
  }, 120_000);

  test("of nothing is an error", async () => {
    await expect(mountVolume(new SimulatedDisk(), { salvage: true })).rejects.toMatchObject({
      fault: "damaged",
    });
  });
});

function isDamage(error: unknown): boolean {
  if (error instanceof VolumeError && error.fault === "damaged") return false;
  throw error;
}

function isFilled(content: Uint8Array, at: number, byte: number): boolean {
  return content.subarray(at, at + PAGE_BYTES).every((each) => each === byte);
}
