import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { seeded } from "../mailbox/testing/seeded.ts";
import type { Device } from "../storage/volume/device.ts";
import { SECTOR_BYTES } from "../storage/volume/geometry.ts";
import { mountVolume } from "../storage/volume/mountVolume.ts";
import { describeVolume, Model } from "../storage/volume/testing/model.ts";
import { VolumeError } from "../storage/volume/volume.ts";
import { openIdbDevice } from "./idbDevice.ts";
import { OpfsDevice, type SyncFile } from "./opfsDevice.ts";

/** A file as OPFS gives it, which takes and gives a few bytes at a time and ends at a quota. */
class FakeFile implements SyncFile {
  content = new Uint8Array(0);
  quotaBytes = Number.POSITIVE_INFINITY;
  isClosed = false;

  read(into: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    const there = this.content.subarray(at, at + Math.min(into.length, 5000));
    into.set(there);
    return there.length;
  }

  write(from: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    const count = Math.min(from.length, 5000, this.quotaBytes - at);
    if (count <= 0) throw new DOMException("The quota is used up", "QuotaExceededError");
    if (at + count > this.content.length) this.truncate(at + count);
    this.content.set(from.subarray(0, count), at);
    return count;
  }

  truncate(sizeBytes: number): void {
    const content = new Uint8Array(sizeBytes);
    content.set(this.content.subarray(0, sizeBytes));
    this.content = content;
  }

  getSize(): number {
    return this.content.length;
  }

  flush(): void {}

  close(): void {
    this.isClosed = true;
  }
}

let names = 0;

/** Devices of a new name, and the same again after whoever had it is gone. */
const KINDS = {
  opfs() {
    const file = new FakeFile();
    return async (): Promise<Device> => new OpfsDevice(file, 2 ** 30);
  },
  indexedDB() {
    const name = `test ${names++}`;
    return (): Promise<Device> => openIdbDevice(name, async () => 2 ** 30);
  },
};

describe.each(["opfs", "indexedDB"] as const)("a file in %s", (kind) => {
  test("holds what was written, over and beyond its end, cut off, settled, and opened again", async () => {
    const open = KINDS[kind]();
    const random = seeded(8);
    let device = await open();
    let expected = new Uint8Array(0);
    for (let step = 0; step < 400; step++) {
      const at = random(200) * SECTOR_BYTES;
      const length = (1 + random(random(4) === 0 ? 120 : 8)) * SECTOR_BYTES;
      const fate = random(12);
      if (fate < 7) {
        const bytes = new Uint8Array(length).fill(1 + random(255));
        device.write(at, bytes);
        expected = resized(expected, Math.max(expected.length, at + length));
        expected.set(bytes, at);
      } else if (fate === 7) {
        const sizeBytes = random(expected.length / SECTOR_BYTES + 1) * SECTOR_BYTES;
        device.truncate(sizeBytes);
        expected = resized(expected, sizeBytes);
      } else if (fate < 10) await (fate === 8 ? device.settle() : device.flush());
      else if (fate === 10) {
        await device.settle();
        await device.close();
        device = await open();
      }
      expect(device.sizeBytes).toBe(expected.length);
      const into = new Uint8Array(length).fill(7);
      await device.read(at, into);
      const isSame = Buffer.compare(into, resized(expected.slice(at), length)) === 0;
      expect(isSame, `step ${step}`).toBe(true);
    }
  });

  test("serves a volume", async () => {
    const open = KINDS[kind]();
    const random = seeded(9);
    const model = new Model();
    for (let life = 0; life < 5; life++) {
      const volume = await mountVolume(await open(), { journalBytes: 8192 });
      expect(await describeVolume(volume)).toBe(model.moments.at(-1)!.text);
      for (let batch = 0; batch < 12; batch++) {
        await volume.commit(model.nextBatch(random));
        if (random(3) === 0) await volume.sync();
      }
      await volume.close();
    }
  });
});

test("a quota that ends in the middle of a write is told as a lack of space", async () => {
  const file = new FakeFile();
  file.quotaBytes = 7000;
  const device = new OpfsDevice(file, 7000);
  expect(() => device.write(0, new Uint8Array(8192))).toThrow(expect.objectContaining({ fault: "noSpace" }));
  expect(device.sizeBytes).toBe(7000);
});

