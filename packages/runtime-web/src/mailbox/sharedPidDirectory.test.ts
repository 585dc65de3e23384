import { describe, expect, test } from "vitest";
import { createSharedPidDirectory, SharedPidDirectory } from "./sharedPidDirectory.ts";
import { runWorkers } from "./testing/workers.ts";

function open() {
  const buffer = createSharedPidDirectory();
  return { buffer, directory: new SharedPidDirectory(buffer) };
}

test("pids count from 1 in order, whoever asks", () => {
  const { buffer, directory } = open();
  const other = new SharedPidDirectory(buffer);
  expect([directory.allocate(), other.allocate(), directory.allocate()]).toEqual([1, 2, 3]);
});

test("a placed process is found by everybody, with the executor that spawned it", () => {
  const { buffer, directory } = open();
  directory.place(1, 253, 0);
  directory.place(2, 0, 253);
  const other = new SharedPidDirectory(buffer);
  expect([other.locate(1), other.placedBy(1)]).toEqual([253, 0]);
  expect([other.locate(2), other.placedBy(2)]).toEqual([0, 253]);
});

test("unknown, unplaced and dead pids lead nowhere", () => {
  const { directory } = open();
  directory.allocate();
  directory.place(2, 3, 3);
  directory.release(2);
  for (const pid of [0, 1, 2, 3, 300, 10 ** 12, -1]) expect(directory.locate(pid)).toBeUndefined();
});

test("where a dead process lived is still known, so that a lost executor's deaths can be told", () => {
  const { directory } = open();
  directory.place(5, 3, 1);
  directory.release(5);
  expect(directory.lastPlace(5)).toBe(3);
  expect(directory.placedBy(5)).toBeUndefined();
  expect(directory.lastPlace(6)).toBeUndefined();
});

test("a pid whose spawn failed is released without having been placed", () => {
  const { directory } = open();
  directory.release(1);
  expect(directory.lastPlace(1)).toBeUndefined();
});

test("memory follows the living processes, not all that ever were", () => {
  const { directory } = open();
  const before = directory.byteLength;
  for (let count = 0; count < 500_000; count++) {
    const pid = directory.allocate();
    directory.place(pid, 1, 1);
    directory.release(pid);
  }
  expect(directory.byteLength).toBe(before);
});

test("recycled memory says nothing about the processes before", () => {
  const { directory } = open();
  for (let pid = 1; pid < 256; pid++) {
    directory.place(pid, 7, 7);
    directory.release(pid);
  }
  directory.place(256, 1, 1);
  for (let pid = 257; pid < 512; pid++) expect(directory.lastPlace(pid)).toBeUndefined();
  for (let pid = 1; pid < 256; pid++) expect(directory.locate(pid)).toBeUndefined();
});

test("a release told twice does not free the memory of others", () => {
  const { directory } = open();
  directory.place(1, 4, 4);
  for (let pid = 2; pid < 256; pid++) {
    directory.release(pid);
    directory.release(pid);
  }
  expect(directory.locate(1)).toBe(4);
});

test("it grows with the living", () => {
  const { buffer, directory } = open();
  for (let pid = 1; pid <= 100_000; pid++) directory.place(pid, pid % 200, 0);
  const other = new SharedPidDirectory(buffer);
  for (let pid = 1; pid <= 100_000; pid += 997) expect(other.locate(pid)).toBe(pid % 200);
});

test("the memory of another version is refused", () => {
  const { buffer } = open();
  new Int32Array(buffer)[0] = 99;
  expect(() => new SharedPidDirectory(buffer)).toThrow(/layout 99, expected 1/);
});

describe("several threads at once", () => {
  test("each pid is given once, and each thread finds what it and the others placed", async () => {
    const { buffer, directory } = open();
    const rounds = 20_000;
    const results = await runWorkers<number[]>(
      new URL("./testing/pidWorker.ts", import.meta.url),
      [0, 1, 2].map((executor) => ({ buffer, executor, rounds })),
    );
    const living = results.flat();
    expect(new Set(living).size).toBe(living.length);
    results.forEach((pids, executor) => {
      const wrong = pids.filter((pid) => directory.locate(pid) !== executor);
      expect(wrong).toEqual([]);
    });
    expect(directory.allocate()).toBe(3 * rounds + 1);
    const dead = Array.from({ length: 3 * rounds }, (_, index) => index + 1).filter(
      (pid) => directory.locate(pid) !== undefined && !living.includes(pid),
    );
    expect(dead).toEqual([]);
  });
});