test("a write that takes only a part, and then nothing more, is told as a lack of space", async () => {
  const file = new FakeFile();
  const write = file.write.bind(file);
  file.write = (from, { at }) => {
    const room = Math.max(0, 7000 - at);
    return room === 0 ? 0 : write(from.subarray(0, room), { at });
  };
  const device = new OpfsDevice(file, 2 ** 30);
  expect(() => device.write(0, new Uint8Array(8192))).toThrow(expect.objectContaining({ fault: "noSpace" }));
  expect(device.sizeBytes).toBe(7000);
  device.truncate(0);
  device.write(0, new Uint8Array(512).fill(1));
  expect(device.sizeBytes).toBe(512);
});

test("another failure of the browser is told as what it is", async () => {
  const file = new FakeFile();
  file.write = () => {
    throw new DOMException("The disk was pulled out", "InvalidStateError");
  };
  const device = new OpfsDevice(file, 7000);
  expect(() => device.write(0, new Uint8Array(512))).toThrow(
    expect.objectContaining({ fault: "unavailable", message: expect.stringContaining("pulled out") }),
  );
});

test("a transaction that IndexedDB refuses takes all its writes with it", async () => {
  const device = await openIdbDevice("refused", async () => 2 ** 30);
  const first = new Uint8Array(1024).fill(1);
  device.write(0, first);
  await device.settle();
  const { put } = IDBObjectStore.prototype;
  let puts = 0;
  IDBObjectStore.prototype.put = function (...args) {
    if (++puts < 3) return put.apply(this, args);
    throw new DOMException("The quota is used up", "QuotaExceededError");
  };
  device.write(0, new Uint8Array(200_000 - (200_000 % SECTOR_BYTES)).fill(2));
  await expect(device.settle()).rejects.toMatchObject({ fault: "noSpace" });
  IDBObjectStore.prototype.put = put;
  expect(device.sizeBytes).toBe(1024);
  const into = new Uint8Array(2048);
  await device.read(0, into);
  expect([into[0], into[1023], into[1024]]).toEqual([1, 1, 0]);
});

test("a volume loses nothing that it has taken, whichever transaction IndexedDB refuses, and opens without room", async () => {
  const { put } = IDBObjectStore.prototype;
  let last: IDBTransaction;
  let transactions = 0;
  let isRefused = (_: number) => false;
  IDBObjectStore.prototype.put = function (...args) {
    if (this.transaction !== last) transactions++;
    last = this.transaction;
    if (isRefused(transactions)) throw new DOMException("The quota is used up", "QuotaExceededError");
    return put.apply(this, args);
  };
  const faultOf = async (work: () => unknown): Promise<string> => {
    try {
      await work();
      return "none";
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return error.fault;
    }
  };
  try {
    for (let refused = 1; refused <= 60; refused++) {
      const open = () => openIdbDevice(`refusing ${refused}`, async () => 2 ** 30);
      const random = seeded(refused);
      const volume = await mountVolume(await open(), { journalBytes: 8192 });
      let model = new Model();
      transactions = 0;
      isRefused = (transaction) => transaction === refused;
      for (let batch = 0; batch < 40; batch++) {
        const before = model.moments.length - 1;
        const fault = await faultOf(() => volume.commit(model.nextBatch(random)));
        if (fault === "none") continue;
        model = Model.continuing(model, before);
        if (fault === "unavailable") break;
        expect(fault).toBe("noSpace");
      }
      const promised = model.moments.at(-1)!.text;
      isRefused = () => true;
      const full = await mountVolume(await open(), { journalBytes: 8192 });
      expect(await describeVolume(full), `transaction ${refused}`).toBe(promised);
      const before = model.moments.length - 1;
      expect(await faultOf(() => full.commit(model.nextBatch(random)))).toBe("noSpace");
      model = Model.continuing(model, before);
      isRefused = () => false;
      await full.commit(model.nextBatch(random));
      await full.sync();
      const again = await mountVolume(await open());
      expect(await describeVolume(again), `transaction ${refused}`).toBe(model.moments.at(-1)!.text);
    }
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}, 120_000);

function resized(bytes: Uint8Array, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(sizeBytes);
  result.set(bytes.subarray(0, sizeBytes));
  return result;
}
